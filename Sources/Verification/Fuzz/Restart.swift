import Engine
import World

/// The engine is stopped in the middle of a story and restored: from a snapshot, and the journal since.
struct Restart {
  /// Before how many events the snapshot is written.
  let snapshotAt: Int
  /// Before how many events the engine is stopped; not before the snapshot.
  let stopAt: Int
  fileprivate var snapshot: EngineSnapshot?
  fileprivate var journalled = 0

  init(snapshotAt: Int, stopAt: Int) {
    self.snapshotAt = snapshotAt
    self.stopAt = max(snapshotAt, stopAt)
  }
}

extension CasePlayer {
  /// Writes the snapshot, or drops the engine and goes on with what was written, when it is time.
  ///
  /// Between events only: while effects are carried out, the event at hand is not through.
  func restartIfDue() {
    guard var plan = restart, !isCarryingOut else { return }
    let count = core.events?.entries.count ?? 0
    if plan.snapshot == nil, count >= plan.snapshotAt {
      plan.snapshot = try? EngineSnapshot(of: core)
      plan.journalled = count
      restart = plan
    }
    guard count >= plan.stopAt, let snapshot = plan.snapshot else { return }
    restart = nil
    let since = core.events?.entries.dropFirst(plan.journalled) ?? []
    guard var restored = try? snapshot.read() else {
      find("restart", "the snapshot of the engine cannot be read back")
      return
    }
    // What these events asked for was carried out before the engine stopped.
    restored.replay(Journal(Array(since))) { _ in }
    core = restored
  }
}
