import Fitting
import Foundation
import Scenarios
import Testing

/// A file of its own for each test, gone afterwards.
final class TestFile {
  let folder: URL
  let path: String

  init(_ bytes: [UInt8], name: String = "export.csv") throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-fit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent(name).path
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }

  convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The history in it.
  func history(
    _ columns: String? = nil, isMessages: Bool = false
  ) throws -> (history: History, warnings: [String]) {
    let map = try columns.map { try ColumnMap($0) }
    let (history, warnings) = try History.read(path, columns: map, isMessages: isMessages)
    return (history, warnings.all.map { line($0) })
  }

  /// Every problem that reading it finds, the folder's name left out.
  func problems(_ columns: String? = nil, isMessages: Bool = false) throws -> [String] {
    do {
      _ = try history(columns, isMessages: isMessages)
      return []
    } catch let error as Diagnostics {
      return error.errors.map { line($0) }
    }
  }

  private func line(_ diagnostic: Diagnostic) -> String {
    diagnostic.description.replacingOccurrences(of: folder.path + "/", with: "")
  }
}

/// The folder of recorded histories beside the project; nil where it is absent.
let recordedHistories: URL? = {
  var folder = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { folder.deleteLastPathComponent() }
  let data = folder.deletingLastPathComponent().appendingPathComponent("shared/data")
  return FileManager.default.fileExists(atPath: data.path) ? data : nil
}()

/// Whether tests that take minutes run.
let runsLongTests = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] == "1"

/// The header of the columns that short exports have here.
let shortHeader =
  "Conversation ID,DateTime Conversation Started,DateTime Conversation Resolved,Contact ID,"
  + "DateTime First Response,First Response By\n"
