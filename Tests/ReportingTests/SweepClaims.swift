import Foundation
import Measurement
import Statistics

@testable import Reporting

/// Reads every sentence of a sweep back and holds it against the document.
struct SweepClaims {
  let document: SweepDocument
  let index: SweepIndex
  private(set) var problems: [String] = []

  init(_ document: SweepDocument) {
    self.document = document
    index = SweepIndex(document)
    for sentence in SweepWords(index: index).sentences { read(sentence, document.asked[0]) }
    for metric in document.asked.dropFirst() {
      for sentence in SweepWords(index: index).matters(metric) {
        read(sentence.capitalizedFirst + ".", metric)
      }
    }
  }

  private mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String) {
    if !holds { problems.append(what()) }
  }

  private var factors: [SweepDocument.Name] { document.factors }

  private func values(_ metric: String) -> [(
    point: SweepDocument.Point, value: ResultDocument.MetricValue
  )] {
    document.points.compactMap { point in
      point.values.first { $0.metric == metric && $0.mean != nil }.map { (point, $0) }
    }
  }

  private func factor(_ scanner: inout SentenceScanner) -> Int? {
    let order = factors.indices.sorted { index.name($0).count > index.name($1).count }
    return order.first { scanner.take(index.name($0)) != nil }
  }

  private func place(_ scanner: inout SentenceScanner, _ factor: Int) -> Int? {
    let places = factors[factor].values.indices.sorted {
      index.label(factor, $0).count > index.label(factor, $1).count
    }
    return places.first { scanner.take(index.label(factor, $0)) != nil }
  }

  /// `agents 12, logic least_open`.
  private func setting(_ scanner: inout SentenceScanner) -> SweepDocument.Point? {
    var places: [Int] = []
    for factor in factors.indices {
      if factor > 0 { _ = scanner.take(", ") }
      guard scanner.take(index.name(factor) + " ") != nil, let place = place(&scanner, factor)
      else { return nil }
      places.append(place)
    }
    return document.point(at: places)
  }

  /// `37.0 ± 2.6 points`: the number and its half-width as they should be.
  private mutating func amount(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, _ value: Double, _ half: Double?,
    isChange: Bool = true
  ) {
    let start = String(scanner.rest.prefix(60))
    expect(scanner.number()?.shows(format.shown(value)) == true, "\(start): \(format.shown(value))")
    if let half {
      expect(scanner.take("\u{A0}±\u{A0}", " ± ") != nil, start)
      expect(
        scanner.number()?.shows(format.shown(half)) == true, "\(start): ± \(format.shown(half))")
    }
    unit(&scanner, format, isChange: isChange)
  }

  private mutating func unit(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, isChange: Bool
  ) {
    let shown = format.metric.shownUnit
    let unit = shown == "/100" ? "per 100" : shown == "%" && isChange ? "points" : shown
    if !unit.isEmpty { expect(scanner.take(" " + unit) != nil, "unit of \(scanner.rest)") }
  }

  private mutating func read(_ sentence: String, _ metric: String) {
    var scanner = SentenceScanner(String(sentence.prefix(1)).lowercased() + sentence.dropFirst())
    let format = index.format(metric)
    if scanner.take("what matters is told when every setting is run.") != nil {
      expect(document.points.count < document.pointCount, sentence)
    } else if scanner.take("one run of each setting gives no interval, so no effect is claimed.")
      != nil
    {
      expect(document.head.replications == 1, sentence)
    } else if scanner.take("what matters most is ") != nil {
      ranked(&scanner, format, metric)
    } else if scanner.take("what ") != nil {
      depends(&scanner, format, metric)
    } else if scanner.take("neither ") != nil {
      neither(&scanner, format, metric)
    } else if scanner.take("over ") != nil {
      alone(&scanner, format, metric)
    } else if scanner.take("the best value, ") != nil {
      best(&scanner, format, metric)
    } else {
      goals(&scanner)
    }
    expect(scanner.isAtEnd, "unread: \(scanner.rest) of \(sentence)")
  }

  // MARK: - Goals

  private mutating func goals(_ scanner: inout SentenceScanner) {
    let meeting = document.points.filter { $0.goals.allSatisfy { $0.result == .met } }
    let count = document.points.count
    let isPart = count < document.pointCount ? " that were run" : ""
    if scanner.take("all ") != nil {
      expect(scanner.number()?.value == Double(count) && meeting.count == count, "all meet")
      expect(scanner.take(" settings\(isPart) meet the goal.") != nil, String(scanner.rest))
    } else if scanner.take("no setting of ") != nil {
      expect(scanner.number()?.value == Double(count) && meeting.isEmpty, "none meets")
      expect(
        scanner.take("\(isPart) is shown to meet the goal; the nearest is ") != nil,
        String(scanner.rest))
      guard let point = setting(&scanner), scanner.take(" with ") != nil else {
        problems.append("nearest: \(scanner.rest)")
        return
      }
      let goal = document.goals[0]
      let format = index.format(goal.metric)
      let value = point.values.first { $0.metric == goal.metric }
      amount(&scanner, format, value?.mean ?? .nan, value?.halfWidth, isChange: false)
      let means = values(goal.metric).compactMap(\.value.mean)
      let wanted = goal.relation == .atLeast ? means.max() : means.min()
      expect(value?.mean == wanted, "another setting is nearer")
      expect(scanner.take(".") != nil, String(scanner.rest))
    } else {
      expect(scanner.number()?.value == Double(meeting.count), "count of \(scanner.rest)")
      expect(scanner.take(" of ") != nil && scanner.number()?.value == Double(count), "of how many")
      expect(
        scanner.take(
          " setting\(count == 1 ? "" : "s")\(isPart) meet\(meeting.count == 1 ? "s" : "") the goal")
          != nil, String(scanner.rest))
      if scanner.take(": ") != nil {
        for number in meeting.indices {
          if number > 0 { expect(scanner.take("; ") != nil, String(scanner.rest)) }
          expect(setting(&scanner) == meeting[number], "named: \(scanner.rest)")
        }
      } else {
        expect(meeting.count > 3, "few are named")
      }
      expect(scanner.take(".") != nil, String(scanner.rest))
    }
  }

  // MARK: - What matters

  private func rows(_ metric: String) -> [SweepDocument.Effect] {
    document.effects.first { $0.metric == metric }?.rows ?? []
  }

  private mutating func ends(_ scanner: inout SentenceScanner, _ row: SweepDocument.Effect) {
    expect(place(&scanner, row.factor) == row.from, "from: \(scanner.rest)")
    expect(scanner.take(" to ") != nil, "to: \(scanner.rest)")
    expect(place(&scanner, row.factor) == row.to, "to: \(scanner.rest)")
    let means = row.levels.compactMap(\.mean)
    expect(means.min() == row.levels[row.from].mean, "lowest")
    expect(means.max() == row.levels[row.to].mean, "highest")
  }

  private mutating func ranked(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, _ metric: String
  ) {
    let rows = rows(metric)
    let shown = rows.filter(\.isShown)
    var told: [Int] = []
    for (number, row) in shown.enumerated() {
      if number > 0 { expect(scanner.take("; ") != nil, String(scanner.rest)) }
      guard let factor = factor(&scanner), factor == row.factor else {
        problems.append("whose? \(scanner.rest)")
        return
      }
      told.append(factor)
      expect(scanner.take(number == 0 ? ": from " : " from ") != nil, String(scanner.rest))
      ends(&scanner, row)
      expect(
        scanner.take(number == 0 ? ", over all else, it adds " : " adds ") != nil,
        String(scanner.rest))
      amount(&scanner, format, row.change, row.halfWidth)
      if number == 0 { expect(scanner.take(" to " + format.spoken) != nil, String(scanner.rest)) }
      // No other effect that is shown is larger than one told before it.
      expect(number == 0 || shown[number - 1].change >= row.change, "order")
      expect((row.low ?? 0) > 0, "claimed though the interval contains 0")
    }
    if scanner.take("; ") != nil {
      while let factor = factor(&scanner) {
        told.append(factor)
        expect(rows.first { $0.factor == factor }?.isShown == false, "\(factor) is shown")
        _ = scanner.take(", ", " and ")
      }
      expect(
        scanner.take(" is not shown to matter", " are not shown to matter") != nil,
        String(scanner.rest))
    }
    expect(told.sorted() == Array(factors.indices), "every name is told of once")
    expect(scanner.take(".") != nil, String(scanner.rest))
  }

  private mutating func neither(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, _ metric: String
  ) {
    var told = 0
    while factor(&scanner) != nil {
      told += 1
      if scanner.take(" nor ") == nil { break }
    }
    expect(told == factors.count && rows(metric).allSatisfy { !$0.isShown }, "neither")
    expect(scanner.take(" is shown to matter for \(format.spoken).") != nil, String(scanner.rest))
  }

  private mutating func alone(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, _ metric: String
  ) {
    guard let row = rows(metric).first, rows(metric).count == 1 else {
      problems.append("not alone")
      return
    }
    expect(factor(&scanner) == 0, "whose? \(scanner.rest)")
    if scanner.take(", no difference in \(format.spoken) is shown: from ") != nil {
      expect(!row.isShown, "a difference is shown")
      ends(&scanner, row)
      expect(scanner.take(" it is ") != nil, String(scanner.rest))
      amount(&scanner, format, row.change, row.halfWidth)
      expect(scanner.take(" higher.") != nil, String(scanner.rest))
      return
    }
    expect(row.isShown, "no difference is shown")
    expect(scanner.take(", \(format.spoken) is lowest at ") != nil, String(scanner.rest))
    for (number, place) in [row.from, row.to].enumerated() {
      if number == 1 { expect(scanner.take(" and highest at ") != nil, String(scanner.rest)) }
      expect(self.place(&scanner, 0) == place && scanner.take(" (") != nil, String(scanner.rest))
      amount(&scanner, format, row.levels[place].mean ?? .nan, nil, isChange: false)
      expect(scanner.take(")") != nil, String(scanner.rest))
    }
    expect(scanner.take(", ") != nil, String(scanner.rest))
    amount(&scanner, format, row.change, row.halfWidth)
    expect(scanner.take(" more.") != nil, String(scanner.rest))
  }

  private mutating func depends(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, _ metric: String
  ) {
    guard let factor = factor(&scanner), scanner.take(" does depends on ") != nil,
      let other = self.factor(&scanner),
      let row = document.effects.first(where: { $0.metric == metric })?.interactions.first(where: {
        $0.factor == factor && $0.other == other
      })
    else {
      problems.append("depends: \(scanner.rest)")
      return
    }
    expect(scanner.take(": from ") != nil && place(&scanner, factor) == row.from, "from")
    expect(scanner.take(" to ") != nil && place(&scanner, factor) == row.to, "to")
    expect(scanner.take(" it changes \(format.spoken) by ") != nil, String(scanner.rest))
    for number in 0..<2 {
      if number == 1 { expect(scanner.take(" and by ") != nil, String(scanner.rest)) }
      expect(scanner.number()?.shows(format.shown(row.changes[number])) == true, "change")
      expect(scanner.take(" at ") != nil && place(&scanner, other) == row.places[number], "where")
    }
    expect(scanner.take(", ") != nil, String(scanner.rest))
    amount(&scanner, format, (row.changes[1] - row.changes[0]).magnitude, row.halfWidth)
    expect(scanner.take(" apart.") != nil, String(scanner.rest))
  }

  private mutating func best(
    _ scanner: inout SentenceScanner, _ format: MetricFormat, _ metric: String
  ) {
    let all = values(metric)
    let means = all.compactMap(\.value.mean)
    let wanted = format.metric.polarity == .higher ? means.max() : means.min()
    let found = all.first { $0.value.mean == wanted }
    amount(&scanner, format, wanted ?? .nan, found?.value.halfWidth, isChange: false)
    expect(scanner.take(", is at ") != nil, String(scanner.rest))
    let point = setting(&scanner)
    expect(point?.values.first { $0.metric == metric }?.mean == wanted, "best at \(scanner.rest)")
    expect(format.metric.polarity != .neither, "neither way is better")
    expect(scanner.take(".") != nil, String(scanner.rest))
  }
}
