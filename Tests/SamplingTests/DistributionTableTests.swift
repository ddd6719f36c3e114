import Foundation
import Sampling
import Testing

/// A row of the table as something that can be drawn.
///
/// Rows of distributions that scenario files have no name for are drawn from those that they do,
/// which tests the parts and how they fit together.
struct TableRow: CustomTestStringConvertible {
  let id: String
  let distribution: Distribution?
  let sample: (inout RandomStream) -> Double

  var testDescription: String { id }

  init(_ id: String, _ distribution: Distribution) {
    self.id = id
    self.distribution = distribution
    sample = { distribution.sample(&$0) }
  }

  init(_ id: String, composed: @escaping (inout RandomStream) -> Double) {
    self.id = id
    distribution = nil
    sample = composed
  }

  init(_ id: String, counted count: CountDistribution, minus offset: Int = 0) {
    self.init(id) { Double(count.sample(&$0) - offset) }
  }

  static func all() throws -> [TableRow] {
    let pareto10 = try Distribution.pareto(minimum: 10, shape: 3)
    let chance = { (stream: inout RandomStream, p: Double) in stream.chance(p) ? 1.0 : 0.0 }
    let daily = try Distribution.gamma(shape: 5, scale: 4)
    return try continuous() + [
      TableRow("di15") { pareto10.sample(&$0) - 10 },
      TableRow("di22") { 10 + 3 * $0.normal() },
      TableRow("di23") { stream in
        while true {
          let value = 10 + 6 * stream.normal()
          if value >= 0 { return value }
        }
      },
      TableRow("di25") { stream in
        let u = stream.uniform()
        return 8 * pow(u / (1 - u), 1.0 / 3)
      },
      TableRow("di31", counted: .poisson(mean: 0.3)),
      TableRow("di32", counted: .poisson(mean: 4)),
      TableRow("di33", counted: .poisson(mean: 50)),
      TableRow("di34", counted: .geometric(mean: 2.5)),
      TableRow("di35", counted: .geometric(mean: 2.5), minus: 1),
      TableRow("di36") { stream in
        let mean = daily.sample(&stream)
        let count = try? CountDistribution.poisson(mean: mean)
        return count.map { Double($0.sample(&stream)) } ?? .nan
      },
      TableRow("di37") { stream in (0..<10).reduce(0) { sum, _ in sum + chance(&stream, 0.3) } },
      TableRow("di38") { stream in chance(&stream, 0.25) },
    ]
  }

  private static func continuous() throws -> [TableRow] {
    let steps = [(1, 10), (2, 25), (5, 40), (10, 20), (30, 5)]
    let column = steps.flatMap { Array(repeating: Double($0.0), count: $0.1) }
    let lines: [(share: Double, of: Distribution)] = try [
      (0.2, .uniform(from: 0, to: 2)), (0.3, .uniform(from: 2, to: 5)),
      (0.3, .uniform(from: 5, to: 10)), (0.17, .uniform(from: 10, to: 30)),
      (0.03, .uniform(from: 30, to: 60)),
    ]
    return try [
      TableRow("di01", .exponential(mean: 8)),
      TableRow("di02", .exponential(mean: 0.25)),
      TableRow("di03", .gamma(shape: 0.5, scale: 16)),
      TableRow("di04", .gamma(mean: 10, cv: 0.4.squareRoot())),
      TableRow("di05", .erlang(k: 3, mean: 6)),
      TableRow("di06", .erlang(k: 20, mean: 10)),
      TableRow("di07", .lognormal(mean: 10, cv: 0.5.squareRoot())),
      TableRow("di08", .lognormal(mean: 10, cv: 1)),
      TableRow("di09", .lognormal(mean: 10, cv: 2)),
      TableRow("di10", .lognormal(mu: 4.6, sigma: 1.1)),
      TableRow("di11", .weibull(shape: 0.7, scale: 8)),
      TableRow("di12", .weibull(shape: 2, mean: 7.0898154036221)),
      TableRow("di13", .pareto(minimum: 3, shape: 2.5)),
      TableRow("di14", .pareto(minimum: 5, shape: 3.5)),
      TableRow("di16", .uniform(from: 2, to: 12)),
      TableRow("di17", .triangular(from: 2, mode: 5, to: 14)),
      TableRow("di18", .triangular(from: 0, mode: 0, to: 10)),
      TableRow("di19", .beta(a: 2, b: 5, from: 0, to: 1)),
      TableRow("di20", .beta(a: 0.5, b: 0.5, from: 0, to: 1)),
      TableRow("di21", .beta(a: 2, b: 3, from: 1, to: 21)),
      TableRow("di24", .gamma(shape: 2, scale: 2)),
      TableRow("di26", .hyperexponential(p: 0.9, mean1: 5, mean2: 50)),
      TableRow("di27", .hyperexponential(p: 0.3, mean1: 2, mean2: 12)),
      TableRow("di28", .constant(15)),
      TableRow("di29", .empirical(column.reversed())),
      TableRow("di30", .mixture(lines)),
    ]
  }
}

@Suite struct `The table of distributions` {
  static let quantiles = [0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999]
  /// Rows whose draws take whole values or a few recorded ones: a quantile is not a cut there.
  static let discrete = [
    "di28", "di29", "di31", "di32", "di33", "di34", "di35", "di36", "di37", "di38",
  ]

  private func close(_ value: Double, _ exact: Double) -> Bool {
    // The table has 14 digits; cancellation in variances may cost us a few.
    (value - exact).magnitude <= 1e-9 * max(exact.magnitude, 1e-4)
  }

  @Test func `every row has its sampler`() throws {
    let ids = try ReferenceTable("distributions.csv").rows.compactMap { $0["id"] }
    #expect(try TableRow.all().map(\.id).sorted() == ids)
  }

  @Test func `moments, distribution functions and quantiles are exact`() throws {
    let table = try ReferenceTable("distributions.csv").rows
    for row in try TableRow.all() {
      guard let distribution = row.distribution else { continue }
      let exact = try #require(table.first { $0["id"] == row.id })
      func number(_ column: String) throws -> Double { try #require(Double(exact[column] ?? "")) }
      #expect(close(distribution.mean, try number("mean")), "\(row.id)")
      #expect(close(distribution.variance, try number("variance")), "\(row.id)")
      for part in ["half_mean", "mean", "2mean"] {
        let x = try number("x_\(part)")
        #expect(close(distribution.cdf(x), try number("cdf_\(part)")), "\(row.id) at \(x)")
      }
      for p in Self.quantiles {
        let q = try number("q\(p)")
        #expect(close(distribution.quantile(p), q), "\(row.id) quantile \(p)")
      }
    }
  }

  @Test func `draws agree with every row`() throws {
    // Level 0.001 for all checks together, fixed seed. The mean is tested where the third moment
    // exists, the variance where the kurtosis lets its error be normal; the cells between the
    // table's cuts by chi-square.
    let table = try ReferenceTable("distributions.csv").rows
    let level = TestLevel(family: 0.001, checks: 4 * table.count)
    let count = isLongRun ? 2_000_000 : 50_000
    for (number, row) in try TableRow.all().enumerated() {
      let exact = try #require(table.first { $0["id"] == row.id })
      var stream = try RandomStreams(seed: 20_261_120, replication: 0)
        .stream(.other, of: UInt64(number))
      let values = (0..<count).map { _ in row.sample(&stream) }
      let sample = Sample(values)
      let mean = try #require(Double(exact["mean"] ?? ""))
      let variance = try #require(Double(exact["variance"] ?? ""))
      if variance == 0 {
        #expect(values.allSatisfy { $0 == mean })
        continue
      }
      let kurtosis = Double(exact["excess_kurtosis"] ?? "")
      if Double(exact["skewness"] ?? "") != nil || Self.discrete.contains(row.id) {
        let z = (sample.mean - mean) / (variance / Double(count)).squareRoot()
        #expect(level.accepts(z: z), "\(row.id): mean \(sample.mean), z \(z)")
      }
      if let kurtosis, kurtosis < 30 {
        let z =
          (sample.variance - variance) / (variance * ((kurtosis + 2) / Double(count)).squareRoot())
        #expect(level.accepts(z: z), "\(row.id): variance \(sample.variance), z \(z)")
      }
      var cuts = ["half_mean", "mean", "2mean"].map {
        ("x_\($0)", Double(exact["cdf_\($0)"] ?? ""))
      }
      #expect(try agrees(values, exact, cuts, level), "\(row.id): around the mean")
      if !Self.discrete.contains(row.id) {
        cuts = Self.quantiles.map { ("q\($0)", $0) }
        #expect(try agrees(values, exact, cuts, level), "\(row.id): between the quantiles")
      }
    }
  }

  /// Chi-square over the cells between cuts, each cut a column of values and its probability.
  private func agrees(
    _ values: [Double], _ row: ReferenceTable.Row, _ cuts: [(column: String, p: Double?)],
    _ level: TestLevel
  ) throws -> Bool {
    var edges: [Double] = []
    var probabilities: [Double] = []
    var before = 0.0
    for cut in cuts {
      let p = try #require(cut.p)
      // Cells that expect fewer than five draws would not be chi-square.
      guard (p - before) * Double(values.count) >= 5, (1 - p) * Double(values.count) >= 5 else {
        continue
      }
      edges.append(try #require(Double(row[cut.column] ?? "")))
      probabilities.append(p - before)
      before = p
    }
    guard !edges.isEmpty else { return true }
    probabilities.append(1 - before)
    var counts = Array(repeating: 0, count: probabilities.count)
    for value in values {
      var cell = 0
      while cell < edges.count, value > edges[cell] { cell += 1 }
      counts[cell] += 1
    }
    return try level.accepts(counts: counts, probabilities: probabilities)
  }
}
