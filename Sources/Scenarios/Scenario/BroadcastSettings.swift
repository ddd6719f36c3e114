public import Engine
public import Sampling

/// One message to many contacts, some of whom write back.
public struct BroadcastSettings: Sendable {
  /// The name in the file.
  public let name: String
  /// How many contacts it goes to, each time to others.
  public internal(set) var recipients: Int
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
      .required(
        "recipients", .whole(1...maximalRecipients),
        about: "How many contacts it goes to, each time others."),
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
    let recipients = mapping["recipients"].flatMap {
      $0.whole("recipients", in: 1...ScenarioKeys.maximalRecipients)
    }
    let population = only("population", of: name, mapping, among: populations)
    let channel = only("channel", of: name, mapping, among: names.channels.names)
    let at = mapping["at"].flatMap { $0.duration("at") }
    var repeats = BroadcastSettings.Repeats.never
    mapping.set(choice: "repeats", &repeats, \.self)
    let pace = mapping.optional("pace") { value -> Rate?? in
      if value.scalarText == "off" { return .some(nil) }
      return value.rate("pace").map { .some($0) }
    }
    let replies = mapping.optional("replies", else: (0, .none)) { self.replies($0) }
    guard let recipients, let population, let channel, let at, let pace, let replies else {
      return nil
    }
    warnOfWindow(
      channel, "no message of this broadcast goes out", at: mapping["channel"]?.span ?? name.span)
    return BroadcastSettings(
      name: name.text, recipients: recipients, population: population,
      channel: ChannelID(UInt32(channel)), at: at, repeats: repeats, pace: pace ?? nil,
      replyShare: replies.0, replyDelay: replies.1)
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
  private func only(
    _ key: String, of broadcast: Name, _ mapping: Mapping, among known: [String]
  ) -> Int? {
    guard let value = mapping[key] else {
      if known.count > 1 {
        reading.problems.error(
          broadcast.span,
          "the broadcast '\(broadcast.text)' needs the key '\(key)': there are several",
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
