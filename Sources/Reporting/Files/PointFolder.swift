import FoundationEssentials
public import Measurement

/// Where the points of a sweep are kept while it runs, so that whatever stops it, a finished one stays.
///
/// While a sweep into `DIR` is at work its points lie in `DIR.points`, each written in one step, and beside
/// them finished runs of points that are not complete. When the result stands, the points lie in its
/// folder `points`, and the other one is gone; after an interruption it stays with the runs of what is
/// missing. A later sweep takes from both what it can use.
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

  /// The point in the text of such a file; nil where it is none.
  public static func point(in text: String) -> SweptPoint? {
    try? ResultJSON.value(SweptPoint.self, in: text)
  }

  /// A point that was kept under a key; nil where there is none that can be read.
  ///
  /// Whoever asks checks whether it can stand for what is wanted: a file may be damaged.
  public func point(_ key: String) -> SweptPoint? {
    for folder in [path, earlier] {
      guard let text = FileSystem.text(at: folder + "/" + Self.fileName(key), limit: Self.limit),
        let point = Self.point(in: text)
      else { continue }
      return point
    }
    return nil
  }

  /// Keeps a finished point, in one step; its runs are no longer needed.
  public func keep(_ point: SweptPoint) throws(OutputError) {
    let name = Self.fileName(point.key)
    let text: String
    do {
      text = try Self.file(of: point).contents
    } catch {
      throw .failed(path: path + "/" + name, reason: "\(error)")
    }
    try write(text, to: name)
    for name in names() where Self.runKey(name) == point.key {
      FileSystem.removeFile(path + "/" + name)
    }
  }

  /// Keeps a finished run of a point that is not complete, in one step.
  public func keep(_ run: SweptRun) throws(OutputError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let name = Self.fileName(run.key, run: run.measured.replication)
    guard let data = try? encoder.encode(run) else {
      throw .failed(path: path + "/" + name, reason: "a number is not finite")
    }
    let text = String(decoding: data, as: UTF8.self)
    try write(FileSystem.digest(of: Array(text.utf8)) + "\n" + text + "\n", to: name)
  }

  /// The runs that were kept of points that are not complete, by the keys of these.
  ///
  /// A run's file begins with the digest of the rest: one that was damaged is left out.
  public func runs() -> [String: [SweptRun]] {
    var runs: [String: [SweptRun]] = [:]
    for name in names().sorted() {
      guard let key = Self.runKey(name),
        let text = FileSystem.text(at: path + "/" + name, limit: Self.limit)
      else { continue }
      let parts = text.split(separator: "\n")
      guard parts.count == 2, parts[0] == FileSystem.digest(of: Array(parts[1].utf8)),
        let run = try? JSONDecoder().decode(SweptRun.self, from: Data(parts[1].utf8)),
        Self.fileName(key, run: run.measured.replication) == name
      else { continue }
      runs[key, default: []].append(run)
    }
    return runs
  }

  /// Removes what was kept, once it is part of a result; what others put there stays.
  ///
  /// The runs of points that are still missing stay for the sweep that takes up this one.
  public func remove(missing: Set<String> = []) {
    DraftName.removeAbandoned(in: path)
    for name in names() where Self.isPoint(name) || Self.runKey(name) != nil {
      if let key = Self.runKey(name), missing.contains(key) { continue }
      FileSystem.removeFile(path + "/" + name)
    }
    FileSystem.removeEmptyFolder(path)
  }

  private func names() -> [String] { (try? FileSystem.entries(of: path)) ?? [] }

  private func write(_ text: String, to name: String) throws(OutputError) {
    let target = path + "/" + name
    do {
      try FileSystem.makeFolders(path)
      try FileSystem.replace(target, with: text.utf8)
    } catch {
      throw OutputError(error, at: target)
    }
  }

  private static func fileName(_ key: String) -> String { key + ".json" }

  private static func fileName(_ key: String, run: Int) -> String { "\(key)-\(run).run" }

  private static func isKey(_ text: Substring) -> Bool {
    text.utf8.count == 16 && text.allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }

  private static func isPoint(_ name: String) -> Bool {
    name.hasSuffix(".json") && isKey(name.dropLast(5))
  }

  /// The key of the point to which the run in a file of this name belongs; nil for another file.
  private static func runKey(_ name: String) -> String? {
    guard name.hasSuffix(".run") else { return nil }
    let parts = name.dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, isKey(parts[0]), let number = Int(parts[1]), number >= 0 else {
      return nil
    }
    return String(parts[0])
  }
}

/// A digest of a file's bytes, to tell whether it was changed; nil where it cannot be read.
public func digest(ofFile path: String) -> String? { FileSystem.digest(of: path) }
