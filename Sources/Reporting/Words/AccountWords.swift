/// Why an automatic decision fell as it did, in a sentence, and why not the others, in a table.
public struct AccountWords: Sendable {
  /// What became of a candidate.
  public enum Eligibility: Sendable, Equatable {
    /// Could be chosen.
    case eligible
    /// Has the conversation, and is not asked again.
    case excluded
    /// Is not there.
    case notOnline
    /// Has as many open conversations as the step or his own limit allows.
    case full(limit: Int)
    /// Is busy, where somebody online qualifies.
    case secondTier
  }

  /// Somebody considered.
  public struct Candidate: Sendable {
    /// The name in the table: a number, where all are numbered.
    public var label: String
    /// The name in a sentence.
    public var name: String
    /// How many open conversations he has.
    public var open: Int
    /// What was compared; nil where nothing is.
    public var value: Int?
    /// What became of him.
    public var eligibility: Eligibility

    /// Describes somebody.
    public init(label: String, name: String, open: Int, value: Int?, eligibility: Eligibility) {
      self.label = label
      self.name = name
      self.open = open
      self.value = value
      self.eligibility = eligibility
    }
  }

  /// What decides among equals.
  public enum TieBreak: Sendable { case turn, draw, list }

  private let logic: String
  private let candidates: [Candidate]
  private let chosen: Int?
  private let tie: TieBreak?
  private let current: String?
  private let onlyOnline: Bool

  /// Describes a decision.
  ///
  /// - Parameters:
  ///   - logic: The name of the logic in files, such as `least_open`.
  ///   - chosen: Who was chosen, a place among the candidates.
  ///   - tie: What decided among equals, if there were any.
  ///   - onlyOnline: Whether who is not online was left out.
  ///   - current: Who has the conversation, where it moves only to somebody with fewer.
  public init(
    logic: String, candidates: [Candidate], chosen: Int?, tie: TieBreak?,
    onlyOnline: Bool, current: String?
  ) {
    self.logic = logic
    self.candidates = candidates
    self.chosen = chosen
    self.tie = tie
    self.current = current
    self.onlyOnline = onlyOnline
  }

  private var eligible: [Candidate] { candidates.filter { $0.eligibility == .eligible } }

  /// Whether the highest value is served, not the lowest.
  private var servesHighest: Bool { logic == "weighted_round_robin" }

  private var best: Int? {
    let values = eligible.compactMap(\.value)
    return servesHighest ? values.max() : values.min()
  }

  // MARK: - The sentence

  /// Who was considered, and why it fell as it did.
  var sentence: String { escaped(head + " " + grounds) }

  private var head: String {
    var parts: [String] = []
    let absent = candidates.filter { $0.eligibility == .notOnline }
    if !absent.isEmpty {
      let labels = absent.prefix(12).map(\.label).joined(separator: ", ")
      let more = absent.count > 12 ? " and \(absent.count - 12) more" : ""
      parts.append("\(spokenCount(absent.count)) not online (\(labels)\(more))")
    }
    let full = candidates.count { if case .full = $0.eligibility { true } else { false } }
    if full > 0 { parts.append("\(spokenCount(full)) with as many open as allowed") }
    let busy = candidates.count { $0.eligibility == .secondTier }
    if busy > 0 { parts.append("\(spokenCount(busy)) busy") }
    for candidate in candidates where candidate.eligibility == .excluded {
      parts.append("\(candidate.name) has it already")
    }
    if candidates.isEmpty { return "Nobody is there to be considered." }
    if parts.isEmpty {
      parts = [onlyOnline ? candidates.count == 1 ? "online" : "all online" : "online or not"]
    }
    return "\(candidates.count) considered: " + parts.joined(separator: ", ") + "."
  }

  private var grounds: String {
    guard let chosen else { return refusal }
    let name = candidates[chosen].name
    guard eligible.count > 1 else { return "\(name.capitalizedFirst) is the only one left." }
    switch logic {
    case "round_robin": return "It is \(name)’s turn."
    case "weighted_round_robin": return "It is \(name)’s turn, by weight."
    case "random": return "\(name.capitalizedFirst) was drawn."
    case "power_of_two":
      return "Two were drawn, and of these \(name) had fewer open: \(candidates[chosen].open)."
    case "sticky": return "\(name.capitalizedFirst) had this customer before."
    default: return comparison(name, chosen)
    }
  }

  private func comparison(_ name: String, _ chosen: Int) -> String {
    guard let best, candidates[chosen].value == best else {
      return "\(name.capitalizedFirst) was chosen."
    }
    let equal = eligible.filter { $0.value == best }
    let (what, number) = measure(best)
    guard equal.count > 1 else { return "\(name.capitalizedFirst) alone \(what)\(number)." }
    let who =
      equal.count > 6
      ? "\(spokenCount(equal.count)) agents"
      : isNumbered ? "agents " + listed(equal.map(\.label)) : listed(equal.map(\.name))
    let last =
      switch tie {
      case .draw: "of these \(name) was drawn"
      case .list: "of these \(name) is the first in the list"
      case .turn, nil: "of these it is \(name)’s turn"
      }
    return "\(who.capitalizedFirst) \(what)\(number); \(last)."
  }

  /// Whether all are called by their number.
  private var isNumbered: Bool { candidates.allSatisfy { $0.name == "agent " + $0.label } }

  /// What the best one has or had, and how much of it where that is a number people know.
  private func measure(_ best: Int) -> (String, String) {
    switch logic {
    case "least_open": ("had the fewest open", ": \(best)")
    case "least_unanswered": ("had the fewest waiting for an answer", ": \(best)")
    case "fewest_handled": ("had handled the fewest", ": \(best)")
    case "longest_idle": ("was free for longest", "")
    case "longest_since_assignment": ("was given nothing for longest", "")
    case "weighted_least_open": ("had the fewest open for the weight", "")
    case "most_spare_capacity": ("had the most room", "")
    case "expected_wait": ("was expected to answer first", "")
    default: ("came first", "")
    }
  }

  private var refusal: String {
    if let current, !eligible.isEmpty {
      return
        "Nobody online had fewer open conversations than \(current) without this one, so a move "
        + "would not help."
    }
    return "Nobody can be chosen."
  }

  // MARK: - The table

  /// Everybody considered, with what he had open and why he was not chosen.
  var table: String {
    let rows = candidates.prefix(Self.mostRows).enumerated().map { place, candidate in
      "<tr" + (place == chosen ? " class=\"ch\"" : "") + "><th scope=\"row\">"
        + escaped(candidate.label) + "</th><td>\(candidate.open)</td><td class=\"l\">"
        + escaped(reason(candidate, at: place)) + "</td></tr>"
    }
    let more = candidates.count - rows.count
    return
      "<details><summary>Why not the others</summary><table class=\"why\"><thead><tr><th>agent</th>"
      + "<th>open</th><th class=\"l\">at that moment</th></tr></thead><tbody>" + rows.joined()
      + (more > 0 ? "<tr><td></td><td></td><td class=\"l\">and \(more) more</td></tr>" : "")
      + "</tbody></table></details>"
  }

  /// Nobody reads more.
  private static let mostRows = 200

  private func reason(_ candidate: Candidate, at place: Int) -> String {
    if place == chosen { return "chosen" }
    switch candidate.eligibility {
    case .excluded: return "has it already"
    case .notOnline: return "not online"
    case .full(let limit): return "has as many as allowed: \(limit)"
    case .secondTier: return "busy, and somebody is online"
    case .eligible: break
    }
    if chosen == nil, current != nil, candidate.value == best { return "no fewer than now" }
    switch logic {
    case "round_robin", "weighted_round_robin": return "not yet the turn"
    case "random", "power_of_two": return "not drawn"
    case "sticky": return "another’s customer"
    case "least_open": return lead(candidate, "open")
    case "least_unanswered": return lead(candidate, "unanswered")
    case "fewest_handled": return lead(candidate, "handled")
    default:
      guard candidate.value == best else { return "comes later" }
      return equalReason
    }
  }

  private func lead(_ candidate: Candidate, _ what: String) -> String {
    guard let value = candidate.value, let best, value > best else { return equalReason }
    return "has \(spokenCount(value - best)) more \(what)"
  }

  private var equalReason: String {
    switch tie {
    case .draw: "as good, but not drawn"
    case .list: "as good, but later in the list"
    case .turn, nil: "as good, but not the turn"
    }
  }
}
