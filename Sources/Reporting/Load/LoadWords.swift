import Measurement

/// What a load test says in sentences.
struct LoadWords: Sendable {
  let index: LoadIndex

  init(_ index: LoadIndex) { self.index = index }

  private var document: LoadDocument { index.document }
  private var steps: [LoadStep] { index.steps }

  /// The answer, sentence by sentence; what must be known before it comes first.
  var sentences: [String] {
    guard let place = index.decisive else { return ["Nothing was measured."] }
    let step = steps[place]
    let warnings = LoadWarnings(index: index)
    let broken = [warnings.breach].compactMap(\.self)
    if steps.allSatisfy({ $0.invalid != nil }) {
      return broken
        + (steps.count == 1 ? [] : ["None of \(Self.measurements(steps.count)) counts."])
        + warnings.invalid
    }
    if document.limit != nil { return broken + limit(place) }
    return broken + (steps.count == 1 ? alone(step) : several(place))
  }

  /// Everything in one paragraph.
  var text: String { sentences.joined(separator: " ") }

  // MARK: - One measurement

  private func alone(_ step: LoadStep) -> [String] {
    guard step.offeredCount > 0 else {
      return ["No event was due after the warm-up, so nothing was measured."]
    }
    guard step.keepsUp else { return [behind(step)] + undone(step) }
    guard let times = within(step) else { return [behind(step)] }
    guard step.violations.isEmpty else {
      return ["It was given \(eventRate(step.offered)), with \(times)."] + rare(step)
    }
    let rate = eventRate(step.isOff ? step.offered : step.rate)
    let course = step.isConstant ? "" : ", on average over \(Self.course(step)),"
    switch step.result {
    case nil, .met?:
      let goals = step.result == nil ? "" : " and meets \(index.allGoals)"
      return ["The engine holds \(rate)\(course)\(goals), with \(times)."] + asked(step)
        + rare(step)
    case .missed?, .inconclusive?:
      let start = step.isConstant ? "At \(rate)" : "At \(rate) on average over \(Self.course(step))"
      return ["\(start) \(unmet(step)), with \(times)."] + asked(step) + rare(step)
    }
  }

  /// `the engine misses 1 of 2 goals (latency.p99 <= 1 ms: 1.05 ms)`.
  private func unmet(_ step: LoadStep) -> String {
    let missed = outcomes(step).filter { $0.outcome.result == .missed }
    let open = outcomes(step).filter { $0.outcome.result == .inconclusive }
    let chosen = missed.isEmpty ? open : missed
    let each = chosen.prefix(3).map { goal, outcome in
      "\(printable(goal.text)): " + (outcome.value.map(LoadGoal(goal).text) ?? "no value")
    }
    let more = chosen.count > 3 ? ["\(Self.count(chosen.count - 3)) more"] : []
    let all = document.goals.count
    let which =
      all == 1
      ? "the goal" : "\(Self.count(chosen.count)) of \(Self.count(all)) goals"
    let verb = missed.isEmpty ? "is not shown to meet" : "misses"
    return "the engine \(verb) \(which) (\((each + more).joined(separator: "; ")))"
  }

  private func outcomes(
    _ step: LoadStep
  ) -> [(goal: ResultDocument.Goal, outcome: ResultDocument.GoalOutcome)] {
    document.goals.compactMap { goal in index.outcome(goal, step).map { (goal, $0) } }
  }

  /// `99 % carried out within 714 µs`; nil if nothing was carried out.
  func within(_ step: LoadStep) -> String? {
    guard let all = step.all else { return nil }
    if let time = all.meant(index.quotedLevel) {
      return "\(Self.percent(index.quotedLevel)) carried out within \(wallTime(time))"
    }
    // Too few for the quantile: then there is only the longest.
    guard let longest = all.longest else { return nil }
    return all.count == 1
      ? "its only event carried out within \(wallTime(longest))"
      : "all \(grouped(Int64(all.count))) carried out within \(wallTime(longest))"
  }

  /// How long the slowest took, and the rarest of which enough were measured.
  private func rare(_ step: LoadStep) -> [String] {
    guard let all = step.all, let longest = all.longest else { return [] }
    guard
      let level = LoadStep.levels.last(where: { $0 > index.quotedLevel && all.meant($0) != nil }),
      let time = all.at(level), time < longest
    else {
      return all.meant(index.quotedLevel) == nil ? [] : ["The slowest took \(wallTime(longest))."]
    }
    let one = "one in \(fixed(1 / (1 - level), 0, separator: ","))".capitalizedFirst
    return ["\(one) took longer than \(wallTime(time)), the slowest \(wallTime(longest))."]
  }

  /// That a rate was not kept up with.
  func behind(_ step: LoadStep) -> String {
    guard step.doneCount > 0 else {
      return step.offeredCount == 1
        ? "The only event that was due was not carried out."
        : "None of the \(countedEvents(step.offeredCount)) that were due was carried out."
    }
    let rate = step.isConstant ? eventRate(step.rate) : "\(Self.course(step))"
    return "The engine does not keep up with \(rate): \(eventRate(step.offered)) were due and "
      + "\(rateDigits(step.achieved)) were carried out."
  }

  /// What was due and never done, if it is more than what is in the air at any moment.
  private func undone(_ step: LoadStep) -> [String] {
    let left = step.offeredCount - step.doneCount
    guard left > 0, step.doneCount > 0 else { return [] }
    return [
      "Of \(countedEvents(step.offeredCount)) that were due, \(grouped(Int64(left))) were not carried "
        + "out by the end."
    ]
  }

  /// That another rate was due than was asked for.
  static func off(_ step: LoadStep) -> String {
    let verb = step.rate == 1 ? "was" : "were"
    return "\(eventRate(step.rate)) \(verb) asked for and \(rateDigits(step.offered)) were due."
  }

  private func asked(_ step: LoadStep) -> [String] { step.isOff ? [Self.off(step)] : [] }

  // MARK: - Several rates

  private func several(_ place: Int) -> [String] {
    let step = steps[place]
    let tries = Self.measurements(steps.count)
    guard step.holds else {
      return document.goals.isEmpty
        ? ["The engine keeps up in none of \(tries)."]
        : ["None of \(tries) meets \(index.allGoals)."] + lowest(step)
    }
    let what = document.goals.isEmpty ? "" : " that meets \(index.allGoals)"
    let which =
      index.rateCount == 1
      ? ", measured \(grouped(Int64(steps.count))) times"
      : ", the highest of \(grouped(Int64(index.rateCount))) rates\(what)"
    return ["The engine holds \(eventRate(step.rate))\(which)" + with(step) + "."] + asked(step)
      + rare(step)
      + disagreement(place)
  }

  private func lowest(_ step: LoadStep) -> [String] {
    guard step.counts, step.keepsUp, let times = within(step) else { return [] }
    return ["The lowest rate, \(eventRate(step.rate)), has \(times)."]
  }

  private func with(_ step: LoadStep) -> String { within(step).map { ", with \($0)" } ?? "" }

  /// That a rate which is said to be held was not held each time.
  private func disagreement(_ place: Int) -> [String] {
    let tries = index.tries(at: place)
    let failed = tries.filter { !steps[$0].holds }.count
    guard failed > 0 else { return [] }
    return [
      "\(Self.capital(failed)) of \(Self.count(tries.count)) measurements at this rate "
        + "did not hold."
    ]
  }

  // MARK: - The limit

  private func limit(_ place: Int) -> [String] {
    let what = document.goals.isEmpty ? "keeps up" : "meets \(index.allGoals)"
    switch (document.limit?.held, document.limit?.missed) {
    case (let held?, let missed):
      let step = steps[place]
      let isMeasured = index.isAt(held, step)
      let start =
        "The engine holds \(eventRate(held))" + (isMeasured ? with(step) : "") + "."
      return [start] + (isMeasured ? asked(step) + rare(step) + disagreement(place) : [])
        + [above(held, missed)]
    case (nil, let missed?):
      return [
        "No rate was found at which the engine \(what): \(eventRate(missed)), the lowest that did not "
          + "hold, \(missed == 1 ? "is" : "are") too many already."
      ]
    case (nil, nil):
      return [
        "No rate was found at which the engine \(what), and none at which it clearly does not."
      ]
    }
  }

  private func above(_ held: Double, _ missed: Double?) -> String {
    guard let missed else {
      return "No rate was found that it does not hold: the limit may be higher."
    }
    guard missed > held else {
      return
        "But it did not hold \(eventRate(missed)), which is no more: where the limit lies is not clear."
    }
    let isNarrow = document.limit?.isNarrow == true
    return "It did not hold \(eventRate(missed))"
      + (isNarrow ? "." : "; the search ended before the limit between the two was narrow.")
  }

  // MARK: - Pieces of sentences

  /// 0.999 as `99.9 %`.
  static func percent(_ level: Double) -> String {
    shortest((level * 1e7).rounded() / 1e5) + " %"
  }

  /// 0.999 as `p99.9`.
  static func quantile(_ level: Double) -> String {
    "p" + shortest((level * 1e7).rounded() / 1e5)
  }

  /// `a ramp from 1,000 to 80,000 events a second`.
  static func course(_ step: LoadStep) -> String {
    let name = printable(step.shape)
    let ends =
      step.fromRate == step.toRate
      ? "that begins and ends at \(eventRate(step.toRate))"
      : "from \(rateDigits(step.fromRate)) to \(eventRate(step.toRate))"
    return step.isConstant ? eventRate(step.rate) : "the course “\(name)” \(ends)"
  }

  static func measurements(_ count: Int) -> String {
    "\(grouped(Int64(count))) measurement\(count == 1 ? "" : "s")"
  }

  /// Small counts as words.
  static func count(_ count: Int) -> String { spokenCount(max(0, count)) }
  /// The same at the beginning of a sentence.
  static func capital(_ count: Int) -> String { spokenCount(max(0, count)).capitalizedFirst }

  /// Counts that somebody may have made up do not add up to more than there is room for.
  static func sum(_ counts: [Int]) -> Int {
    counts.reduce(0) { sum, count in
      let (result, isTooMuch) = sum.addingReportingOverflow(count)
      return isTooMuch ? Int.max : result
    }
  }

  /// Words of others inside a sentence: inert, without the full stop, not endless.
  static func clean(_ text: String) -> String {
    var words = printable(text)
    while words.last == "." || words.last == " " { words.removeLast() }
    return cut(words.isEmpty ? "no reason was given" : words, to: 400)
  }
}
