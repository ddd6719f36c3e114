public import Measurement

/// A result that was written before, for `report` to make everything again.
public struct SavedResult: Sendable {
  /// The text of its `result.json`.
  public let text: String
  /// Where and how it was made; nil if the file lies alone.
  public let manifest: Manifest?
  /// The folder that it lies in.
  public let folder: String
  /// The file that was read.
  private let file: String

  /// Results beyond this are not ours: a gigabyte.
  private static let limit = 1 << 30

  /// Reads a result folder, or a `result.json` by its own name.
  public init(at path: String) throws(SavedResultError) {
    var trimmed = path
    while trimmed.utf8.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let isFolder = FileSystem.isFolder(trimmed)
    file = isFolder ? trimmed + "/" + ResultJSON.fileName : trimmed
    guard let text = FileSystem.text(at: file, limit: Self.limit) else {
      throw .unreadable(path: file)
    }
    self.text = text
    folder = isFolder ? trimmed : FileSystem.parent(of: trimmed)
    manifest = FileSystem.text(at: folder + "/" + Manifest.fileName).flatMap { Manifest($0) }
  }

  /// The command whose study it is; nil for what `run` and `compare` wrote.
  public var studyCommand: String? { StudyFiles.command(in: text) }

  /// What `run` or `compare` found out.
  public func document() throws(SavedResultError) -> ResultDocument {
    do {
      return try ResultJSON.document(in: text)
    } catch {
      throw .notAResult(path: file, error)
    }
  }

  /// What a study found out.
  public func study<S: Study>(_ type: S.Type) throws(SavedResultError) -> S {
    do {
      return try StudyFiles.read(type, in: text)
    } catch {
      throw .notAResult(path: file, error)
    }
  }
}

/// Why a saved result could not be read.
public enum SavedResultError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no such file, or it may not be read.
  case unreadable(path: String)
  /// The file is not a result of ours.
  case notAResult(path: String, ResultJSONError)

  /// What is wrong and what was expected.
  public var description: String {
    switch self {
    case .unreadable(let path):
      "cannot read '\(printable(path))': expected a folder with a result.json that switchboard has written"
    case .notAResult(let path, let error):
      "\(printable(path)): \(error.description)"
    }
  }
}
