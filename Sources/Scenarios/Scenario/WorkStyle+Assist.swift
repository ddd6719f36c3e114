import Sampling

extension WorkStyle {
  /// Help in writing answers: Respond AI, snippets.
  public struct Assist: Sendable {
    /// The name in the file, which names its draws.
    public let name: String
    /// The share of answers that are written with it.
    public let share: Double
    /// What the work on such an answer is multiplied with.
    public let factor: Double
  }

  /// The mean work on an answer, help put in.
  public var meanReplyTime: Double {
    assists.reduce(replyTime.mean) { $0 * (1 - $1.share * (1 - $1.factor)) }
  }
}

extension ScenarioKeys {
  static let assist = KeyTable(
    "help in writing",
    [
      .required(
        "share", .reference("share"), about: "The share of answers that are written with it."),
      .required(
        "factor", .number,
        about: "What the work on such an answer is multiplied with, from 0 to 10."),
    ])
}

extension ModelReader {
  func assists(_ value: ValueReader) -> [WorkStyle.Assist]? {
    if value.scalarText == "off" { return [] }
    guard value.isMapping else {
      value.expected(
        "'off' or a map", hint: "for example '{respond_ai: {share: 40%, factor: 0.7}}'")
      return nil
    }
    let entries = value.named("help in writing") ?? []
    let assists = entries.compactMap { name, value in assist(name, value) }
    return assists.count == entries.count ? assists : nil
  }

  private func assist(_ name: Name, _ value: ValueReader) -> WorkStyle.Assist? {
    guard let mapping = value.mapping(ScenarioKeys.assist) else { return nil }
    let share = mapping["share"].flatMap { $0.share("share") }
    let factor = mapping["factor"].flatMap { value -> Double? in
      guard let factor = value.number("a factor") else { return nil }
      guard (0...10).contains(factor) else {
        value.error("a factor must be from 0 to 10, not \(value.scalarText ?? "")")
        return nil
      }
      return factor
    }
    guard let share, let factor else { return nil }
    return WorkStyle.Assist(name: name.text, share: share, factor: factor)
  }
}
