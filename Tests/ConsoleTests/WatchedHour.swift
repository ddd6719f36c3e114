import Engine
import Foundation
import Scenarios
import Testing
import World

@testable import Console

/// An hour of Watch as the page gets it, and the ledger of the same run, which knows nothing of pages.
struct WatchedHourAnswer {
  /// One way's half.
  struct Side {
    let way: Int
    let rule: [Any]?
    let customers, spans, away, moves, given, left: [[Double?]]

    init(_ json: [String: Any]) {
      func rows(_ name: String) -> [[Double?]] {
        (json[name] as? [[Any]] ?? []).map { $0.map { ($0 as? NSNumber)?.doubleValue } }
      }
      way = json["way"] as? Int ?? -1
      rule = json["rule"] as? [Any]
      customers = rows("customers")
      spans = rows("spans")
      away = rows("away")
      moves = rows("moves")
      given = rows("given")
      left = rows("left")
    }

    /// The rows of customers by their key.
    var byKey: [Int: [Double?]] {
      Dictionary(uniqueKeysWithValues: customers.map { (Int($0[0] ?? -1), $0) })
    }
  }

  let json: [String: Any]
  let sides: [Side]

  init(_ json: [String: Any]) {
    self.json = json
    sides = (json["sides"] as? [[String: Any]] ?? []).map(Side.init)
  }

  func number(_ name: String) -> Int { json[name] as? Int ?? -1 }

  /// A fragment without its tags.
  func words(_ name: String) -> String {
    ((json["html"] as? [String: String])?[name] ?? "").withoutTags
  }
}

extension String {
  var withoutTags: String { replacing(/<[^>]*>/, with: "") }
}

/// A page with one scenario, and what its runs are known to be.
struct WatchedScenario {
  let page: ServedPage
  let sitting: String
  let scenario: Scenario

  init(_ text: String) throws {
    page = try ServedPage(["desk.yaml": text])
    let answer = page.ask("POST", "/v1/sittings", #"{"file":"desk.yaml"}"#)
    sitting = try #require(answer.json["sitting"] as? String, "\(answer.body)")
    scenario = try Scenario.read(
      SourceFile(name: "desk.yaml", text: text), offersStrategies: true)
  }

  func ask(_ path: String) -> ServedPage.Answer {
    page.ask("GET", "/v1/sittings/\(sitting)/\(path)")
  }

  func hour(_ query: String = "") throws -> WatchedHourAnswer {
    let answer = ask("watch?" + query)
    try #require(answer.status == 200, "\(answer.body)")
    return WatchedHourAnswer(answer.json)
  }

  /// What every conversation and assignment of a run was, by the world's own record.
  func ledger(way: Int, run: Int = 1) throws -> Ledger {
    let ways = DraftReading.ways(of: scenario)
    var plan = WorldPlan(scenario, ways[way])
    plan.recordsConversations = true
    let bench = try Bench(plan, seed: scenario.seed, replication: run - 1)
    return try #require(bench.run().ledger)
  }
}

extension EngineTime {
  var seconds: Double { Double(nanoseconds) / 1e9 }
}
