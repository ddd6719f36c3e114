import Engine
import Foundation
import Scenarios
import Testing
import World

@testable import Console
@testable import Experiments

@Suite("An hour of Watch", .serialized)
struct WatchHourTests {
  private static let desk = Shipped.text("support-desk.yaml")
  /// The desk opens at nine: what the clock shows is this much ahead of the run's.
  private static let opening = 9 * 3_600.0

  @Test("shows the hour in which most wait too long, of the first way and the last, and says so")
  func defaults() throws {
    let watched = try WatchedScenario(Self.desk)
    let hour = try watched.hour()
    #expect(hour.number("left") == 0 && hour.number("right") == 2 && hour.number("run") == 1)
    #expect(hour.number("runs") == 30 && hour.number("length") == 3_600)
    #expect(hour.json["ways"] as? [String] == ["round robin", "least open", "look first"])
    #expect(hour.json["agents"] as? [String] == (1...12).map(String.init))
    #expect((hour.json["goal"] as? [Any])?.last as? String == "goal 5 min")
    #expect(hour.number("longest") == 1_200)
    #expect((hour.json["hours"] as? [[Any]])?.map { $0[1] as? String ?? "" }.first == "9:00")
    #expect(
      hour.sides.map { $0.rule?.last as? String } == [
        "6 min: moved on", "6 min: moved if it helps",
      ])
    // Counted in the ledgers of both runs: in which hour do most pass five minutes without an answer?
    var late: [Int: Int] = [:]
    for way in [0, 2] {
      for record in try watched.ledger(way: way).conversations {
        let limit = record.openedAt.nanoseconds + 300_000_000_000
        if record.course.firstResponseAt.nanoseconds > limit {
          late[Int(limit / 3_600_000_000_000), default: 0] += 1
        }
      }
    }
    let most = try #require(late.values.max())
    #expect(late[(hour.number("from") - 32_400) / 3_600] == most)
    // The customer selected first is there on both sides, and still waits on one when the hand stands there.
    let key = hour.number("select")
    let rows = try hour.sides.map { try #require($0.byKey[key]) }
    let at = Double(hour.number("at"))
    #expect(rows.contains { ($0[2] ?? .infinity) <= at && at < ($0[3] ?? 0) })
  }

  @Test("everything in it is in the ledger of the same run", arguments: [0, 2], [32_400, 46_800])
  func ledger(way: Int, from: Int) throws {
    let watched = try WatchedScenario(Self.desk)
    let ledger = try watched.ledger(way: way)
    let side = try watched.hour("left=\(way)&right=1&from=\(from)").sides[0]
    let begin = Double(from) - Self.opening
    let end = begin + 3_600
    let rows = Dictionary(uniqueKeysWithValues: side.customers.map { (Int($0[1] ?? 0), $0) })
    let withSpans = Set(side.spans.compactMap { row in row[0].map { Int($0) } })
    func isSame(_ shown: Double?, _ time: EngineTime) -> Bool {
      guard let shown else { return time == .never }
      return time != .never && abs(shown + begin - time.seconds) <= 0.051
    }
    var missing: [UInt64] = []
    for record in ledger.conversations {
      let course = record.course
      let answered = course.firstResponseAt == .never ? record.closedAt : course.firstResponseAt
      let touches = record.openedAt.seconds < end && answered.seconds > begin
      guard let row = rows[Int(record.id.raw)] else {
        // Who gave up waits for nothing any more, however long the conversation stays open.
        if touches, course.firstResponseAt != .never { missing.append(record.id.raw) }
        continue
      }
      #expect(touches || withSpans.contains(Int(row[0] ?? -1)), "\(row)")
      #expect(isSame(row[2], record.openedAt) && isSame(row[3], course.firstResponseAt), "\(row)")
      if row[5] != 1 { #expect(isSame(row[4], record.closedAt), "\(row)") }
    }
    #expect(missing.isEmpty)
    #expect(
      rows.count > 100 && Set(ledger.conversations.map { Int($0.id.raw) }).isSuperset(of: rows.keys)
    )
    let inside = ledger.assignments.filter { $0.at.seconds >= begin && $0.at.seconds < end }
    let moves = inside.filter { $0.entry.from != nil && $0.entry.to != nil }
    let given = inside.filter { $0.entry.from == nil && $0.entry.to != nil }
    #expect(side.moves.count == moves.count && side.given.count == given.count)
    for (row, entry) in zip(side.moves, moves) {
      #expect(abs((row[0] ?? 0) + begin - entry.at.seconds) <= 0.051)
      #expect(row[2] == entry.entry.from.map { Double($0.index) })
      #expect(row[3] == entry.entry.to.map { Double($0.index) })
    }
    for (row, entry) in zip(side.given, given) {
      #expect(row[2] == entry.entry.to.map { Double($0.index) })
    }
  }

  @Test("the words count what the ledgers count")
  func words() throws {
    let watched = try WatchedScenario(Self.desk)
    let hour = try watched.hour("left=0&right=2&from=46800")
    let (begin, end) = (4 * 3_600.0, 5 * 3_600.0)
    func counts(_ way: Int) throws -> (moved: Int, wrote: Int, answered: Int) {
      let ledger = try watched.ledger(way: way)
      let moved = ledger.assignments.filter {
        $0.at.seconds >= begin && $0.at.seconds < end && $0.entry.from != nil && $0.entry.to != nil
      }
      let wrote = ledger.conversations.filter {
        $0.openedAt.seconds >= begin && $0.openedAt.seconds < end
      }
      let answered = wrote.filter {
        $0.course.firstResponseAt != .never
          && $0.course.firstResponseAt.seconds - $0.openedAt.seconds <= 300
      }
      return (Set(moved.map(\.entry.contact)).count, wrote.count, answered.count)
    }
    let (left, right) = (try counts(0), try counts(2))
    #expect(left.moved > 10 && right.moved == 2)
    #expect(
      hour.words("verdict")
        == "The same customers, the same hour: round robin moves \(left.moved) of them, look first two."
    )
    #expect(
      hour.words("sub").hasPrefix(
        "\(left.answered) of \(left.wrote) are answered within 5 minutes under round robin, "
          + "\(right.answered) of \(right.wrote) under look first."))
  }

  @Test(
    "customers are matched by their first message, not by number: those who return shift numbers")
  func matching() throws {
    let text = Self.desk.replacing(
      "    questions: {geometric: 2}",
      with:
        "    questions: {geometric: 2}\n    returns: {chance: 40%, after: {exponential: 40 min}}")
    let watched = try WatchedScenario(text)
    let hour = try watched.hour("left=0&right=2&from=54000")
    let (left, right) = (hour.sides[0].byKey, hour.sides[1].byKey)
    let both = Set(left.keys).intersection(right.keys)
    let begin = 6 * 3_600.0
    func openings(_ way: Int) throws -> Set<Int64> {
      Set(try watched.ledger(way: way).conversations.map(\.openedAt.nanoseconds))
    }
    // Arrivals are the same to the nanosecond under every way, and nothing else is.
    let shared = try openings(0).intersection(openings(2))
    func isShared(_ wrote: Double?) -> Bool {
      shared.contains { abs(Double($0) / 1e9 - begin - (wrote ?? .infinity)) <= 0.051 }
    }
    for key in both { #expect(left[key]?[2] == right[key]?[2]) }
    for (key, row) in left where !both.contains(key) && isShared(row[2]) {
      // Known on both sides and shown on one: by the other nobody waited for an answer any more.
      #expect((row[2] ?? 0) < 0, "\(row)")
    }
    #expect(both.contains { left[$0]?[1] != right[$0]?[1] }, "no number was shifted")
    #expect(left.keys.contains { !both.contains($0) } && right.keys.contains { !both.contains($0) })
    #expect(both.count > 50)
  }

  @Test("both sides show the same hour, whole")
  func span() throws {
    let watched = try WatchedScenario(Self.desk)
    for side in try watched.hour("left=1&right=0&run=3&from=36000").sides {
      for span in side.spans { #expect((span[2] ?? 9e9) < 3_600 && (span[3] ?? -1) >= 0) }
      #expect(
        side.spans.contains { ($0[2] ?? 0) < 0 } && side.spans.contains { ($0[3] ?? 0) > 3_600 })
      #expect(side.spans.allSatisfy { side.byKey[Int($0[0] ?? -1)] != nil })
      let agents = Set(side.spans.compactMap { $0[4].map { Int($0) } })
      #expect(agents == Set(0..<12))
      // Nobody writes while away, but for what was in hand when the absence began.
      #expect(!side.away.isEmpty && side.away.allSatisfy { ($0[1] ?? 9e9) < ($0[2] ?? 0) })
    }
  }

  @Test("a run that is watched comes out as one that nobody watches")
  func unmoved() throws {
    let watched = try WatchedScenario(Self.desk)
    for way in watched.scenario.strategies {
      let plain = try Bench(
        WorldPlan(watched.scenario, way), seed: watched.scenario.seed, replication: 4
      )
      .run()
      let day = try #require(WatchedDay(watched.scenario, way, replication: 4))
      #expect(day.run.result.measured == plain.measured)
      #expect(plain.lanes == nil && plain.visitors.isEmpty && plain.ledger == nil)
    }
  }
}
