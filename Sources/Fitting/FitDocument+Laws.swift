public import Measurement
import Sampling
import Statistics

extension FitDocument.Fitted {
  /// A fitted time as the result holds it.
  ///
  /// - Parameters:
  ///   - fit: The fit; its name is the quantity's.
  ///   - key: The key of the scenario that holds it.
  ///   - warnings: Sentences beyond those that the fit itself gives reason for.
  public init(_ fit: TimeFit, key: String, warnings: [String] = []) {
    let first = fit.candidates.first
    let candidates = fit.candidates.enumerated().map { place, candidate in
      FitDocument.Candidate(
        family: candidate.law.family.rawValue, law: LawText.law(candidate),
        behind: candidate.aic - (first?.aic ?? 0),
        distance: fit.distances.indices.contains(place)
          ? fit.distances[place].distance
          : fit.kaplanMeier?.gap(from: { candidate.law.survival($0) }).gap)
    }
    self.init(
      name: fit.name, key: key, law: fit.text, count: fit.sample.count,
      censored: fit.sample.censored, intervals: fit.cutCount, parameters: fit.intervals,
      distance: fit.distance, andersonDarling: fit.distances.first?.andersonDarling,
      goodness: fit.goodness.map {
        FitDocument.Goodness(
          count: $0.count, resamples: $0.resamples, distancePValue: $0.distancePValue,
          andersonDarlingPValue: $0.andersonDarlingPValue)
      }, candidates: candidates, quantiles: fit.quantilePairs(), survival: fit.survivalSteps(),
      fittedSurvival: fit.survivalCurve(), warnings: fit.warnings + warnings)
  }

  /// A fitted count as the result holds it.
  public init(_ fit: CountFit, name: String, key: String, warnings: [String] = []) {
    let best = fit.criteria.first?.aic ?? 0
    self.init(
      name: name, key: key, law: fit.text, count: fit.count, parameters: fit.intervals,
      distance: fit.distance,
      candidates: fit.criteria.map {
        FitDocument.Candidate(
          family: $0.family.rawValue, law: $0.family == fit.family ? fit.text : $0.family.rawValue,
          behind: $0.aic - best, distance: $0.family == fit.family ? fit.distance : nil)
      }, warnings: warnings)
  }
}

extension TimeFit {
  /// Observations whose time is known only between two limits.
  var cutCount: Int {
    sample.groups.reduce(0) {
      $0 + ($1.observation.isExact || $1.observation.isCensored ? 0 : $1.count)
    }
  }

  /// What the numbers of the fit give reason to say.
  var warnings: [String] {
    var sentences: [String] = []
    let ended = sample.count - sample.censored
    if ended < 30 {
      sentences.append(
        "Only \(ended) \(ended == 1 ? "observation says" : "observations say") when it ended.")
    }
    if sample.censored > 0 {
      sentences.append(
        "It is seen to its end only for \(ended) of \(sample.count); the others hide theirs. "
          + "The estimate accounts for that and is still weak beyond the times seen.")
    }
    if sample.refused > 0 {
      sentences.append("\(sample.refused) values that cannot be were left out.")
    }
    if let goodness, min(goodness.distancePValue, goodness.andersonDarlingPValue) < 0.01 {
      sentences.append(
        "No law tried fits closely: of \(goodness.resamples) resamples of the best one fewer than 1 % "
          + "lie so far away.")
    }
    return sentences
  }

  /// Quantiles as they were observed beside those of the law.
  func quantilePairs() -> [FitDocument.QuantilePair] {
    guard sample.censored == 0, let distribution, best != nil else { return [] }
    let count = sample.count
    let wanted = min(count, 99)
    var pairs: [FitDocument.QuantilePair] = []
    var passed = 0
    var place = 0
    func append(_ share: Double, _ group: Observation) {
      let seen = group.isExact ? group.low : group.high - (group.high - group.low) / 2
      let fitted = distribution.quantile(share)
      if seen > 0, fitted > 0, fitted.isFinite {
        pairs.append(FitDocument.QuantilePair(share: share, seen: seen, fitted: fitted))
      }
    }
    for (observation, number) in sample.groups {
      passed += number
      while place < wanted {
        let share = (Double(place) + 0.5) / Double(wanted)
        guard share * Double(count) <= Double(passed) else { break }
        append(share, observation)
        place += 1
      }
    }
    // The far end, where laws differ most.
    for share in [0.999, 0.9999] where Double(count) * (1 - share) >= 5 {
      let rank = Int((share * Double(count)).rounded(.up))
      var seen = 0
      for (observation, number) in sample.groups {
        seen += number
        if seen >= rank {
          append(share, observation)
          break
        }
      }
    }
    return pairs
  }

  /// Kaplan and Meier's steps, thinned to what a drawing can show.
  func survivalSteps() -> [ResultDocument.CurvePoint] {
    guard let kaplanMeier else { return [] }
    let steps = kaplanMeier.steps
    let most = 200
    var points = [ResultDocument.CurvePoint(time: 0, share: 1, low: 1, high: 1)]
    let stride = max(1, (steps.count + most - 1) / most)
    for (place, step) in steps.enumerated() where place % stride == 0 || place == steps.count - 1 {
      points.append(
        ResultDocument.CurvePoint(
          time: step.time, share: step.share, low: step.low, high: step.high))
    }
    if let last = points.last, kaplanMeier.longest > last.time {
      points.append(
        ResultDocument.CurvePoint(
          time: kaplanMeier.longest, share: last.share, low: last.low, high: last.high))
    }
    return points
  }

  /// The law's share over the same times.
  func survivalCurve() -> [ResultDocument.CurvePoint] {
    guard let kaplanMeier, let law = best?.law, kaplanMeier.longest > 0 else { return [] }
    return (0...100).map { place in
      let time = kaplanMeier.longest * Double(place) / 100
      return ResultDocument.CurvePoint(time: time, share: law.survival(time))
    }
  }
}
