import Engine

extension WorkflowReader {
  private static let template = Shape.text
  private static let outcome = Shape.list(.reference("step"))

  /// What each step takes, and the outcomes it can have.
  static let steps: KeyValuePairs<String, (shape: Shape, outcomes: [String], about: String)> = [
    "send_message": (
      .either([template, .map(messageKeys)]), ["on_failure"], "Sends a message to the contact."
    ),
    "ask_question": (
      .map(questionKeys), ["on_invalid", "on_timeout", "on_failure"],
      "Asks the contact and waits for the answer."
    ),
    "assign_to": (
      .map(assignKeys), ["on_timeout"],
      "Gives the contact to a user, to one of several by a logic, or to nobody. Who finds nobody waits in the pool's queue."
    ),
    "branch": (
      .list(.map(branchKeys)), [],
      "Goes the first way whose conditions hold. It is the last step of its list."
    ),
    "update_tag": (.map(tagKeys), [], "Adds tags to the contact, or takes them away."),
    "update_field": (.named(template), [], "Sets contact fields: names, each with a value."),
    "open_conversation": (
      .map(KeyTable("open_conversation", [])), [],
      "Opens the contact's conversation, if none is open."
    ),
    "close_conversation": (.map(closeKeys), [], "Closes it, with a closing note."),
    "add_comment": (template, [], "Writes a comment for the users; `@name` tells that user."),
    "jump_to": (.map(jumpKeys), [], "Goes on at another step of the workflow."),
    "wait": (
      .either([.reference("duration"), .reference("variable")]), [],
      "Waits: for a duration, or for as long as a variable says (a number is seconds)."
    ),
    "date_and_time": (
      .map(calendarKeys), ["outside"],
      "Goes on at certain days and hours, or between two moments; otherwise by `outside`."
    ),
    "http_request": (.map(requestKeys), [], "Calls another system and saves what it answers."),
    "trigger_workflow": (.map(triggerWorkflowKeys), [], "Goes on in another workflow."),
    "add_sheet_row": (.map(sheetKeys), ["on_failure"], "Writes a row to a sheet."),
    "ai_agent": (
      .map(agentKeys), ["on"],
      "An AI agent talks with the contact; how that ends decides what follows."
    ),
  ]

  /// Every outcome of any step, and what follows it.
  static let outcomeWords: KeyValuePairs<String, String> = [
    "on_timeout": "The steps that follow when nobody answered, or nobody qualified, in time.",
    "on_invalid": "The steps that follow an answer that is not of the kind that was asked for.",
    "on_failure": "The steps that follow if it fails; without them the run ends.",
    "outside": "The steps that follow at any other time.",
    "on": "The steps that follow, for each way in which the talk can end.",
  ]

  /// The names of the outcomes.
  static let outcomes = outcomeWords.map(\.key)

  static let messageKeys = KeyTable(
    "send_message",
    [
      .required(
        "text", template,
        about: "What is sent; `$contact.first_name` and other variables are put in."),
      .optional(
        "channel", .name, about: "The channel; that of the contact's last message if left out."),
      .optional("by_channel", .named(template), about: "Another text for some channels."),
    ])

  static let questionKeys = KeyTable(
    "ask_question",
    [
      .required("text", template, about: "The question."),
      .optional("type", .choice(answerTypes), "text", about: "What kind of answer is valid."),
      .optional("choices", .list(.text), about: "The possible answers of a `choice`."),
      .optional("min", .number, about: "The least number that is valid."),
      .optional("max", .number, about: "The greatest number that is valid."),
      .optional("save", .map(saveKeys), about: "Where the answer goes."),
      .optional(
        "timeout", .reference("duration"),
        about: "How long it waits for an answer; then `on_timeout`."),
    ])

  static let answerTypes = [
    "text", "choice", "number", "date", "phone", "email", "url", "rating", "location",
  ]

  static let saveKeys = KeyTable(
    "where an answer is saved",
    [
      .optional("field", .name, about: "A contact field."),
      .optional("variable", .reference("variable_name"), about: "A variable of the run."),
      .optional(
        "tag", .either([.text, .list(.text), .named(.text)]),
        about: "A tag: the same whatever was answered, or one for each possible answer."),
    ], oneOf: ["field", "variable", "tag"])

  /// A step as it is when nothing is said of it: its defaults stand in the engine's definition alone.
  private static let usualAssignment = AssignTo(.workspace)

  static let assignKeys = KeyTable(
    "assign_to",
    [
      .optional("user", .name, about: "To this user, online or not."),
      .optional("team", .name, about: "To somebody of this team."),
      .optional("workspace", .toggle, about: "To somebody of the whole workspace."),
      .optional("unassign", .toggle, about: "To nobody."),
      .optional(
        "logic", .reference("logic"), usualAssignment.logic.name,
        about: "How one of those who qualify is chosen: `switchboard help logics`."),
      .optional(
        "only_online", .toggle, "\(usualAssignment.onlyOnline)",
        about: "Whether only users who are online qualify."),
      .optional(
        "fewer_than", .whole(0...Int(Int32.max)),
        about: "Only users with fewer open contacts qualify."),
      .optional(
        "timeout", .reference("duration"),
        about:
          "How long the contact waits for somebody who qualifies; then `on_timeout`. 7 d if left out."
      ),
      .optional(
        "exclude_current", .toggle, "\(usualAssignment.excludeCurrent)",
        about: "Whether the present assignee is left out of the choice."),
      .optional(
        "only_if_sooner", .toggle, "\(usualAssignment.onlyIfSooner)",
        about:
          "Whether the contact is moved only to somebody with fewer open contacts than the present assignee has without this one."
      ),
    ], oneOf: ["user", "team", "workspace", "unassign"])

  static let stickyKeys = KeyTable(
    "sticky",
    [
      .optional(
        "wait", .reference("duration"), "0 s",
        about: "How long the contact waits for the user who had it last."),
      .optional(
        "then", .choice(Logic.plain.map(\.name)), "round_robin", about: "The logic after that."),
    ])

  static let branchKeys = KeyTable(
    "an entry of a branch",
    [
      .optional("name", .text, about: "What people call it."),
      .optional(
        "when", .map(conditionsKeys),
        about: "Its conditions; an entry without is Else and comes last."),
      .optional("steps", outcome, about: "The steps of this way."),
    ])

  static let tagKeys = KeyTable(
    "update_tag",
    [
      .optional("add", .either([.text, .list(.text)]), about: "Tags that the contact gets."),
      .optional("remove", .either([.text, .list(.text)]), about: "Tags that the contact loses."),
    ])

  static let closeKeys = KeyTable(
    "close_conversation",
    [
      .optional("category", template, about: "The category of the closing note."),
      .optional("summary", template, about: "Its summary."),
    ])

  static let jumpKeys = KeyTable(
    "jump_to",
    [
      .required("step", .name, about: "The `id` of the step to go to."),
      .required(
        "at_most", .whole(1...1_000_000), about: "So many times in a run; then the next step."),
    ])

  static let calendarKeys = KeyTable(
    "date_and_time",
    [
      .optional(
        "days", .reference("days"),
        about: "The run goes on only on these days; on others by `outside`."),
      .optional("hours", .reference("hours"), about: "And only in these hours."),
      .optional("from", .reference("date"), about: "Or only from this moment on."),
      .optional("to", .reference("date"), about: "And until this moment."),
      .optional("time_zone", .text, about: "The zone of these times; the workspace's if left out."),
    ])

  static let requestKeys = KeyTable(
    "http_request",
    [
      .required("service", .name, about: "The service that is called."),
      .optional("method", .choice(methods), "GET", about: "The HTTP method."),
      .optional("url", template, about: "The address; variables are put in."),
      .optional("headers", .named(template), about: "Headers; the platform allows ten."),
      .optional("body", template, about: "What is sent along."),
      .optional(
        "save", .named(.reference("json_path")),
        about: "Variables, each with the path in the answer that it is read from."),
      .optional(
        "status", .reference("variable_name"),
        about: "A variable that gets the status of the answer."),
    ])

  static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]

  static let triggerWorkflowKeys = KeyTable(
    "trigger_workflow",
    [
      .required("workflow", .name, about: "The workflow that the run goes on with."),
      .optional(
        "step", .name, about: "The `id` of the step where it goes on; the first if left out."),
    ])

  static let sheetKeys = KeyTable(
    "add_sheet_row",
    [
      .required("service", .name, about: "The service that stands for the sheet."),
      .required("values", .named(template), about: "Columns, each with what is written."),
    ])

  static let agentKeys = KeyTable(
    "ai_agent",
    [
      .optional("outcomes", .map(outcomeKeys), about: "How its talks end, with their shares."),
      .optional("latency", .reference("distribution"), "0 s", about: "How long a talk takes."),
      .optional(
        "idle", .reference("duration"), "60 min",
        about: "How long a contact may be silent; then the talk ends as `idle`."),
    ])

  static let outcomeKeys = KeyTable(
    "the outcomes of an AI agent",
    AIAgent.Outcome.allCases.filter { $0 != .idle }.map {
      .optional(
        $0.rawValue, .reference("share"), about: "The share of talks that end as \($0.rawValue).")
    })

  static let agentOutcomes = KeyTable(
    "the ways on from an AI agent",
    AIAgent.Outcome.allCases.map {
      .optional(
        $0.rawValue, outcome, about: "The steps that follow a talk that ended as \($0.rawValue).")
    })
}
