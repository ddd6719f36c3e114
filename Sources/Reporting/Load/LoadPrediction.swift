import Measurement

/// A number that virtual time foretold beside what was seen, in words.
struct LoadPrediction: Sendable {
  private let row: LoadDocument.Prediction

  init(_ row: LoadDocument.Prediction) { self.row = row }

  /// The words of the catalog for it.
  var name: String { (try? MetricReference(row.metric))?.label ?? row.metric }

  var predicted: String { text(row.predicted) }
  var seen: String { text(row.seen) }

  /// `1.90 to 2.10 s`.
  var interval: String {
    guard let low = row.low, let high = row.high else { return "" }
    return digits(low) + " to " + text(high)
  }

  /// Whether what was seen lies within the interval of what was foretold.
  var isInside: Bool? {
    guard let low = row.low, let high = row.high, let seen = row.seen else { return nil }
    return low <= seen && seen <= high
  }

  /// The same in a word.
  var place: String {
    guard let isInside, let seen = row.seen, let low = row.low else { return "" }
    return isInside ? "inside" : seen < low ? "below" : "above"
  }

  /// The unit of the whole row, and how many of it make one of the unit in files.
  private var scale: (sign: String, factor: Double) {
    if row.unit == "ratio" { return ("%", 100) }
    guard row.unit == "s" else { return ("", 1) }
    let largest = [row.predicted, row.seen, row.high].compactMap(\.self).max() ?? 0
    if largest >= 6_000 { return ("h", 1.0 / 3_600) }
    if largest >= 100 { return ("min", 1.0 / 60) }
    let unit = TimeUnit.fitting(largest)
    return (unit.sign, unit.perSecond)
  }

  private func digits(_ value: Double) -> String { threeDigits(value * scale.factor) }

  private func text(_ value: Double?) -> String {
    guard let value else { return "" }
    return scale.sign.isEmpty ? digits(value) : digits(value) + " " + scale.sign
  }
}

/// What the predictions say together.
struct LoadPredictions: Sendable {
  let rows: [LoadPrediction]

  init(_ document: LoadDocument) { rows = document.predictions.map { LoadPrediction($0) } }

  /// How many of the numbers came out as foretold.
  var sentence: String? {
    let judged = rows.compactMap(\.isInside)
    guard !judged.isEmpty else {
      return rows.isEmpty ? nil : "What virtual time foretold, beside what was seen"
    }
    let inside = judged.filter(\.self).count
    if judged.count == 1 {
      return inside == 1
        ? "What was seen lies within the interval that virtual time foretold"
        : "What was seen lies outside the interval that virtual time foretold"
    }
    if inside == judged.count {
      let all = judged.count == 2 ? "Both" : "All \(spokenCount(judged.count))"
      return "\(all) numbers seen lie within the intervals that virtual time foretold"
    }
    let subject = inside == 0 ? "None" : spokenCount(inside).capitalizedFirst
    let verb = inside > 1 ? "lie" : "lies"
    return "\(subject) of the \(spokenCount(judged.count)) numbers seen \(verb) "
      + "within the interval that virtual time foretold"
  }
}
