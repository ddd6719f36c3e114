import Engine

/// The keys of scenario files.
enum ScenarioKeys {
  static let top = KeyTable(
    "a scenario",
    [
      .required("name", .text, about: "What people call it; head of the page."),
      .optional(
        "description", .text, "''",
        about: "A sentence for the page: the question that the scenario answers."),
      .optional(
        "seed", .whole(0...Int.max), "1",
        about: "Root of all randomness. The same scenario with the same seed gives the same bytes."),
      .optional(
        "start", .reference("date"), "2026-11-23 09:00",
        about: "The date and the clock on the wall at time zero."),
      .optional(
        "time_zone", .text, "UTC",
        about:
          "The zone of that clock, such as `Europe/Lisbon`; shifts, profiles and business hours follow it."
      ),
      .required(
        "duration", .reference("duration"),
        about: "How long a run lasts; what is open then is told as open."),
      .optional(
        "warmup", .either([.reference("duration"), .choice(["auto"])]), "0 s",
        about:
          "What opened before is not counted. `auto` finds it on the baseline and uses it for every strategy."
      ),
      .optional(
        "replications", .whole(1...maximalReplications), "30",
        about: "How many independent runs. The intervals come from them."),
      .optional(
        "precision", .map(precision),
        about: "Instead of a number of runs: run until the interval of a metric is narrow enough."),
      .optional(
        "office_hours", .either([.map(shift), .list(.map(shift))]),
        about: "The hours that count for metrics with `.office`."),
      .optional(
        "parameters", .named(.anything),
        about:
          "Names with values. `$name` stands for the value anywhere below; `--set`, `sweep` and strategies change it."
      ),
      .optional(
        "strategies", .named(.map(strategy)),
        about:
          "Names, each with the parameters that it changes. `compare` runs each on the same customers; the first is the baseline."
      ),
      .optional(
        "channels", .named(.map(channel)), "{direct: {kind: direct}}",
        about: "The channels on which contacts write."),
      .optional(
        "services", .named(.map(service)),
        about: "Other systems that workflows call: a CRM, a sheet."),
      .required(
        "contacts", .named(.map(population)),
        about: "The populations of contacts: when they write, what they do."),
      .optional(
        "imports", .named(.map(contactImport)),
        about: "Contacts that are imported into the address book during the run, by name."),
      .optional(
        "segments", segments,
        about: "Parts of the address book by conditions, by name, for broadcasts to go to."),
      .optional(
        "broadcasts", .named(.map(broadcast)),
        about: "Messages to many contacts, and the wave of their replies."),
      .optional(
        "teams", .named(.map(team)), about: "The teams of agents. An agent is in one team."),
      .optional(
        "users", .named(.map(user)), about: "Users outside the teams: a manager, a specialist."),
      .optional(
        "workspace", .map(workspace), "{}", about: "The settings of the platform's workspace."),
      .optional(
        "workflows", .named(.map(WorkflowReader.workflowKeys)),
        about: "The workflows, step by step as on the platform: `switchboard help workflows`."),
      .optional(
        "webhooks", .named(.map(webhook)),
        about: "Endpoints that the platform tells what happens; they change nothing."),
      .optional("faults", .named(.map(fault)), about: "What goes wrong, and when."),
      .optional(
        "engine", .map(engine),
        about: "A program that decides who gets a conversation, in place of the platform's engine."),
      .optional(
        "goals", .list(.either([.text, .reference("scoped_goal")])),
        about: "What must hold, such as `first_response.p90 <= 8 min`; judged on the 95 % interval."
      ),
      .optional("roster", .map(roster), about: "The shifts that `plan --roster` may fill."),
      .optional(
        "load", .map(load),
        about:
          "How `load` drives the scenario by the clock on the wall, where the command line says nothing else."
      ),
    ])

  /// The 22 bits that a replication has in the counter of random numbers.
  static let maximalReplications = 4_194_303
  /// The most agents of a scenario.
  static let maximalAgents = 1_000_000

  /// The keys that decide about the run as a whole: no strategy can change them.
  static let runKeys = [
    "name", "description", "seed", "start", "time_zone", "duration", "warmup", "replications",
    "precision", "office_hours", "goals", "roster", "load",
  ]

  /// What a strategy says beside the values of parameters.
  static let strategy = KeyTable(
    "a strategy",
    [
      .optional("description", .text, about: "A few words for legends."),
      .optional(
        "engine", .map(engine),
        about: "The program that decides under this strategy, in place of the scenario's."),
    ],
    isOpen: true)

  static let precision = KeyTable(
    "precision",
    [
      .required(
        "metric", .text,
        about: "The metric whose interval is looked at, such as `first_response.mean`."),
      .required(
        "within", .reference("share"),
        about: "Half the width of its 95 % interval, as a share of its mean."),
      .optional("at_most", .whole(2...maximalReplications), "500", about: "The most runs."),
    ])

  static let channel = KeyTable(
    "a channel",
    [
      .optional(
        "kind", .choice(ChannelKind.allCases.map(\.rawValue)), "direct",
        about:
          "What it is. The kind sets every other key that is left out, as the platform's documents have it."
      ),
      .optional("delivery", .reference("distribution"), about: "How long a message is on its way."),
      .optional(
        "failure", .reference("share"), about: "The share of outgoing messages that are lost."),
      .optional(
        "throughput", .either([.reference("rate"), .choice(["off"])]),
        about: "The most messages that it takes; more wait. `off`: no limit."),
      .optional(
        "queue", .either([.reference("duration"), .choice(["off"])]),
        about: "How long a message may wait for the throughput before it is lost. `off`: for ever."),
      .optional(
        "window", .either([.reference("duration"), .choice(["off"])]),
        about:
          "How long after the contact's last message one may still write freely. `off`: always."),
      .optional(
        "templates", .either([.toggle, .map(templates)]),
        about:
          "Whether approved templates may be sent after the window has closed; or when they will be approved."
      ),
    ] + channelExtras)

  static let service = KeyTable(
    "a service",
    [
      .optional("latency", .reference("distribution"), "0 s", about: "How long a call takes."),
      .optional("failure", .reference("share"), "0%", about: "The share of calls that fail."),
      .optional(
        "answers", .named(.either([.text, .reference("any_distribution")])),
        about:
          "What it answers: names, each with a text, a `$variable`, or a distribution that is drawn anew at each call."
      ),
    ])

  static let population = KeyTable(
    "a population",
    [
      .required("arrivals", .reference("arrivals"), about: "When its conversations begin."),
      .optional(
        "volume", .reference("multiple"), "100%",
        about: "So many times the arrivals: for trying more or fewer."),
      .optional(
        "channels", .either([.name, .named(.reference("share"))]),
        about: "The channel, or shares of several."),
      .optional(
        "questions", .reference("count"), "1",
        about: "How many questions a contact has in one conversation."),
      .optional(
        "think_time", .reference("distribution"), "0 s",
        about: "From an answer to the contact's next question."),
      .optional(
        "patience", .either([.reference("distribution"), .choice(["off"])]), "off",
        about: "How long a contact waits on each question before giving up. `off`: for ever."),
      .optional(
        "patience_until", .choice(Population.PatienceEnd.allCases.map(\.rawValue)), "start",
        about:
          "What ends the waiting: an agent who starts to work (`start`), or the answer (`answer`)."),
      .optional(
        "giving_up", .choice(Population.GivingUp.allCases.map(\.rawValue)), "closes",
        about:
          "Who gives up closes the conversation (`closes`), or leaves it open for the agents (`stays_open`)."
      ),
      .optional(
        "known", .map(known), "{}", about: "Contacts who are in the address book before they write."
      ),
      .optional(
        "returns", .map(returns),
        about: "Contacts who come back after their conversation has closed."),
      .optional(
        "fields", .named(.either([.reference("share"), .named(.reference("share"))])),
        about: "Contact fields: the share that has one, or values with their shares."),
      .optional(
        "answers", .map(answers), "{}", about: "How contacts answer the questions of workflows."),
      .optional("spam", .map(spam), about: "A share of the arrivals is junk."),
      .optional(
        "second_channel", .map(secondChannel),
        about: "Contacts who have no answer yet and write on a second channel too."),
      .optional(
        "csat", .map(csat),
        about:
          "How contacts rate a closed conversation when a workflow asks them to; by default as "
          + "they answer any question."),
      .optional(
        "opened_by", .either([.choice(openers), .map(openedBy)]), "contact",
        about: "What begins the conversations; by default the contacts, who write."),
    ])

  static let known = KeyTable(
    "known",
    [
      .optional("share", .reference("share"), "0%", about: "The share that is known."),
      .optional(
        "assigned", .reference("share"), "0%",
        about: "The share of those who have an assignee already."),
    ])

  static let returns = KeyTable(
    "returns",
    [
      .required("chance", .reference("share"), about: "The chance after each closing."),
      .required("after", .reference("distribution"), about: "How long after it."),
    ])

  static let answers = KeyTable(
    "answers",
    [
      .optional(
        "valid", .reference("share"), "100%",
        about: "The share of answers of the kind that was asked for."),
      .optional("after", .reference("distribution"), "0 s", about: "How long an answer takes."),
      .optional(
        "never", .reference("share"), "0%", about: "The share of questions that are never answered."
      ),
    ])

  /// How somebody works, with what is meant where nothing is said.
  private static let working: [KeyTable.Key] = [
    .optional(
      "weight", .whole(1...1_000_000), "1",
      about: "For logics that weigh: who has 2 gets twice as many as who has 1."),
    .optional(
      "limit", .whole(0...1_000_000),
      about: "The most open contacts for every automatic choice; none if left out."),
    .optional(
      "attention", .either([.choice(["serial"]), .map(attention)]), "serial",
      about:
        "How many conversations at a time: `serial` (one), `{parallel: 4}`, or `{shared: [1, 1.7, 2.5]}`."
    ),
    .optional(
      "reply_time", .reference("distribution"), about: "The work on one answer, at full attention."),
    .optional(
      "wrap_up", .reference("distribution"), "0 s",
      about: "The work after closing, in which the slot is held."),
    .optional(
      "greets", .toggle, "false",
      about: "Whether the first thing an agent does is a short greeting, before the answer."),
    .optional(
      "picks", .either([.choice(WorkStyle.Picks.allCases.map(\.rawValue)), .map(picks)]), "nothing",
      about:
        "What an agent with a free slot takes from the unassigned inbox; or a custom inbox, whose views are looked through in order."
    ),
    .optional(
      "shift", .either([.choice(["always"]), .map(shift), .list(.map(shift))]), "always",
      about: "When the agent works, by the clock on the wall."),
    .optional(
      "away", .either([.choice(["never"]), .map(away)]), "never",
      about: "Breaks: how long after the last one, and for how long."),
    .optional(
      "leaving", .choice(WorkStyle.Leaving.allCases.map(\.rawValue)), "finish_first",
      about:
        "What becomes of work in hand at a break or the end of a shift: it is finished, interrupted, or handed back."
    ),
    .optional(
      "forgets_to_close", .reference("share"), "0%",
      about: "The share of conversations that are left open when they are done."),
    .optional(
      "finishes_anyway", .toggle, "false",
      about:
        "Whether an answer in hand is sent although the conversation was moved to somebody else."),
    .optional(
      "cost", .reference("rate"), "0 per hour",
      about: "The cost of an agent on shift, for `cost` and `plan`."),
    .optional(
      "grabs", .either([.choice(["never"]), .map(grabs)]),
      about: "Agents who open a colleague's waiting conversation and take it."),
    .optional(
      "checks_in", .either([.choice(["never"]), .reference("distribution")]),
      about: "How long after being taken for absent (`inactivity`) an agent looks in."),
    .optional(
      "assist", .either([.choice(["off"]), .named(.map(assist))]),
      about: "Help in writing, such as Respond AI or snippets, by name; off by default."),
    .optional(
      "shortcuts", .either([.choice(["never"]), .named(.map(shortcut))]),
      about: "The shortcuts that agents pick in the inbox, by name; none by default."),
    .optional(
      "works_visibly", .toggle, "true",
      about: "Whether work on an answer counts as activity all the time (true, at a desk) or only "
        + "where it begins and ends (false, in an app in the background)."),
  ]

  private static let role: [KeyTable.Key] = [
    .optional(
      "role", .choice(UserProfile.Role.allCases.map(\.rawValue)), "agent",
      about: "What the user may do."),
    .optional(
      "sees", .choice(UserProfile.Visibility.allCases.map(\.rawValue)), "all",
      about: "Whose contacts the user sees: all, the team's, or only the own."),
  ]

  private static func withReplyTime(_ keys: [KeyTable.Key]) -> [KeyTable.Key] {
    keys.map {
      $0.name == "reply_time" ? .required($0.name, $0.shape, about: $0.about) : $0
    }
  }

  static let team = KeyTable(
    "a team",
    [
      .required(
        "agents",
        .either([.whole(1...maximalAgents), .list(.either([.name, .map(agent)]))]),
        about: "How many, or a list: names, or maps with a name and what differs from the team.")
    ] + withReplyTime(working) + role)

  /// One agent of a list: what is left out is the team's.
  static let agent = KeyTable(
    "an agent",
    [.required("name", .name, about: "The agent's name; what is left out is as the team has it.")]
      + (working + role).map { .optional($0.name, $0.shape, about: $0.about) } + tenure)

  static let user = KeyTable(
    "a user",
    withReplyTime(working) + role + tenure + [
      .optional(
        "supervises", .map(supervises), about: "What a manager does about conversations that wait.")
    ])

  static let attention = KeyTable(
    "attention",
    [
      .optional(
        "parallel", .whole(1...10_000), about: "So many at the same time, each at full speed."),
      .optional(
        "shared", .list(.number),
        about: "Total speed with 1, 2, 3 ... conversations at work; each gets an equal part."),
    ],
    oneOf: ["parallel", "shared"])

  static let shift = KeyTable(
    "a shift",
    [
      .optional("days", .reference("days"), "every day", about: "The days."),
      .optional(
        "hours", .reference("hours"), "00:00-24:00",
        about: "The hours; `22:00-06:00` goes past midnight."),
    ])

  static let away = KeyTable(
    "away",
    [
      .required("after", .reference("distribution"), about: "Time online until the next break."),
      .required("for", .reference("distribution"), about: "How long a break lasts."),
    ])

  static let workspace = KeyTable(
    "the workspace",
    WorkspaceKeys.settings + [
      .optional(
        "api", .either([.choice(["off"]), .map(api)]),
        about: "The limit of the developer API; off by default.")
    ])
}
