public import Engine
public import Sampling

extension Population {
  /// How contacts answer when they are asked for a rating of a conversation that is closed.
  public struct Ratings: Sendable {
    /// The share of those asked who answer.
    public let answers: Double
    /// How long that takes.
    public let after: Distribution
    /// The ratings, by how soon the first response came: the first row whose time was kept.
    public let rows: [Row]

    /// What those give who were answered in time.
    public struct Row: Sendable {
      /// The longest first response; any, or none at all, if nil.
      public let within: EngineDuration?
      /// The ratings from 1 to 5.
      public let ratings: [Int]
      /// How often each of `ratings` is given.
      public let shares: Shares
    }

    /// What is given after a first response that took so long, or never came.
    public func row(after firstResponse: EngineDuration?) -> Row? {
      rows.first { row in
        guard let within = row.within else { return true }
        return firstResponse.map { $0 <= within } ?? false
      }
    }
  }
}

extension ScenarioKeys {
  private static let given = Shape.named(.reference("share"))

  static let csat = KeyTable(
    "csat",
    [
      .optional(
        "answers", .reference("share"), "100%",
        about: "The share of contacts who answer when a workflow asks for a rating after closing."),
      .optional(
        "after", .reference("distribution"), "0 s", about: "How long after the question they do."),
      .required(
        "ratings", .either([given, .list(.map(csatRow))]),
        about: "The shares of the ratings 1 to 5, or a list of such by the time of the first "
          + "response."),
    ])

  static let csatRow = KeyTable(
    "a row of ratings",
    [
      .optional(
        "within", .reference("duration"),
        about: "The longest first response for this row; the last row has none and is for all "
          + "others."),
      .required("give", given, about: "The shares of the ratings 1 to 5."),
    ])
}

extension ModelReader {
  func ratings(_ value: ValueReader) -> Population.Ratings? {
    guard let mapping = value.mapping(ScenarioKeys.csat) else { return nil }
    let answers = mapping.optional("answers", else: 1) { $0.share("answers") }
    let after = mapping.optional("after", else: .none) { distribution($0, "after") }
    let rows = mapping["ratings"].flatMap { self.rows($0) }
    guard let answers, let after, let rows else { return nil }
    return Population.Ratings(answers: answers, after: after, rows: rows)
  }

  private func rows(_ value: ValueReader) -> [Population.Ratings.Row]? {
    if value.isMapping { return row(value, within: nil).map { [$0] } }
    guard let items = value.list(of: "rows of ratings") else { return nil }
    if items.isEmpty { value.expected("shares of the ratings 1 to 5") }
    var rows: [Population.Ratings.Row] = []
    for (number, item) in items.enumerated() {
      guard let mapping = item.mapping(ScenarioKeys.csatRow),
        let within = mapping.optional("within", { $0.positiveDuration("within") }),
        let row = mapping["give"].flatMap({ self.row($0, within: within) })
      else { return nil }
      let isLast = number == items.count - 1
      if isLast != (within == nil) {
        (mapping["within"] ?? item).error(
          isLast
            ? "the last row is for all who waited longer, or were not answered: it has no 'within'"
            : "only the last row can do without 'within'")
        return nil
      }
      if let within, let before = rows.last?.within, within <= before {
        mapping["within"]?.error("\(within) does not come after \(before)")
        return nil
      }
      rows.append(row)
    }
    return rows.isEmpty ? nil : rows
  }

  private func row(_ value: ValueReader, within: EngineDuration?) -> Population.Ratings.Row? {
    guard let mapping = value.anyMapping("ratings") else { return nil }
    var ratings: [Int] = []
    var shares: [Double] = []
    for entry in mapping.entries {
      guard entry.key.utf8.count == 1, let rating = Int(entry.key), (1...5).contains(rating) else {
        reading.problems.error(
          entry.keySpan, "a rating is 1, 2, 3, 4 or 5, not \(quoted(entry.key))")
        return nil
      }
      guard let share = ValueReader(entry.value, reading).share() else { return nil }
      ratings.append(rating)
      shares.append(share)
    }
    return value.shares(shares).map {
      Population.Ratings.Row(within: within, ratings: ratings, shares: $0)
    }
  }
}
