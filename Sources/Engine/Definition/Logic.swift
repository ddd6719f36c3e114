/// Which of the eligible users is chosen: by a rule, after a wait for the contact's own user where it is sticky.
public struct Logic: Hashable, Sendable {
  /// How one of those who qualify is chosen.
  public let rule: Rule
  /// How long the contact's last user is waited for before the rule; nil where the logic is not sticky.
  public let stickyWait: EngineDuration?

  /// Names a logic.
  public init(_ rule: Rule, stickyWait: EngineDuration? = nil) {
    self.rule = rule
    self.stickyWait = stickyWait
  }

  /// A way to choose one of those who qualify; what each does is in a file of its own under `Desk`.
  public enum Rule: UInt8, Hashable, Sendable, Codable, CaseIterable, BitwiseCopyable {
    /// Each in turn.
    case roundRobin
    /// The one with the fewest open contacts.
    case leastOpen
    /// Anyone, each as likely.
    case random
    /// The less loaded of two drawn at random.
    case powerOfTwo
    /// The one whose last conversation ended longest ago.
    case longestIdle
    /// The one whose last automatic assignment is longest ago.
    case longestSinceAssignment
    /// The one who handled the fewest conversations.
    case fewestHandled
    /// Each in turn, in proportion to weights, without bursts.
    case weightedRoundRobin
    /// The one with the fewest open contacts for his weight.
    case weightedLeastOpen
    /// The one with the most room below his limit.
    case mostSpareCapacity
    /// The one with the fewest conversations waiting for his answer.
    case leastUnanswered
    /// The one predicted to answer first.
    case expectedWait

    /// The name in files.
    public var name: String {
      switch self {
      case .roundRobin: "round_robin"
      case .leastOpen: "least_open"
      case .random: "random"
      case .powerOfTwo: "power_of_two"
      case .longestIdle: "longest_idle"
      case .longestSinceAssignment: "longest_since_assignment"
      case .fewestHandled: "fewest_handled"
      case .weightedRoundRobin: "weighted_round_robin"
      case .weightedLeastOpen: "weighted_least_open"
      case .mostSpareCapacity: "most_spare_capacity"
      case .leastUnanswered: "least_unanswered"
      case .expectedWait: "expected_wait"
      }
    }

    /// The name in journals.
    fileprivate var caseName: String { String(describing: self) }
  }

  /// The name in files, such as `round_robin`.
  public var name: String { stickyWait == nil ? rule.name : "sticky" }

  /// Every logic that needs no setting of its own.
  public static let plain = Rule.allCases.map { Logic($0) }

  /// Each in turn.
  public static let roundRobin = Logic(.roundRobin)
  /// The one with the fewest open contacts.
  public static let leastOpen = Logic(.leastOpen)

  /// The contact's last user if eligible, waited for so long; then by a rule.
  public static func sticky(wait: EngineDuration, then rule: Rule) -> Logic {
    Logic(rule, stickyWait: wait)
  }
}

/// Written as journals always had it: `{"leastOpen": {}}`, `{"sticky": {"wait": ..., "then": ...}}`.
extension Logic: Codable {
  private struct Word: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(_ word: String) { stringValue = word }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  private enum Part: CodingKey { case wait, then }

  /// Reads a logic; of sticky ones within each other the longest wait counts.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Word.self)
    if container.contains(Word("sticky")) {
      let parts = try container.nestedContainer(keyedBy: Part.self, forKey: Word("sticky"))
      let then = try parts.decode(Logic.self, forKey: .then)
      let wait = try parts.decode(EngineDuration.self, forKey: .wait)
      self.init(then.rule, stickyWait: max(wait, then.stickyWait ?? wait))
    } else if let rule = Rule.allCases.first(where: { container.contains(Word($0.caseName)) }) {
      self.init(rule)
    } else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no logic of this name"))
    }
  }

  /// Writes a logic.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Word.self)
    if let stickyWait {
      var parts = container.nestedContainer(keyedBy: Part.self, forKey: Word("sticky"))
      try parts.encode(stickyWait, forKey: .wait)
      try parts.encode(Logic(rule), forKey: .then)
    } else {
      _ = container.nestedContainer(keyedBy: Part.self, forKey: Word(rule.caseName))
    }
  }
}
