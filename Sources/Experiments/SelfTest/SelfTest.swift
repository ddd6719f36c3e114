import Glibc
import Sampling
import Statistics

/// Models with known answers, run on the kernel itself, so that the numbers can be trusted.
public struct SelfTest: Sendable {
  /// One quantity: what it must be, what the simulation says, how sure it is.
  public struct Row: Sendable {
    /// The model and the quantity.
    public var name: String
    /// The exact value.
    public var exact: Double
    /// The mean over replications.
    public var simulated: Double
    /// Half the width of the 99.9 % interval.
    public var halfWidth: Double
    /// How many standard errors the simulation is off.
    public var z: Double
    /// Whether the interval holds the exact value.
    public var holds: Bool
  }

  /// A statement without a number: it holds or not.
  public struct Check: Sendable {
    /// What must be so.
    public var name: String
    /// Whether it is.
    public var holds: Bool
  }

  /// The quantities.
  public var rows: [Row] = []
  /// The statements.
  public var checks: [Check] = []
  /// The rolling hash over all runs.
  public var fingerprint: UInt64 = 0
  /// Events of all runs.
  public var events: UInt64 = 0

  /// Whether every row and every statement holds.
  public var holds: Bool { rows.allSatisfy(\.holds) && checks.allSatisfy(\.holds) }

  /// The level of the intervals.
  public static let level = 0.999
  /// Runs of each model.
  public static let replications = 30

  /// Runs all models; `progress` is told how many of how many runs are done.
  public static func run(
    seed: UInt64, threads: Int, progress: (Int, Int) -> Void = { _, _ in }
  ) throws -> SelfTest {
    var result = SelfTest()
    let models = try KnownModel.all()
    let coverage = CoverageCheck.experiments
    let total = models.count * replications + coverage
    var done = 0
    for model in models {
      let outcomes = Replications.all(count: replications, threads: threads) { number in
        try? model.station.run(seed: seed, replication: number)
      }.compactMap { $0 }
      result.take(outcomes, of: model)
      done += replications
      progress(done, total)
    }
    result.rows.append(try CoverageCheck.row(seed: seed, threads: threads))
    progress(total, total)
    result.checks.append(try sameOnAnyThreads(models[0].station, seed: seed))
    result.checks.append(
      Check(name: "random numbers match the published vectors", holds: vectors()))
    return result
  }

  private mutating func take(_ outcomes: [StationModel.Outcome], of model: KnownModel) {
    for outcome in outcomes {
      fingerprint = (fingerprint << 7 | fingerprint >> 57) ^ outcome.fingerprint
      events += outcome.events
    }
    for quantity in model.quantities {
      rows.append(Self.row(quantity, outcomes.map(quantity.read)))
    }
  }

  private static func row(_ quantity: KnownModel.Quantity, _ values: [Double]) -> Row {
    let interval = ConfidenceInterval.student(Moments(values), level: level)
    let error = Moments(values).standardError ?? .infinity
    let halfWidth = interval.map { ($0.high - $0.low) / 2 } ?? .infinity
    let off = (interval?.estimate ?? .infinity) - quantity.exact
    return Row(
      name: quantity.name, exact: quantity.exact, simulated: off + quantity.exact,
      halfWidth: halfWidth, z: off / error,
      // All replications were run and none ended early, or the row says nothing.
      holds: values.count == replications && interval?.contains(quantity.exact) ?? false)
  }

  /// The same bytes whatever the number of threads.
  private static func sameOnAnyThreads(_ station: StationModel, seed: UInt64) throws -> Check {
    let prints = [1, 2, 8].map { threads in
      Replications.all(count: 8, threads: threads) { number in
        (try? station.run(seed: seed, replication: number))?.fingerprint ?? 0
      }
    }
    let isSame = prints[0] == prints[1] && prints[0] == prints[2] && !prints[0].contains(0)
    return Check(name: "same fingerprints on 1, 2 and 8 threads", holds: isSame)
  }

  /// The published answers of Philox 4x32-10 to three counters and keys (Random123).
  private static func vectors() -> Bool {
    typealias Words = Philox.Words
    let all = UInt32.max
    let published: [(Words, UInt64, Words)] = [
      (Words(0, 0, 0, 0), 0, Words(0x6627_E8D5, 0xE169_C58D, 0xBC57_AC4C, 0x9B00_DBD8)),
      (
        Words(all, all, all, all), .max,
        Words(0x408F_276D, 0x41C8_3B0E, 0xA20B_C7C6, 0x6D54_51FD)
      ),
      (
        Words(0x243F_6A88, 0x85A3_08D3, 0x1319_8A2E, 0x0370_7344), 0x299F_31D0_A409_3822,
        Words(0xD16C_FE09, 0x94FD_CCEB, 0x5001_E420, 0x2412_6EA1)
      ),
    ]
    return published.allSatisfy { counter, key, answer in
      Philox.block(at: counter, key: key) == answer
    }
  }
}
