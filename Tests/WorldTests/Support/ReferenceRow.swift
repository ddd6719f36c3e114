import Foundation
import Testing

/// One row of a table of exact values, its cells by column.
struct ReferenceRow: Sendable {
  let name: String
  let cells: [String: String]

  /// A number; a missing one fails the test that asks for it.
  func number(_ column: String) throws -> Double {
    try #require(Double(cells[column] ?? ""), "\(name): no number in column \(column)")
  }

  func integer(_ column: String) throws -> Int { Int(try number(column)) }

  func text(_ column: String) -> String { cells[column] ?? "" }

  func has(_ column: String) -> Bool { !text(column).isEmpty }

  /// The rows of a table beside these tests.
  static func table(_ name: String) throws -> [ReferenceRow] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Reference/\(name).csv")
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(separator: "\n").map { fields(of: String($0)) }
    let header = try #require(lines.first, "the table \(name) has a header")
    return lines.dropFirst().map { line in
      let cells = Dictionary(zip(header, line)) { first, _ in first }
      return ReferenceRow(name: cells["id"] ?? line.joined(separator: " "), cells: cells)
    }
  }

  private static func fields(of line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted: fields.append("")
      default: fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
