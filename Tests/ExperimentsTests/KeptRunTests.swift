import Foundation
import Measurement
import Scenarios
import Testing
import World

@testable import Experiments

/// Runs as bytes: for the memory of whoever watches, and for files that another machine reads.
@Suite struct `Runs that are kept` {
  /// Some hours of the first strategy of a shipped scenario.
  private func run(_ path: String) throws -> KeptRun {
    let scenario = try Scenario.load(path)
    let strategy = scenario.strategies.first { $0.model.engine == nil } ?? scenario.standard
    var plan = WorldPlan(scenario, strategy)
    plan.duration = min(plan.duration, 10 * 3_600_000_000_000)
    plan.warmup = 0
    plan.recordsReports = false
    let campaign = Campaign(entries: [], seed: scenario.seed, replications: 0, threads: 1)
    let entry = Campaign.Entry(name: "", plan: plan)
    return try #require(try campaign.replicate(entry, 1, Interruption())?.get()).kept
  }

  @Test func `are found to be tested`() { #expect(ShippedScenarios.paths.count > 10) }

  @Test(arguments: ShippedScenarios.paths)
  func `are the same when they are unpacked, and small`(path: String) throws {
    let run = try run(path)
    let packed = try PackedEncoder.bytes(of: run)
    #expect(KeptRun(packed: packed) == run)
    // As JSON, which the files of a sweep hold, a run is several times as large.
    #expect(packed.count * 2 < (try JSONEncoder().encode(run)).count)
  }

  @Test func `are none where bytes are missing, too many or others`() throws {
    let run = try run(#require(ShippedScenarios.paths.first { $0.hasSuffix("support-desk.yaml") }))
    let packed = try #require(run.packed)
    for count in stride(from: 0, to: packed.count, by: 61) {
      #expect(KeptRun(packed: Array(packed.prefix(count))) == nil)
    }
    #expect(KeptRun(packed: packed + [0]) == nil)
    var random = RandomBytes(seed: 3)
    for _ in 0..<300 {
      var broken = packed
      for _ in 0..<(1 + random.next() % 4) {
        broken[Int(random.next() % UInt64(broken.count))] = UInt8(truncatingIfNeeded: random.next())
      }
      // Some are a run again, with other numbers; none ends the program.
      _ = KeptRun(packed: broken)
    }
  }

  private struct RandomBytes {
    var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }

  /// Values of every kind, with and without what may be missing.
  private struct Everything: Codable, Equatable {
    enum Kind: String, Codable { case one, other }
    var flag = true
    var flags: Bool?
    var text = "ä\u{0}ö"
    var texts: String? = ""
    var number = Int.min
    var numbers: Int? = .max
    var long = Int64.min
    var longs: Int64?
    var wide = UInt64.max
    var wides: UInt64? = 0
    var real = -0.1
    var reals: Double? = .infinity
    var small: Int8 = -128
    var smalls: UInt16? = 65_535
    var kind = Kind.other
    var kinds: Kind?
    var row: [Int] = [0, -1, 1, 63, 64, -64, -65, .max, .min]
    var rows: [[Double]] = [[], [1, 2.5], [.greatestFiniteMagnitude]]
    var empty: [Int]? = []
  }

  @Test func `hold values of every kind`() throws {
    let all = Everything()
    #expect(try PackedDecoder.value(Everything.self, of: PackedEncoder.bytes(of: all)) == all)
    var other = Everything()
    other.flags = false
    other.texts = nil
    other.numbers = nil
    other.longs = 5
    other.wides = nil
    other.reals = nil
    other.smalls = nil
    other.kinds = .one
    other.empty = nil
    #expect(try PackedDecoder.value(Everything.self, of: PackedEncoder.bytes(of: other)) == other)
  }

  @Test func `refuse what they could not read again`() {
    // Nobody could tell a missing value in a row from one that is there.
    #expect(throws: PackedError.self) { try PackedEncoder.bytes(of: [1.5, nil]) }
  }
}
