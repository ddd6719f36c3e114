import Measurement

/// Where more work comes in than the agents can do, in sentences; once for strategies that share it.
struct OverloadWords {
  /// Strategies and what is said of them.
  struct Entry {
    /// Positions of the strategies.
    var strategies: [Int]
    /// Sentences, each with its end.
    var text: String
  }

  private let index: ResultIndex
  /// Stretches of hours that are named one by one.
  private static let namedHours = 3

  init(_ index: ResultIndex) { self.index = index }

  private var document: ResultDocument { index.document }

  /// One for each different thing to say.
  var entries: [Entry] {
    var kinds: [(key: [String], strategies: [Int])] = []
    for strategy in document.strategies.indices {
      guard let overload = document.strategies[strategy].overload else { continue }
      let key = key(overload, strategy)
      if let place = kinds.firstIndex(where: { $0.key == key }) {
        kinds[place].strategies.append(strategy)
      } else {
        kinds.append((key, [strategy]))
      }
    }
    return kinds.map { Entry(strategies: $0.strategies, text: text($0.strategies)) }
  }

  /// Whether an entry is about every strategy there is, so that none need be named.
  func isOfAll(_ entry: Entry) -> Bool {
    entry.strategies.count == document.strategies.count && entry.strategies.count > 1
  }

  /// The same key is told by the same sentences: the same teams and hours, the same consequence.
  private func key(_ overload: ResultDocument.Overload, _ strategy: Int) -> [String] {
    overload.places.map { "\($0.team ?? ""):\($0.from):\($0.to)" }
      + [overload.growthPerHour == nil ? "" : "grows", isHeldByGivingUp(strategy) ? "held" : ""]
  }

  private func text(_ strategies: [Int]) -> String {
    let overloads = strategies.compactMap { document.strategies[$0].overload }
    guard let first = overloads.first else { return "" }
    /// The same place under each of the strategies.
    func places(_ place: Int) -> [ResultDocument.Overload.Place] {
      overloads.compactMap { $0.places.indices.contains(place) ? $0.places[place] : nil }
    }
    var sentences: [String] = []
    let whole = first.places.indices.filter { isWhole(first.places[$0]) }
    let hours = first.places.indices.filter { !isWhole(first.places[$0]) }
    for place in whole {
      let team = first.places[place].team
      sentences.append(
        (team.map { "the team \($0)" } ?? "the desk") + " is overloaded: "
          + load(places(place)))
    }
    for place in hours.prefix(Self.namedHours) {
      let found = first.places[place]
      let team = found.team.map { "the team \($0)" } ?? "the desk"
      sentences.append(
        "\(team) is overloaded from \(clock(found.from)) to \(clock(found.to)): "
          + load(places(place)))
    }
    if hours.count > Self.namedHours {
      let more = hours.count - Self.namedHours
      sentences.append(
        "\(spokenCount(more)) more "
          + (more == 1 ? "stretch of time is" : "stretches of time are") + " overloaded too")
    }
    let growth = overloads.compactMap(\.growthPerHour)
    if !growth.isEmpty {
      sentences.append(
        "the number of waiting conversations grows by about \(range(growth)) an hour over the second "
          + "half of the run, so means depend on how long the run lasts")
    } else if !whole.isEmpty {
      sentences.append(
        strategies.allSatisfy(isHeldByGivingUp)
          ? "only customers who give up keep the queue from growing; without them means would depend "
            + "on how long the run lasts"
          : "means then depend on how long the run lasts")
    }
    let told = whole + hours.prefix(Self.namedHours)
    let numbers = told.filter { place in
      Self.enough(places(place))
        != nil
    }
    if !numbers.isEmpty {
      let these = numbers.count == 1 ? "this number is" : "these numbers are"
      sentences.append("\(these) the least to keep up with the work, not a recommendation")
    }
    return sentences.map { $0.capitalizedFirst + "." }.joined(separator: " ")
  }

  /// `about 5.2 agents' work for 4 agents on average. With 6 agents or more ... it would not be`.
  private func load(_ places: [ResultDocument.Overload.Place]) -> String {
    var text = "about \(range(places.map(\.offered))) agents' work comes in for "
    text += range(places.map(\.available)) + " agents there on average"
    if let enough = Self.enough(places) {
      text +=
        ". With \(enough) agent\(enough == 1 ? "" : "s") or more there throughout it would not be"
    }
    return text
  }

  /// From how many agents on none of the strategies has too much there; nil unless known of all.
  private static func enough(_ places: [ResultDocument.Overload.Place]) -> Int? {
    let known = places.compactMap(\.enough)
    return known.count == places.count ? known.max() : nil
  }

  private func range(_ values: [Double]) -> String {
    let texts = [values.min() ?? 0, values.max() ?? 0].map { fixed($0, $0 < 100 ? 1 : 0) }
    return texts[0] == texts[1] ? texts[0] : texts[0] + " to " + texts[1]
  }

  private func isWhole(_ place: ResultDocument.Overload.Place) -> Bool {
    let scenario = document.scenario
    return abs(place.from - scenario.warmup) < 1 && abs(place.to - scenario.duration) < 1
  }

  private func isHeldByGivingUp(_ strategy: Int) -> Bool {
    document.strategies[strategy].overload?.growthPerHour == nil
      && (index.value(strategy, "abandoned")?.mean ?? 0) > 0.01
  }

  private func clock(_ seconds: Double) -> String {
    let start = document.scenario.startOfDay
    return Ticks.clockLabel(seconds + Double(start ?? 0), hasDay: start != nil)
  }
}
