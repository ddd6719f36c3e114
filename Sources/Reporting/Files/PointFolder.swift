public import Measurement

/// Where the points of a sweep are kept while it runs, so that whatever stops it, a finished one stays.
///
/// While a sweep into `DIR` is at work its points lie in `DIR.points`, each written in one step. When the
/// result stands, they lie in its folder `points`, and the other one is gone. A later sweep takes from
/// both what it can use.
public struct PointFolder: Sendable {
  /// The folder of the points within a result.
  public static let name = "points"

  /// Where points are kept while the sweep runs.
  public let path: String
  /// Where those of an earlier result lie.
  private let earlier: String

  /// No point is longer: 64 MB.
  private static let limit = 1 << 26

  /// The points of a sweep whose result goes to a folder.
  public init(of output: String) {
    var trimmed = output
    while trimmed.utf8.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    path = trimmed + "." + Self.name
    earlier = trimmed + "/" + Self.name
  }

  /// The file of a point within the result folder.
  public static func file(of point: SweptPoint) throws(ResultJSONError) -> ReportFile {
    ReportFile(name + "/" + fileName(point.key), try ResultJSON.text(encoding: point))
  }

  /// A point that was kept under a key; nil where there is none that can be read.
  ///
  /// Whoever asks checks whether it can stand for what is wanted: a file may be damaged.
  public func point(_ key: String) -> SweptPoint? {
    for folder in [path, earlier] {
      guard let text = FileSystem.text(at: folder + "/" + Self.fileName(key), limit: Self.limit),
        let point = try? ResultJSON.value(SweptPoint.self, in: text)
      else { continue }
      return point
    }
    return nil
  }

  /// Keeps a finished point, in one step.
  public func keep(_ point: SweptPoint) throws(OutputError) {
    let target = path + "/" + Self.fileName(point.key)
    let text: String
    do {
      text = try Self.file(of: point).contents
    } catch {
      throw .failed(path: target, reason: "\(error)")
    }
    let draft = path + "/" + DraftName(0).text
    do {
      try FileSystem.makeFolders(path)
      FileSystem.removeFile(draft)
      try FileSystem.write(Array(text.utf8), to: draft)
      try FileSystem.rename(draft, to: target)
    } catch {
      FileSystem.removeFile(draft)
      throw OutputError(error, at: target)
    }
  }

  /// Removes what was kept, once it is part of a result; what others put there stays.
  public func remove() {
    DraftName.removeAbandoned(in: path)
    for name in (try? FileSystem.entries(of: path)) ?? [] where Self.isOurs(name) {
      FileSystem.removeFile(path + "/" + name)
    }
    FileSystem.removeEmptyFolder(path)
  }

  private static func fileName(_ key: String) -> String { key + ".json" }

  private static func isOurs(_ name: String) -> Bool {
    name.hasSuffix(".json") && name.utf8.count == 16 + 5
      && name.dropLast(5).allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }
}

/// A digest of a file's bytes, to tell whether it was changed; nil where it cannot be read.
public func digest(ofFile path: String) -> String? { FileSystem.digest(of: path) }
