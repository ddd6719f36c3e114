import Experiments
import Foundation
import Scenarios
import Testing

@testable import Console

@Suite("The plan of a day", .serialized)
struct PlanTests {
  /// Little enough for a grid in a moment: two hours, few customers.
  private static func desk(
    agents: String = "$agents", goals: String = "[first_response.within(5 min) >= 70%]",
    teams: String = "", more: String = ""
  ) -> String {
    """
    name: A small <b>desk</b>
    start: 2026-11-23 09:00
    duration: 2 h
    parameters: {agents: 2, order: oldest}
    strategies:
      '<i>first': {order: oldest}
      last: {order: newest}
    contacts:
      people: {arrivals: {poisson: 6 per hour}}
    teams:
      desk: {agents: \(agents), picks: $order, reply_time: {exponential: 3 min}}\(teams)
    goals: \(goals)\(more)

    """
  }

  private struct Told {
    var status: Int
    var body: String
    var html: [String: String] = [:]
    var events = 0
    var isDone = false
    var speak: String?
    var subs: [String] = []
  }

  private func plan(_ page: ServedPage, _ sitting: String, _ query: String = "") throws -> Told {
    let answer = page.ask("GET", "/v1/sittings/\(sitting)/plan\(query)")
    var told = Told(status: answer.status, body: answer.body)
    for part in Self.joined(answer).components(separatedBy: "data: ").dropFirst() {
      let json = part.components(separatedBy: "\n").first ?? ""
      let event = try #require(
        JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any], "\(json.prefix(80))")
      told.events += 1
      let html = event["html"] as? [String: String] ?? [:]
      told.html.merge(html) { $1 }
      told.subs += [html["sub"]].compactMap(\.self)
      told.isDone = event["isDone"] as? Bool ?? false
      told.speak = event["speak"] as? String ?? told.speak
    }
    return told
  }

  /// A body that came in chunks, as one text.
  private static func joined(_ answer: ServedPage.Answer) -> String {
    guard answer.head.lowercased().contains("chunked") else { return answer.body }
    var rest = Array(answer.body.utf8)[...]
    var bytes: [UInt8] = []
    while let end = rest.firstIndex(of: 10) {
      let size = String(decoding: rest[..<end], as: UTF8.self).trimmingCharacters(in: .whitespaces)
      guard let count = Int(size.trimmingCharacters(in: .newlines), radix: 16), count > 0 else {
        break
      }
      bytes += rest[(end + 1)...].prefix(count)
      rest = rest[(end + 1)...].dropFirst(count + 2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func opened(_ page: ServedPage, _ file: String = "desk.yaml") throws -> String {
    let answer = page.ask("POST", "/v1/sittings", "{\"file\":\"\(file)\"}")
    return try #require(answer.json["sitting"] as? String, "\(answer.body)")
  }

  @Test("what is not said is the file's; a second goal reads the same grid")
  func grid() throws {
    let page = try ServedPage(["desk.yaml": Self.desk()])
    let sitting = try opened(page)
    let first = try plan(page, sitting)
    #expect(first.status == 200 && first.isDone)
    #expect(first.html["promise"]?.contains("value=\"70\"") == true)
    #expect(first.html["promise"]?.contains("<option value=\"0\" selected>&lt;i&gt;first") == true)
    #expect(first.speak != nil)
    #expect(
      Set(first.html.keys)
        == ["verdict", "sub", "promise", "step", "tableHead", "table", "note", "price", "buy"])
    for (name, html) in first.html {
      #expect(!html.contains("<i>") && !html.isEmpty, "\(name)")
    }
    let second = try plan(page, sitting, "?goal=0.6&within=600&way=0")
    #expect(second.isDone && second.events <= 2)
    #expect(second.html["promise"]?.contains("value=\"60\"") == true)
    #expect(second.html["promise"]?.contains("<option value=\"600\" selected>") == true)
    // The same question again is answered at once, the day included.
    #expect(try plan(page, sitting, "?goal=0.6&within=600&way=0").events == 1)
    // Nonsense is not asked for.
    let odd = try plan(page, sitting, "?goal=nan&within=-1&way=99")
    #expect(odd.html["promise"]?.contains("value=\"70\"") == true)
    #expect(odd.html["promise"]?.contains("<option value=\"60\" selected>") == true)
    #expect(page.ask("GET", "/v1/sittings/nobody/plan").status == 404)
  }

  @Test("a text that cannot be run is not planned")
  func broken() throws {
    let page = try ServedPage(["desk.yaml": Self.desk()])
    let sitting = try opened(page)
    let text = Self.desk().replacingOccurrences(of: "teams:", with: "tems:")
    let body = try JSONSerialization.data(withJSONObject: ["revision": 1, "text": text])
    let change = page.ask(
      "POST", "/v1/sittings/\(sitting)/text", String(decoding: body, as: UTF8.self))
    #expect(change.status == 200)
    let told = try plan(page, sitting)
    #expect(told.status == 409 && told.body.contains("tems"))
  }

  @Test("a file without goals is asked for 80 % within five minutes; other teams are named")
  func withoutGoals() throws {
    let teams = "\n  '<b>others': {agents: 3, picks: oldest, reply_time: 2 min}"
    let page = try ServedPage(["desk.yaml": Self.desk(goals: "[]", teams: teams)])
    let told = try plan(page, try opened(page))
    #expect(told.html["promise"]?.contains("value=\"80\"") == true)
    #expect(told.html["promise"]?.contains("<option value=\"300\" selected>") == true)
    // Three are more than two.
    #expect(told.html["sub"]?.contains("the agents of <bdi>&lt;b&gt;others") == true)
    #expect(told.html["note"]?.contains("it knows one team") == true)
  }

  @Test("why there is no plan is said where the plan would stand")
  func obstacles() throws {
    let page = try ServedPage([
      "nobody.yaml": """
      name: Nobody
      duration: 1 h
      users: {ann: {picks: oldest, reply_time: 2 min}}
      contacts:
        people: {arrivals: {poisson: 6 per hour}}

      """,
      "crowd.yaml": Self.desk(agents: "200").replacingOccurrences(
        of: "6 per hour", with: "400000 per hour"),
    ])
    let nobody = try plan(page, try opened(page, "nobody.yaml"))
    #expect(nobody.isDone && nobody.html["verdict"] == "There is nobody to plan.")
    #expect(nobody.html["table"] == "")
    let crowd = try plan(page, try opened(page, "crowd.yaml"), "?goal=0.9&within=600&way=1")
    #expect(crowd.isDone && crowd.html["verdict"]?.contains("too much") == true)
    let words = crowd.html["sub"]?.replacing(/<[^>]*>/, with: "") ?? ""
    #expect(
      words.contains(
        "switchboard plan crowd.yaml --by hour --vary teams.desk.agents=90..340 "
          + "--goal &quot;first_response.within(10 min) &gt;= 90%&quot; --strategies"), "\(words)")
  }

  @Test("the command line varies the parameter where the agents are one")
  func parameter() throws {
    let text = DraftText(text: Self.desk(), path: "desk.yaml", folder: ".")
    let command = text.command("desk", [1, 4], goal: "first_response.p90 <= 1 min", way: nil)
    #expect(command.contains("--vary agents=1..4"))
    let changed = try #require(text.with(7, ofTeam: "desk"))
    #expect(changed.standard.model.teams[0].members.count == 7)
    #expect(changed.strategies[1].model.teams[0].members.count == 7)
    #expect(text.with(7, ofTeam: "nobody") == nil)
  }

  @Test("a grid that is half done ends when the text changes; one that is done is kept")
  func cancelled() throws {
    let slow = Self.desk(agents: "30", more: "\nseed: 5").replacingOccurrences(
      of: "6 per hour", with: "1500 per hour")
    let page = try ServedPage(["desk.yaml": slow])
    let console = page.console
    let sitting = try #require(console.sitting(try opened(page)))
    let question = try PlanQuestion(sitting, [])
    let subject = try PlanSubject(
      question.text, question.scenario, way: 0, goal: question.goal, threads: 2)
    let made = {
      PlanJob(
        .init(runs: subject.runs, present: subject.present, share: 0.8, bound: question.bound))
    }
    let job = try #require(sitting.planner.job(subject.key, seen: question.revision, made))
    #expect(sitting.planner.job(subject.key, seen: question.revision, made) === job)
    #expect(job.standing.grid == nil && job.standing.failure == nil)
    let began = Date()
    _ = try sitting.put(slow + "# a remark\n", seen: question.revision)
    #expect(job.isCancelled)
    while job.standing.failure == nil, Date().timeIntervalSince(began) < 5 { usleep(2_000) }
    // A tenth of a second is what is promised; a busy machine is given more.
    #expect(job.standing.failure != nil && Date().timeIntervalSince(began) < 1)
    // Whoever still asks for the old text gets nothing.
    #expect(sitting.planner.job(subject.key, seen: question.revision, made) == nil)
    sitting.planner.end()
    #expect(sitting.planner.job(subject.key, seen: question.revision + 1, made) == nil)
  }
}
