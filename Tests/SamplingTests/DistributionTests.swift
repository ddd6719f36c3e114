import Foundation
import Sampling
import Testing

@Suite struct `Distributions from what people know` {
  private func equal(_ value: Double, _ exact: Double) -> Bool {
    // A few units in the last place: nothing here is a search that stops early.
    (value - exact).magnitude <= 1e-13 * exact.magnitude
  }

  @Test(arguments: [(40.0, 240.0), (0.6, 3), (50, 120), (1, 1.0001), (1e-6, 3e9)])
  func `a lognormal has the median and the percentile it was made from`(
    median: Double, high: Double
  ) throws {
    let p90 = try Distribution.lognormal(median: median, p90: high)
    #expect(equal(p90.quantile(0.5), median) && equal(p90.quantile(0.9), high))
    let p95 = try Distribution.lognormal(median: median, p95: high)
    #expect(equal(p95.quantile(0.5), median) && equal(p95.quantile(0.95), high))
  }

  @Test(arguments: [0.05, 0.5, 1, 1.4, 3, 20])
  func `mean and coefficient of variation come back`(cv: Double) throws {
    var made = try [Distribution.gamma(mean: 40, cv: cv), .lognormal(mean: 40, cv: cv)]
    if cv >= 1 { made.append(try .hyperexponential(mean: 40, cv: cv)) }
    for distribution in made {
      #expect(equal(distribution.mean, 40))
      #expect((distribution.coefficientOfVariation - cv).magnitude <= 1e-11 * cv)
    }
  }

  @Test func `no variation is a constant`() throws {
    #expect(try Distribution.gamma(mean: 40, cv: 0) == .constant(40))
    #expect(try Distribution.lognormal(mean: 40, cv: 0) == .constant(40))
  }

  @Test(arguments: [0.2, 0.7, 1, 2, 8])
  func `a weibull has the mean it was made from`(shape: Double) throws {
    #expect((try Distribution.weibull(shape: shape, mean: 90).mean - 90).magnitude < 1e-10)
  }

  @Test func `balanced branches carry half of the total each`() throws {
    let balanced = try Distribution.hyperexponential(mean: 10, cv: 2)
    // scv 4: p = (1 + sqrt(3/5)) / 2; the means are 10 / 2p and 10 / 2(1 - p).
    let p = (1 + 0.6.squareRoot()) / 2
    let branches = try Distribution.hyperexponential(
      p: p, mean1: 5 / p, mean2: 5 / (1 - p))
    for x in [0.1, 1, 10, 100] { #expect((balanced.cdf(x) - branches.cdf(x)).magnitude < 1e-14) }
  }

  @Test func `a multiple keeps the shape`() throws {
    let distributions = try TableRow.all().compactMap(\.distribution)
    #expect(distributions.count == 26)
    for distribution in distributions {
      let tripled = try distribution.scaled(by: 3)
      #expect((tripled.mean - 3 * distribution.mean).magnitude <= 1e-12 * tripled.mean)
      #expect((tripled.variance - 9 * distribution.variance).magnitude <= 1e-11 * tripled.variance)
      for p in [0.1, 0.5, 0.9] {
        let q = distribution.quantile(p)
        #expect((tripled.quantile(p) - 3 * q).magnitude <= 1e-9 * q)
      }
      #expect(try distribution.scaled(by: 0) == .constant(0))
      #expect(throws: ImpossibleParameter.self) { try distribution.scaled(by: -1) }
    }
  }

  @Test func `the ends of the quantile function are the ends of the distribution`() throws {
    let uniform = try Distribution.uniform(from: 2, to: 12)
    #expect(uniform.quantile(0) == 2 && uniform.quantile(1) == 12)
    #expect(try Distribution.exponential(mean: 8).quantile(1) == .infinity)
    let column = try Distribution.empirical([3, 1, 2])
    #expect(column.quantile(0) == 1 && column.quantile(1) == 3)
    let mixed = try Distribution.mixture([(0.5, .constant(4)), (0.5, .constant(6))])
    #expect(mixed.quantile(0.5) == 4 && mixed.quantile(0.75) == 6)
    #expect(uniform.quantile(1.5).isNaN && uniform.cdf(.nan).isNaN && uniform.cdf(-1) == 0)
  }

  @Test func `tails without a mean or variance say so`() throws {
    #expect(try Distribution.pareto(minimum: 1, shape: 1).mean == .infinity)
    #expect(try Distribution.pareto(minimum: 1, shape: 2).variance == .infinity)
    let mixed = try Distribution.mixture([
      (0.9, .constant(1)), (0.1, .pareto(minimum: 1, shape: 1.5)),
    ])
    #expect(mixed.mean.isFinite && mixed.variance == .infinity)
  }

  @Test func `a stored distribution comes back and is checked again`() throws {
    for row in try TableRow.all() {
      guard let distribution = row.distribution else { continue }
      let stored = try JSONEncoder().encode(distribution)
      #expect(try JSONDecoder().decode(Distribution.self, from: stored) == distribution)
    }
    let edited = Data(#"{"exponential":{"mean":-4}}"#.utf8)
    #expect(throws: ImpossibleParameter.self) {
      try JSONDecoder().decode(Distribution.self, from: edited)
    }
  }
}

@Suite struct `Draws` {
  @Test func `no draw of any distribution is negative or not a number`() throws {
    for (number, row) in try TableRow.all().enumerated() {
      guard let distribution = row.distribution else { continue }
      var stream = try RandomStreams(seed: 5, replication: 0).stream(.other, of: UInt64(number))
      for _ in 0..<2000 {
        let value = distribution.sample(&stream)
        guard value >= 0 else {
          Issue.record("\(row.id) drew \(value)")
          break
        }
      }
    }
  }

  @Test func `a duration is rounded to whole nanoseconds`() {
    #expect(SampledTime.nanoseconds(1.5) == 1_500_000_000)
    #expect(SampledTime.nanoseconds(0.6e-9) == 1)
    #expect(SampledTime.nanoseconds(0) == 0)
    #expect(SampledTime.nanoseconds(-1) == 0)
  }

  @Test func `beyond a hundred years means never`() throws {
    #expect(SampledTime.nanoseconds(SampledTime.longest) == 3_155_760_000_000_000_000)
    #expect(SampledTime.nanoseconds(SampledTime.longest.nextUp) == SampledTime.never)
    #expect(SampledTime.nanoseconds(.infinity) == SampledTime.never)
    #expect(SampledTime.nanoseconds(.nan) == SampledTime.never)
    var stream = try RandomStreams(seed: 5, replication: 0).stream(.other, of: 0)
    let endless = try Distribution.lognormal(mu: 90, sigma: 1)
    #expect(endless.sampleNanoseconds(&stream) == SampledTime.never)
    let tail = try Distribution.pareto(minimum: 1e9, shape: 1e-6)
    #expect(tail.sampleNanoseconds(&stream) == SampledTime.never)
  }

  @Test func `the law that needs no reference draws what the whole distribution draws`() throws {
    let streams = try RandomStreams(seed: 5, replication: 0)
    for (number, row) in try TableRow.all().enumerated() {
      guard let whole = row.distribution else { continue }
      var (one, other, third) = (
        streams.stream(.other, of: UInt64(number)), streams.stream(.other, of: UInt64(number)),
        streams.stream(.other, of: UInt64(number))
      )
      for _ in 0..<200 {
        let general = SampledTime.nanoseconds(whole.sample(&one))
        #expect(whole.plain.sampleNanoseconds(&other, or: whole) == general, "\(row.id)")
        #expect(whole.sampleNanoseconds(&third) == general, "\(row.id)")
      }
    }
    var stream = streams.stream(.other, of: 0)
    let gamma = try Distribution.gamma(shape: 2, scale: 3).plain
    #expect(gamma.sampleNanoseconds(&stream, or: nil) == SampledTime.never)
  }

  @Test func `a mixture draws its parts with their shares`() throws {
    // Normal approximation to the binomial, level 0.001, fixed seed.
    let mixed = try Distribution.mixture([(0.2, .constant(1)), (0.8, .uniform(from: 2, to: 4))])
    var stream = try RandomStreams(seed: 6, replication: 0).stream(.other, of: 0)
    let count = 20_000
    let ones = (0..<count).count { _ in mixed.sample(&stream) == 1 }
    let z = (Double(ones) - 0.2 * Double(count)) / (0.16 * Double(count)).squareRoot()
    #expect(TestLevel(family: 0.001, checks: 1).accepts(z: z))
  }

  @Test func `counts of a range include both ends`() throws {
    let die = try CountDistribution.uniform(from: 1, to: 6)
    #expect(die.mean == 3.5 && (die.variance - 35.0 / 12).magnitude < 1e-12)
    var stream = try RandomStreams(seed: 6, replication: 0).stream(.questions, of: 0)
    var counts = Array(repeating: 0, count: 6)
    for _ in 0..<6000 { counts[die.sample(&stream) - 1] += 1 }
    // Chi-square, level 0.001, fixed seed.
    #expect(
      try TestLevel(family: 0.001, checks: 1)
        .accepts(counts: counts, probabilities: Array(repeating: 1.0 / 6, count: 6)))
  }

  @Test func `counts without chance are what they are`() throws {
    var stream = try RandomStreams(seed: 6, replication: 0).stream(.questions, of: 1)
    #expect(try CountDistribution.constant(3).sample(&stream) == 3)
    #expect(try CountDistribution.geometric(mean: 1).sample(&stream) == 1)
    #expect(try CountDistribution.poisson(mean: 0).sample(&stream) == 0)
    #expect(try CountDistribution.uniform(from: 2, to: 2).sample(&stream) == 2)
    for count in try [CountDistribution.geometric(mean: 1e9), .poisson(mean: 1e9)] {
      #expect((0..<100).allSatisfy { _ in count.sample(&stream) >= 0 })
    }
  }
}

@Suite struct `Distributions as written` {
  @Test func `every form names parameters that make a distribution`() throws {
    let values: [String: Double] = [
      "mean": 40, "cv": 1.2, "shape": 2, "scale": 5, "k": 3, "median": 40, "p90": 90, "p95": 120,
      "mu": 1, "sigma": 0.5, "minimum": 3, "from": 1, "to": 9, "mode": 4, "p": 0.4, "mean1": 3,
      "mean2": 30, "a": 2, "b": 3,
    ]
    for form in DistributionForm.allCases {
      let given = form.parameters.compactMap { values[$0.name] }
      try #require(given.count == form.parameters.count)
      let made = try form.distribution(given)
      if form.parameters.contains(where: { $0.name == "mean" }) {
        #expect((made.mean - 40).magnitude < 1e-12, "\(form)")
      }
      #expect(throws: ImpossibleParameter.self) { try form.distribution(given + [1]) }
    }
  }

  @Test func `no two forms of a family have the same parameters`() {
    let names = DistributionForm.allCases.map { form in
      form.family + "(" + form.parameters.map(\.name).sorted().joined(separator: ",") + ")"
    }
    #expect(Set(names).count == names.count)
  }

  @Test func `recorded values come from whoever reads files`() throws {
    let column = ColumnName(file: "handling.csv", column: "seconds")
    let spec = DistributionSpec.mixture([
      .init(share: 0.25, of: .constant(8)), .init(share: 0.75, of: .empirical(column)),
    ])
    #expect(spec.columns == [column])
    let distribution = try spec.distribution { name in
      #expect(name == column)
      return [2, 4]
    }
    #expect(distribution.mean == 0.25 * 8 + 0.75 * 3)
    let stored = try JSONEncoder().encode(spec)
    #expect(try JSONDecoder().decode(DistributionSpec.self, from: stored) == spec)
    struct Unreadable: Error {}
    #expect(throws: Unreadable.self) { try spec.distribution { _ in throw Unreadable() } }
  }
}

@Suite struct `Extreme parameters` {
  @Test func `what is accepted can be drawn, summed up and inverted`() throws {
    let extremes = [1e-300, 1e-15, 1e-6, 1e-3, 0.3, 1, 7, 20, 1e3, 1e6, 1e15, 1e300]
    var made = 0
    for (number, form) in DistributionForm.allCases.enumerated() {
      var combinations: [[Double]] = [[]]
      for _ in form.parameters {
        combinations = combinations.flatMap { head in extremes.map { head + [$0] } }
      }
      // Every combination of three parameters; of four (beta) every seventh.
      let step = form.parameters.count > 3 ? 7 : 1
      for index in stride(from: 0, to: combinations.count, by: step) {
        guard let distribution = try? form.distribution(combinations[index]) else { continue }
        made += 1
        var stream = try RandomStreams(seed: 3, replication: number)
          .stream(.other, of: UInt64(index))
        let draws = (0..<3).map { _ in distribution.sample(&stream) }
        let numbers =
          draws + [distribution.mean, distribution.variance, distribution.cdf(1)]
          + [0, 0.5, 1].map(distribution.quantile)
        if !numbers.allSatisfy({ $0 >= 0 }) {
          Issue.record("\(form) \(combinations[index]) gave \(numbers)")
        }
      }
    }
    #expect(made > 500)
  }
}
