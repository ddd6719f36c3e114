import Engine
import Scenarios

/// What came of a story that was told.
struct StoryResult: Sendable {
  /// What is wrong; nil if nothing is.
  var finding: Finding?
  /// How many events the engine handled, restored engines included.
  var events = 0
  /// How many automatic decisions it took.
  var decisions: UInt64 = 0
  /// What it reached.
  var reached: Set<String> = []
}

/// A random story: a case file, told with everything that can be held against the engine.
///
/// It is told twice. The first time each event goes in by every entrance, all invariants are looked at,
/// and a judge follows each decision; the second time the engine is stopped in the middle, restored
/// from snapshot and journal, and must go on as if nothing had been.
struct Story {
  let file: CaseFile
  let seed: UInt64
  /// How many timers may go off: workflows that open what they close go round for ever, and the story of
  /// one is over then.
  private static let timerLimit = 2_000

  /// Reads a story from its tree.
  init(_ tree: Node, seed: UInt64) throws(Diagnostics) {
    file = try CaseFile.read(tree, name: "seed \(seed)")
    self.seed = seed
  }

  /// Tells it; with `everyRestart` the engine is stopped at every event in turn, until that makes a difference.
  func tell(everyRestart: Bool = false) -> StoryResult {
    var result = StoryResult()
    let first = CasePlayer(file, timerLimit: Self.timerLimit, isStory: true)
    first.core.tellDecisions()
    first.judge = Judge(settings: file.settings)
    var reached = Reach()
    first.witness = { reached.note($0, $1) }
    first.play()
    if first.finding == nil, let objection = first.judge?.vain() { first.find(objection) }
    result.decisions = first.core.decisionCount
    result.reached = reached.combinations
    result.events = Int(first.core.eventCount)
    result.finding = first.finding
    guard first.finding == nil else { return result }
    var dice = Dice(seed ^ 0x5EED)
    let drawn = 1 + dice.below(max(1, result.events))
    let stops = everyRestart ? Array(1...max(1, result.events)) : [drawn]
    for stop in stops where result.finding == nil {
      let snapshot = everyRestart ? stop : dice.below(stop + 1)
      let second = tell(Restart(snapshotAt: snapshot, stopAt: stop))
      result.events += second.core.events?.entries.count ?? 0
      result.finding = second.finding ?? compare(second, with: first)
    }
    return result
  }

  private func tell(_ restart: Restart) -> CasePlayer {
    let player = CasePlayer(
      file, timerLimit: Self.timerLimit, isStory: true, checksEntrances: false)
    player.checksInvariants = false
    player.restart = restart
    player.play()
    return player
  }

  /// What the restored engine did otherwise.
  private func compare(_ restored: CasePlayer, with whole: CasePlayer) -> Finding? {
    let pairs = zip(restored.story, whole.story)
    if let (one, other) = pairs.first(where: { $0.at != $1.at || $0.effect != $1.effect }) {
      return Finding(
        kind: "restart", at: other.at,
        text:
          "restored from snapshot and journal, the engine does \(restored.words.clean("\(one.effect)")) "
          + "instead of \(restored.words.clean("\(other.effect)"))")
    }
    guard restored.story.count != whole.story.count else { return nil }
    return Finding(
      kind: "restart", at: whole.now,
      text: "restored from snapshot and journal, the engine does \(restored.story.count) things, "
        + "uninterrupted it does \(whole.story.count)")
  }
}
