import Foundation
import Testing

@testable import Console
@testable import Experiments

@Suite("Watch in odd cases", .serialized)
struct WatchOddTests {
  private static let desk = Shipped.text("support-desk.yaml")
    .replacing("duration: 8 h", with: "duration: 2 h")

  private static func small(
    arrivals: String, agents: Int = 2, strategies: String = "", extra: String = ""
  ) -> String {
    """
    name: A desk
    start: 2026-11-23 09:20
    duration: 3 h
    parameters: {logic: round_robin}
    \(strategies)
    contacts: {people: {arrivals: \(arrivals)}}
    teams: {desk: {agents: \(agents), attention: {parallel: 3}, reply_time: {exponential: 1 min}}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: desk, logic: $logic}}]
    \(extra)
    """
  }

  @Test(
    "what cannot be is said with its reason",
    arguments: [
      ("watch?left=x", 400, "'left' is a whole number."),
      ("watch?run=-1", 400, "'run' is a whole number."),
      ("watch?from=1e3", 400, "'from' is a whole number."),
      ("watch?left=3", 404, "There is no way of assigning of number 3 any more."),
      (
        "watch?right=99999999999", 404,
        "There is no way of assigning of number 99999999999 any more."
      ),
      ("watch?run=0", 404, "There is no run 0."), ("watch?run=31", 404, "There is no run 31."),
      ("watch?from=32399", 404, "The day has no such hour."),
      ("watch?from=39600", 404, "The day has no such hour."),
      ("watch?from=9223372036854775807", 404, "The day has no such hour."),
      ("story?way=0", 400, "No conversation was named."),
      ("story?conversation=0", 404, "There is no conversation 0 in this run."),
      ("story?conversation=100000", 404, "There is no conversation 100000 in this run."),
      ("story?way=3&conversation=1", 404, "There is no way of assigning of number 3 any more."),
    ])
  func refused(path: String, status: Int, title: String) throws {
    let answer = try WatchedScenario(Self.desk).ask(path)
    #expect(answer.status == status && answer.json["title"] as? String == title, "\(answer.body)")
    #expect(answer.head.contains("application/problem+json"))
  }

  @Test("a text with a mistake is not watched, and the mistake is named")
  func broken() throws {
    let watched = try WatchedScenario(Self.desk)
    let text = Self.desk.replacing("wrap_up:", with: "wrapup:")
    let body = try JSONSerialization.data(withJSONObject: ["revision": 1, "text": text])
    _ = watched.page.ask(
      "POST", "/v1/sittings/\(watched.sitting)/text", String(decoding: body, as: UTF8.self))
    for path in ["watch", "story?conversation=1"] {
      let answer = watched.ask(path)
      #expect(
        answer.status == 409 && "\(answer.json["title"] ?? "")".contains("wrapup"), "\(answer.body)"
      )
    }
  }

  @Test("one way stands on both sides")
  func alone() throws {
    let watched = try WatchedScenario(
      Self.small(
        arrivals: "{poisson: 1 per minute}", strategies: "strategies: {only: {logic: least_open}}"))
    let hour = try watched.hour()
    #expect(hour.number("left") == 0 && hour.number("right") == 0 && hour.sides.count == 2)
    #expect(
      hour.sides[0].customers == hour.sides[1].customers && hour.sides[0].customers.count > 30)
    #expect(hour.words("verdict") == "One hour of one run: nobody is moved.")
    #expect(hour.json["goal"] is NSNull && hour.sides[0].rule == nil)
  }

  @Test("hours are those of the clock, the first and the last cut to the run")
  func hours() throws {
    let watched = try WatchedScenario(Self.small(arrivals: "{poisson: 1 per minute}"))
    let rows = try #require(try watched.hour().json["hours"] as? [[Any]])
    #expect(rows.map { $0[1] as? String } == ["9:20", "10:00", "11:00", "12:00"])
    #expect(try watched.hour("from=33600").number("length") == 2_400)
    #expect(try watched.hour("from=43200").number("length") == 1_200)
    // Any second may be asked for.
    #expect(try watched.hour("from=36061").number("length") == 3_600)
  }

  @Test("an hour without customers says so")
  func empty() throws {
    let watched = try WatchedScenario(
      Self.small(
        arrivals: "{profile: {\"09:00\": 60 per hour, \"10:00\": 0 per hour}}", agents: 9,
        strategies: "strategies: {a: {logic: round_robin}, b: {logic: least_open}}"))
    let hour = try watched.hour("from=43200")
    #expect(hour.words("verdict") == "Nobody writes in this hour.")
    #expect(hour.sides.allSatisfy { $0.spans.isEmpty && $0.customers.isEmpty })
    #expect(hour.json["select"] is NSNull)
    #expect(!hour.words("sub").contains(" of 0"))
  }

  @Test("names are text, whatever they look like")
  func markup() throws {
    let watched = try WatchedScenario(
      Self.small(
        arrivals: "{poisson: 1 per minute}",
        strategies:
          "strategies: {<b>a: {logic: round_robin}, '<img src=x>': {logic: least_open}}"))
    let html = try #require(try watched.hour().json["html"] as? [String: String])
    let all = html.values.joined()
    #expect(!all.contains("<b>") && !all.contains("<img") && all.contains("&lt;img src=x&gt;"))
  }

  @Test("an hour of too many customers is shortened, and that is said")
  func crowded() throws {
    let watched = try WatchedScenario(
      Self.small(arrivals: "{poisson: 3000 per hour}", agents: 300))
    let hour = try watched.hour("from=36000")
    #expect(hour.number("length") < 3_600 && hour.number("length") >= 60)
    #expect(hour.sides[0].customers.count <= WatchedHour.mostCustomers)
    #expect(hour.words("sub").hasPrefix("So many customers are there that only the first "))
    #expect(hour.sides[0].customers.allSatisfy { ($0[2] ?? 9e9) < Double(hour.number("length")) })
  }

  @Test("ways may have teams of their own size")
  func teams() throws {
    let text = Self.small(
      arrivals: "{poisson: 1 per minute}",
      strategies: "strategies: {few: {agents: 2}, many: {agents: 5}}"
    ).replacing("parameters: {", with: "parameters: {agents: 2, ")
      .replacing("{agents: 2, attention", with: "{agents: $agents, attention")
    let hour = try WatchedScenario(text).hour("left=0&right=1")
    #expect(hour.json["agents"] as? [String] == ["1", "2", "3", "4", "5"])
    #expect(Set(hour.sides[1].spans.compactMap { $0[4] }) == [0, 1, 2, 3, 4])
  }

  @Test("a run that is too long to be kept is refused before it is begun")
  func tooLong() throws {
    let text = Self.small(arrivals: "{poisson: 20 per second}", agents: 300)
      .replacing("duration: 3 h", with: "duration: 3 d")
    let answer = try WatchedScenario(text).ask("watch")
    #expect(
      answer.status == 422 && "\(answer.json["title"] ?? "")".contains("million events"),
      "\(answer.body)")
  }
}
