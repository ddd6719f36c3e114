import FoundationEssentials
import Glibc
public import World

/// Journals as files: where they are, what they need of the system.
public enum Journals {
  /// Whether SQLite was there when the program was built.
  public static var isAvailable: Bool { SQLite.isAvailable }

  /// What to do where it was not.
  public static let missing =
    "this program was built without SQLite; install libsqlite3-dev and build it again"

  /// With what a journal began: for a service that is given no scenario.
  public static func opening(of path: String) throws(JournalProblem) -> WorkspaceOpening {
    guard FileManager.default.fileExists(atPath: path) else {
      throw JournalProblem(
        .cannotOpen, path,
        "there is no such journal, and a new one begins with a scenario: serve SCENARIO "
          + "--journal FILE")
    }
    let store = try JournalStore(reading: path)
    defer { store.close() }
    return store.meta.opening
  }

  /// The file of one of several workspaces, in a folder that is made where it is missing.
  public static func path(of workspace: String, in folder: String) throws(JournalProblem) -> String
  {
    let isPlain =
      !workspace.isEmpty && workspace.utf8.count <= 100
      && workspace.unicodeScalars.allSatisfy {
        $0.properties.isAlphabetic || $0.properties.numericType != nil
          || "-_.".unicodeScalars.contains($0)
      } && !workspace.hasPrefix(".")
    guard isPlain else {
      throw JournalProblem(
        .cannotOpen, workspace,
        "a workspace's name is the name of its file: letters, digits, '-', '_' and '.'")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw JournalProblem(.cannotOpen, folder, "the folder cannot be made")
    }
    return folder + (folder.hasSuffix("/") ? "" : "/") + workspace + ".db"
  }

  /// As many open files as the system grants: each journal has two.
  public static func allowManyFiles() {
    var limit = rlimit()
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }

  /// The first line of a file, without blanks around it; nil if it cannot be read.
  public static func firstLine(ofFile path: String) -> String? {
    guard let data = FileManager.default.contents(atPath: path),
      let text = String(validating: data, as: UTF8.self)
    else { return nil }
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    return String(line.drop { $0 == " " }.reversed().drop { $0 == " " || $0 == "\r" }.reversed())
  }
}

extension JournalProblem {
  /// Whether it lies in the journal, and not in how it was asked for.
  public var isOfTheInput: Bool {
    switch kind {
    case .notAJournal, .newerFormat, .otherScenario, .damaged: true
    case .noSQLite, .cannotOpen, .inUse, .cannotWrite, .noThread: false
    }
  }
}
