public import Engine
public import Sampling

/// What only some channels have.
public struct ChannelExtras: Sendable {
  /// The share of contacts' messages that come a second time; none if nil.
  public internal(set) var duplicates: Disorder?
  /// The share of contacts' messages that come late; none if nil.
  public internal(set) var late: Disorder?
  /// How long after the first message of a visit somebody stays on the page; for ever if nil.
  public internal(set) var session: Distribution?
  /// How many messages one person may get; as many as there are if nil.
  public internal(set) var pairLimit: PairLimit?
  /// The most persons in 24 hours to whom one writes first; as many as there are if nil.
  public internal(set) var tier: Int?
  /// How long after the start of the run templates are approved; always if nil.
  public internal(set) var approvedAfter: EngineDuration?
  /// What a conversation of 24 hours costs; nothing if nil.
  public internal(set) var price: Price?

  /// A share of messages to which something happens, and a time that goes with it.
  public struct Disorder: Sendable {
    /// The share of the messages.
    public let share: Double
    /// How much later.
    public let delay: Distribution
  }

  /// How many messages one person may get: one in so much time, a burst of more being borrowed from the future.
  public struct PairLimit: Sendable {
    /// From one message to the next.
    public let every: EngineDuration
    /// The most messages in that time.
    public let burst: Int
    /// How often a message that is refused is tried again: after 1 s, 4 s more, 16 s more.
    public let retries: Int
  }

  /// What a conversation of 24 hours costs, by who opened it.
  public struct Price: Sendable {
    /// One in which the contact wrote first.
    public let contact: Double
    /// One in which the business wrote first.
    public let business: Double
  }

  /// Whether nothing goes otherwise than on other channels.
  public var isNothing: Bool {
    duplicates == nil && late == nil && session == nil && pairLimit == nil && tier == nil
      && approvedAfter == nil && price == nil
  }

  /// Whether messages to contacts may fail for it.
  var losesMessages: Bool {
    session != nil || pairLimit != nil || tier != nil || approvedAfter != nil
  }
}

extension ScenarioKeys {
  /// The keys of a channel that are off unless a scenario is about them.
  static let channelExtras: [KeyTable.Key] = [
    .optional(
      "duplicates", .either([.reference("share"), .choice(["off"]), .map(duplicates)]),
      about: "The share of contacts' messages that come a second time; off by default."
    ),
    .optional(
      "late", .either([.choice(["off"]), .map(late)]),
      about: "The share of contacts' messages that come late, and by how much; off by default."),
    .optional(
      "session", .either([.reference("distribution"), .choice(["off"])]),
      about: "From the first message of a visit until the visitor leaves the page; off by default."),
    .optional(
      "pair_limit", .either([.choice(["off"]), .map(pairLimit)]),
      about: "How many messages one person may get, as WhatsApp limits them; off by default."),
    .optional(
      "tier", .either([.whole(1...maximalRecipients), .choice(["off"])]),
      about: "The most persons in 24 hours to whom the business writes first; off by default."),
    .optional(
      "price", .either([.choice(["off"]), .map(price)]),
      about: "What a conversation of 24 hours costs, by who opened it; off by default."),
  ]

  static let pairLimit = KeyTable(
    "pair_limit",
    [
      .optional(
        "every", .reference("duration"), "6 s",
        about: "From one message to the next to the same person, 6 s by default."),
      .optional(
        "burst", .whole(1...maximalBurst), "45",
        about: "The most messages in that time, borrowed from the future; 45 by default."),
      .optional(
        "retries", .whole(0...maximalRetries), "5",
        about: "How often a refused message is tried again, after 4^k s; 5 by default."),
    ])

  /// The most messages of one burst.
  static let maximalBurst = 10_000
  /// The most times that a refused message is tried again: the last pause is three days then.
  static let maximalRetries = 9

  static let price = KeyTable(
    "price",
    [
      .optional(
        "contact", .number, "0",
        about: "Of a conversation in which the contact wrote first, 0 by default."
      ),
      .optional(
        "business", .number, "0",
        about: "Of a conversation in which the business wrote first, 0 by default."),
    ])

  static let templates = KeyTable(
    "templates",
    [
      .required(
        "approved_after", .reference("duration"),
        about: "From the start of the run until templates are approved; before, they are refused.")
    ])

  static let duplicates = KeyTable(
    "duplicates",
    [
      .required(
        "share", .reference("share"),
        about: "The share of contacts' messages that come a second time."),
      .optional(
        "after", .reference("distribution"), "0 s",
        about: "From the first coming to the second, 0 s by default."),
    ])

  static let late = KeyTable(
    "late",
    [
      .required(
        "share", .reference("share"), about: "The share of contacts' messages that come late."),
      .required("by", .reference("distribution"), about: "How much later than others they come."),
    ])
}

extension ModelReader {
  /// What a channel has that most have not.
  func channelExtras(_ mapping: Mapping) -> ChannelExtras? {
    let duplicates = unlessOff(mapping, "duplicates") { value in
      value.isMapping
        ? value.mapping(ScenarioKeys.duplicates).flatMap { disorder($0, "after") }
        : value.share("duplicates").map { ChannelExtras.Disorder(share: $0, delay: .none) }
    }
    let late = unlessOff(mapping, "late") { value in
      value.mapping(ScenarioKeys.late).flatMap { disorder($0, "by") }
    }
    let session = unlessOff(mapping, "session") { distribution($0, "session") }
    let pairLimit = unlessOff(mapping, "pair_limit") { self.pairLimit($0) }
    let tier = unlessOff(mapping, "tier") {
      $0.whole("tier", in: 1...ScenarioKeys.maximalRecipients)
    }
    let price = unlessOff(mapping, "price") { self.price($0) }
    let approval = approval(mapping)
    guard let duplicates, let late, let session, let pairLimit, let tier, let price, let approval
    else { return nil }
    return ChannelExtras(
      duplicates: duplicates, late: late, session: session, pairLimit: pairLimit, tier: tier,
      approvedAfter: approval, price: price)
  }

  /// What is under a key: a nil within where it is left out or off, nil if it cannot be read.
  func unlessOff<T>(
    _ mapping: Mapping, _ key: String, word: String = "off", _ read: (ValueReader) -> T?
  ) -> T?? {
    guard let value = mapping[key], value.scalarText != word else { return .some(nil) }
    return read(value).map { .some($0) }
  }

  private func pairLimit(_ value: ValueReader) -> ChannelExtras.PairLimit? {
    guard let mapping = value.mapping(ScenarioKeys.pairLimit) else { return nil }
    let every = mapping.optional("every", else: .seconds(6)) { value -> EngineDuration? in
      guard let every = value.positiveDuration("every") else { return nil }
      guard every <= .days(1) else {
        value.error("a pair limit of more than a day")
        return nil
      }
      return every
    }
    let burst = mapping.optional("burst", else: 45) {
      $0.whole("burst", in: 1...ScenarioKeys.maximalBurst)
    }
    let retries = mapping.optional("retries", else: 5) {
      $0.whole("retries", in: 0...ScenarioKeys.maximalRetries)
    }
    guard let every, let burst, let retries else { return nil }
    return ChannelExtras.PairLimit(every: every, burst: burst, retries: retries)
  }

  private func price(_ value: ValueReader) -> ChannelExtras.Price? {
    guard let mapping = value.mapping(ScenarioKeys.price) else { return nil }
    func amount(_ key: String) -> Double? {
      mapping.optional(key, else: 0) { value in
        guard let amount = value.number("an amount of money") else { return nil }
        guard (0...1e6).contains(amount) else {
          value.error("a price is from 0 to 1,000,000, not \(value.scalarText ?? "")")
          return nil
        }
        return amount
      }
    }
    guard let contact = amount("contact"), let business = amount("business") else { return nil }
    return ChannelExtras.Price(contact: contact, business: business)
  }

  /// When templates are approved, where that is said; nil within where there are some or none at all.
  private func approval(_ mapping: Mapping) -> EngineDuration?? {
    guard let value = mapping["templates"], value.isMapping else { return .some(nil) }
    let after = value.mapping(ScenarioKeys.templates)?["approved_after"]
    return after.flatMap { $0.duration("approved_after") }.map { .some($0) }
  }

  private func disorder(_ mapping: Mapping, _ key: String) -> ChannelExtras.Disorder? {
    let share = mapping["share"].flatMap { $0.share("share") }
    let delay = mapping.optional(key, else: .none) { distribution($0, key) }
    guard let share, let delay else { return nil }
    return ChannelExtras.Disorder(share: share, delay: delay)
  }
}
