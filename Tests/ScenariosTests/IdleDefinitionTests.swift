import Testing

@testable import Scenarios

/// Definitions that could be read and then failed, or did nothing, in the run.
@Suite struct `Definitions that do nothing` {
  private func flow(_ steps: String, workspace: String = "") -> String {
    small(
      "\(workspace)\nworkflows: {w: {trigger: conversation_opened, steps: \(steps)}, "
        + "other: {trigger: manual, steps: [{wait: 1 s}]}}", team: ", picks: oldest")
  }

  private func warnings(_ text: String) throws -> [String] {
    let found = try #require(scenario(text).scenario, "\(scenario(text).problems)")
    return found.warnings.all.map { "\($0.line ?? 0):\($0.column ?? 0): \($0.message)" }
  }

  private func caseProblems(
    _ workflows: String, teams: String = "{support: [ana]}", timeline: String
  ) -> [String] {
    let text = """
      case: x
      workspace: {users: {ana: online}, teams: \(teams)}
      workflows: {w: {trigger: conversation_opened, steps: \(workflows)}}
      timeline: [\(timeline)]
      expect: [{contact: c1, assignee: nobody}]
      """
    do throws(Diagnostics) {
      _ = try CaseFile.read(SourceFile(name: "c", text: text))
      return []
    } catch {
      return error.all.map { "\($0.line ?? 0):\($0.column ?? 0): \($0.message)" }
    }
  }

  // MARK: - Refused

  @Test(arguments: ["user: support-1", "unassign: true"])
  func `nobody waits for somebody named, so there is no time to run out`(target: String) {
    let problems = scenario(flow("[{assign_to: {\(target)}, on_timeout: [{wait: 1 s}]}]")).problems
    #expect(problems.count == 1)
    #expect(
      problems.first?.contains(
        "'on_timeout' goes with team or workspace only: nobody is waited for here") == true)
  }

  @Test func `a step behind a transfer is reached by its id only`() throws {
    let behind = flow("[{trigger_workflow: {workflow: other}}, {wait: 2 s}]")
    #expect(scenario(behind).problems.count == 1)
    #expect(
      scenario(behind).problems.first?.contains(
        "steps[2]: can never be reached; trigger_workflow takes the contact away") == true)
    let named = flow(
      "[{wait: 1 s}, {jump_to: {step: late, at_most: 1}}, {trigger_workflow: {workflow: other}}, "
        + "{id: late, wait: 2 s}]")
    #expect(try warnings(named) == [])
  }

  @Test func `a bounded jump to itself is a jump like any other`() {
    let text = flow("[{id: a, jump_to: {step: a, at_most: 3}}, {wait: 1 s}]")
    #expect(scenario(text).problems == [])
  }

  @Test(arguments: [
    ("[a, A]", "the choice 'A' is the choice 'a': answers may be written in capitals or not"),
    ("[Ja, Nein, NEIN]", "the choice 'NEIN' is the choice 'Nein'"),
    ("[a, a]", "the choice 'a' appears twice"),
  ])
  func `choices that one answer names both are refused`(choices: String, problem: String) {
    let text = flow("[{ask_question: {text: Which?, type: choice, choices: \(choices)}}]")
    #expect(scenario(text).problems.count == 1)
    #expect(scenario(text).problems.first?.contains(problem) == true)
  }

  @Test func `a case has as many teams as the workspace may`() {
    func teams(_ count: Int) -> String {
      "{" + (1...count).map { "t\($0): []" }.joined(separator: ", ") + "}"
    }
    let timeline = "{at: 1 s, contact: c1, says: hi}"
    #expect(caseProblems("[{wait: 1 s}]", teams: teams(100), timeline: timeline) == [])
    #expect(
      caseProblems("[{wait: 1 s}]", teams: teams(101), timeline: timeline)
        == ["2:42: 101 teams, the limit is 100"])
  }

  @Test(arguments: [
    ("[{assign_to: {user: dan}}]", "the user 'dan'"),
    ("[{assign_to: {team: night}}]", "the team 'night'"),
    ("[{add_comment: Ask @dan.}]", "the user 'dan'"),
  ])
  func `who comes later is not there when workflows are published`(steps: String, who: String) {
    let problems = caseProblems(
      steps,
      timeline:
        "{at: 0 s, contact: c1, says: hi}, {at: 1 s, user: dan, joins: workspace}, "
        + "{at: 2 s, team: night, founded: true}")
    #expect(problems.count == 1)
    #expect(
      problems.first?.hasSuffix(
        "\(who) comes only with a row of the timeline, after the workflows are published") == true,
      "\(problems)")
  }

  // MARK: - Told

  private let categories = "workspace: {categories: [bill, parcel, other]}"

  @Test(arguments: [
    ("$contact.topic", true), ("About a $topic", true), ("$topic", false), ("bill", false),
    ("$free", true),
  ])
  func `a category that only the run knows may be none of the list`(
    category: String, isTold: Bool
  ) throws {
    let text = flow(
      "[{ask_question: {text: Which?, type: choice, choices: [bill, parcel], save: {variable: topic}}}, "
        + "{ask_question: {text: What?, save: {variable: free}}}, "
        + "{update_field: {topic: x}}, {close_conversation: {category: \(category)}}]",
      workspace: categories)
    let told = try warnings(text).filter { $0.contains("known only when the workflow runs") }
    #expect(told.count == (isTold ? 1 : 0))
    // Without a list any category will do.
    let free = text.replacing(categories, with: "")
    #expect(try !warnings(free).contains { $0.contains("known only") })
  }

  private func started(
    _ trigger: String, steps: String = "[{wait: 1 s}]", contacts: String = "", more: String = ""
  ) throws -> [String] {
    try warnings(
      small(
        "\(more)\nworkflows: {w: {trigger: \(trigger), steps: \(steps)}}", contacts: contacts,
        team: ", picks: oldest")
    ).filter { $0.contains("nothing will start") }
  }

  @Test(arguments: [
    ("{shortcut: {name: help}}", "no agent has 'help' under 'shortcuts'"),
    ("{incoming_webhook: {name: paid}}", "no population is 'opened_by: {webhook: {name: paid}}'"),
    ("click_to_chat_ad", "no population is 'opened_by: ctc_ads'"),
    ("manual", "its trigger is manual, and no published workflow has trigger_workflow to it"),
    ("contact_tag_updated", "no published workflow changes that tag so"),
    ("contact_field_updated", "no published workflow sets that field"),
  ])
  func `triggers that a scenario's world never pulls are told`(
    trigger: String, reason: String
  ) throws {
    #expect(
      try started(trigger) == ["6:26: nothing will start the workflow 'w': \(reason)"])
  }

  @Test(arguments: ["user", "api", "zapier", "make", "growth_widget", "ctc_ads", "workflow"])
  func `sources by which no scenario opens conversations are told`(source: String) throws {
    #expect(
      try started("{conversation_opened: {source: \(source)}}")
        == [
          "6:26: nothing will start the workflow 'w': no conversation of this scenario is opened by "
            + "\(source); known: contact"
        ])
    #expect(try started("{conversation_opened: {source: [\(source), contact]}}") == [])
  }

  @Test(arguments: ["bot", "zapier", "make", "n8n", "api", "merge", "auto_close", "workflow"])
  func `sources by which this scenario closes no conversations are told`(source: String) throws {
    let trigger = "{conversation_closed: {source: \(source)}}"
    #expect(
      try started(trigger)
        == [
          "6:26: nothing will start the workflow 'w': no conversation of this scenario is closed by "
            + "\(source); known: user"
        ])
  }

  @Test func `what a scenario does do starts workflows`() throws {
    for trigger in ["conversation_opened", "conversation_closed"] {
      #expect(try started(trigger) == [])
    }
    #expect(
      try started("{conversation_opened: {source: workflow}}", steps: "[{open_conversation: {}}]")
        == [])
    #expect(
      try started("{conversation_closed: {source: workflow}}", steps: "[{close_conversation: {}}]")
        == [])
    #expect(
      try started("{conversation_closed: {source: api}}", contacts: ", patience: 1 min") == [])
    #expect(
      try started(
        "{conversation_closed: {source: merge}}",
        contacts: ", channels: a, second_channel: {share: 1%, channel: b, after: 1 s}",
        more: "channels: {a: {}, b: {}}") == [])
    #expect(
      try started(
        "{conversation_closed: {source: auto_close}}", more: "workspace: {auto_close: 1 h}") == [])
    #expect(
      try started(
        "{contact_tag_updated: {tag: vip, action: added}}", steps: "[{update_tag: {add: vip}}]")
        == [])
    #expect(
      try started(
        "{contact_tag_updated: {tag: vip, action: removed}}", steps: "[{update_tag: {add: vip}}]"
      ).count == 1)
    #expect(
      try started(
        "{contact_field_updated: {field: vip}}",
        steps: "[{ask_question: {text: VIP?, save: {field: vip}}}]") == [])
    // A draft does not run, so it need not be started.
    #expect(try started("{shortcut: {name: help}}, status: draft") == [])
  }

  @Test func `a case says itself what starts its workflows`() throws {
    let text = """
      case: x
      workspace: {users: {ana: online}}
      workflows: {w: {trigger: {shortcut: {name: help}}, steps: [{wait: 1 s}]}}
      timeline: [{at: 1 s, contact: c1, says: hi}, {at: 2 s, user: ana, uses: help, on: c1}]
      expect: [{workflow: w, contact: c1, runs: 1}]
      """
    #expect(try CaseFile.read(SourceFile(name: "c", text: text)).warnings.all.isEmpty)
  }
}
