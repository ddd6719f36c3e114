public import Engine
public import Sampling

/// One message to many contacts, some of whom write back.
public struct BroadcastSettings: Sendable {
  /// The name in the file.
  public let name: String
  /// How many contacts it goes to, each time to others; none where it goes to a segment.
  public internal(set) var recipients: Int
  /// Who of the address book it goes to, asked anew each time; made for it if nil.
  public let segment: Conditions?
  /// Whose habits they have: a position of `Model.populations`.
  public let population: Int
  /// On which channel it goes out.
  public let channel: ChannelID
  /// When it begins, from the start of the run.
  public let at: EngineDuration
  /// Whether it is sent again.
  public let repeats: Repeats
  /// The most messages in a time that the platform hands to the channel; as fast as that goes if nil.
  public let pace: Rate?
  /// The share of those it reached who read it, all who write back among them; nobody tells if nil.
  public let readShare: Double?
  /// The share of those it reached who write back.
  public let replyShare: Double
  /// How long after it arrived they do.
  public let replyDelay: Distribution

  /// When a broadcast is sent again: at the same time on the clock on the wall.
  public enum Repeats: String, Sendable, Hashable, CaseIterable {
    /// Once only.
    case never
    /// Every day.
    case daily
    /// Every week.
    case weekly
  }
}

extension ScenarioKeys {
  static let broadcast = KeyTable(
    "a broadcast",
    [
      .optional(
        "recipients", .whole(1...maximalRecipients),
        about: "How many contacts it goes to, each time to others; or 'segment'."),
      .optional(
        "segment", .name,
        about: "The segment of the address book it goes to, asked anew each time; or 'recipients'."),
      .optional(
        "population", .name,
        about: "Whose habits they have; may be left out where there is one population."),
      .optional("channel", .name, about: "The channel; may be left out where there is one."),
      .required("at", .reference("duration"), about: "When it begins, from the start of the run."),
      .optional(
        "repeats", .choice(BroadcastSettings.Repeats.allCases.map(\.rawValue)), "never",
        about: "Whether it comes again at the same time on the clock on the wall."),
      .optional(
        "pace", .either([.reference("rate"), .choice(["off"])]), "off",
        about:
          "A rate of the platform's own, beside the channel's limit. `off`: as fast as the channel takes it."
      ),
      .optional(
        "reads", .reference("share"),
        about: "The share of delivered messages that are read, for the platform's report; "
          + "nobody tells if left out."),
      .optional(
        "replies", .map(broadcastReplies), about: "Who replies, and when; nobody if left out."),
    ])

  static let broadcastReplies = KeyTable(
    "replies",
    [
      .required("share", .reference("share"), about: "The share of those reached who reply."),
      .optional(
        "after", .reference("distribution"), "0 s",
        about: "How long after the message has reached them."),
    ])

  /// The most contacts of one broadcast.
  static let maximalRecipients = 100_000_000
}

extension ModelReader {
  func broadcasts(_ value: ValueReader?, populations: [String]) -> [BroadcastSettings] {
    (value?.named("a broadcast") ?? []).compactMap { name, value in
      value.mapping(ScenarioKeys.broadcast).flatMap { broadcast(name, $0, populations) }
    }
  }

  private func broadcast(
    _ name: Name, _ mapping: Mapping, _ populations: [String]
  ) -> BroadcastSettings? {
    guard let (recipients, segment) = recipients(name, mapping) else { return nil }
    let population =
      segment == nil ? only("population", of: "broadcast", name, mapping, among: populations) : 0
    let channel = only("channel", of: "broadcast", name, mapping, among: names.channels.names)
    let at = mapping["at"].flatMap { $0.duration("at") }
    var repeats = BroadcastSettings.Repeats.never
    mapping.set(choice: "repeats", &repeats, \.self)
    let pace = mapping.optional("pace") { value -> Rate?? in
      if value.scalarText == "off" { return .some(nil) }
      return value.rate("pace").map { .some($0) }
    }
    let replies = mapping.optional("replies", else: (0, .none)) { self.replies($0) }
    let reads = mapping.optional("reads") { $0.share("reads") }
    guard let population, let channel, let at, let pace, let replies, let reads else {
      return nil
    }
    if let reads, reads < replies.0 {
      mapping["reads"]?.error(
        "fewer read the broadcast than reply to it",
        hint: "who replies has read: 'reads' is at least the share of 'replies'")
      return nil
    }
    if segment == nil {
      warnOfWindow(
        channel, "no message of this broadcast goes out", at: mapping["channel"]?.span ?? name.span)
    }
    return BroadcastSettings(
      name: name.text, recipients: recipients, segment: segment, population: population,
      channel: ChannelID(UInt32(channel)), at: at, repeats: repeats, pace: pace ?? nil,
      readShare: reads, replyShare: replies.0, replyDelay: replies.1)
  }

  /// How many it goes to, or to whom.
  private func recipients(_ name: Name, _ mapping: Mapping) -> (Int, Conditions?)? {
    guard let (key, value) = mapping.only(of: ["recipients", "segment"], subject: "a broadcast")
    else {
      reading.problems.error(
        mapping.span, "a broadcast needs the key 'recipients', or 'segment'")
      return nil
    }
    if key == "recipients" {
      return value.whole("recipients", in: 1...ScenarioKeys.maximalRecipients).map { ($0, nil) }
    }
    guard let segment = value.name("a segment") else { return nil }
    let known = settings.segments.map(\.name)
    guard let position = known.firstIndex(of: segment.text) else {
      reading.problems.unknownName("segment", segment.text, at: segment.span, known: known)
      return nil
    }
    return (0, settings.segments[position].conditions)
  }

  /// Who is written to has not written before, so a window without templates lets nothing through.
  func warnOfWindow(_ channel: Int, _ consequence: String, at span: SourceSpan) {
    guard windows.indices.contains(channel), let window = windows[channel] else { return }
    reading.problems.warning(
      span,
      "the channel '\(names.channels.names[channel])' takes messages only within \(window) of the "
        + "contact's last one: \(consequence)",
      hint: "'templates: true' on the channel lets them")
  }

  /// The position of what a key names; the key may be left out where there is only one.
  func only(
    _ key: String, of kind: String, _ owner: Name, _ mapping: Mapping, among known: [String]
  ) -> Int? {
    guard let value = mapping[key] else {
      if known.count > 1 {
        reading.problems.error(
          owner.span,
          "the \(kind) '\(owner.text)' needs the key '\(key)': there are several",
          note: "known: " + known.joined(separator: ", "))
      }
      return known.count == 1 ? 0 : nil
    }
    guard let name = value.name("a \(key)") else { return nil }
    if let position = known.firstIndex(of: name.text) { return position }
    reading.problems.unknownName(key, name.text, at: name.span, known: known)
    return nil
  }

  func replies(_ value: ValueReader) -> (Double, Distribution)? {
    guard let mapping = value.mapping(ScenarioKeys.broadcastReplies) else { return nil }
    let share = mapping["share"].flatMap { $0.share("share") }
    let after = mapping.optional("after", else: .none) { distribution($0, "after") }
    guard let share, let after else { return nil }
    return (share, after)
  }
}
