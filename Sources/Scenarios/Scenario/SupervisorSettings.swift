public import Engine
public import Sampling

/// A manager who looks at the inboxes now and then and reassigns by hand.
public struct SupervisorSettings: Sendable {
  /// Who: a position of `Model.agents`.
  public let agent: Int
  /// From one look to the next.
  public let every: Distribution
  /// How long a contact must have waited for an answer to be taken care of.
  public let waiting: EngineDuration
  /// Whether conversations are taken from who is not online.
  public let away: Bool
  /// From how many open contacts on an agent counts as overloaded; nobody does if nil.
  public let overloaded: Int?
  /// Whether what nobody has is given to somebody.
  public let unassigned: Bool
  /// The most conversations that are moved at one look; all if nil.
  public let atMost: Int?
  /// The team whose agents get them; all agents if nil.
  public let team: TeamID?
}

extension ScenarioKeys {
  static let supervises = KeyTable(
    "supervises",
    [
      .required("every", .reference("distribution"), about: "From one look to the next."),
      .required(
        "waiting", .reference("duration"), about: "Takes what has waited for an answer for so long."
      ),
      .optional("away", .toggle, "true", about: "From agents who are not online."),
      .optional(
        "overloaded", .whole(1...1_000_000),
        about: "From agents with so many open contacts or more; from nobody for that if left out."),
      .optional("unassigned", .toggle, "false", about: "And what nobody has."),
      .optional("at_most", .whole(1...1_000_000), about: "Conversations a look; all if left out."),
      .optional("to", .name, about: "The team that gets them; all agents if left out."),
    ])
}

extension ModelReader {
  /// What a user outside the teams does as a manager, if anything is said of it.
  func readSupervision(_ value: ValueReader?, of agent: Int, _ role: UserProfile.Role) {
    guard let value, let mapping = value.mapping(ScenarioKeys.supervises) else { return }
    if role != .manager && role != .owner {
      value.error(
        "only a manager or an owner supervises, not a user with the role \(role.rawValue)",
        hint: "add 'role: manager'")
    }
    let every = mapping["every"].flatMap { value -> Distribution? in
      guard let every = distribution(value, "every") else { return nil }
      guard every.mean > 0 else {
        value.error("looks without any time between them never end")
        return nil
      }
      return every
    }
    let waiting = mapping["waiting"].flatMap { $0.duration("waiting") }
    let away = mapping.optional("away", else: true) { $0.toggle() }
    let overloaded = mapping.optional("overloaded") {
      $0.whole("overloaded", in: 1...1_000_000)
    }
    let unassigned = mapping.optional("unassigned", else: false) { $0.toggle() }
    let atMost = mapping.optional("at_most") { $0.whole("at_most", in: 1...1_000_000) }
    let team = mapping.optional("to") { value in
      names.position(of: value, "team", \.teams).map { TeamID(UInt32($0)) }
    }
    guard let every, let waiting, let away, let overloaded, let unassigned, let atMost, let team
    else { return }
    guard away || overloaded != nil || unassigned else {
      value.error(
        "there is nothing to take from anybody",
        hint: "one of 'away', 'overloaded' and 'unassigned' must say from whom")
      return
    }
    supervisors.append(
      SupervisorSettings(
        agent: agent, every: every, waiting: waiting, away: away, overloaded: overloaded,
        unassigned: unassigned, atMost: atMost, team: team))
  }
}
