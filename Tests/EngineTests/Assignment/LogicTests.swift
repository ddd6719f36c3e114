import Foundation
import Testing

@testable import Engine

/// Journals of all versions hold logics as the compiler once wrote an enumeration of them.
@Suite struct LogicTests {
  /// What `Logic` was when the first journals were written.
  private indirect enum Former: Codable, Sendable {
    case roundRobin, leastOpen, random, powerOfTwo, longestIdle, longestSinceAssignment
    case fewestHandled, weightedRoundRobin, weightedLeastOpen, mostSpareCapacity, leastUnanswered
    case expectedWait
    case sticky(wait: EngineDuration, then: Former)

    static let plain: [Former] = [
      .roundRobin, .leastOpen, .random, .powerOfTwo, .longestIdle, .longestSinceAssignment,
      .fewestHandled, .weightedRoundRobin, .weightedLeastOpen, .mostSpareCapacity,
      .leastUnanswered, .expectedWait,
    ]
  }

  private func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private func logic(_ former: Former) throws -> Logic {
    try JSONDecoder().decode(Logic.self, from: JSONEncoder().encode(former))
  }

  @Test func `a logic is written as ever, and read again`() throws {
    #expect(Former.plain.count == Logic.plain.count)
    for (former, logic) in zip(Former.plain, Logic.plain) {
      #expect(try json(logic) == json(former))
      #expect(try self.logic(former) == logic)
    }
    let former = Former.sticky(wait: .minutes(5), then: .leastOpen)
    let sticky = Logic.sticky(wait: .minutes(5), then: .leastOpen)
    #expect(try json(sticky) == json(former))
    #expect(try logic(former) == sticky)
  }

  @Test func `of sticky logics within each other the longest wait counts`() throws {
    for (outer, inner) in [(5, 10), (10, 5)] {
      let former = Former.sticky(
        wait: .minutes(Int64(outer)), then: .sticky(wait: .minutes(Int64(inner)), then: .random))
      #expect(try logic(former) == .sticky(wait: .minutes(10), then: .random))
    }
  }

  @Test func `what is no logic is refused`() {
    for text in ["{}", #"{"nobody":{}}"#, #"{"sticky":{}}"#, "[]", "3"] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Logic.self, from: Data(text.utf8))
      }
    }
  }

  @Test func `names are those of files`() {
    #expect(
      Logic.plain.map(\.name) == [
        "round_robin", "least_open", "random", "power_of_two", "longest_idle",
        "longest_since_assignment", "fewest_handled", "weighted_round_robin",
        "weighted_least_open", "most_spare_capacity", "least_unanswered", "expected_wait",
      ])
    #expect(Logic.sticky(wait: .zero, then: .random).name == "sticky")
  }
}
