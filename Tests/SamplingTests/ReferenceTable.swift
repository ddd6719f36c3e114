import Foundation

/// A table of exact values from `Reference/`, read as RFC 4180 CSV.
struct ReferenceTable {
  /// A row by column name.
  typealias Row = [String: String]

  let rows: [Row]

  init(_ file: String, from source: String = #filePath) throws {
    let folder = URL(fileURLWithPath: source).deletingLastPathComponent()
    let url = folder.appendingPathComponent("Reference").appendingPathComponent(file)
    let lines = try String(contentsOf: url, encoding: .utf8)
      .split(whereSeparator: \.isNewline).map { Self.cells(of: $0) }
    let header = lines.first ?? []
    rows = lines.dropFirst().map { line in
      Dictionary(uniqueKeysWithValues: zip(header, line))
    }
  }

  private static func cells(of line: Substring) -> [String] {
    var cells = [""]
    var quoted = false
    for character in line {
      switch character {
      case "\"": quoted.toggle()
      case "," where !quoted: cells.append("")
      default: cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}

/// Bigger samples for the long run; the quick one has to finish in seconds in a debug build.
let isLongRun = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] != nil
