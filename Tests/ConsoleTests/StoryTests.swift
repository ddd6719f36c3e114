import Engine
import Foundation
import Scenarios
import Testing
import World

@testable import Console
@testable import Experiments

@Suite("The story of a conversation", .serialized)
struct StoryTests {
  private static let desk = Shipped.text("support-desk.yaml")

  /// The sentences of a story, without the tables.
  private func sentences(_ html: String) -> [String] {
    html.components(separatedBy: "<li>").dropFirst().map {
      $0.replacing(/<details>.*<\/details>/, with: "").withoutTags
    }
  }

  @Test(
    "every assignment is told as the ledger has it, and its table chooses whom it chose",
    arguments: [0, 2])
  func assignments(way: Int) throws {
    let watched = try WatchedScenario(Self.desk)
    let ledger = try watched.ledger(way: way)
    let moved = ledger.assignments.filter { $0.entry.from != nil && $0.entry.to != nil }
    let told = moved.prefix(6).compactMap { $0.entry.conversation?.raw } + [1, 464, 700]
    for number in told {
      let answer = watched.ask("story?way=\(way)&run=1&conversation=\(number)")
      let html = try #require(answer.json["html"] as? String, "\(answer.body)")
      let own = ledger.assignments.filter { $0.entry.conversation?.raw == number }
      let expected = own.map { assignment in
        let to = (assignment.entry.to?.index ?? -1) + 1
        guard let from = assignment.entry.from else { return "Assigned to agent \(to)." }
        return "Six minutes without an answer: moved from agent \(from.index + 1) to agent \(to)."
      }
      let lines = sentences(html)
      let found = lines.compactMap { line in expected.first { line.contains($0) } }
      #expect(found == expected, "\(number): \(lines)")
      let chosen = html.matches(of: /<tr class="ch"><th scope="row">(\d+)<\/th>/).map { Int($0.1) }
      #expect(chosen == own.map { $0.entry.to.map { $0.index + 1 } }, "\(number)")
      for line in lines where line.contains("considered") {
        #expect(line.contains("12 considered"))
      }
      #expect(
        !own.isEmpty && html.hasPrefix("<ol class=\"tale\"><li>") && html.hasSuffix("</li></ol>"))
    }
  }

  @Test("begins and ends as the ledger has it")
  func ends() throws {
    let watched = try WatchedScenario(Self.desk)
    let ledger = try watched.ledger(way: 2)
    for record in ledger.conversations where record.id.raw % 97 == 3 {
      let answer = watched.ask("story?way=2&conversation=\(record.id.raw)")
      let lines = sentences(try #require(answer.json["html"] as? String))
      func clock(_ time: EngineTime) -> String {
        let second = 9 * 3_600 + time.nanoseconds / 1_000_000_000
        return [second / 3_600, second / 60 % 60, second % 60]
          .map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      }
      #expect(lines.first?.hasPrefix(clock(record.openedAt) + "Writes ") == true, "\(lines)")
      if record.closedAt != .never {
        #expect(
          lines.contains { $0.hasPrefix(clock(record.closedAt) + "Closed, after ") }, "\(lines)")
      }
      if record.course.firstResponseAt != .never {
        let at = clock(record.course.firstResponseAt)
        #expect(lines.contains { $0.hasPrefix(at + "First answer, after ") }, "\(lines)")
      }
    }
  }

  @Test("a move that would not help is told as one that stays")
  func stays() throws {
    let watched = try WatchedScenario(Self.desk)
    let ledger = try watched.ledger(way: 2)
    // Unanswered for more than six minutes, and never moved.
    let kept = ledger.conversations.filter {
      $0.course.firstResponseAt != .never && $0.course.reassignments == 0
        && $0.course.firstResponseAt.seconds - $0.openedAt.seconds > 361
    }
    let record = try #require(kept.first)
    let html = try #require(
      watched.ask("story?way=2&conversation=\(record.id.raw)").json["html"] as? String)
    let agent = try #require(record.course.firstAssignee).index + 1
    let lines = sentences(html)
    let line = try #require(
      lines.first { $0.contains("Six minutes without an answer: stays.") }, "\(lines)")
    #expect(line.contains("agent \(agent) has it already"))
    #expect(
      line.contains(
        "Nobody online had fewer open conversations than agent \(agent) without this one"))
    #expect(html.contains("has it already</td>"))
  }

  @Test("accounts are those that the engine gives of each decision alone")
  func accounts() throws {
    let watched = try WatchedScenario(Self.desk)
    let day = try #require(
      WatchedDay(watched.scenario, watched.scenario.strategies[1], replication: 0))
    var compared = 0
    for customer in day.customers where customer.number % 61 == 5 {
      for event in ConversationTale(of: customer, in: day).events {
        guard case .assigned(_, _, _, let account?) = event.kind else { continue }
        #expect(day.run.start.account(of: account.decision, in: day.run.journal) == account)
        compared += 1
      }
    }
    #expect(compared > 12)
  }

  @Test("who waits in a queue is told why, and who served it")
  func queue() throws {
    let text = Shipped.text("assignment/polled-queue.yaml")
    let watched = try WatchedScenario(text)
    let served = try watched.ledger(way: 0).assignments.filter { $0.entry.reason == .queue }
    let entry = try #require(served.first)
    let html = try #require(
      watched.ask("story?conversation=\(entry.entry.conversation?.raw ?? 0)").json["html"]
        as? String)
    let lines = sentences(html)
    #expect(
      lines.contains { $0.contains("Waits for somebody.") && $0.contains("Nobody can be chosen.") },
      "\(lines)")
    #expect(lines.contains { $0.contains("in the queue.") }, "\(lines)")
  }

  @Test("a second story of the same run runs nothing again")
  func cache() throws {
    let watched = try WatchedScenario(Self.desk)
    let days = WatchedDays()
    let way = watched.scenario.strategies[0]
    let first = try #require(days.day(watched.scenario, way, run: 1))
    #expect(days.runs == 1 && first.events > 1_000)
    _ = days.day(watched.scenario, way, run: 1)
    #expect(days.runs == 1)
    for run in 2...12 { _ = days.day(watched.scenario, way, run: run) }
    #expect(days.runs == 12 && days.count <= 8)
  }
}
