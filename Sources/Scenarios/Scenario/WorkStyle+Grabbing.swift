import Engine
public import Sampling

extension WorkStyle {
  /// Taking conversations without looking who has them.
  public struct Grabbing: Sendable {
    /// The share of new conversations that the agent goes for.
    public let chance: Double
    /// From seeing one to taking it.
    public let after: Distribution
  }
}

extension ScenarioKeys {
  static let grabs = KeyTable(
    "grabs",
    [
      .required(
        "chance", .reference("share"),
        about: "The chance that an agent does, for each conversation that is assigned to another."),
      .required("after", .reference("distribution"), about: "How long after its assignment."),
    ])
}

extension ModelReader {
  func grabbing(_ value: ValueReader) -> WorkStyle.Grabbing?? {
    if value.scalarText == "never" { return .some(nil) }
    guard let mapping = value.mapping(ScenarioKeys.grabs) else { return nil }
    let chance = mapping["chance"].flatMap { $0.share("chance") }
    let after = mapping["after"].flatMap { distribution($0, "after") }
    guard let chance, let after else { return nil }
    return WorkStyle.Grabbing(chance: chance, after: after)
  }

  /// Nobody takes what he does not see (PLATFORM.md 1.3).
  func checkGrabbing(_ mapping: Mapping, _ sees: UserProfile.Visibility, _ role: UserProfile.Role) {
    guard let value = mapping["grabs"], sees != .all, role == .agent else { return }
    value.error(
      "an agent who sees only \(sees == .own ? "his own" : "the team's") contacts grabs nothing",
      hint: "grabbing needs 'sees: all'")
  }
}
