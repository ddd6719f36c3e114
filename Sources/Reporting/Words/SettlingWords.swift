import Measurement
import Statistics

/// How many more runs would settle what is inconclusive: a range, and what no number of runs may settle.
struct SettlingWords: Sendable {
  /// Empty where nothing can be told.
  let sentences: [String]

  init(_ index: ResultIndex) {
    let open = (index.document.comparison?.differences ?? []).filter { row in
      row.verdict == .inconclusive && (index.metric(row.metric)?.isShown ?? false)
    }
    let known = open.compactMap(\.settling)
    let within = known.compactMap { row in row.atMost.map { (row.atLeast, $0) } }
    let onLimit = known.count - within.count
    var sentences: [String] = []
    if let least = within.map(\.0).min(), let most = within.map(\.1).max() {
      let runs = Self.range(least, most).capitalizedFirst
      sentences.append(
        "\(runs) of each strategy should settle \(Self.some(within.count, of: open.count)).")
    }
    if onLimit > 0 {
      let verb = onLimit == 1 ? "lies" : "lie"
      let whose = onLimit == 1 ? "its limit" : "their limits"
      let which =
        onLimit == open.count
        ? Self.some(onLimit, of: onLimit).capitalizedFirst
        : spokenCount(onLimit).capitalizedFirst
          + (sentences.isEmpty ? " of the differences marked ?" : "")
      sentences.append(
        "\(which) \(verb) so near \(whose) that no number of runs may settle "
          + (onLimit == 1 ? "it." : "them."))
    }
    self.sentences = sentences
  }

  /// The words beside a single difference.
  static func title(_ settling: ResultDocument.Settling) -> String {
    guard let most = settling.atMost else {
      return "so near its limit that no number of runs may settle it"
    }
    return range(settling.atLeast, most) + " should settle it"
  }

  /// A range so wide says nothing but its end.
  static let wide = 5

  private static func range(_ least: Int, _ most: Int) -> String {
    let last = "\(grouped(Int64(most))) more run\(most == 1 ? "" : "s")"
    if most / wide >= max(1, least) { return "up to about " + last }
    return least < most ? "about \(grouped(Int64(least))) to \(last)" : "about \(last)"
  }

  private static func some(_ count: Int, of all: Int) -> String {
    if all == 1 { return "the one difference marked ?" }
    if count == all {
      return (all == 2 ? "both" : "all \(spokenCount(all))") + " differences marked ?"
    }
    return "\(spokenCount(count)) of the \(spokenCount(all)) differences marked ?"
  }
}
