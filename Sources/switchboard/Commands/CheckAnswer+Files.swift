import Experiments
import FoundationEssentials
import Measurement
import Reporting
import Scenarios
import Verification

/// What `check` says to programs.
extension CheckAnswer {
  private struct Document: Encodable {
    var command = "check"
    var cases: Int
    var decisions: UInt64
    var fingerprint: String
    var failed: [Failure]
    var scenarios: [Scenario]

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

    struct Scenario: Encodable {
      var label: String
      var file: String
      var record: String?
      var passes: Bool
      var fingerprint: String?
      var failure: String?
      var missed: [Missed]
      var overloaded: [String]
      var differences: [Change]
    }

    struct Missed: Encodable {
      var strategy: String
      var goal: String
    }

    struct Change: Encodable {
      var kind: String
      var strategy: String
      var subject: String
      var recorded: String
      var now: String
      var halfWidths: Double?
      var account: [String]
    }
  }

  /// The answer for programs.
  var json: String {
    let document = Document(
      cases: suite.caseCount, decisions: decisions,
      fingerprint: DocumentBuilder.text(fingerprint: fingerprint),
      failed: failed.map { found, result in
        Document.Failure(
          label: found.label, name: result.name, file: result.file,
          differences: result.differences.map {
            Document.Difference(
              at: $0.at, line: $0.span?.start.line, column: $0.span?.start.column,
              subject: $0.subject, expected: $0.expected, got: $0.got, account: $0.account,
              story: $0.story)
          })
      }, scenarios: outcomes.map { Self.scenario($0.outcome) })
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    // Texts and finite numbers only: there is nothing that cannot be encoded.
    return (try? encoder.encode(document)).map {
      printableJSON(String(decoding: $0, as: UTF8.self))
    } ?? "{}"
  }

  private static func scenario(_ outcome: ScenarioOutcome) -> Document.Scenario {
    Document.Scenario(
      label: outcome.check.label, file: outcome.check.path,
      record: outcome.hasRecord ? outcome.check.recordPath : nil, passes: outcome.passes,
      fingerprint: outcome.document?.fingerprint,
      failure: outcome.failure.map { SimulationCommand.text($0) } ?? outcome.refusal
        ?? outcome.violations.first ?? outcome.recordProblem,
      missed: outcome.missed.map { Document.Missed(strategy: $0.strategy, goal: $0.goal.goal) },
      overloaded: outcome.overloaded,
      differences: outcome.differences.map {
        Document.Change(
          kind: $0.kind.rawValue, strategy: $0.strategy, subject: $0.subject,
          recorded: $0.recorded, now: $0.now,
          halfWidths: $0.widths.flatMap { $0.isFinite ? $0 : nil }, account: $0.account)
      })
  }

  /// The answer for continuous integration.
  var junit: JUnitReport {
    var report = JUnitReport()
    var plain = self
    plain.terminal.hasColor = false
    for (group, results, seconds) in groups {
      var suite = JUnitReport.Suite(name: group.name)
      let share = seconds / Double(max(1, results.count))
      suite.tests = zip(group.cases, results).map { found, result in
        JUnitReport.Test(
          name: result.name, file: found.file.file, seconds: share,
          failure: result.differences.first.map { ($0.line, $0.text) })
      }
      report.suites.append(suite)
    }
    if !outcomes.isEmpty {
      var suite = JUnitReport.Suite(name: "scenarios")
      suite.tests = outcomes.map { outcome, seconds in
        let isFailure = updates ? outcome.isBroken : !outcome.passes
        return JUnitReport.Test(
          name: outcome.check.label, file: outcome.check.path, seconds: seconds,
          failure: isFailure ? (plain.shortest(outcome), plain.block(of: outcome)) : nil)
      }
      report.suites.append(suite)
    }
    return report
  }
}
