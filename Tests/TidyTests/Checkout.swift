import Foundation

/// The checkout that the tests were built from, read from disk.
enum Checkout {
  static let root: URL = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    return folder
  }()

  struct File: Sendable, CustomStringConvertible {
    var path: String
    var lines: [String]
    var description: String { path }
    var module: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  }

  /// Every Swift file below a folder, in the order of their paths.
  static func swiftFiles(below folder: String) throws -> [File] {
    let base = root.appendingPathComponent(folder)
    let found = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String] ?? []
    return try found.filter { $0.hasSuffix(".swift") }.sorted().map { name in
      let text = try String(contentsOf: base.appendingPathComponent(name), encoding: .utf8)
      return File(
        path: folder + "/" + name,
        lines: text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
    }
  }

  static func text(_ path: String) throws -> String {
    try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
  }
}

/// A line without its comment and without what stands in quotes, so that words in prose do not count.
func code(_ line: String) -> String {
  var result = ""
  var isQuoted = false
  var previous: Character = " "
  for character in line {
    if character == "\"", previous != "\\" { isQuoted.toggle() }
    if !isQuoted {
      if character == "/", previous == "/" { return String(result.dropLast()) }
      result.append(character)
    }
    previous = character
  }
  return result
}
