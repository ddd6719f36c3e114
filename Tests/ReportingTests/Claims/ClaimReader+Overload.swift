import Measurement

@testable import Reporting

extension ClaimReader {
  private typealias Place = ResultDocument.Overload.Place

  /// Where more comes in than can be done, for whom, how much, and what follows.
  mutating func readOverload() {
    let words = OverloadWords(ResultIndex(document))
    let told = words.entries.flatMap(\.strategies)
    let real = document.strategies.indices.filter { document.strategies[$0].overload != nil }
    expect(told.sorted() == real, "told of \(told), overloaded are \(real)")
    for entry in words.entries {
      let isOfAll = entry.strategies.count == document.strategies.count
      expect(
        words.isOfAll(entry) == (isOfAll && isOfAll && document.strategies.count > 1), entry.text)
      overload(entry)
    }
  }

  private mutating func overload(_ entry: OverloadWords.Entry) {
    let overloads = entry.strategies.compactMap { document.strategies[$0].overload }
    var scanner = SentenceScanner(entry.text)
    var counts = 0
    var places = 0
    while let place = place(&scanner, overloads) {
      places += 1
      if numbers(&scanner, overloads.map { $0.places[place] }, entry.text) { counts += 1 }
      _ = scanner.take(" ")
    }
    let all = overloads[0].places.count
    let lower = SentenceScanner(scanner.rest.prefix(1).lowercased() + scanner.rest.dropFirst())
    var ahead = lower
    if let more = ahead.count() {
      expect(all - places == more, "\(entry.text): \(more) more of \(all)")
      let end = more == 1 ? "stretch of time is" : "stretches of time are"
      expect(ahead.take(" more \(end) overloaded too.") != nil, entry.text)
      _ = ahead.take(" ")
      scanner = ahead
    } else {
      expect(places == all, "\(entry.text): \(places) of \(all)")
    }
    consequence(&scanner, entry, overloads)
    _ = scanner.take(" ")
    let least =
      counts == 1
      ? "This number is the least to keep up with the work, not a recommendation."
      : "These numbers are the least to keep up with the work, not a recommendation."
    expect((scanner.take(least) != nil) == (counts > 0), "\(entry.text): \(counts)")
    expect(scanner.isAtEnd, "unread: '\(scanner.rest)' of '\(entry.text)'")
  }

  /// The place that a sentence is about.
  private mutating func place(
    _ scanner: inout SentenceScanner, _ overloads: [ResultDocument.Overload]
  ) -> Int? {
    var ahead = scanner
    guard let who = ahead.take("The desk is overloaded", "The team ") else { return nil }
    let team = who == "The team " ? ahead.upTo(" is overloaded") : nil
    let (start, end) = (document.scenario.warmup, document.scenario.duration)
    var span: (String, String)?
    if ahead.take(" from ") != nil {
      span = (ahead.upTo(" to ") ?? "", ahead.upTo(": ") ?? "")
    } else {
      guard ahead.take(": ") != nil else { return nil }
    }
    let context = PageContext(document)
    let found = overloads[0].places.firstIndex { place in
      let isWhole = abs(place.from - start) < 1 && abs(place.to - end) < 1
      guard place.team == team, isWhole == (span == nil) else { return false }
      return span.map { $0 == (context.clock(place.from), context.clock(place.to)) } ?? true
    }
    guard let found else {
      problems.append("no such place: \(scanner.rest)")
      return nil
    }
    for other in overloads {
      expect(
        other.places.indices.contains(found) && other.places[found].team == team,
        "not of every strategy: \(scanner.rest)")
    }
    scanner = ahead
    return found
  }

  /// How much comes in for how many; true if it says from how many on it would not be too much.
  private mutating func numbers(
    _ scanner: inout SentenceScanner, _ places: [Place], _ text: String
  ) -> Bool {
    expect(scanner.take("about ") != nil, text)
    range(&scanner, places.map(\.offered), text)
    expect(scanner.take(" agents' work comes in for ") != nil, text)
    range(&scanner, places.map(\.available), text)
    expect(scanner.take(" agents there on average.") != nil, text)
    for place in places { expect(place.offered > place.available, "\(text): not too much") }
    let enough = places.contains { $0.enough == nil } ? nil : places.compactMap(\.enough).max()
    guard scanner.take(" With ") != nil else {
      expect(enough == nil, text)
      return false
    }
    let agents = scanner.number().map { Int($0.value) }
    expect(agents == enough, "\(text): \(enough ?? -1)")
    expect(
      scanner.take(" agent or", " agents or") == (agents == 1 ? " agent or" : " agents or"), text)
    expect(scanner.take(" more there throughout it would not be.") != nil, text)
    // It would not be: as many do all of them, and more than are there.
    for place in places { expect(Double(agents ?? 0) >= place.offered - 1e-9, text) }
    return true
  }

  private mutating func range(
    _ scanner: inout SentenceScanner, _ values: [Double], _ text: String
  ) {
    let (low, high) = (values.min() ?? .nan, values.max() ?? .nan)
    expect(scanner.number()?.shows(low) == true, "\(text): \(low)")
    var ahead = scanner
    if ahead.take(" to ") != nil, let last = ahead.number() {
      expect(last.shows(high), "\(text): \(high)")
      scanner = ahead
    } else {
      expect(fixed(low, low < 100 ? 1 : 0) == fixed(high, high < 100 ? 1 : 0), "\(text): \(high)")
    }
  }

  private mutating func consequence(
    _ scanner: inout SentenceScanner, _ entry: OverloadWords.Entry,
    _ overloads: [ResultDocument.Overload]
  ) {
    let growth = overloads.compactMap(\.growthPerHour)
    let isWhole = overloads[0].places.contains {
      abs($0.from - document.scenario.warmup) < 1 && abs($0.to - document.scenario.duration) < 1
    }
    func isHeld(_ strategy: Int) -> Bool {
      let gaveUp = document.strategies[strategy].values.first { $0.metric == "abandoned" }?.mean
      return (gaveUp ?? 0) > 0.01
    }
    let text = entry.text
    if scanner.take("The number of waiting conversations grows by about ") != nil {
      expect(!growth.isEmpty, text)
      range(&scanner, growth, text)
      expect(
        scanner.take(
          " an hour over the second half of the run, so means depend on how long the run lasts.")
          != nil, text)
    } else if scanner.take("Only customers who give up keep the queue from growing; without them ")
      != nil
    {
      expect(growth.isEmpty && isWhole && entry.strategies.allSatisfy(isHeld), text)
      expect(scanner.take("means would depend on how long the run lasts.") != nil, text)
    } else if scanner.take("Means then depend on how long the run lasts.") != nil {
      expect(growth.isEmpty && isWhole && !entry.strategies.allSatisfy(isHeld), text)
    } else {
      expect(growth.isEmpty && !isWhole, "\(text): nothing follows")
    }
  }
}
