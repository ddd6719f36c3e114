import Measurement
import Statistics

@testable import Reporting

/// Reads the sentences of an answer back and looks in the document whether they are so.
struct ClaimReader {
  let document: ResultDocument
  /// What is wrong, or could not be read.
  var problems: [String] = []

  /// Names of metrics by what sentences call them.
  private let metrics: [(words: String, name: String)]

  init(_ document: ResultDocument) {
    self.document = document
    let index = ResultIndex(document)
    metrics = document.metrics.map { (index.spokenFormat($0.name).spoken, $0.name) }
      .sorted { $0.words.count > $1.words.count }
  }

  var baseline: Int {
    document.strategies.firstIndex { $0.name == document.comparison?.baseline } ?? 0
  }

  mutating func expect(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { problems.append(what()) }
  }

  func metric(_ name: String) -> ResultDocument.Metric? {
    document.metrics.first { $0.name == name }
  }

  /// The difference of a strategy from the baseline.
  func difference(_ strategy: Int, _ metric: String) -> ResultDocument.Difference? {
    document.comparison?.differences.first {
      $0.strategy == document.strategies[strategy].name && $0.metric == metric
    }
  }

  /// Whether a difference is too small for the digits that tables and sentences have at most.
  func isTiny(_ row: ResultDocument.Difference) -> Bool {
    guard let metric = metric(row.metric), let change = row.change?.magnitude else { return false }
    let inTables = change * metric.shownFactor * powerOfTen(metric.decimals + 3)
    let units = ["ms": 1e3, "s": 1e3, "min": 1e4 / 60, "h": 1e5 / 3600, "d": 1e5 / 86_400]
    let goal = document.goals.first { $0.metric == row.metric }
    let inGoal = goal.flatMap { units[$0.unit] }.map { change * $0 } ?? .infinity
    return min(inTables, inGoal) < 1
  }

  func results(_ strategy: Int) -> [Goal.Outcome] {
    document.goals.map { goal in
      document.strategies[strategy].goals.first { $0.goal == goal.text }?.result ?? .inconclusive
    }
  }

  /// The metric whose words come next.
  func metric(in scanner: inout SentenceScanner) -> ResultDocument.Metric? {
    for (words, name) in metrics {
      var ahead = scanner
      if ahead.take(words) != nil,
        ahead.isAtEnd || ahead.rest.first.map({ " ,;:".contains($0) }) == true
      {
        scanner = ahead
        return metric(name)
      }
    }
    return nil
  }

  // MARK: - Numbers

  /// The unit that comes next and what a value of the metric is multiplied with to be shown in it.
  func factor(
    _ scanner: inout SentenceScanner, _ metric: ResultDocument.Metric, isPlainScaled: Bool
  ) -> Double {
    let factors = [
      " points": 100, " %": 100, " /100": 100, " min": 1.0 / 60, " ms": 1000, " s": 1,
      " h": 1.0 / 3600, " d": 1.0 / 86_400,
    ]
    for unit in [" points", " %", " /100", " min", " ms", " s", " h", " d"] {
      var ahead = scanner
      guard ahead.take(unit) != nil, ahead.rest.first?.isLetter != true else { continue }
      scanner = ahead
      return factors[unit] ?? 1
    }
    return metric.shownUnit.isEmpty && isPlainScaled ? metric.shownFactor : 1
  }

  /// `A ± H unit`, or `A unit` where there is no interval: the size of a change.
  mutating func size(
    _ scanner: inout SentenceScanner, _ row: ResultDocument.Difference,
    _ metric: ResultDocument.Metric, isPlainScaled: Bool
  ) {
    let text = String(scanner.rest.prefix(60))
    guard let change = scanner.number() else {
      problems.append("no number at '\(text)'")
      return
    }
    var half: SentenceScanner.Printed?
    if scanner.take(" ± ") != nil { half = scanner.number() }
    let factor = factor(&scanner, metric, isPlainScaled: isPlainScaled)
    let signed = text.hasPrefix("+") || text.hasPrefix("-")
    let real = (row.change ?? .nan) * factor
    let isShown =
      change.shows(signed ? real : real.magnitude)
      || change.isApart(
        (row.mean ?? .nan) * factor, from: (row.baselineMean ?? .nan) * factor)
    expect(isShown, "\(text): the change is \(real)")
    expect((half == nil) == (row.halfWidth == nil), "\(text): interval \(row.halfWidth ?? .nan)")
    if let half { expect(half.shows((row.halfWidth ?? .nan) * factor), "\(text): half-width") }
    if row.verdict.isClaim { expect(change.value != 0, "\(text): a difference of nothing") }
  }

  /// `WORDS from A to B unit (± H)` of a strategy with a verdict, one or more of them.
  mutating func steps(
    _ scanner: inout SentenceScanner, _ strategy: Int, _ verdict: Verdict
  ) {
    repeat {
      let text = String(scanner.rest.prefix(90))
      guard let metric = metric(in: &scanner) else {
        problems.append("no metric at '\(text)'")
        return
      }
      step(&scanner, strategy, metric, verdict, isPlainScaled: isScaled(metric))
    } while hasNextStep(&scanner)
  }

  private func hasNextStep(_ scanner: inout SentenceScanner) -> Bool {
    var ahead = scanner
    guard ahead.take(" and ", ", ") != nil, metric(in: &ahead) != nil, ahead.take(" from ") != nil
    else { return false }
    _ = scanner.take(" and ", ", ")
    return true
  }

  /// ` from A to B unit (± H)`.
  mutating func step(
    _ scanner: inout SentenceScanner, _ strategy: Int, _ metric: ResultDocument.Metric,
    _ verdict: Verdict, isPlainScaled: Bool
  ) {
    let text = metric.name + String(scanner.rest.prefix(60))
    guard scanner.take(" from ") != nil, let from = scanner.number(), scanner.take(" to ") != nil,
      let to = scanner.number()
    else {
      problems.append("no step at '\(text)'")
      return
    }
    let factor = factor(
      &scanner, metric, isPlainScaled: isPlainScaled || metric.shownFactor == 1)
    var half: SentenceScanner.Printed?
    if scanner.take(" (± ") != nil {
      half = scanner.number()
      expect(scanner.take(")") != nil, "\(text): no end")
    }
    guard let row = difference(strategy, metric.name), let low = row.low, let high = row.high else {
      problems.append("\(text): there is no interval")
      return
    }
    expect(metric.isShown, "\(text): not a metric that is shown")
    expect(row.verdict == verdict, "\(text): the verdict is \(row.verdict)")
    expect(from.shows((row.baselineMean ?? .nan) * factor), "\(text): baseline")
    expect(to.shows((row.mean ?? .nan) * factor), "\(text): value")
    expect(half?.shows((high - low) / 2 * factor) == true, "\(text): half-width")
    expect((to.value > from.value) == ((verdict == .better) == (metric.polarity == .higher)), text)
  }

  // MARK: - Sentences of the verdict

  /// Everything that the answer says.
  mutating func readVerdict() {
    let words = VerdictWords(ResultIndex(document))
    var scanner = SentenceScanner(words.claim)
    let text = String(scanner.rest)
    if document.comparison == nil || document.strategies.count < 2 {
      ownGoals(&scanner)
    } else {
      claim(&scanner)
    }
    if scanner.take(", in ") != nil {
      let counted = scanner.number()?.value
      expect(counted == Double(document.replications), "\(text): runs")
      expect(scanner.take(" of the ") != nil, text)
      let asked = scanner.number()?.value
      expect(asked == document.partial.map { Double($0.requestedReplications) }, text)
      expect(scanner.take(" runs asked for") != nil, text)
    }
    expect(scanner.isAtEnd, "unread: '\(scanner.rest)' of '\(text)'")
    for detail in words.details {
      var scanner = SentenceScanner(detail)
      let text = String(scanner.rest)
      self.detail(&scanner, previous: words.details.map { String(SentenceScanner($0).rest) })
      expect(scanner.isAtEnd, "unread: '\(scanner.rest)' of '\(text)'")
    }
  }
}
