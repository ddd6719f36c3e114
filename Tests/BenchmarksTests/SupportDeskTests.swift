import Foundation
import Statistics
import Testing
import VirtualTime

@testable import Benchmarks

/// The plain C loop beside which real use is measured simulates what the shipped scenario says: a share
/// of plain C is never taken between two different models.
///
/// One test after the other: the tables of the plain loops are made by the first that asks for them.
@Suite(.serialized) struct SupportDeskTests {
  private static let scenario = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios/support-desk.yaml").path

  /// How many days of each side: few, for one takes the program a fifth of a second unoptimised.
  ///
  /// The benchmark itself compares 250, and so does this when there is time. As many of both: waits are skewed, and the mean of few days lies mostly below that of many.
  private static let count =
    ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] == nil ? 30 : 250

  /// What both sides come to over all days.
  private func comparison(_ strategy: SupportDeskDays.Strategy) throws -> SupportDeskComparison {
    let days = try #require(SupportDeskDays(strategy, count: Self.count, of: Self.scenario))
    let world = inParallel(count: days.count, threads: 2) { days.world($0) }
    #expect(!world.contains { $0 == nil })
    return SupportDeskComparison(
      world: world.compactMap { $0 }, plain: (0..<days.count).map { days.plain($0) })
  }

  @Test func `the plain C loop is the same desk as the scenario`() throws {
    for strategy in SupportDeskDays.strategies {
      for line in try comparison(strategy).lines {
        #expect(
          line.distance <= SupportDeskComparison.limit,
          "\(strategy.name), \(line.name): \(line.world.mean ?? .nan), in C \(line.plain.mean ?? .nan)"
        )
      }
    }
  }

  @Test func `another desk is seen to be another`() throws {
    let desks = SupportDeskDays.strategies.compactMap {
      SupportDeskDays($0, count: Self.count, of: Self.scenario)
    }
    try #require(desks.count == 2)
    let days = desks.map { desk in (0..<250).map { desk.plain($0) } }
    // On the same customers the strategies differ in what they do, not in who comes.
    let names = SupportDeskComparison(world: days[0], plain: days[1]).differing.map(\.name)
    #expect(names.contains("wait, s") && names.contains("moves per 100"), "\(names)")
    #expect(!names.contains("conversations a day"))
  }
}
