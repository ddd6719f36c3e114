import Measurement
import Sampling
import Scenarios
import Statistics
import World

/// Where and when more work comes in than the agents can do: offered work against working time.
///
/// Offered is the work on all that was answered, as the scenario says, and as much again for what nobody
/// did, of customers who gave up or still wait: what was worked on never exceeds the time there is.
struct OverloadSearch {
  let plan: WorldPlan
  let outcome: Campaign.Outcome
  private let ways: ByStyle<Way>

  init(plan: WorldPlan, outcome: Campaign.Outcome) {
    self.plan = plan
    self.outcome = outcome
    ways = plan.model.byStyle(Way.init)
  }

  /// What the work of an agent comes to.
  private struct Way {
    let greets: Bool
    /// Seconds for an answer, and for what comes after a conversation.
    let reply, wrapUp: Double
    /// How much more than one conversation at a time gets done.
    let speed: Double

    init(_ style: WorkStyle) {
      greets = style.greets
      reply = style.meanReplyTime
      wrapUp = style.wrapUp.mean
      speed =
        switch style.attention {
        case .serial: 1.0
        case .parallel(let slots): Double(slots)
        case .shared(let speeds): speeds.last ?? 1
        }
    }
  }

  /// Below this a ratio may be above one by chance.
  private static let clearly = 1.01
  /// Agents who have more to do than time are busy at least so much of it, if not all: work that waits
  /// for one agent leaves another idle.
  private static let busyAtLeast = 0.75
  /// An hour so much worse than the whole is told beside it.
  private static let worse = 1.25
  /// From this share of customers who give up on, a full hour has hurt them.
  private static let hurt = 0.05

  private var result: StrategyResult { outcome.result }
  private var warmup: Double { Double(plan.warmup) / 1e9 }
  private var end: Double { Double(plan.duration) / 1e9 }

  /// What there is to say; nil if nothing.
  var overload: ResultDocument.Overload? {
    let growth = WaitingTrend.growthPerHour(outcome.trends)
    let places = places
    guard growth != nil || !places.isEmpty else { return nil }
    return ResultDocument.Overload(growthPerHour: growth, places: places)
  }

  /// The work that some agents are offered in the counted time, in seconds.
  private struct Load {
    var offered = 0.0
    var online = 0.0
    var busy = 0.0
    /// Conversations with work, done or not, in all runs.
    var conversations = 0.0
    /// Those of them that nobody answered.
    var undone = 0
  }

  private var places: [ResultDocument.Overload.Place] {
    let runs = Double(result.replications.count)
    let opened = Double(result.counts.conversations)
    guard runs > 0, opened > 0, end > warmup else { return [] }
    let all = load(plan.model.agents.indices, undone: result.undone)
    let isHurt = Double(result.counts.abandoned) >= Self.hurt * opened
    let whole = place(nil, all)
    var fullHours = peaks(nil, result.steps, work: all.offered / (opened / runs), isHurt: isHurt) {
      $0.waiting.mean ?? 0
    }
    // Where there is too much all the time, only hours that are much worse are worth a word.
    fullHours = Self.worse(fullHours, than: whole)
    guard plan.model.teams.count > 1 else {
      return [whole].compactMap { $0 } + Self.joined(fullHours)
    }
    var teams: [ResultDocument.Overload.Place] = []
    var teamHours: [ResultDocument.Overload.Place] = []
    for (index, team) in plan.model.teams.enumerated() {
      let load = load(team.members)
      let whole = place(team.name, load)
      if let whole { teams.append(whole) }
      guard result.teams.indices.contains(index), load.conversations > 0 else { continue }
      let peaks = peaks(
        team.name, result.teams[index], work: load.offered / (load.conversations / runs),
        isHurt: Double(load.undone) >= Self.hurt * load.conversations
      ) { step in
        // By Little's law, for nobody counts who waits for which team.
        (step.arrivals.mean ?? 0) * (step.firstResponseMean.ratio ?? 0) / stepLength
      }
      teamHours += Self.joined(Self.worse(peaks, than: whole))
    }
    // An hour in which some teams have too much is told of them, not of everybody.
    let everybody = fullHours.filter { hour in
      let full = teamHours.filter { $0.from < hour.to && hour.from < $0.to }.count
      return full == 0 || full == plan.model.teams.count
    }
    let told = Self.joined(everybody)
    teamHours = teamHours.filter { hour in
      !told.contains { $0.from <= hour.from && hour.to <= $0.to }
    }
    return [whole].compactMap { $0 } + teams + told
      + teamHours.sorted { ($0.from, $0.to) < ($1.from, $1.to) }
  }

  private var stepLength: Double { Double(plan.step) / 1e9 }

  /// Those hours that are much worse than the whole time, if that is overloaded.
  private static func worse(
    _ hours: [ResultDocument.Overload.Place], than whole: ResultDocument.Overload.Place?
  ) -> [ResultDocument.Overload.Place] {
    guard let whole else { return hours }
    return hours.filter { $0.offered * whole.available > worse * whole.offered * $0.available }
  }

  /// The load of some agents, with what nobody did of theirs or of everybody's.
  private func load(_ members: Range<Int>, undone everybody: UndoneWork? = nil) -> Load {
    var load = Load()
    var answers = 0.0
    var conversations = 0.0
    var undone = (conversations: 0.0, messages: 0.0)
    let runs = Double(result.replications.count)
    func add(_ more: UndoneWork) {
      undone.conversations += Double(more.conversations) / runs
      undone.messages += Double(more.messages) / runs
    }
    if let everybody { add(everybody) }
    for index in members where result.agents.indices.contains(index) {
      let way = ways[plan.model.agents[index]]
      let agent = result.agents[index]
      let helped = agent.conversations.mean ?? 0
      let written = agent.replies.mean ?? 0
      // A greeting takes no time, and there is one a conversation.
      let answered = way.greets ? max(0, written - helped) : written
      answers += answered
      conversations += helped
      if everybody == nil { add(agent.undone) }
      load.offered += (answered * way.reply + helped * way.wrapUp) / way.speed
      load.online += agent.onlineSeconds.mean ?? 0
      load.busy += agent.busySeconds.mean ?? 0
    }
    // What was not done would have been like the rest.
    let done = load.offered
    if conversations > 0 { load.offered += undone.conversations * done / conversations }
    if answers > 0 { load.offered += undone.messages * done / answers }
    load.conversations = (conversations + undone.conversations) * runs
    load.undone = Int((undone.conversations * runs).rounded())
    return load
  }

  /// The whole counted time, if it is too short for the work.
  private func place(_ team: String?, _ load: Load) -> ResultDocument.Overload.Place? {
    // Two standard errors of the number of customers: a full desk has a little too much by chance.
    let beyondChance = 1 + 2 / max(1, load.conversations).squareRoot()
    guard load.offered > max(Self.clearly, beyondChance) * load.online, load.online > 0,
      load.busy >= Self.busyAtLeast * load.online
    else { return nil }
    let time = end - warmup
    return ResultDocument.Overload.Place(
      team: team, from: warmup, to: end, offered: load.offered / time,
      available: load.online / time, enough: Self.whole(load.offered / time))
  }

  /// Full hours in which customers were hurt, of everybody or of a team.
  private func peaks(
    _ team: String?, _ all: [StepSummary], work: Double, isHurt: Bool,
    waiting: (StepSummary) -> Double
  ) -> [ResultDocument.Overload.Place] {
    let step = stepLength
    let each = max(1, Int((3_600 / step).rounded()))
    var places: [ResultDocument.Overload.Place] = []
    for first in stride(from: 0, to: all.count, by: each) {
      let steps = all[first..<min(first + each, all.count)]
      let from = Double(first) * step
      let to = min(end, from + Double(steps.count) * step)
      guard from >= warmup, to - from >= step * Double(each) / 2 else { continue }
      let count = Double(steps.count)
      func mean(_ value: (StepSummary) -> Double?) -> Double {
        steps.reduce(0) { $0 + (value($1) ?? 0) } / count
      }
      let offered = mean { $0.arrivals.mean } * count * work / (to - from)
      let available = mean { $0.agentsOnline.mean }
      // Of many stretches some have more work than usual by chance: three standard errors of the sum of
      // as many exponential times.
      let seen = mean { $0.arrivals.mean } * count * Double(result.replications.count)
      let beyondChance = 1 + 3 * (2 / max(1, seen)).squareRoot()
      guard offered > max(Self.clearly, beyondChance) * available, available >= 0.5,
        mean({ $0.busyRatio.ratio }) >= Self.busyAtLeast, isHurt || mean(waiting) > available
      else { continue }
      places.append(
        ResultDocument.Overload.Place(
          team: team, from: from, to: to, offered: offered, available: available,
          enough: Self.whole(offered)))
    }
    return places
  }

  /// Hours that follow each other as one stretch.
  private static func joined(
    _ hours: [ResultDocument.Overload.Place]
  ) -> [ResultDocument.Overload.Place] {
    var places: [ResultDocument.Overload.Place] = []
    for hour in hours {
      if let last = places.last, last.to == hour.from {
        places[places.count - 1] = joined(last, hour)
      } else {
        places.append(hour)
      }
    }
    return places
  }

  private static func joined(
    _ one: ResultDocument.Overload.Place, _ other: ResultDocument.Overload.Place
  ) -> ResultDocument.Overload.Place {
    let (first, second) = (one.to - one.from, other.to - other.from)
    var place = one
    place.to = other.to
    place.offered = (one.offered * first + other.offered * second) / (first + second)
    place.available = (one.available * first + other.available * second) / (first + second)
    // The fullest of the hours decides.
    place.enough = one.enough.flatMap { one in other.enough.map { max(one, $0) } }
    return place
  }

  private static func whole(_ offered: Double) -> Int? {
    offered < 1e9 ? Int(offered.rounded(.up)) : nil
  }
}
