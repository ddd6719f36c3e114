import Engine

/// The keys of case files.
enum CaseKeys {
  static let top = KeyTable(
    "a case",
    [
      .required("case", .text, about: "One sentence that is true when the case passes."),
      .optional(
        "why", .text,
        about: "The rule: a section of PLATFORM.md, a complaint, a case of a public engine."),
      .optional(
        "start", .reference("date"), "2026-11-23 09:00",
        about: "The date and the clock on the wall at time zero."),
      .optional(
        "time_zone", .text, "UTC",
        about:
          "The zone of that clock, such as `Europe/Lisbon`; shifts, profiles and business hours follow it."
      ),
      .required("workspace", .map(workspace), about: "The settings of the platform's workspace."),
      .optional(
        "workflows", .named(.map(WorkflowReader.workflowKeys)),
        about: "The workflows, step by step as on the platform: `switchboard help workflows`."),
      .required("timeline", .list(.reference("entry")), about: "What happens, in order."),
      .required("expect", .list(.map(expectation)), about: "What must be true, and when."),
    ])

  static let workspace = KeyTable(
    "the workspace",
    [
      .required(
        "users", .named(.either([.choice(statuses), .map(user)])),
        about: "Names, each with a status or with details."),
      .optional(
        "teams", .named(.list(.name)),
        about: "Names, each with its users in the order of rotation; `[]` is an empty team."),
      .optional(
        "channels", .named(.map(channel)), about: "Names with details, where one of them matters."),
      .optional(
        "contacts", .named(.map(contact)),
        about: "People who are in the address book before the story begins."),
      .optional(
        "segments", .named(.map(WorkflowReader.conditionsKeys)),
        about: "Names with conditions; who belongs to it is asked anew each time."),
    ] + WorkspaceKeys.settings)

  static let statuses = ["online", "busy", "away", "offline"]

  static let user = KeyTable(
    "a user",
    [
      .optional(
        "status", .choice(statuses), "online", about: "The activity status at the beginning."),
      .optional(
        "open", .whole(0...10_000), "0",
        about: "Conversations that the user holds before the story; they only count."),
      .optional("limit", .whole(0...1_000_000), about: "A personal limit of open contacts."),
      .optional("weight", .whole(1...1_000_000), "1", about: "For logics that weigh."),
      .optional(
        "role", .choice(UserProfile.Role.allCases.map(\.rawValue)), "agent",
        about: "What the user may do."),
      .optional(
        "sees", .choice(UserProfile.Visibility.allCases.map(\.rawValue)), "all",
        about: "Whose contacts the user sees."),
    ])

  static let channel = KeyTable(
    "a channel",
    [
      .optional(
        "window", .reference("duration"),
        about: "How long after the contact's last message one may write."),
      .optional("delivery", delivery, "works", about: "What becomes of messages that are sent."),
    ])

  private static let delivery = Shape.either([.choice(["works", "fails"]), .map(slowDelivery)])

  static let slowDelivery = KeyTable(
    "a delivery",
    [
      .optional("works_after", .reference("duration"), about: "A message arrives after so long."),
      .optional(
        "fails_after", .reference("duration"),
        about: "A message is lost, which is known after so long."),
    ])

  static let contact = KeyTable(
    "a contact",
    [
      .optional("fields", .named(.text), about: "Fields that are set before the story."),
      .optional("tags", .either([.text, .list(.text)]), about: "Tags before the story."),
      .optional("assignee", .name, about: "Who has the contact before the story."),
      .optional(
        "conversations", .whole(0...1_000_000), "0",
        about: "How many closed conversations the contact had before."),
    ])

  /// A verb of the timeline: who does it, what it is called, what follows it, and the keys beside it.
  struct Verb: Sendable {
    let subject: String
    let name: String
    let shape: Shape
    let others: [KeyTable.Key]
    let about: String

    /// All keys of an entry with this verb.
    var table: KeyTable {
      let own = [
        KeyTable.Key.required(
          "at", .reference("duration"), about: "When, from the beginning of the story.")
      ]
      let subject = KeyTable.Key.required(
        self.subject, .text, about: name == self.subject ? about : "Who does it.")
      let verb = name == self.subject ? [] : [KeyTable.Key.required(name, shape, about: about)]
      return KeyTable(
        "an entry of the timeline", own + [subject] + verb + others, about: about)
    }
  }

  private static let profile: [KeyTable.Key] = [
    .optional("fields", .named(.text), about: "Fields that are on the record when it happens."),
    .optional("tags", .either([.text, .list(.text)]), about: "Tags likewise."),
  ]
  private static let channelAndProfile =
    [KeyTable.Key.optional("channel", .name, about: "The channel; `direct` if left out.")] + profile
  private static let text = [KeyTable.Key.required("text", .text, about: "The text.")]
  private static let note: [KeyTable.Key] = [
    .optional("category", .text, about: "The category of the closing note."),
    .optional("summary", .text, about: "Its summary."),
  ]
  private static let yes = Shape.choice(["true"])

  /// What contacts do.
  private static let contactVerbs = [
    Verb(
      subject: "contact", name: "says", shape: .text, others: channelAndProfile,
      about: "A message comes in."),
    Verb(
      subject: "contact", name: "sends", shape: .choice(["attachment"]), others: channelAndProfile,
      about: "A message without text comes in: a picture, a voice note."),
    Verb(
      subject: "contact", name: "comes_by", shape: .choice(["welcome_event", "widget"]),
      others: channelAndProfile,
      about:
        "The channel reports a contact who has not written, or one comes through a growth widget."),
    Verb(
      subject: "contact", name: "clicks_ad", shape: .text, others: channelAndProfile,
      about: "A contact comes through a click-to-chat ad."),
  ]

  /// What users and programs do to contacts.
  private static let handVerbs = ["user", "program"].flatMap { subject in
    [
      Verb(
        subject: subject, name: "opens", shape: .name, others: [], about: "Opens the conversation."),
      Verb(
        subject: subject, name: "closes", shape: .name, others: note,
        about: "Closes the conversation."),
      Verb(
        subject: subject, name: "assigns", shape: .name,
        others: [.required("to", .name, about: "To whom; `nobody` unassigns.")],
        about: "Gives the contact to somebody."),
      Verb(
        subject: subject, name: "tags", shape: .name,
        others: [.required("tag", .text, about: "The tag.")], about: "Adds a tag."),
      Verb(
        subject: subject, name: "untags", shape: .name,
        others: [.required("tag", .text, about: "The tag.")], about: "Takes a tag away."),
      Verb(
        subject: subject, name: "sets", shape: .name,
        others: [
          .required(
            "fields", .named(.text),
            about: "Fields with their new values; an empty text clears one.")
        ], about: "Changes contact fields."),
      Verb(
        subject: subject, name: "replies", shape: .name,
        others: [.optional("text", .text, about: "What is sent; `A reply.` if left out.")],
        about: "Sends a message."),
      Verb(
        subject: subject, name: "comments", shape: .name, others: text,
        about: "Writes an internal comment; `@ben` is told."),
      Verb(
        subject: subject, name: "ejects", shape: .name,
        others: [.required("from", .name, about: "The workflow whose run ends.")],
        about: "Ends the contact's run of a workflow."),
      Verb(
        subject: subject, name: "imports", shape: .name, others: profile,
        about: "A row of an import: makes the contact or brings it up to date, and opens nothing."),
    ]
  }

  /// What only programs do.
  private static let programVerbs = [
    Verb(
      subject: "program", name: "distributes", shape: .name,
      others: [
        .required("within", .name, about: "A team, or `workspace`."),
        .optional(
          "logic", .choice(["round_robin", "least_open"]),
          about: "How the AI agent chooses; `round_robin` if left out."),
      ],
      about:
        "The AI agent gives the contact to somebody of a team or of the workspace, online or not.")
  ]

  /// What only users do.
  private static let userVerbs = [
    Verb(
      subject: "user", name: "becomes", shape: .choice(statuses), others: [],
      about: "Changes the activity status; `away` is `busy`, `offline` a log-out."),
    Verb(
      subject: "user", name: "logs", shape: .choice(["in", "out"]), others: [],
      about: "Logs in, with the status of before the log-out, or out."),
    Verb(
      subject: "user", name: "acts", shape: yes, others: [],
      about:
        "Does something that nobody else notices: keeps the user from being taken for offline, or ends that."
    ),
    Verb(
      subject: "user", name: "snoozes", shape: .name,
      others: [
        .optional(
          "until", .reference("duration"),
          about: "A time of the story; until somebody ends it if left out.")
      ], about: "Snoozes the conversation."),
    Verb(subject: "user", name: "unsnoozes", shape: .name, others: [], about: "Ends the snooze."),
    Verb(subject: "user", name: "blocks", shape: .name, others: [], about: "Blocks the contact."),
    Verb(subject: "user", name: "unblocks", shape: .name, others: [], about: "Ends that."),
    Verb(
      subject: "user", name: "merges", shape: .name,
      others: [.required("absorbing", .name, about: "The contact that goes up in the other.")],
      about: "The contact goes on, and the other goes up in it."),
    Verb(
      subject: "user", name: "uses", shape: .text,
      others: [
        .required("on", .name, about: "The contact."),
        .optional("form", .named(.text), about: "What the user fills in."),
      ], about: "Picks a shortcut on a contact."),
    Verb(
      subject: "user", name: "joins", shape: .choice(["workspace"]),
      others: user.keys.filter { $0.name != "open" },
      about: "A new user, named here for the first time."),
    Verb(
      subject: "user", name: "leaves", shape: .choice(["workspace"]), others: [],
      about: "The user is removed for good."),
  ]

  /// What everything else does.
  private static let otherVerbs = [
    Verb(
      subject: "service", name: "answers", shape: .anything,
      others: [
        .optional("status", .whole(100...599), "200", about: "The HTTP status."),
        .optional("contact", .name, about: "The contact that it is about."),
      ], about: "Answers its oldest open request; a text in place of a map is not JSON."),
    Verb(
      subject: "service", name: "fails", shape: .either([.choice(["timeout"]), .whole(300...599)]),
      others: [.optional("contact", .name, about: "The contact that it is about.")],
      about: "Its oldest open request times out, or gets this status."),
    Verb(subject: "team", name: "gains", shape: .name, others: [], about: "The team gains a user."),
    Verb(subject: "team", name: "loses", shape: .name, others: [], about: "The team loses a user."),
    Verb(subject: "team", name: "founded", shape: yes, others: [], about: "A new team."),
    Verb(
      subject: "workflow", name: "becomes", shape: .choice(["published", "stopped"]),
      others: [
        .optional("as", .name, about: "The workflow of this file whose trigger and steps it gets.")
      ], about: "The workflow is published or stopped; when it is stopped every run ends at once."),
    Verb(
      subject: "webhook", name: "webhook", shape: .text,
      others: [
        .required("contact", .name, about: "The contact that it is about."),
        .optional("payload", .anything, about: "What is posted; steps read `$trigger.NAME`."),
      ], about: "Another system posts to the incoming webhook of this name."),
    Verb(
      subject: "broadcast", name: "broadcast", shape: .text,
      others: [
        .optional("contact", .name, about: "The contact that it is about."),
        .optional(
          "segment", .name,
          about: "Everybody of a segment who is not blocked, in place of one contact."),
        .optional("channel", .name, about: "The channel; `direct` if left out."),
      ], about: "A broadcast of this text reaches a contact or a segment."),
    Verb(
      subject: "ai_agent", name: "ai_agent",
      shape: .choice(AIAgent.Outcome.allCases.map(\.rawValue)),
      others: [.required("contact", .name, about: "The contact that it is about.")],
      about: "The AI agent is done with the contact."),
    Verb(
      subject: "auto_close", name: "auto_close",
      shape: .either([.reference("duration"), .reference("switch")]), others: [],
      about: "Sets auto-close to another duration, or switches it off."),
    Verb(
      subject: "channel", name: "delivery", shape: delivery, others: [],
      about: "What becomes of messages that are sent from now on."),
  ]

  static let verbs = userVerbs + handVerbs + programVerbs + otherVerbs + contactVerbs

  /// Who can stand in an entry; `contact` and `channel` come last since they also stand beside others.
  static let subjects = [
    "user", "program", "service", "team", "workflow", "webhook", "broadcast", "ai_agent",
    "auto_close", "contact", "channel",
  ]

  static let expectation = KeyTable(
    "an expectation",
    [
      .optional("at", .reference("duration"), about: "When it is checked; at the end if left out."),
      .optional("contact", .name, about: "The contact that it is about."),
      .optional(
        "assignee", .either([.name, .list(.name)]),
        about: "The assignee; of a list any; `nobody`: unassigned."),
      .optional(
        "source", .choice(Source.allCases.map(\.description)),
        about: "The source of the last change of assignee."),
      .optional(
        "conversation", .choice(ConversationStatus.allCases.map(\.description)),
        about: "The state of the present or latest conversation."),
      .optional(
        "conversations", .whole(0...1_000_000), about: "How many conversations the contact has had."
      ),
      .optional(
        "opened_by", .choice(Source.opening.map(\.description)), about: "The source of its opening."
      ),
      .optional(
        "closed_by", .choice(Source.closing.map(\.description)), about: "The source of its closing."
      ),
      .optional("category", .text, about: "The category of its closing note."),
      .optional(
        "history", .list(.name),
        about: "Every change of assignee in turn, exactly; `nobody` for an unassignment."),
      .optional(
        "received", .list(.text), about: "Every message that reached the contact, in order."),
      .optional("asked", .whole(0...1_000_000), about: "How many questions workflows have asked."),
      .optional("tags", .list(.text), about: "The tags, exactly, in any order."),
      .optional(
        "fields", .named(.text), about: "The fields that are named here; an empty text: not set."),
      .optional(
        "comments", .list(.text),
        about: "Every comment in order; three dots at the end stand for any text."),
      .optional("mentioned", .list(.name), about: "Every user whom comments named, in order."),
      .optional(
        "tag_history", .list(.text), about: "Every tag that came (`+`) or went (`-`), in order."),
      .optional(
        "field_history", .named(.list(.text)),
        about: "Every value of the fields that are named here, in order."),
      .optional(
        "run", .map(run),
        about: "How the contact's latest run of a workflow ended, or where it waits."),
      .optional(
        "report", .map(report), about: "What the reports say of the present or latest conversation."
      ),
      .optional("refused", .text, about: "The row of this instant was refused, for this reason."),
      .optional(
        "waiting", .list(.name),
        about: "Every contact that waits in an Assign To step, in order of entering."),
      .optional("team", .name, about: "Beside `waiting`: only that team's queue."),
      .optional("service", .name, about: "The service that it is about."),
      .optional("calls", .whole(0...1_000_000), about: "How many requests it got so far."),
      .optional(
        "method", .choice(WorkflowReader.methods), about: "The method of the latest request."),
      .optional("url", .text, about: "Its address."),
      .optional("body", .text, about: "What was sent along."),
      .optional("headers", .named(.text), about: "The headers that are named here."),
      .optional("segment", .name, about: "The segment that it is about."),
      .optional(
        "members", .list(.name), about: "Who belongs to it now, in the order in which they came."),
      .optional(
        "warning", .text, about: "The reader remarks on the file, in words that contain these."),
      .optional(
        "counts", .named(.whole(0...1_000_000)),
        about: "How often a workflow chose each user that is named here."),
      .optional("user", .name, about: "The user that it is about."),
      .optional(
        "open", .whole(0...1_000_000),
        about: "Open contacts now, those held before the story included."),
      .optional("status", .choice(statuses), about: "The activity status."),
      .optional("workflow", .name, about: "The workflow that it is about."),
      .optional("runs", .whole(0...1_000_000), about: "How many runs of it the contact has begun."),
    ])

  static let report = KeyTable(
    "a report",
    CaseFile.Figure.allCases.map { figure in
      let shape: Shape =
        switch figure {
        case .firstResponseBy: .name
        case .contactType: .choice(["new", "returning"])
        case .assignments, .responses: .whole(0...1_000_000)
        default: .either([.reference("duration"), .choice(["none"])])
        }
      return .optional(figure.rawValue, shape, about: figure.about)
    })

  static let run = KeyTable(
    "a run",
    [
      .required("workflow", .name, about: "The workflow."),
      .optional("ended", .choice(ExitReason.allCases.map(\.rawValue)), about: "How it ended."),
      .optional("at", .text, about: "The `id` of the step at which it waits."),
    ], oneOf: ["ended", "at"])
}

extension CaseFile.Figure {
  /// What the reports mean by it (PLATFORM.md 6.2).
  var about: String {
    switch self {
    case .firstResponse:
      "From the opening to the first message of a user."
    case .firstResponseBy:
      "Who sent it."
    case .timeToFirstAssignment:
      "From the opening to the first assignment; `none` where the contact had an assignee before."
    case .resolution:
      "From the opening to the closing."
    case .assignments:
      "Changes of the assignee."
    case .responses:
      "Answers of users to what the contact wrote."
    case .averageResponse:
      "The mean time to a response."
    case .firstAssignmentToFirstResponse:
      "From the first assignment to the first response."
    case .lastAssignmentToResponse:
      "From the last assignment to the response after it."
    case .contactType:
      "Whether the contact was new or returning when it opened."
    }
  }
}
