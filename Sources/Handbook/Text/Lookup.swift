import Measurement

/// Finds what a word means, wherever it is explained.
public struct Lookup: Sendable {
  private let topics: [Topic]

  /// Looks in these pages.
  public init(in topics: [Topic]) {
    self.topics = topics
  }

  /// Every word that is explained.
  public var words: [String] {
    topics.flatMap(\.entries).map(\.entry).flatMap { Self.names(of: $0) }
  }

  /// What a word means, a part for each place that explains it; nil if nothing does.
  ///
  /// - Parameters:
  ///   - word: A key, a metric, a logic, a column; or a path such as `teams.limit`, whose last name is
  ///     looked for in sections that the others lead to.
  ///   - columns: No line is longer.
  public func text(of word: String, columns: Int) -> String? {
    let path = word.split(separator: ".").map(String.init)
    var found = places { $0 == word }
    if found.isEmpty, let last = path.last, path.count > 1 {
      found = places { $0 == last }.filter { place in
        // What no heading has is a name of the file: `support` of `teams.support.agents`.
        path.dropLast().filter(leads).allSatisfy { place.heading.contains(Self.singular($0)) }
      }
    }
    let parts =
      found.map { place in
        ([Self.head(place.topic, place.heading)] + place.entry.lines(columns: columns))
          .joined(separator: "\n")
      } + sections(called: word, columns: columns)
    return parts.isEmpty ? nil : parts.joined(separator: "\n\n")
  }

  private static func head(_ topic: Topic, _ heading: String) -> String {
    "\(topic.name): \(Topic.plain(heading))"
  }

  /// The sections about what goes by a word: of `teams` the keys of a team.
  private func sections(called word: String, columns: Int) -> [String] {
    topics.flatMap { topic in
      topic.sections.filter { Self.name(ofSection: $0.heading) == word }.map { section in
        ([Self.head(topic, section.heading)]
          + section.blocks.flatMap { $0.lines(columns: columns) }).joined(separator: "\n")
      }
    }
  }

  /// The last name of the path in a heading: `teams` of `A team: teams.NAME`.
  private static func name(ofSection heading: String) -> String? {
    let parts = heading.split(separator: "`")
    guard heading.hasSuffix("`"), let path = parts.last else { return nil }
    return path.split(separator: ".").last { $0 != "NAME" }.map(String.init)
  }

  /// Whether a name of a path leads to sections.
  private func leads(_ name: String) -> Bool {
    topics.contains { topic in
      topic.sections.contains { $0.heading.contains(Self.singular(name)) }
    }
  }

  private typealias Place = (topic: Topic, heading: String, entry: Topic.Entry)

  private func places(_ fits: (String) -> Bool) -> [Place] {
    topics.flatMap { topic in
      topic.entries.filter { Self.names(of: $0.entry).contains(where: fits) }
        .map { (topic, $0.heading, $0.entry) }
    }
  }

  /// The names in a term: `first_response.p90` of `.p90`, `says` of `contact ... says`.
  private static func names(of entry: Topic.Entry) -> [String] {
    let first = entry.term.prefix { $0 != ":" && $0 != " " }
    return [entry.term] + (first.count < entry.term.count ? [String(first)] : [])
  }

  /// `teams` leads to what is told of `a team`.
  private static func singular(_ name: String) -> String {
    name.count > 3 && name.hasSuffix("s") ? String(name.dropLast()) : name
  }
}
