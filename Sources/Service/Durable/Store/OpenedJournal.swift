import Engine
import World

/// A journal that was opened to be gone on with, and the workspace that it makes.
struct OpenedJournal {
  let store: JournalStore
  let state: WorkspaceState
  let found: Restoration

  /// Opens or makes it, and looks at all that is in it.
  init(
    _ path: String, _ opening: WorkspaceOpening, _ sync: SyncMode, now: Int64
  ) throws(JournalProblem) {
    // A whole second, so that the wall clock of the settings is exact.
    let began = now - now % 1_000_000_000
    store = try JournalStore(path, sync: sync, makingItOf: opening, at: began)
    if let why = Self.difference(store.meta.opening, opening) {
      throw JournalProblem(.otherScenario, path, why)
    }
    var restored = try Restorer(store: store).restore()
    if let why = try Self.quickCheck(store) {
      throw JournalProblem(
        .damaged, path, "the file is damaged: \(why)", event: nil,
        wholeEvents: restored.state.sequence)
    }
    restored.found.isNew = restored.state.sequence == 0
    state = restored.state
    found = restored.found
  }

  /// How the opening of a journal differs from the one it is opened with, in words.
  private static func difference(
    _ journal: WorkspaceOpening, _ opening: WorkspaceOpening
  ) -> String? {
    guard journal != opening else { return nil }
    var parts: [String] = []
    if journal.settings != opening.settings { parts.append("settings") }
    if journal.events != opening.events { parts.append("users, teams or workflows") }
    if parts.isEmpty { parts.append("name") }
    let other =
      journal.name == opening.name
      ? "an earlier state of the scenario '\(opening.name)'"
      : "the scenario '\(journal.name)', not of '\(opening.name)'"
    return
      "this is a journal of \(other): other \(parts.joined(separator: " and other ")); open it "
      + "with the scenario that it began with, or begin a new journal"
  }

  /// What SQLite itself finds wrong with the file.
  private static func quickCheck(_ store: JournalStore) throws(JournalProblem) -> String? {
    do throws(SQLiteFailure) {
      let answer = try store.database.text("PRAGMA quick_check(1)") ?? "no answer"
      return answer == "ok" ? nil : answer
    } catch {
      return "\(error)"
    }
  }
}
