import Measurement

/// What a reader must know before any number: broken rules, measurements that do not count, refused events,
/// rates that were not kept up with.
struct LoadWarnings: Sendable {
  let index: LoadIndex

  private var steps: [LoadStep] { index.steps }

  /// The warnings as sentences, the worst first.
  var sentences: [String] {
    guard !steps.isEmpty else { return [] }
    return [broken].compactMap(\.self) + invalid + [refused, behind, off].compactMap(\.self)
  }

  /// `at 1,000 and 2,000 events a second`, of many only how many.
  private func places(_ found: [LoadStep]) -> String {
    guard steps.count > 1 else { return "" }
    let rates = found.map(\.rate).sorted()
    var texts: [String] = []
    for rate in rates.map(rateDigits) where texts.last != rate { texts.append(rate) }
    if texts.count > 3 {
      return " (\(grouped(Int64(found.count))) of \(grouped(Int64(steps.count))) measurements)"
    }
    return " at " + listed(texts) + " events a second"
  }

  /// That rules were broken, in a few words; nil if none were.
  var breach: String? {
    let found = steps.filter { !$0.violations.isEmpty }
    return found.isEmpty ? nil : "The engine broke its own rules\(places(found))."
  }

  private var broken: String? {
    let found = steps.filter { !$0.violations.isEmpty }
    guard let breach, let first = found.first?.violations.first else { return nil }
    let count = found.reduce(0) { $0 + $1.violations.count }
    let each = count == 1 ? "one violation" : "\(grouped(Int64(count))) violations, the first"
    return "\(breach) Its full check at the end found \(each): "
      + "\(LoadWords.clean(first)). How fast it is does not matter before that is mended."
  }

  /// What does not count, and why.
  var invalid: [String] {
    let found = steps.filter { $0.invalid != nil }
    if steps.count == 1 {
      return found.map {
        "This measurement does not count: \(LoadWords.clean($0.invalid ?? ""))."
      }
    }
    guard let first = found.first?.invalid else { return [] }
    let isAlike = found.allSatisfy { $0.invalid == first }
    let verb = found.count == 1 ? "does" : "do"
    let which = "\(LoadWords.capital(found.count)) of \(grouped(Int64(steps.count))) measurements"
    return [
      "\(which) \(verb) not count\(comma(places(found)))\(isAlike ? ": " : "; of the first ")"
        + (isAlike ? "" : "this is the reason: ") + "\(LoadWords.clean(first))."
    ]
  }

  /// A place behind a comma; what stands in brackets needs none.
  private func comma(_ place: String) -> String { place.hasPrefix(" (") ? "" : "," + place }

  /// Where other rates were due than were asked for.
  private var off: String? {
    let found = steps.filter(\.isOff)
    guard let first = found.first else { return nil }
    if steps.count == 1 { return LoadWords.off(first) }
    let which = "\(LoadWords.capital(found.count)) of \(grouped(Int64(steps.count))) measurements"
    return "\(which) had another rate than was asked for. In the first of them "
      + LoadWords.off(first)
  }

  private var refused: String? {
    let found = steps.filter { $0.refusedCount > 0 }
    guard !found.isEmpty else { return nil }
    let count = LoadWords.sum(found.map(\.refusedCount))
    return "The engine refused \(countedEvents(count))\(places(found))."
  }

  private var behind: String? {
    let found = steps.filter { $0.offeredCount > 0 && !$0.keepsUp }
    guard let worst = found.min(by: { $0.rate < $1.rate }) else { return nil }
    if found.count == 1, steps.count > 1, worst.isConstant {
      return
        "The engine did not keep up\(places(found)): \(rateDigits(worst.achieved)) were carried out."
    }
    if steps.count == 1 { return LoadWords(index).behind(worst) }
    if found.count == 1 {
      return "The engine did not keep up\(places(found)): \(eventRate(worst.offered)) were due and "
        + "\(rateDigits(worst.achieved)) were carried out."
    }
    return "The engine did not keep up\(places(found)). At the lowest of these rates "
      + "\(eventRate(worst.offered)) were due and \(rateDigits(worst.achieved)) were carried out."
  }
}
