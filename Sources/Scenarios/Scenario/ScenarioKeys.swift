import Engine

/// The keys of scenario files.
enum ScenarioKeys {
  static let top = KeyTable(
    "a scenario",
    [
      .required("name", .text), .optional("description", .text, "''"),
      .optional("seed", .whole(0...Int.max), "1"),
      .optional("start", .reference("date"), "2026-11-23 09:00"),
      .optional("time_zone", .text, "UTC"), .required("duration", .reference("duration")),
      .optional("warmup", .either([.reference("duration"), .choice(["auto"])]), "0 s"),
      .optional("replications", .whole(1...maximalReplications), "30"),
      .optional("precision", .map(precision)),
      .optional("office_hours", .either([.map(shift), .list(.map(shift))])),
      .optional("parameters", .named(.anything)),
      .optional("strategies", .named(.map(strategy))),
      .optional("channels", .named(.map(channel)), "{direct: {kind: direct}}"),
      .optional("services", .named(.map(service))),
      .required("contacts", .named(.map(population))),
      .optional("broadcasts", .named(.map(broadcast))),
      .optional("teams", .named(.map(team))), .optional("users", .named(.map(user))),
      .optional("workspace", .map(workspace), "{}"),
      .optional("workflows", .named(.map(WorkflowReader.workflowKeys))),
      .optional("faults", .named(.map(fault))),
      .optional("engine", .map(engine)),
      .optional("goals", .list(.either([.text, .reference("scoped_goal")]))),
      .optional("roster", .map(roster)),
      .optional("load", .map(load)),
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
    "a strategy", [.optional("description", .text), .optional("engine", .map(engine))],
    isOpen: true)

  static let precision = KeyTable(
    "precision",
    [
      .required("metric", .text), .required("within", .reference("share")),
      .optional("at_most", .whole(2...maximalReplications), "500"),
    ])

  static let channel = KeyTable(
    "a channel",
    [
      .optional("kind", .choice(ChannelKind.allCases.map(\.rawValue)), "direct"),
      .optional("delivery", .reference("distribution")),
      .optional("failure", .reference("share")),
      .optional("throughput", .either([.reference("rate"), .choice(["off"])])),
      .optional("queue", .either([.reference("duration"), .choice(["off"])])),
      .optional("window", .either([.reference("duration"), .choice(["off"])])),
      .optional("templates", .toggle),
    ])

  static let service = KeyTable(
    "a service",
    [
      .optional("latency", .reference("distribution"), "0 s"),
      .optional("failure", .reference("share"), "0%"),
      .optional("answers", .named(.either([.text, .reference("any_distribution")]))),
    ])

  static let population = KeyTable(
    "a population",
    [
      .required("arrivals", .reference("arrivals")),
      .optional("volume", .reference("multiple"), "100%"),
      .optional("channels", .either([.name, .named(.reference("share"))])),
      .optional("questions", .reference("count"), "1"),
      .optional("think_time", .reference("distribution"), "0 s"),
      .optional("patience", .either([.reference("distribution"), .choice(["off"])]), "off"),
      .optional(
        "patience_until", .choice(Population.PatienceEnd.allCases.map(\.rawValue)), "start"),
      .optional("giving_up", .choice(Population.GivingUp.allCases.map(\.rawValue)), "closes"),
      .optional("known", .map(known), "{}"), .optional("returns", .map(returns)),
      .optional(
        "fields", .named(.either([.reference("share"), .named(.reference("share"))]))),
      .optional("answers", .map(answers), "{}"), .optional("spam", .map(spam)),
      .optional("second_channel", .map(secondChannel)),
    ])

  static let known = KeyTable(
    "known",
    [
      .optional("share", .reference("share"), "0%"),
      .optional("assigned", .reference("share"), "0%"),
    ])

  static let returns = KeyTable(
    "returns",
    [.required("chance", .reference("share")), .required("after", .reference("distribution"))])

  static let answers = KeyTable(
    "answers",
    [
      .optional("valid", .reference("share"), "100%"),
      .optional("after", .reference("distribution"), "0 s"),
      .optional("never", .reference("share"), "0%"),
    ])

  /// How somebody works, with what is meant where nothing is said.
  private static let working: [KeyTable.Key] = [
    .optional("weight", .whole(1...1_000_000), "1"), .optional("limit", .whole(0...1_000_000)),
    .optional("attention", .either([.choice(["serial"]), .map(attention)]), "serial"),
    .optional("reply_time", .reference("distribution")),
    .optional("wrap_up", .reference("distribution"), "0 s"),
    .optional("greets", .toggle, "false"),
    .optional("picks", .choice(WorkStyle.Picks.allCases.map(\.rawValue)), "nothing"),
    .optional("shift", .either([.choice(["always"]), .map(shift), .list(.map(shift))]), "always"),
    .optional("away", .either([.choice(["never"]), .map(away)]), "never"),
    .optional("leaving", .choice(WorkStyle.Leaving.allCases.map(\.rawValue)), "finish_first"),
    .optional("forgets_to_close", .reference("share"), "0%"),
    .optional("finishes_anyway", .toggle, "false"),
    .optional("cost", .reference("rate"), "0 per hour"),
    .optional("grabs", .either([.choice(["never"]), .map(grabs)])),
    .optional("checks_in", .either([.choice(["never"]), .reference("distribution")])),
  ]

  private static let role: [KeyTable.Key] = [
    .optional("role", .choice(UserProfile.Role.allCases.map(\.rawValue)), "agent"),
    .optional("sees", .choice(UserProfile.Visibility.allCases.map(\.rawValue)), "all"),
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
        .either([.whole(1...maximalAgents), .list(.either([.name, .map(agent)]))]))
    ] + withReplyTime(working) + role)

  /// One agent of a list: what is left out is the team's.
  static let agent = KeyTable(
    "an agent",
    [.required("name", .name)]
      + (working + role).map { .optional($0.name, $0.shape, about: $0.about) })

  static let user = KeyTable(
    "a user", withReplyTime(working) + role + [.optional("supervises", .map(supervises))])

  static let attention = KeyTable(
    "attention",
    [.optional("parallel", .whole(1...10_000)), .optional("shared", .list(.number))],
    oneOf: ["parallel", "shared"])

  static let shift = KeyTable(
    "a shift",
    [
      .optional("days", .reference("days"), "every day"),
      .optional("hours", .reference("hours"), "00:00-24:00"),
    ])

  static let away = KeyTable(
    "away",
    [
      .required("after", .reference("distribution")), .required("for", .reference("distribution")),
    ])

  static let workspace = KeyTable("the workspace", WorkspaceKeys.settings)
}
