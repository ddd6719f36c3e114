import Engine

extension WorkflowReader {
  private static let template = Shape.text
  private static let outcome = Shape.list(.reference("step"))

  /// What each step takes, and the outcomes it can have.
  static let steps: KeyValuePairs<String, (shape: Shape, outcomes: [String])> = [
    "send_message": (.either([template, .map(messageKeys)]), ["on_failure"]),
    "ask_question": (.map(questionKeys), ["on_invalid", "on_timeout", "on_failure"]),
    "assign_to": (.map(assignKeys), ["on_timeout"]),
    "branch": (.list(.map(branchKeys)), []),
    "update_tag": (.map(tagKeys), []),
    "update_field": (.named(template), []),
    "open_conversation": (.map(KeyTable("open_conversation", [])), []),
    "close_conversation": (.map(closeKeys), []),
    "add_comment": (template, []),
    "jump_to": (.map(jumpKeys), []),
    "wait": (.either([.reference("duration"), .reference("variable")]), []),
    "date_and_time": (.map(calendarKeys), ["outside"]),
    "http_request": (.map(requestKeys), []),
    "trigger_workflow": (.map(triggerWorkflowKeys), []),
    "add_sheet_row": (.map(sheetKeys), ["on_failure"]),
    "ai_agent": (.map(agentKeys), ["on"]),
  ]

  /// Every outcome of any step.
  static let outcomes = ["on_timeout", "on_invalid", "on_failure", "outside", "on"]

  static let messageKeys = KeyTable(
    "send_message",
    [
      .required("text", template), .optional("channel", .name),
      .optional("by_channel", .named(template)),
    ])

  static let questionKeys = KeyTable(
    "ask_question",
    [
      .required("text", template), .optional("type", .choice(answerTypes), "text"),
      .optional("choices", .list(.text)), .optional("min", .number), .optional("max", .number),
      .optional("save", .map(saveKeys)), .optional("timeout", .reference("duration")),
    ])

  static let answerTypes = [
    "text", "choice", "number", "date", "phone", "email", "url", "rating", "location",
  ]

  static let saveKeys = KeyTable(
    "where an answer is saved",
    [
      .optional("field", .name), .optional("variable", .reference("variable_name")),
      .optional("tag", .either([.text, .list(.text), .named(.text)])),
    ], oneOf: ["field", "variable", "tag"])

  static let assignKeys = KeyTable(
    "assign_to",
    [
      .optional("user", .name), .optional("team", .name), .optional("workspace", .toggle),
      .optional("unassign", .toggle), .optional("logic", .reference("logic"), "round_robin"),
      .optional("only_online", .toggle, "false"),
      .optional("fewer_than", .whole(0...Int(Int32.max))),
      .optional("timeout", .reference("duration")),
      .optional("exclude_current", .toggle, "false"),
      .optional("only_if_sooner", .toggle, "false"),
    ], oneOf: ["user", "team", "workspace", "unassign"])

  static let stickyKeys = KeyTable(
    "sticky",
    [
      .optional("wait", .reference("duration"), "0 s"),
      .optional("then", .choice(Logic.plain.map(\.name)), "round_robin"),
    ])

  static let branchKeys = KeyTable(
    "an entry of a branch",
    [
      .optional("name", .text), .optional("when", .map(conditionsKeys)),
      .optional("steps", outcome),
    ])

  static let tagKeys = KeyTable(
    "update_tag",
    [
      .optional("add", .either([.text, .list(.text)])),
      .optional("remove", .either([.text, .list(.text)])),
    ])

  static let closeKeys = KeyTable(
    "close_conversation", [.optional("category", template), .optional("summary", template)])

  static let jumpKeys = KeyTable(
    "jump_to",
    [.required("step", .name), .required("at_most", .whole(1...1_000_000))])

  static let calendarKeys = KeyTable(
    "date_and_time",
    [
      .optional("days", .reference("days")), .optional("hours", .reference("hours")),
      .optional("from", .reference("date")), .optional("to", .reference("date")),
      .optional("time_zone", .text),
    ])

  static let requestKeys = KeyTable(
    "http_request",
    [
      .required("service", .name), .optional("method", .choice(methods), "GET"),
      .optional("url", template), .optional("headers", .named(template)),
      .optional("body", template), .optional("save", .named(.reference("json_path"))),
      .optional("status", .reference("variable_name")),
    ])

  static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]

  static let triggerWorkflowKeys = KeyTable(
    "trigger_workflow", [.required("workflow", .name), .optional("step", .name)])

  static let sheetKeys = KeyTable(
    "add_sheet_row", [.required("service", .name), .required("values", .named(template))])

  static let agentKeys = KeyTable(
    "ai_agent",
    [
      .optional("outcomes", .map(outcomeKeys)),
      .optional("latency", .reference("distribution"), "0 s"),
      .optional("idle", .reference("duration"), "60 min"),
    ])

  static let outcomeKeys = KeyTable(
    "the outcomes of an AI agent",
    AIAgent.Outcome.allCases.filter { $0 != .idle }.map {
      .optional($0.rawValue, .reference("share"))
    })

  static let agentOutcomes = KeyTable(
    "the ways on from an AI agent",
    AIAgent.Outcome.allCases.map { .optional($0.rawValue, outcome) })
}
