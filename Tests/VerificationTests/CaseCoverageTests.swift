import Engine
import Foundation
import Testing
import Verification

@testable import Scenarios

/// That the case files leave nothing out: what there is to exercise comes from the tables that the reader
/// and the engine themselves work by, so a new step, outcome, trigger or policy asks for its case here.
@Suite struct `What the cases exercise` {
  private static let suite = Result<CheckSuite, Diagnostics> { () throws(Diagnostics) in
    try CheckSuite([CaseFolders.engine.path])
  }

  private static let files: [CaseFile] =
    (try? suite.get().groups.flatMap { $0.cases.map(\.file) }) ?? []

  private static let seen: Set<String> = {
    var trace = CaseTrace()
    for file in files { trace.follow(file) }
    return trace.seen
  }()

  /// Whether some case came through a place; its kinds of steps go by their beginnings.
  private func isSeen(_ step: String, _ outcome: String) -> Bool {
    Self.seen.contains { $0.hasPrefix(step) && $0.hasSuffix(": \(outcome)") }
  }

  /// How a run ends where an outcome has no steps of its own.
  private static let endings: [String: [ExitReason]] = [
    "send_message on_failure": [.sendFailed],
    "ask_question on_invalid": [.invalidAnswer], "ask_question on_timeout": [.timeoutWithoutBranch],
    "ask_question on_failure": [.sendFailed],
    "assign_to on_timeout": [.timeoutWithoutBranch, .assignFailed],
    "date_and_time outside": [.noBranch], "add_sheet_row on_failure": [.serviceFailed],
    "ai_agent on": [.noBranch, .timeoutWithoutBranch],
  ]

  @Test(arguments: WorkflowReader.steps.map(\.key))
  func `every step comes to each of its outcomes, with steps of their own and without`(
    step: String
  ) throws {
    _ = try Self.suite.get()
    let outcomes = WorkflowReader.steps.first { $0.key == step }?.value.outcomes ?? []
    switch step {
    case "branch":
      for way in ["when", "else", "ends no_branch"] { #expect(isSeen(step, way), "\(way)") }
    case "jump_to":
      for way in ["jumps", "next", "next, at the end"] { #expect(isSeen(step, way), "\(way)") }
    case "trigger_workflow":
      for place in ["at the start", "at a step"] {
        #expect(isSeen("\(step) \(place)", "ends transferred_to_other_workflow"))
      }
    default:
      #expect(isSeen(step, "next") || isSeen(step, "next, at the end"))
    }
    for outcome in outcomes {
      let names =
        outcome == "on" ? AIAgent.Outcome.allCases.map { "on \($0.rawValue)" } : [outcome]
      for name in names { #expect(isSeen(step, name), "\(step): \(name)") }
      let endings = try #require(Self.endings["\(step) \(outcome)"])
      for reason in endings {
        #expect(isSeen(step, "ends \(reason.rawValue)"), "\(step): ends \(reason.rawValue)")
      }
    }
  }

  @Test(arguments: WorkflowReader.answerTypes)
  func `every kind of answer is given, validly and not`(kind: String) {
    let step = "ask_question \(kind)"
    #expect(isSeen(step, "next") || isSeen(step, "next, at the end"), "valid")
    #expect(isSeen(step, "on_invalid"), "invalid")
  }

  @Test(arguments: Logic.plain.map(\.name) + ["sticky"])
  func `every logic assigns`(logic: String) {
    let isUsed = ["team", "workspace"].contains { pool in
      let step = "assign_to \(pool) \(logic)"
      return isSeen(step, "next") || isSeen(step, "next, at the end")
    }
    #expect(isUsed)
  }

  @Test func `every action of Assign To is carried out`() {
    for target in ["user", "team", "workspace", "unassign"] {
      let step = "assign_to \(target)"
      #expect(isSeen(step, "next") || isSeen(step, "next, at the end"), "\(target)")
    }
  }

  @Test(arguments: WorkflowReader.triggerKeys.map(\.key))
  func `every trigger starts a run`(trigger: String) {
    #expect(Self.seen.contains("trigger \(trigger)"))
  }

  @Test func `every ending, source and way out of a queue is seen`() {
    let expected =
      ExitReason.allCases.map { "run ends: \($0.rawValue)" }
      + Source.opening.map { "opened by \($0)" }
      + AssignmentReason.allCases.map { "assigned: \($0.name)" }
      + QueueExit.allCases.map { "leaves the queue: \($0.rawValue)" }
      + SendFailure.allCases.map { "not sent: \($0.rawValue)" }
    for place in expected where place != "run ends: jump_exhausted_at_end" {
      // The comment after the last step keeps this very reason from the trace; a claim has it.
      #expect(Self.seen.contains(place), "\(place)")
    }
  }

  private static let claims = files.flatMap { $0.expectations.flatMap(\.facts).map(\.claim) }

  @Test func `every kind of expectation is made, of sources and endings each one`() {
    for source in Source.closing {
      let isClaimed = Self.claims.contains {
        if case .closedBy(_, source) = $0 { true } else { false }
      }
      #expect(isClaimed, "closed by \(source)")
    }
    let keys = CaseKeys.expectation.names
    let texts = Self.texts.joined()
    for key in keys { #expect(texts.contains("\(key):"), "\(key)") }
    for figure in CaseFile.Figure.allCases { #expect(texts.contains("\(figure.rawValue):")) }
    #expect(texts.contains("ended: jump_exhausted_at_end"))
  }

  /// What only a host can do wrong, and what a case file cannot even name.
  private static let unseen: Set<String> = [
    "stale_timer", "early_timer", "id_out_of_turn", "absurd_time", "contact_in_use", "unknown_tag",
    "unknown_field", "bad_workflows", "offline_is_not_chosen", "unsuitable",
  ]

  @Test func `every refusal that a case can cause is expected by one`() {
    let expected = Self.claims.compactMap { claim in
      if case .refused(_, let reason) = claim { reason } else { nil }
    }
    #expect(Set(Refusal.names).subtracting(expected) == Self.unseen)
  }

  private static let texts = files.map { file in
    (try? String(contentsOfFile: file.file, encoding: .utf8)) ?? ""
  }

  @Test(arguments: CaseKeys.verbs.map { "\($0.subject) \($0.name)" })
  func `every verb of the timeline is used`(verb: String) {
    let parts = verb.split(separator: " ").map { "\($0):" }
    let isUsed = Self.texts.contains { text in
      text.split(separator: "\n").contains { row in
        row.hasPrefix("  - {at") && parts.allSatisfy { row.contains($0) }
      }
    }
    #expect(isUsed)
  }

  @Test(arguments: WorkspaceKeys.policies.keys.map(\.name))
  func `every value of every policy is tried`(policy: String) throws {
    let key = try #require(WorkspaceKeys.policies.keys.first { $0.name == policy })
    let values: [String] =
      switch key.shape {
      case .choice(let words): words
      case .toggle: ["true", "false"]
      default: [""]
      }
    // What is meant when nothing is said is tried by every other case.
    for value in values where value != key.standard {
      #expect(
        Self.texts.contains { $0.contains("\(policy): \(value)") }, "\(policy): \(value)")
    }
  }

  @Test func `every operator and every subject of a condition is asked`() {
    let texts = Self.texts.joined()
    for comparison in Comparison.allCases {
      #expect(texts.contains(" \(comparison.rawValue)"), "\(comparison.rawValue)")
    }
    for subject in [
      "contact.", "conversation_status", "contact_type", "tags", "assignee_status", "last_channel",
      "last_incoming_message", "time_since_last_incoming_message",
      "time_since_last_outgoing_message", "$",
    ] {
      #expect(texts.contains("[\(subject)") || texts.contains(", \(subject)"), "\(subject)")
    }
  }
}
