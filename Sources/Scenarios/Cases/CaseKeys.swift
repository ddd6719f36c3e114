import Engine

/// The keys of case files.
enum CaseKeys {
  static let top = KeyTable(
    "a case",
    [
      .required("case", .text), .optional("why", .text),
      .optional("start", .reference("date"), "2026-11-23 09:00"),
      .optional("time_zone", .text, "UTC"), .required("workspace", .map(workspace)),
      .optional("workflows", .named(.map(WorkflowReader.workflowKeys))),
      .required("timeline", .list(.reference("entry"))),
      .required("expect", .list(.map(expectation))),
    ])

  static let workspace = KeyTable(
    "the workspace",
    [
      .required("users", .named(.either([.choice(statuses), .map(user)]))),
      .optional("teams", .named(.list(.name))),
      .optional("channels", .named(.map(channel))),
      .optional("contacts", .named(.map(contact))),
      .optional("segments", .named(.map(WorkflowReader.conditionsKeys))),
    ] + WorkspaceKeys.settings)

  static let statuses = ["online", "busy", "away", "offline"]

  static let user = KeyTable(
    "a user",
    [
      .optional("status", .choice(statuses), "online"),
      .optional("open", .whole(0...10_000), "0"),
      .optional("limit", .whole(0...1_000_000)), .optional("weight", .whole(1...1_000_000), "1"),
      .optional("role", .choice(UserProfile.Role.allCases.map(\.rawValue)), "agent"),
      .optional("sees", .choice(UserProfile.Visibility.allCases.map(\.rawValue)), "all"),
    ])

  static let channel = KeyTable(
    "a channel",
    [.optional("window", .reference("duration")), .optional("delivery", delivery, "works")])

  private static let delivery = Shape.either([.choice(["works", "fails"]), .map(slowDelivery)])

  static let slowDelivery = KeyTable(
    "a delivery",
    [
      .optional("works_after", .reference("duration")),
      .optional("fails_after", .reference("duration")),
    ])

  static let contact = KeyTable(
    "a contact",
    [
      .optional("fields", .named(.text)), .optional("tags", .either([.text, .list(.text)])),
      .optional("assignee", .name), .optional("conversations", .whole(0...1_000_000), "0"),
    ])

  /// A verb of the timeline: who does it, what it is called, what follows it, and the keys beside it.
  struct Verb: Sendable {
    let subject: String
    let name: String
    let shape: Shape
    let others: [KeyTable.Key]

    /// All keys of an entry with this verb.
    var table: KeyTable {
      let own = [KeyTable.Key.required("at", .reference("duration"))]
      let subject = KeyTable.Key.required(self.subject, .text)
      let verb = name == self.subject ? [] : [KeyTable.Key.required(name, shape)]
      return KeyTable("an entry of the timeline", own + [subject] + verb + others)
    }
  }

  private static let profile: [KeyTable.Key] = [
    .optional("fields", .named(.text)), .optional("tags", .either([.text, .list(.text)])),
  ]
  private static let channelAndProfile = [KeyTable.Key.optional("channel", .name)] + profile
  private static let text = [KeyTable.Key.required("text", .text)]
  private static let note: [KeyTable.Key] = [
    .optional("category", .text), .optional("summary", .text),
  ]
  private static let yes = Shape.choice(["true"])

  /// What contacts do.
  private static let contactVerbs = [
    Verb(subject: "contact", name: "says", shape: .text, others: channelAndProfile),
    Verb(
      subject: "contact", name: "sends", shape: .choice(["attachment"]), others: channelAndProfile),
    Verb(
      subject: "contact", name: "comes_by", shape: .choice(["welcome_event", "widget"]),
      others: channelAndProfile),
    Verb(subject: "contact", name: "clicks_ad", shape: .text, others: channelAndProfile),
  ]

  /// What users and programs do to contacts.
  private static let handVerbs = ["user", "program"].flatMap { subject in
    [
      Verb(subject: subject, name: "opens", shape: .name, others: []),
      Verb(subject: subject, name: "closes", shape: .name, others: note),
      Verb(subject: subject, name: "assigns", shape: .name, others: [.required("to", .name)]),
      Verb(subject: subject, name: "tags", shape: .name, others: [.required("tag", .text)]),
      Verb(subject: subject, name: "untags", shape: .name, others: [.required("tag", .text)]),
      Verb(
        subject: subject, name: "sets", shape: .name, others: [.required("fields", .named(.text))]),
      Verb(subject: subject, name: "replies", shape: .name, others: [.optional("text", .text)]),
      Verb(subject: subject, name: "comments", shape: .name, others: text),
      Verb(subject: subject, name: "ejects", shape: .name, others: [.required("from", .name)]),
      Verb(subject: subject, name: "imports", shape: .name, others: profile),
    ]
  }

  /// What only programs do.
  private static let programVerbs = [
    Verb(
      subject: "program", name: "distributes", shape: .name,
      others: [
        .required("within", .name), .optional("logic", .choice(["round_robin", "least_open"])),
      ])
  ]

  /// What only users do.
  private static let userVerbs = [
    Verb(subject: "user", name: "becomes", shape: .choice(statuses), others: []),
    Verb(subject: "user", name: "logs", shape: .choice(["in", "out"]), others: []),
    Verb(subject: "user", name: "acts", shape: yes, others: []),
    Verb(
      subject: "user", name: "snoozes", shape: .name,
      others: [.optional("until", .reference("duration"))]),
    Verb(subject: "user", name: "unsnoozes", shape: .name, others: []),
    Verb(subject: "user", name: "blocks", shape: .name, others: []),
    Verb(subject: "user", name: "unblocks", shape: .name, others: []),
    Verb(subject: "user", name: "merges", shape: .name, others: [.required("absorbing", .name)]),
    Verb(
      subject: "user", name: "uses", shape: .text,
      others: [.required("on", .name), .optional("form", .named(.text))]),
    Verb(
      subject: "user", name: "joins", shape: .choice(["workspace"]),
      others: user.keys.filter { $0.name != "open" }),
    Verb(subject: "user", name: "leaves", shape: .choice(["workspace"]), others: []),
  ]

  /// What everything else does.
  private static let otherVerbs = [
    Verb(
      subject: "service", name: "answers", shape: .anything,
      others: [.optional("status", .whole(100...599), "200"), .optional("contact", .name)]),
    Verb(
      subject: "service", name: "fails", shape: .either([.choice(["timeout"]), .whole(300...599)]),
      others: [.optional("contact", .name)]),
    Verb(subject: "team", name: "gains", shape: .name, others: []),
    Verb(subject: "team", name: "loses", shape: .name, others: []),
    Verb(subject: "team", name: "founded", shape: yes, others: []),
    Verb(
      subject: "workflow", name: "becomes", shape: .choice(["published", "stopped"]),
      others: [.optional("as", .name)]),
    Verb(
      subject: "webhook", name: "webhook", shape: .text,
      others: [.required("contact", .name), .optional("payload", .anything)]),
    Verb(
      subject: "broadcast", name: "broadcast", shape: .text,
      others: [
        .optional("contact", .name), .optional("segment", .name), .optional("channel", .name),
      ]),
    Verb(
      subject: "ai_agent", name: "ai_agent",
      shape: .choice(AIAgent.Outcome.allCases.map(\.rawValue)),
      others: [.required("contact", .name)]),
    Verb(
      subject: "auto_close", name: "auto_close",
      shape: .either([.reference("duration"), .reference("switch")]), others: []),
    Verb(subject: "channel", name: "delivery", shape: delivery, others: []),
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
      .optional("at", .reference("duration")), .optional("contact", .name),
      .optional("assignee", .either([.name, .list(.name)])),
      .optional("source", .choice(Source.allCases.map(\.description))),
      .optional("conversation", .choice(ConversationStatus.allCases.map(\.description))),
      .optional("conversations", .whole(0...1_000_000)),
      .optional("opened_by", .choice(Source.opening.map(\.description))),
      .optional("closed_by", .choice(Source.closing.map(\.description))),
      .optional("category", .text), .optional("history", .list(.name)),
      .optional("received", .list(.text)), .optional("asked", .whole(0...1_000_000)),
      .optional("tags", .list(.text)), .optional("fields", .named(.text)),
      .optional("comments", .list(.text)), .optional("mentioned", .list(.name)),
      .optional("tag_history", .list(.text)), .optional("field_history", .named(.list(.text))),
      .optional("run", .map(run)),
      .optional("report", .map(report)),
      .optional("refused", .text), .optional("waiting", .list(.name)), .optional("team", .name),
      .optional("service", .name), .optional("calls", .whole(0...1_000_000)),
      .optional("method", .choice(WorkflowReader.methods)), .optional("url", .text),
      .optional("body", .text), .optional("headers", .named(.text)),
      .optional("segment", .name), .optional("members", .list(.name)),
      .optional("warning", .text),
      .optional("counts", .named(.whole(0...1_000_000))), .optional("user", .name),
      .optional("open", .whole(0...1_000_000)), .optional("status", .choice(statuses)),
      .optional("workflow", .name), .optional("runs", .whole(0...1_000_000)),
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
      return .optional(figure.rawValue, shape)
    })

  static let run = KeyTable(
    "a run",
    [
      .required("workflow", .name),
      .optional("ended", .choice(ExitReason.allCases.map(\.rawValue))),
      .optional("at", .text),
    ], oneOf: ["ended", "at"])
}
