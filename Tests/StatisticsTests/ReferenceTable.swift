import Foundation
import Testing

/// One row of a reference table, its cells by column.
struct ReferenceRow: Sendable, CustomTestStringConvertible {
  let name: String
  let cells: [String: String]

  var testDescription: String { name }

  /// A number; a missing one fails the test that asks for it.
  func number(_ column: String) throws -> Double {
    try #require(Double(cells[column] ?? ""), "\(name): no number in column \(column)")
  }

  func integer(_ column: String) throws -> Int { Int(try number(column)) }

  func text(_ column: String) -> String { cells[column] ?? "" }

  func has(_ column: String) -> Bool { !text(column).isEmpty }

  /// The value of `key` in a cell such as `df=9;p=0.95`.
  func parameter(_ key: String) throws -> Double {
    for part in text("parameters").split(separator: ";") {
      let sides = part.split(separator: "=", maxSplits: 1).map(String.init)
      if sides.count == 2, sides[0].trimmingCharacters(in: .whitespaces) == key {
        let value = sides[1].replacingOccurrences(of: "%", with: "")
        return try #require(Double(value))
      }
    }
    throw MissingParameter(row: name, key: key)
  }
}

struct MissingParameter: Error {
  let row: String
  let key: String
}

/// The tables of exact values beside these tests.
enum ReferenceTable {
  static func rows(_ table: String) -> [ReferenceRow] {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Reference/\(table).csv")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    let lines = text.split(separator: "\n").map { fields(String($0)) }
    guard let header = lines.first else { return [] }
    return lines.dropFirst().enumerated().map { index, line in
      var cells: [String: String] = [:]
      for (column, value) in zip(header, line) { cells[column] = value }
      let name = cells["id"] ?? "\(table) \(index + 2) \(line.prefix(3).joined(separator: " "))"
      return ReferenceRow(name: name, cells: cells)
    }
  }

  static let tools = rows("stats_tools")

  static func tools(_ group: String) -> [ReferenceRow] {
    tools.filter { $0.text("group") == group }
  }

  /// The value of one quantity of a group.
  static func tool(_ group: String, _ parameters: String? = nil, _ quantity: String) throws
    -> Double
  {
    let row = tools.first {
      $0.text("group") == group && $0.text("quantity") == quantity
        && (parameters == nil || $0.text("parameters") == parameters)
    }
    return try #require(row).number("value")
  }

  static func series(_ column: String) throws -> [Double] {
    let values = try rows("stats_series").map { try $0.number(column) }
    try #require(values.count == 400)
    return values
  }

  /// The 20 means of 20 consecutive observations each.
  static func means(_ column: String) throws -> [Double] {
    let series = try series(column)
    return (0..<20).map { series[$0 * 20..<($0 + 1) * 20].reduce(0, +) / 20 }
  }

  private static func fields(_ line: String) -> [String] {
    var result: [String] = []
    var field = ""
    var isQuoted = false
    for character in line {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        result.append(field)
        field = ""
      default: field.append(character)
      }
    }
    return result + [field]
  }
}

/// The relative distance of a value from the exact one (absolute where that is 0).
func error(_ value: Double?, _ exact: Double) -> Double {
  guard let value else { return .infinity }
  return exact == 0 ? abs(value) : abs(value / exact - 1)
}
