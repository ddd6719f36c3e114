import Experiments
import Measurement
import Reporting
import Scenarios
import Synchronization
import VirtualTime
import World

/// Runs of all ways of a scenario, in the background, told of as they come in.
final class Experiment: Sendable {
  /// What is told.
  enum Update: Sendable {
    /// So many runs of the first ones, which are not enough for an answer.
    case first(Int, of: Int)
    /// The answer as it stands.
    case answer(ResultDocument, WatchState, Campaign.Result)
    /// Why there will be none.
    case failed(String)
  }

  /// What is run.
  struct Plan: Sendable {
    var scenario: Scenario
    var builder: DocumentBuilder
    var entries: [Campaign.Entry]
    /// What the runs of each way depend on.
    var worlds: [WorldKey]
    var looks: Looks
    /// Where runs end by themselves.
    var end: Int
    /// How many there are even if nothing is open any more.
    var least = 0
    var threads: Int

    var campaign: Campaign {
      Campaign(
        entries: entries, seed: scenario.seed, replications: end, threads: threads)
    }
  }

  let plan: Plan
  let interruption = Interruption()
  private let isStopped = Atomic<Bool>(false)
  private let reached = Atomic<Int>(0)
  private let hasEnded = Atomic<Bool>(false)
  private let tell: @Sendable (Update) -> Void

  init(_ plan: Plan, tell: @escaping @Sendable (Update) -> Void) {
    self.plan = plan
    self.tell = tell
  }

  /// How many runs of each way there are.
  var runs: Int { reached.load(ordering: .relaxed) }

  /// Whether its thread is done.
  var isOver: Bool { hasEnded.load(ordering: .relaxed) }

  /// Begins on a thread of its own.
  func start() {
    SystemThread { [self] in
      run()
      hasEnded.store(true, ordering: .relaxed)
    }.detach()
  }

  /// Nobody wants it any more: nothing further is told.
  func cancel() { interruption.set() }

  /// No more runs; what there is stands.
  func stop() {
    isStopped.store(true, ordering: .relaxed)
    interruption.set()
  }

  /// Numbers move no more often than this, in nanoseconds.
  private static let pace: Int64 = 100_000_000

  private func run() {
    let campaign = plan.campaign
    var words = WatchedWords(plan.looks)
    var shownAt = Alarm.now()
    var pace = Self.pace
    // The last one made, which is also the final one where runs come to their own end.
    var made: (runs: Int, document: ResultDocument)?
    do throws(Campaign.Failure) {
      var result = try campaign.run(
        interruption: interruption,
        progress: { done, _ in
          guard done < plan.firstRuns, Alarm.now() - shownAt > Self.pace else { return }
          shownAt = Alarm.now()
          tell(.first(done, of: plan.firstRuns))
        },
        isEnough: { result in
          let runs = result.replications
          reached.store(runs, ordering: .relaxed)
          let isLook = plan.looks.planned.contains(runs)
          guard runs > plan.firstRuns || isLook || runs == plan.end else { return false }
          let began = Alarm.now()
          guard isLook || began - shownAt > pace else { return false }
          let document = words.document(plan.builder, plan.scenario, campaign, result)
          made = (runs, document)
          let isSettled = isLook && runs >= plan.least && OpenQuestions(document).open == 0
          if !interruption.isSet, runs < plan.end, !isSettled {
            tell(.answer(document, state(runs, words, isRunning: true), result))
          }
          shownAt = Alarm.now()
          // Where a picture takes long, most of the time is for the runs all the same.
          pace = max(Self.pace, 4 * (shownAt - began))
          return isSettled
        })
      guard !interruption.isSet || isStopped.load(ordering: .relaxed) else { return }
      guard result.replications > 0 else { return }
      result.isPartial = false
      let document =
        made.flatMap { $0.runs == result.replications ? $0.document : nil }
        ?? words.document(plan.builder, plan.scenario, campaign, result)
      tell(.answer(document, state(result.replications, words, isRunning: false), result))
    } catch {
      guard !interruption.isSet else { return }
      tell(.failed(error.lines.joined(separator: " ")))
    }
  }

  private func state(_ runs: Int, _ words: WatchedWords, isRunning: Bool) -> WatchState {
    WatchState(
      runs: runs, end: plan.end, looks: plan.looks.planned, lastLook: words.lastLook,
      isRunning: isRunning, isStopped: isStopped.load(ordering: .relaxed))
  }
}

extension Experiment.Plan {
  /// So many runs are waited for before anything is said.
  var firstRuns: Int { min(end, looks.planned.first ?? 10) }
}
