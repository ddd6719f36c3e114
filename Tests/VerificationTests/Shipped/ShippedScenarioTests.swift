import Foundation
import Measurement
import Testing

@testable import Verification

@Suite struct `Every shipped scenario` {
  @Test func `is found`() {
    // A test that reads nothing would be content with everything.
    #expect(ShippedScenario.all.count > 55)
    for name in ShippedScenario.exempt {
      #expect(ShippedScenario.all.contains { $0.path == name }, "\(name)")
    }
  }

  @Test(arguments: ShippedScenario.telling)
  func `says its question, its answer, what it is held to and its time`(
    scenario: ShippedScenario
  ) throws {
    #expect(scenario.notes("Question").count == 1)
    #expect(scenario.notes("Question").first?.hasSuffix("?") == true)
    #expect(scenario.notes("Answer").first?.contains(#/[0-9]/#) == true, "an answer has numbers")
    #expect(!scenario.notes("Held to").isEmpty)
    let takes = try #require(scenario.notes("Takes").first)
    #expect(scenario.notes("Takes").count == 1 && takes.wholeMatch(of: #/[1-9][0-9]* s/#) != nil)
    let width = scenario.text.split(separator: "\n").prefix { $0.hasPrefix("#") }.map(\.count).max()
    #expect(width ?? 0 <= 120)
  }

  @Test(arguments: ShippedScenario.telling)
  func `is true of its record in all that it is held to`(scenario: ShippedScenario) throws {
    let record = try scenario.record()
    for text in scenario.notes("Held to") {
      #expect(try HeldFinding(text).holds(of: record), "\(text)")
    }
  }
}

@Suite struct `What a scenario is held to` {
  /// Two strategies with one metric each way: `a` has 0.10 from 0.08 to 0.12, `b` 0.30 from 0.25 to 0.35.
  private func record(replications: Int = 20) -> ScenarioRecord {
    func strategy(_ name: String, _ mean: Double, _ low: Double?, _ high: Double?)
      -> ScenarioRecord.Strategy
    {
      ScenarioRecord.Strategy(
        name: name, goals: [],
        metrics: [
          ("abandoned", ScenarioRecord.Estimate(mean: mean, low: low, high: high)),
          ("wait.mean", ScenarioRecord.Estimate(mean: 90, low: 60, high: 120)),
          ("wait.p99", ScenarioRecord.Estimate(mean: 90, low: nil, high: nil)),
        ], trail: ChoiceTrail())
    }
    return ScenarioRecord(
      scenario: "x", digest: "", seed: 1, replications: replications, fingerprint: "",
      strategies: [strategy("a", 0.10, 0.08, 0.12), strategy("b, c", 0.30, 0.25, 0.35)])
  }

  @Test(arguments: [
    ("abandoned of \"a\" >= 8%", true), ("abandoned of \"a\" >= 9%", false),
    ("abandoned of \"a\" <= 12%", true), ("abandoned of \"a\" <= 0.11", false),
    // 0.25 is more than twice 0.12, and less than 2.2 times that.
    ("abandoned of \"b, c\" >= 2 x \"a\"", true), ("abandoned of \"b, c\" >= 2.2 x \"a\"", false),
    // 0.12 is less than half of 0.25, and more than 0.4 times that.
    ("abandoned of \"a\" <= 0.5 x \"b, c\"", true), ("abandoned of \"a\" <= 0.4 x \"b, c\"", false),
    ("abandoned of \"a\" <= \"b, c\"", true), ("abandoned of \"a\" >= \"b, c\"", false),
    ("wait.mean of \"a\" >= 1 min", true), ("wait.mean of \"a\" <= 1 min 59 s", false),
    ("wait.mean of \"a\" >= 170 x abandoned of \"b, c\"", true),
    ("wait.mean of \"a\" >= 180 x abandoned of \"b, c\"", false),
  ])
  func `is judged by the near ends of the intervals`(text: String, isTrue: Bool) throws {
    #expect(try HeldFinding(text).holds(of: record()) == isTrue, "\(text)")
  }

  @Test func `is judged by the value where there was one run`() throws {
    let once = record(replications: 1)
    #expect(try HeldFinding("abandoned of \"a\" >= 10%").holds(of: once))
    #expect(try !HeldFinding("abandoned of \"a\" >= 11%").holds(of: once))
  }

  @Test(arguments: [
    "abandoned >= 8%", "abandoned of \"a\" > 8%", "abandoned of \"a\" >= much",
    "abandoned of \"a\" >= 2 x b", "abandoned of \"nobody\" >= 8%", "spam of \"a\" >= 8%",
    "wait.p99 of \"a\" >= 1 s",
  ])
  func `is told where it cannot be read or has no interval`(text: String) {
    #expect(throws: HeldFinding.Problem.self) { try HeldFinding(text).holds(of: record()) }
  }
}
