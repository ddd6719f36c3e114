import Statistics

/// The laws of patience and of questions, one for all populations that do not differ.
struct SharedLaws {
  /// Whether populations differ, and how sure that is.
  enum Outcome: Equatable {
    /// There is nothing to compare.
    case single
    /// One law serves all; the probability that alike populations differ as much.
    case shared(pValue: Double)
    /// Each has its own.
    case different(pValue: Double)

    var isShared: Bool { if case .shared = self { true } else { false } }
  }

  /// Patience by population; nil where nobody is known to give up.
  private(set) var patience: [TimeFit?]
  /// Whether the patience of each is that of all.
  private(set) var sharesPatience: [Bool]
  let patienceOutcome: Outcome
  /// Questions by population.
  private(set) var questions: [CountFit?]
  private(set) var sharesQuestions: [Bool]
  let questionsOutcome: Outcome

  /// Alike populations get laws of their own once in a hundred histories.
  static let level = 0.01

  init(_ populations: [Quantities.Population], seed: UInt64) {
    let isOnly = populations.count == 1
    func suffix(_ place: Int) -> String {
      isOnly
        ? "" : " of " + (populations[place].name.isEmpty ? "contacts" : populations[place].name)
    }
    func fit(_ place: Int) -> TimeFit? {
      populations[place].gaveUp > 0
        ? TimeFit(populations[place].patience, name: "patience" + suffix(place), seed: seed) : nil
    }
    (patienceOutcome, sharesPatience) = Self.patience(populations)
    if patienceOutcome.isShared {
      let shares = sharesPatience
      let pool = populations.indices.filter { shares[$0] }.flatMap { populations[$0].patience }
      let all = TimeFit(pool, name: "patience", seed: seed)
      patience = populations.indices.map { shares[$0] ? all : fit($0) }
    } else {
      patience = populations.indices.map(fit)
    }
    (questionsOutcome, sharesQuestions) = Self.questions(populations)
    let shares = sharesQuestions
    let all = CountFit(
      populations.indices.filter { shares[$0] }.flatMap { populations[$0].questions })
    questions = populations.indices.map {
      shares[$0] ? all : CountFit(populations[$0].questions)
    }
  }

  private static func outcome(_ difference: Difference?) -> Outcome {
    guard let difference else { return .single }
    return difference.distance(level: level / 2) < 1
      ? .shared(pValue: difference.pValue) : .different(pValue: difference.pValue)
  }

  /// Compares those of whom enough would be seen to end; the others keep what they have.
  private static func patience(
    _ populations: [Quantities.Population]
  ) -> (Outcome, [Bool]) {
    let none = [Bool](repeating: false, count: populations.count)
    let samples = populations.map { LifetimeSample($0.patience) }
    let expected = ChannelDivision.expectedEnds(samples)
    let large = samples.indices.filter { expected[$0] >= Double(ChannelDivision.enoughEnds) }
    guard large.count > 1 else { return (.single, none) }
    let together = LifetimeSample(large.flatMap { populations[$0].patience })
    let found = outcome(Difference(times: large.map { samples[$0] }, together: together))
    guard found.isShared else { return (found, none) }
    return (found, samples.indices.map { large.contains($0) })
  }

  private static func questions(_ populations: [Quantities.Population]) -> (Outcome, [Bool]) {
    let large = populations.indices.filter {
      populations[$0].questions.count >= ChannelDivision.enoughEnds
    }
    let none = [Bool](repeating: false, count: populations.count)
    guard large.count > 1 else { return (.single, none) }
    let numbers = large.map { populations[$0].questions }
    // One number throughout needs no test.
    if Set(numbers.joined()).count == 1 {
      return (.shared(pValue: 1), populations.indices.map { large.contains($0) })
    }
    let found = outcome(Difference(numbers: numbers))
    guard found.isShared else { return (found, none) }
    return (found, populations.indices.map { large.contains($0) })
  }
}
