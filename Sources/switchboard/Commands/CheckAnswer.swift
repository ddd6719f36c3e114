import Experiments
import Measurement
import Reporting
import Scenarios
import Verification

/// What `check` prints: a line a folder and a scenario, what failed with its account, the verdict.
struct CheckAnswer {
  /// So many cases are shown one by one without being asked to.
  static let fewCases = 40
  /// So many folders and scenarios get a line each; of more only those that fail.
  ///
  /// With the verdict and what stands behind it that is at most thirty lines.
  private static let fewLines = 20
  /// So many lines those have at most that fail.
  private static let fewFailingLines = 8
  /// So many cases that fail are told in full; the others in a line.
  private static let fewFailures = 3

  let suite: CheckSuite
  let arguments: Arguments
  var terminal: Terminal
  /// What came of each folder of cases.
  private(set) var groups: [(group: CheckSuite.Group, results: [CaseResult], seconds: Double)] = []
  /// What came of each scenario.
  private(set) var outcomes: [(outcome: ScenarioOutcome, seconds: Double)] = []
  private(set) var failed: [(found: CheckSuite.Case, result: CaseResult)] = []
  private(set) var decisions: UInt64 = 0
  private(set) var fingerprint: UInt64 = 0

  init(_ suite: CheckSuite, _ arguments: Arguments, _ terminal: Terminal) {
    self.suite = suite
    self.arguments = arguments
    self.terminal = terminal
  }

  /// Whether records are written anew: then it is no failure that one changed.
  var updates: Bool { arguments.has(.update) }

  /// The scenarios of which something is to be complained.
  var failedOutcomes: [ScenarioOutcome] {
    outcomes.map(\.outcome).filter { updates ? $0.isBroken : !$0.passes }
  }

  /// Whether all is as it says.
  var passes: Bool { failed.isEmpty && failedOutcomes.isEmpty }

  /// Whether the engine found itself in a state that must not be, or a run did not come to its end.
  var brokeInvariant: Bool {
    failed.contains { $0.result.brokeInvariant }
      || outcomes.contains { $0.outcome.failure != nil || !$0.outcome.violations.isEmpty }
  }

  /// Adds what came of a folder's cases.
  mutating func add(_ group: CheckSuite.Group, _ results: [CaseResult], seconds: Double) {
    groups.append((group, results, seconds))
    for (found, result) in zip(group.cases, results) {
      decisions += result.decisions
      fingerprint = (fingerprint << 7 | fingerprint >> 57) ^ result.fingerprint
      if !result.passes { failed.append((found, result)) }
    }
  }

  /// Adds what came of a scenario.
  mutating func add(_ outcome: ScenarioOutcome, seconds: Double) {
    outcomes.append((outcome, seconds))
  }

  /// The whole answer.
  func text(seconds: Double) -> String {
    var blocks = [table.joined(separator: "\n")]
    blocks += failed.prefix(Self.fewFailures).map { failure($0.found, $0.result) }
    let rest = failed.dropFirst(Self.fewFailures).map {
      "\(terminal.mark(false)) \(printable($0.found.label))   \($0.result.differences[0].line)"
    }
    if !rest.isEmpty { blocks.append(shortened(rest, "cases").joined(separator: "\n")) }
    blocks += scenarioBlocks
    blocks.append(verdict)
    let parts =
      ["engine \(Program.version)"]
      + (suite.caseCount > 0 ? ["\(grouped(decisions)) decisions of cases"] : [])
      + ["\(decimals(seconds * 1000, 0)) ms"]
    var ending = [parts.joined(separator: ", ")]
    if suite.caseCount > 0 {
      ending.append("fingerprint \(DocumentBuilder.text(fingerprint: fingerprint))")
    }
    ending.append("repeat: \(repeated)")
    blocks.append(ending.joined(separator: "\n"))
    return blocks.joined(separator: "\n\n")
  }

  // MARK: The table

  private var width: Int {
    let names = groups.map(\.group.name) + outcomes.map(\.outcome.check.label)
    return min(60, max(28, (names.map(\.count).max() ?? 0) + 1))
  }

  private func head(_ first: String, _ second: String) -> String {
    padded("", width + 4) + lead(first, 8) + lead(second, 12) + lead("time", 12)
  }

  /// A line for every folder and scenario as long as these are few, else for those that fail.
  private var table: [String] {
    let isWhole = arguments.has(.verbose) || groups.count + outcomes.count <= Self.fewLines
    var told: [String] = []
    if !groups.isEmpty {
      told = [head("cases", "decisions")] + (isWhole ? groups.flatMap { self.lines(of: $0) } : few)
    }
    guard !outcomes.isEmpty else { return told }
    let room = max(Self.fewFailingLines, Self.fewLines - max(0, told.count - 1))
    told.append(head("runs", "choices"))
    guard !arguments.has(.verbose), outcomes.count > room else {
      return told + outcomes.map { line(of: $0) }
    }
    let passing = outcomes.filter { $0.outcome.passes }
    told += shortened(
      outcomes.filter { !$0.outcome.passes }.map { line(of: $0) }, "scenarios",
      atMost: Self.fewFailingLines)
    guard !passing.isEmpty else { return told }
    let summed = row(
      true, counted(passing.count, "scenario"),
      passing.reduce(0) { $0 + ($1.outcome.document?.runs ?? 0) },
      UInt64(passing.reduce(0) { $0 + $1.outcome.choices }), passing.reduce(0) { $0 + $1.seconds })
    return told + [summed]
  }

  /// The folders that fail, and the others in one line.
  private var few: [String] {
    let passing = groups.filter { $0.results.allSatisfy(\.passes) }
    let failing = groups.filter { !$0.results.allSatisfy(\.passes) }
    let told = shortened(
      failing.flatMap { lines(of: $0) }, "folders", atMost: Self.fewFailingLines)
    guard !passing.isEmpty else { return told }
    let results = passing.flatMap(\.results)
    let summed = row(
      true, counted(passing.count, "folder") + " of cases", results.count,
      results.reduce(0) { $0 + $1.decisions }, passing.reduce(0) { $0 + $1.seconds })
    return told + [summed]
  }

  private func row(
    _ passes: Bool, _ name: String, _ count: Int, _ decisions: UInt64,
    _ seconds: Double
  ) -> String {
    "  " + terminal.mark(passes) + " " + padded(printable(name), width)
      + lead(grouped(UInt64(count)), 8) + lead(grouped(decisions), 12)
      + lead("\(decimals(seconds * 1000, 0)) ms", 12)
  }

  private func lines(
    of found: (group: CheckSuite.Group, results: [CaseResult], seconds: Double)
  ) -> [String] {
    let differing = found.results.count { !$0.passes }
    var line = row(
      differing == 0, found.group.name, found.results.count,
      found.results.reduce(0) { $0 + $1.decisions }, found.seconds)
    if differing > 0 { line += "   \(differing) case\(differing == 1 ? " differs" : "s differ")" }
    guard arguments.has(.verbose) || suite.caseCount <= Self.fewCases else { return [line] }
    return [line] + found.results.map { "      \(terminal.mark($0.passes)) \(printable($0.name))" }
  }

  private func line(
    of found: (outcome: ScenarioOutcome, seconds: Double)
  ) -> String {
    let outcome = found.outcome
    return row(
      outcome.passes || updates && !outcome.isBroken, outcome.check.label,
      outcome.document?.runs ?? 0, UInt64(outcome.choices), found.seconds)
      + "   " + remark(on: outcome)
  }

  // MARK: Cases that fail

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

  // MARK: The verdict

  private var verdict: String {
    let sentences = [caseVerdict, scenarioVerdict].compactMap(\.self)
    return "VERDICT  " + sentences.joined(separator: "\n         ")
  }

  private var caseVerdict: String? {
    guard suite.caseCount > 0 else { return nil }
    let all = grouped(UInt64(suite.caseCount))
    guard let first = failed.first else {
      return suite.caseCount == 1
        ? "the case decides as it says."
        : "all \(all) cases decide as they say: \(grouped(decisions)) decisions."
    }
    guard suite.caseCount > 1 else { return "the case differs." }
    let count = failed.count
    return "\(count) of \(all) cases \(count == 1 ? "differs" : "differ"). "
      + "\(count == 1 ? "It" : "The first") alone:\n         "
      + command(["switchboard", "check", first.result.file])
  }

  /// The command that does the same again.
  private var repeated: String {
    let filter = arguments.text(.filter).map { ["--filter", $0] } ?? []
    let leave = arguments.has(.allowCommand) ? ["--allow-command"] : []
    return command(["switchboard", "check"] + arguments.positionals + filter + leave)
  }

  func command(_ words: [String]) -> String { CommandText(words: words).line }
}

/// The first lines of a list, and how many more there are.
func shortened(_ lines: [String], _ noun: String, atMost limit: Int = 6) -> [String] {
  guard lines.count > limit else { return lines }
  return lines.prefix(limit) + ["  and \(lines.count - limit) \(noun) more"]
}

/// A whole number with commas: `14,737`.
func grouped(_ number: UInt64) -> String {
  var text = ""
  for (index, digit) in String(number).reversed().enumerated() {
    if index > 0, index.isMultiple(of: 3) { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
