import FoundationEssentials
import Reporting
import Scenarios
import Verification

/// What `check` prints: a line a folder, the failures with their accounts, the verdict.
struct CheckAnswer {
  /// So many cases are shown one by one without being asked to.
  static let fewCases = 40

  private let suite: CheckSuite
  private let arguments: Arguments
  private let terminal: Terminal
  private let showsCases: Bool
  /// How wide the longest name of a folder is, so that the numbers stand in columns.
  private let nameWidth: Int
  private var lines: [String]
  private(set) var failed: [(found: CheckSuite.Case, result: CaseResult)] = []
  private var decisions: UInt64 = 0
  private var fingerprint: UInt64 = 0

  init(_ suite: CheckSuite, _ arguments: Arguments, _ terminal: Terminal) {
    self.suite = suite
    self.arguments = arguments
    self.terminal = terminal
    showsCases = arguments.has(.verbose) || suite.caseCount <= Self.fewCases
    nameWidth = min(60, max(28, (suite.groups.map(\.name.count).max() ?? 0) + 1))
    lines = [
      padded("", nameWidth + 4) + lead("cases", 8) + lead("decisions", 12) + lead("time", 12)
    ]
  }

  /// Whether the engine found itself in a state that must not be.
  var brokeInvariant: Bool { failed.contains { $0.result.brokeInvariant } }

  /// Adds what came of a folder's cases.
  mutating func add(_ group: CheckSuite.Group, _ results: [CaseResult], seconds: Double) {
    let differing = results.count { !$0.passes }
    let count = results.reduce(0) { $0 + $1.decisions }
    var line =
      "  " + terminal.mark(differing == 0) + " " + padded(printable(group.name), nameWidth)
      + lead(grouped(UInt64(results.count)), 8) + lead(grouped(count), 12)
      + lead("\(decimals(seconds * 1000, 0)) ms", 12)
    if differing > 0 { line += "   \(differing) case\(differing == 1 ? " differs" : "s differ")" }
    lines.append(line)
    for (found, result) in zip(group.cases, results) {
      decisions += result.decisions
      fingerprint = (fingerprint << 7 | fingerprint >> 57) ^ result.fingerprint
      if !result.passes { failed.append((found, result)) }
      guard showsCases else { continue }
      lines.append("      " + terminal.mark(result.passes) + " " + printable(result.name))
    }
  }

  // MARK: Text

  /// The whole answer.
  func text(seconds: Double) -> String {
    var blocks = [lines.joined(separator: "\n")]
    blocks += failed.map { failure($0.found, $0.result) }
    blocks.append(verdict)
    var ending = [
      "engine \(Program.version), \(grouped(decisions)) decisions in "
        + "\(decimals(seconds * 1000, 0)) ms",
      "fingerprint \(fingerprintText(fingerprint))", "repeat: \(repeated)",
    ]
    if !suite.scenarios.isEmpty {
      let count = suite.scenarios.count
      ending.insert("\(count) scenario\(count == 1 ? "" : "s") left out: no cases", at: 0)
    }
    blocks.append(ending.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n")
  }

  private func failure(_ found: CheckSuite.Case, _ result: CaseResult) -> String {
    guard let first = result.differences.first else { return "" }
    var text =
      "\(terminal.mark(false)) \(printable(found.label))   \(place(of: first, result))\n"
      + "  \(printable(result.name))"
    if let why = result.why { text += "\n  \(printable(why))" }
    text += "\n\n" + first.text
    let others = result.differences.dropFirst()
    if arguments.has(.verbose) {
      for other in others { text += "\n\n  also: \(other.line)" }
    } else if !others.isEmpty {
      let plural = others.count > 1
      text += "\n\n  \(others.count) more expectation\(plural ? "s" : "") of this case "
      text += "\(plural ? "are" : "is") not met; --verbose lists what came instead."
    }
    return text
  }

  private func place(of difference: CaseDifference, _ result: CaseResult) -> String {
    let position = difference.span.map { ":\($0.start.line):\($0.start.column)" } ?? ""
    return printable(result.file) + position
  }

  private var verdict: String {
    let all = grouped(UInt64(suite.caseCount))
    guard let first = failed.first else {
      return suite.caseCount == 1
        ? "VERDICT  the case decides as it says."
        : "VERDICT  all \(all) cases decide as they say: \(grouped(decisions)) decisions."
    }
    guard suite.caseCount > 1 else { return "VERDICT  the case differs." }
    let count = failed.count
    return "VERDICT  \(count) of \(all) cases \(count == 1 ? "differs" : "differ"). "
      + "\(count == 1 ? "It" : "The first") alone:\n         "
      + command(["switchboard", "check", first.result.file])
  }

  /// The command that plays the same cases again.
  private var repeated: String {
    let filter = arguments.text(.filter).map { ["--filter", $0] } ?? []
    return command(["switchboard", "check"] + arguments.positionals + filter)
  }

  private func command(_ words: [String]) -> String {
    words.map { quotedForShell($0) }.joined(separator: " ")
  }

  private func quotedForShell(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || "-_./=,:+@%".utf8.contains(byte)
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + printable(word).replacing("'", with: "'\\''") + "'"
  }

  // MARK: JSON

  private struct Document: Encodable {
    var command = "check"
    var cases: Int
    var decisions: UInt64
    var fingerprint: String
    var failed: [Failure]
    var scenarios: [String]

    struct Failure: Encodable {
      var label: String
      var name: String
      var file: String
      var differences: [Difference]
    }

    struct Difference: Encodable {
      var at: String
      var line: Int?
      var column: Int?
      var subject: String
      var expected: String
      var got: String
      var account: [String]
      var story: [String]
    }
  }

  /// The answer for programs.
  var json: String {
    let document = Document(
      cases: suite.caseCount, decisions: decisions, fingerprint: fingerprintText(fingerprint),
      failed: failed.map { found, result in
        Document.Failure(
          label: found.label, name: result.name, file: result.file,
          differences: result.differences.map {
            Document.Difference(
              at: $0.at, line: $0.span?.start.line, column: $0.span?.start.column,
              subject: $0.subject, expected: $0.expected, got: $0.got, account: $0.account,
              story: $0.story)
          })
      }, scenarios: suite.scenarios)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    // Texts and whole numbers only: there is nothing that cannot be encoded.
    return (try? encoder.encode(document)).map {
      printableJSON(String(decoding: $0, as: UTF8.self))
    } ?? "{}"
  }
}

/// A whole number with commas: `14,737`.
private func grouped(_ number: UInt64) -> String {
  var text = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
