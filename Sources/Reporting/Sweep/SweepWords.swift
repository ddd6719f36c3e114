import Measurement
import Statistics

/// What a sweep says in sentences: which settings keep the goals, which name matters most, where one
/// depends on another, where the best value is.
///
/// It says never more than the intervals show.
struct SweepWords: Sendable {
  let index: SweepIndex

  private var document: SweepDocument { index.document }

  /// The whole answer, with the spaces that must not become the end of a line.
  var sentences: [String] {
    let found = [goals].compactMap(\.self) + matters(index.decisive)
    return (found.isEmpty ? [only] : found).map { $0.capitalizedFirst + "." }
  }

  /// Of a single setting without a goal: its value.
  private var only: String {
    guard let point = document.points.first, let value = index.value(point, index.decisive),
      let mean = value.mean
    else { return "nothing was measured" }
    let format = index.format(index.decisive)
    return
      "\(format.spoken) is \(perHundred(format.spokenValue(mean, halfWidth: value.halfWidth))) at "
      + index.setting(index.place(point))
  }

  var text: String { sentences.joined(separator: " ") }

  // MARK: - Goals

  private var allGoals: String {
    switch document.goals.count {
    case 1: "the goal"
    case 2: "both goals"
    default: "all \(spokenCount(document.goals.count)) goals"
    }
  }

  /// More settings than these are counted, not named.
  private static let mostNamed = 3

  /// How many settings keep the goals, and which where they are few.
  private var goals: String? {
    guard !document.goals.isEmpty, !document.points.isEmpty else { return nil }
    let meeting = document.points.filter { $0.goals.allSatisfy { $0.result == .met } }
    let count = document.points.count
    let of = "\(grouped(Int64(count))) setting\(count == 1 ? "" : "s")"
    let isPart = count < document.pointCount ? " that were run" : ""
    if meeting.count == count, count > 1 { return "all \(of)\(isPart) meet \(allGoals)" }
    if meeting.isEmpty {
      return "no setting of \(grouped(Int64(count)))\(isPart) is shown to meet \(allGoals)"
        + nearest
    }
    let verb = meeting.count == 1 ? "meets" : "meet"
    var text = "\(grouped(Int64(meeting.count))) of \(of)\(isPart) \(verb) \(allGoals)"
    if meeting.count <= Self.mostNamed {
      text += ": " + meeting.map { index.setting(index.place($0)) }.joined(separator: "; ")
    }
    return text
  }

  /// The setting whose value comes nearest to the limit of a goal alone.
  private var nearest: String {
    guard document.goals.count == 1, let goal = document.goals.first else { return "" }
    let format = index.format(goal.metric)
    let words = GoalWords(goal: goal, format: format)
    var best: (margin: Double, point: SweepDocument.Point)?
    for point in document.points {
      guard let value = index.value(point, goal.metric)?.mean else { continue }
      let margin = words.margin(value)
      if best.map({ margin > $0.margin }) ?? true { best = (margin, point) }
    }
    guard let best, let value = index.value(best.point, goal.metric), let mean = value.mean else {
      return ""
    }
    return "; the nearest is \(index.setting(index.place(best.point))) with "
      + perHundred(format.spokenValue(mean, halfWidth: value.halfWidth))
  }

  // MARK: - What matters

  /// What is said of one metric.
  func matters(_ metric: String) -> [String] {
    guard let effects = index.effects(metric) else {
      return document.points.count < document.pointCount
        ? ["what matters is told when every setting is run"] : []
    }
    guard index.hasIntervals else {
      return ["one run of each setting gives no interval, so no effect is claimed"]
    }
    let format = index.format(metric)
    let main =
      effects.rows.count == 1
      ? alone(effects.rows[0], format, metric) : ranked(effects.rows, format)
    let depending = effects.interactions.prefix(2).map { self.depends($0, format) }
    return [main] + depending + [best(metric, format, effects)].compactMap(\.self)
  }

  /// Of a single name: where the metric is lowest and where it is highest.
  private func alone(
    _ row: SweepDocument.Effect, _ format: MetricFormat, _ metric: String
  ) -> String {
    let name = index.name(row.factor)
    guard row.isShown else {
      return "over \(name), no difference in \(format.spoken) is shown: from "
        + "\(ends(row)) it is \(amount(row.change, row.halfWidth, format)) higher"
    }
    func end(_ place: Int) -> String {
      let level = row.levels[place]
      return "\(index.label(row.factor, place)) ("
        + (level.mean.map { perHundred(format.valueWithUnit($0)) } ?? "no value") + ")"
    }
    return "over \(name), \(format.spoken) is lowest at \(end(row.from)) and highest at "
      + "\(end(row.to)), \(amount(row.change, row.halfWidth, format)) more"
  }

  /// Of several names: the one that matters most, the others, those that are not shown to.
  private func ranked(_ rows: [SweepDocument.Effect], _ format: MetricFormat) -> String {
    let shown = rows.filter(\.isShown)
    let hidden = rows.filter { !$0.isShown }.map { index.name($0.factor) }
    guard let first = shown.first else {
      return "neither \(hidden.joined(separator: " nor ")) is shown to matter for \(format.spoken)"
    }
    var text =
      "what matters most is \(index.name(first.factor)): from \(ends(first)), over all else, it adds "
      + "\(amount(first.change, first.halfWidth, format)) to \(format.spoken)"
    for row in shown.dropFirst() {
      text += "; \(index.name(row.factor)) from \(ends(row)) adds "
      text += amount(row.change, row.halfWidth, format)
    }
    if !hidden.isEmpty {
      text += "; \(listed(hidden)) \(hidden.count == 1 ? "is" : "are") not shown to matter"
    }
    return text
  }

  private func ends(_ row: SweepDocument.Effect) -> String {
    "\(index.label(row.factor, row.from)) to \(index.label(row.factor, row.to))"
  }

  /// Where what one name does depends on another.
  private func depends(
    _ found: SweepDocument.Interaction, _ format: MetricFormat
  ) -> String {
    let changes = zip(found.places, found.changes).map { place, change in
      "by \(format.change(change)) at \(index.label(found.other, place))"
    }
    let apart = (found.changes[1] - found.changes[0]).magnitude
    return "what \(index.name(found.factor)) does depends on \(index.name(found.other)): from "
      + "\(index.label(found.factor, found.from)) to \(index.label(found.factor, found.to)) it "
      + "changes \(format.spoken) \(changes.joined(separator: " and ")), "
      + "\(amount(apart, found.halfWidth, format)) apart"
  }

  /// `7.4 ± 1.3 points`, `360 ± 110 per 100`.
  private func amount(_ value: Double, _ halfWidth: Double?, _ format: MetricFormat) -> String {
    perHundred(format.spokenChange(value, halfWidth: halfWidth))
  }

  private func perHundred(_ text: String) -> String {
    text.hasSuffix("/100") ? text.dropLast(4) + "per 100" : text
  }

  /// The best value and its setting, where one way is better and several names were varied.
  private func best(
    _ metric: String, _ format: MetricFormat, _ effects: SweepDocument.Effects
  ) -> String? {
    guard effects.rows.count > 1, effects.rows.contains(where: \.isShown),
      format.metric.polarity != .neither
    else { return nil }
    var best: (mean: Double, point: SweepDocument.Point)?
    for point in document.points {
      guard let mean = index.value(point, metric)?.mean else { continue }
      let isBetter = best.map {
        format.metric.polarity == .higher ? mean > $0.mean : mean < $0.mean
      }
      if isBetter ?? true { best = (mean, point) }
    }
    guard let best else { return nil }
    let half = index.value(best.point, metric)?.halfWidth
    return "the best value, \(perHundred(format.spokenValue(best.mean, halfWidth: half))), is at "
      + index.setting(index.place(best.point))
  }
}
