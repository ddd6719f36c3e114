public import Engine
public import Sampling

extension Population {
  /// Junk: it opens conversations like anybody, and wants nothing.
  public struct Spam: Sendable {
    /// The share of arrivals that is junk.
    public let share: Double
    /// The work until an agent has recognised it.
    public let recognition: Distribution
    /// The share whose senders are blocked after that.
    public let blocked: Double
    /// The category of the closing note.
    public let category: String
  }

  /// People who write on another channel as well when no answer comes: contacts of their own there.
  public struct SecondChannel: Sendable {
    /// The share of arrivals who do.
    public let share: Double
    /// The other channel.
    public let channel: ChannelID
    /// How long after the first message.
    public let after: Distribution
    /// How often an agent who starts on one of the two notices and merges them.
    public let noticed: Double
  }
}

extension ScenarioKeys {
  static let spam = KeyTable(
    "spam",
    [
      .required("share", .reference("share"), about: "The share of arrivals that are junk."),
      .optional(
        "recognition", .reference("distribution"), "0 s", about: "The work until an agent knows it."
      ),
      .optional(
        "blocked", .reference("share"), "0%",
        about: "The share of senders who are blocked after closing."),
      .optional("category", .text, "spam", about: "The category of the closing note."),
    ])

  static let secondChannel = KeyTable(
    "second_channel",
    [
      .required("share", .reference("share"), about: "The share of contacts who would."),
      .required("channel", .name, about: "The channel on which they write again."),
      .required(
        "after", .reference("distribution"),
        about: "How long after their first message, if nobody has answered."),
      .optional(
        "noticed", .reference("share"), "100%",
        about: "The share that an agent who starts on one of the two notices, and merges."),
    ])
}

extension ModelReader {
  /// The category of junk where the scenario names none; a list of categories need not have it.
  static let standardSpamCategory = "spam"

  func spam(_ value: ValueReader) -> Population.Spam? {
    guard let mapping = value.mapping(ScenarioKeys.spam) else { return nil }
    let share = mapping["share"].flatMap { $0.share("share") }
    let recognition = mapping.optional("recognition", else: .none) {
      distribution($0, "recognition")
    }
    let blocked = mapping.optional("blocked", else: 0) { $0.share("blocked") }
    let category = mapping.optional("category", else: Self.standardSpamCategory) {
      self.category($0)
    }
    guard let share, let recognition, let blocked, let category else { return nil }
    return Population.Spam(
      share: share, recognition: recognition, blocked: blocked, category: category)
  }

  /// A category of closing notes, one of the workspace's where it has a list of them.
  private func category(_ value: ValueReader) -> String? {
    guard let name = value.filledText("a category", limit: settings.limits.categoryLength) else {
      return nil
    }
    guard
      settings.categories.isEmpty || settings.categories.contains(name)
        || name == Self.standardSpamCategory
    else {
      reading.problems.unknownName(
        "category", name, at: value.span, known: settings.categories)
      return nil
    }
    return name
  }

  func secondChannel(
    _ value: ValueReader, beside channels: [ChannelID]?
  ) -> Population.SecondChannel? {
    guard let mapping = value.mapping(ScenarioKeys.secondChannel) else { return nil }
    let share = mapping["share"].flatMap { $0.share("share") }
    let channel = mapping["channel"].flatMap { value -> ChannelID? in
      guard let position = names.position(of: value, "channel", \.channels) else { return nil }
      let channel = ChannelID(UInt32(position))
      guard channels != [channel] else {
        value.error(
          "everybody of this population writes on '\(names.channels.names[position])' already",
          hint: "a second channel is another one")
        return nil
      }
      return channel
    }
    let after = mapping["after"].flatMap { distribution($0, "after") }
    let noticed = mapping.optional("noticed", else: 1) { $0.share("noticed") }
    guard let share, let channel, let after, let noticed else { return nil }
    return Population.SecondChannel(
      share: share, channel: channel, after: after, noticed: noticed)
  }
}
