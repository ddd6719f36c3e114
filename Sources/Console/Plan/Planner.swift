import Experiments
import Measurement
import Synchronization
import VirtualTime

/// The grids of a sitting: each computed once, in the background, and read by whoever asks.
final class Planner: Sendable {
  private struct State {
    /// The text that grids may be begun for.
    var revision = 0
    /// Most lately asked last.
    var jobs: [(key: WorldKey, job: PlanJob)] = []
    var isOver = false
  }

  private let state = Mutex(State())
  /// So many grids are kept: five ways, and what they were before a change that is undone.
  private static let most = 12

  /// The grid of a world, begun if there is none; nil if the text is another one by now.
  func job(_ key: WorldKey, seen revision: Int, _ make: () -> PlanJob) -> PlanJob? {
    state.withLock { state in
      guard revision >= state.revision, !state.isOver else { return nil }
      let job: PlanJob
      if let place = state.jobs.firstIndex(where: { $0.key == key && !$0.job.isCancelled }) {
        job = state.jobs.remove(at: place).job
      } else {
        state.jobs.removeAll { $0.key == key }
        job = make()
        job.start()
      }
      state.jobs.append((key, job))
      if state.jobs.count > Self.most { state.jobs.removeFirst().job.cancel() }
      return job
    }
  }

  /// The text is another one: what is half done is for nobody.
  func textChanged(to revision: Int) {
    state.withLock { state in
      state.revision = revision
      for entry in state.jobs where entry.job.standing.grid == nil { entry.job.cancel() }
      state.jobs.removeAll { $0.job.isCancelled }
    }
  }

  /// Nobody needs any of it.
  func end() {
    state.withLock { state in
      state.isOver = true
      for entry in state.jobs { entry.job.cancel() }
      state.jobs = []
    }
  }
}

/// One grid in the making, and the plans read from it that were run as a day.
final class PlanJob: Sendable {
  /// How far it is.
  struct Standing: Sendable {
    var done = 0
    var all = 0
    var grid: StaffingGrid?
    /// Why there will be none, in words.
    var failure: String?
  }

  private let search: StaffingSearch
  private let interruption = Interruption()
  private let state = Mutex(Standing())
  private let days = Mutex<[[Int]: [StaffingDay]]>([:])

  init(_ search: StaffingSearch) { self.search = search }

  var standing: Standing { state.withLock { $0 } }
  var isCancelled: Bool { interruption.isSet }

  func cancel() { interruption.set() }

  /// Begins on a thread of its own.
  func start() {
    SystemThread { [self] in run() }.detach()
  }

  private func run() {
    do throws(Trials.Failure) {
      let grid = try search.grid(interruption: interruption) { done, all in
        state.withLock { ($0.done, $0.all) = (done, all) }
      }
      state.withLock { $0.grid = grid }
    } catch {
      state.withLock { $0.failure = Self.words(error) }
    }
  }

  private static func words(_ failure: Trials.Failure) -> String {
    switch failure {
    case .interrupted: "It was cancelled."
    case .run(let failure): failure.lines.joined(separator: " ")
    }
  }

  /// What came of a plan as one day, for each time; nil if it was not run yet.
  func knownDay(_ agents: [Int]) -> [StaffingDay]? { days.withLock { $0[agents] } }

  /// Runs a plan as one day while somebody waits for it.
  func day(_ agents: [Int], while isWanted: () -> Bool) -> [StaffingDay]? {
    if let known = knownDay(agents) { return known }
    let interruption = Interruption()
    let found = try? search.runs.day(agents, interruption: interruption) { _ in
      if !isWanted() || self.interruption.isSet { interruption.set() }
    }
    guard let found else { return nil }
    days.withLock { days in
      // A day is small; a thousand of them are what hours of dragging make.
      if days.count > 1_000 { days = [:] }
      days[agents] = found
    }
    return found
  }
}
