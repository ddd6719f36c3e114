import Measurement
public import Scenarios
import VirtualTime
import World

/// A roster as it is simulated: how many agents have each shift, and perhaps one more in some periods.
struct RosterStaff: Sendable, Hashable {
  var counts: [Int]
  /// The periods of one more agent.
  var extra: [Int] = []
}

/// Rosters that are tried on the same customers, each as often as somebody wants to know more of it.
///
/// Replication r of every roster has the same customers; results are taken in order, so that they do not
/// depend on the number of threads.
public struct RosterTrials: Sendable {
  /// The world with so many agents in the roster's team.
  public typealias Worlds = @Sendable (_ agents: Int) throws -> Model

  let frame: RosterFrame
  let roster: Roster
  private let metric: MetricReference
  private let worlds: Worlds
  private let campaign: Campaign
  private let interruption: Interruption
  private let progress: @Sendable (Int) -> Void

  private struct Key: Hashable {
    var staff: RosterStaff
    var first: Int
  }

  private var known: [Key: RosterRuns] = [:]
  private(set) var runs = 0
  private(set) var events: UInt64 = 0
  private(set) var fingerprint: UInt64 = RunHash.empty
  /// The most runs of one roster.
  private(set) var most = 0

  init(
    frame: RosterFrame, roster: Roster, metric: MetricReference, seed: UInt64, threads: Int,
    worlds: @escaping Worlds, interruption: Interruption,
    progress: @escaping @Sendable (Int) -> Void
  ) {
    self.frame = frame
    self.roster = roster
    self.metric = metric
    self.worlds = worlds
    self.interruption = interruption
    self.progress = progress
    campaign = Campaign(entries: [], seed: seed, replications: 0, threads: threads)
  }

  /// What is known of rosters after so many runs each, which are done where they are missing.
  ///
  /// `first` is the number of the first replication: other numbers are other customers.
  mutating func extend(
    _ staffs: [RosterStaff], to count: Int, from first: Int = 0
  ) throws(RosterPlanner.Failure) -> [RosterRuns] {
    var pieces: [(staff: Int, replication: Int)] = []
    var entries: [Campaign.Entry?] = []
    for (index, staff) in staffs.enumerated() {
      let done = known[Key(staff: staff, first: first)]?.count ?? 0
      entries.append(done < count ? Campaign.Entry(name: "roster", plan: try plan(staff)) : nil)
      for replication in min(done, count)..<count { pieces.append((index, replication)) }
    }
    var failure: RosterPlanner.Failure?
    let (campaign, interruption, ready) = (campaign, interruption, entries)
    let work = pieces
    Replications.run(count: pieces.count, threads: campaign.threads) { place in
      ready[work[place].staff].flatMap {
        campaign.replicate($0, first + work[place].replication, interruption)
      }
    } take: { place, found in
      switch found {
      case nil: failure = .interrupted
      case .failure(let what): failure = .run(what)
      case .success(let run):
        take(run.kept, Key(staff: staffs[pieces[place].staff], first: first))
        return true
      }
      return false
    }
    if let failure { throw failure }
    if interruption.isSet { throw .interrupted }
    return staffs.map { known[Key(staff: $0, first: first)]?.prefix(count) ?? RosterRuns() }
  }

  /// The world of a roster: as many agents as it has, each with the hours of a shift.
  func plan(_ staff: RosterStaff) throws(RosterPlanner.Failure) -> WorldPlan {
    var shifts = zip(roster.shifts, staff.counts).flatMap { shift, count in
      Array(repeating: shift.pattern, count: count)
    }
    if !staff.extra.isEmpty { shifts.append(frame.grid.shifts(in: staff.extra)) }
    // A team is never empty: who has no shift at all never comes.
    if shifts.isEmpty { shifts.append(frame.grid.shifts(in: [])) }
    let model: Model
    do {
      model = try worlds(shifts.count)
    } catch {
      throw .unreadable("\(error)")
    }
    guard model.teams.indices.contains(roster.team),
      model.teams[roster.team].members.count == shifts.count
    else { throw .unreadable("the team has another number of agents than it was given") }
    var plan = WorldPlan(
      model: model.withShifts(shifts, ofTeam: roster.team), duration: frame.duration,
      metrics: [metric])
    plan.timelineStep = frame.grid.length * 1_000_000_000
    return plan
  }

  private mutating func take(_ found: KeptRun, _ key: Key) {
    let count = frame.grid.count
    var run = RosterRuns.Run(
      arrivals: Array(repeating: 0, count: count), within: Array(repeating: 0, count: count),
      known: Array(repeating: 0, count: count))
    let steps = found.measured.steps
    for step in frame.judged where step < steps.count {
      let period = frame.grid.period(ofStep: step)
      run.arrivals[period] += Int32(clamping: steps[step].arrivals)
      run.within[period] += Int32(clamping: steps[step].withinBound)
      run.known[period] += Int32(clamping: steps[step].knownOfBound ?? 0)
    }
    known[key, default: RosterRuns()].add(run)
    most = max(most, known[key]?.count ?? 0)
    runs += 1
    events += found.events
    RunHash.stir(&fingerprint, found.fingerprint)
    progress(runs)
  }
}
