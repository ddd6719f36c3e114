import Foundation
import Scenarios
import Synchronization
import Testing

@testable import Console
@testable import Web

@Suite("What the page's server answers", .serialized)
struct EndpointTests {
  private static let desk = Shipped.text("support-desk.yaml")
    .replacing("duration: 8 h", with: "duration: 1 h")

  private func opened(_ page: ServedPage) throws -> String {
    let answer = page.ask("POST", "/v1/sittings", #"{"file":"desk.yaml"}"#)
    #expect(answer.status == 200, "\(answer.body)")
    return try #require(answer.json["sitting"] as? String)
  }

  @Test(
    "the token opens the door once and becomes a cookie that no script reads and no other page sends"
  )
  func token() throws {
    let page = try ServedPage()
    let host = ["Host: 127.0.0.1:\(page.server.port)"]
    let first = page.ask("GET", "/?token=\(page.token)", headers: host)
    #expect(first.status == 303 && first.head.contains("Location: /\r\n"))
    #expect(first.head.contains("Set-Cookie: \(page.cookie); Path=/; HttpOnly; SameSite=Strict"))
    #expect(page.ask("GET", "/").status == 200)
    for (path, headers) in [
      ("/", host), ("/?token=wrong", host), ("/?token=", host), ("/v1/start", host),
      ("/", host + ["Cookie: switchboard-\(page.server.port)=wrong"]), ("/app.js", host),
      ("/", host + ["Cookie: switchboard=\(page.token)"]),
      ("/", host + ["Authorization: Bearer \(page.token)"]),
    ] {
      let answer = page.ask("GET", path, headers: headers)
      #expect(answer.status == 401, "\(path) \(headers)")
      #expect(!answer.body.contains(page.token))
    }
  }

  @Test("another host, and a page of another origin, are sent away")
  func foreign() throws {
    let page = try ServedPage(["desk.yaml": Self.desk])
    let (own, cookie) = ("127.0.0.1:\(page.server.port)", "Cookie: \(page.cookie)")
    #expect(
      page.ask("GET", "/", headers: ["Host: evil.example:\(page.server.port)", cookie]).status
        == 421)
    #expect(page.ask("GET", "/", headers: ["Host: 127.0.0.1:1", cookie]).status == 421)
    #expect(page.ask("GET", "/?token=\(page.token)", headers: ["Host: evil.example"]).status == 401)
    for origin in [
      "http://evil.example", "null", "http://127.0.0.1:1", "https://\(own).evil.example",
    ] {
      let answer = page.ask(
        "POST", "/v1/sittings", #"{"file":"desk.yaml"}"#,
        headers: ["Host: \(own)", "Origin: \(origin)", cookie])
      #expect(answer.status == 403, "\(origin)")
    }
    #expect(
      page.ask("GET", "/", headers: ["Host: localhost:\(page.server.port)", cookie]).status == 200)
  }

  @Test("every answer forbids scripts from elsewhere, frames and guesses of its kind")
  func policy() throws {
    let page = try ServedPage()
    for path in ["/", "/app.js", "/ui.css", "/v1/start", "/nothing"] {
      let head = page.ask("GET", path).head
      #expect(
        head.contains("script-src 'self';") && head.contains("frame-ancestors 'none'"), "\(path)")
      #expect(!head.contains("script-src 'self' 'unsafe-inline'"))
      #expect(
        head.contains("X-Content-Type-Options: nosniff") && head.contains("Cache-Control: no-store")
      )
    }
    #expect(page.ask("GET", "/app.js").head.contains("Content-Type: text/javascript"))
  }

  @Test("opens, edits in place, undoes, saves; what changed on the disk is not written over")
  func editing() throws {
    let page = try ServedPage(["desk.yaml": Self.desk])
    let id = try opened(page)
    func perform(_ name: String, _ body: String = "{}") -> ServedPage.Answer {
      page.ask("POST", "/v1/sittings/\(id)/\(name)", body)
    }
    let edited = perform(
      "edit", #"{"revision":1,"edits":[{"do":"set","path":"parameters.agents","value":"13"}]}"#)
    #expect(edited.status == 200 && edited.json["restarts"] as? Bool == true)
    #expect(
      edited.json["text"] as? String == Self.desk.replacing("agents: 12,", with: "agents: 13,"))
    #expect(edited.json["changes"] as? String == "1 line changed")
    #expect(perform("edit", #"{"revision":1,"edits":[]}"#).status == 409)
    let goal = perform(
      "edit",
      #"{"revision":2,"edits":[{"do":"set","path":"goals[2]","value":"reassigned <= 6%"}]}"#)
    #expect(goal.status == 200, "\(goal.body)")
    #expect(perform("undo").json["canRedo"] as? Bool == true)
    let file = page.folder.appendingPathComponent("desk.yaml")
    #expect(perform("save").json["isSaved"] as? Bool == true)
    let saved = try String(contentsOf: file, encoding: .utf8)
    #expect(saved == Self.desk.replacing("agents: 12,", with: "agents: 13,"))
    try "theirs".write(to: file, atomically: true, encoding: .utf8)
    _ = perform("undo")
    let refused = perform("save")
    #expect(refused.status == 409 && refused.json["title"] as? String == "changed on disk")
    #expect(try String(contentsOf: file, encoding: .utf8) == "theirs")
    #expect(perform("save", #"{"anyway":true}"#).status == 200)
    #expect(try String(contentsOf: file, encoding: .utf8) == Self.desk)
    try FileManager.default.removeItem(at: file)
    _ = perform("redo")
    #expect(perform("save").status == 409 && perform("save").json["title"] as? String == "gone")
    #expect(perform("save", #"{"as":"../out.yaml"}"#).status == 403)
    #expect(perform("save", #"{"as":"copy.yaml"}"#).json["file"] as? String == "copy.yaml")
  }

  @Test("broken text says what is wrong and where, runs nothing, and is repaired by a click")
  func repair() throws {
    let page = try ServedPage(["desk.yaml": Self.desk])
    let id = try opened(page)
    let broken = Self.desk.replacing(
      "logic: least_open, only_online", with: "logic: least_opn, only_online")
    let body = try String(
      decoding: JSONSerialization.data(withJSONObject: ["revision": 1, "text": broken]),
      as: UTF8.self)
    let answer = page.ask("POST", "/v1/sittings/\(id)/text", body)
    let problems = try #require(answer.json["problems"] as? [[String: Any]])
    let place = try #require(problems.firstIndex { $0["severity"] as? String == "error" })
    #expect(problems[place]["repair"] as? String == "least_open")
    let line = try #require(problems[place]["line"] as? Int)
    let column = try #require(problems[place]["column"] as? Int)
    let lines = broken.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[line - 1].utf16.dropFirst(column - 1).starts(with: "least_opn".utf16))
    var kinds: [String] = []
    #expect(
      page.follow(id) { event in
        kinds.append(event["kind"] as? String ?? "")
        return event["kind"] as? String == "stale"
      })
    #expect(!kinds.contains("answer"))
    let repaired = page.ask(
      "POST", "/v1/sittings/\(id)/repair", #"{"revision":2,"problem":\#(place)}"#)
    #expect(repaired.json["text"] as? String == Self.desk)
    #expect(repaired.json["isSaved"] as? Bool == true)
  }

  @Test("runs come in as events; a goal runs nothing again, an assumption everything")
  func events() throws {
    let page = try ServedPage(["desk.yaml": Self.desk])
    let id = try opened(page)
    var fragments: [String: Any] = [:]
    #expect(
      page.follow(id) { event in
        fragments.merge(event["html"] as? [String: Any] ?? [:]) { $1 }
        return event["speak"] is String
      })
    for name in ["progress", "verdict", "goals", "figure", "table", "note", "hand", "mini"] {
      #expect((fragments[name] as? String)?.isEmpty == false, "\(name)")
    }
    #expect((fragments["table"] as? String)?.contains("class=\"cmp\"") == true)
    let goal = page.ask(
      "POST", "/v1/sittings/\(id)/edit",
      #"{"revision":1,"edits":[{"do":"set","path":"goals[0]","value":"first_response.within(5 min) >= 85%"}]}"#
    )
    #expect(goal.json["restarts"] as? Bool == false)
    let agents = page.ask(
      "POST", "/v1/sittings/\(id)/edit",
      #"{"revision":2,"edits":[{"do":"set","path":"parameters.agents","value":"14"}]}"#)
    #expect(agents.json["restarts"] as? Bool == true)
  }

  @Test(
    "a page that is closed in mid-run leaves nothing running; whoever comes back finds an answer")
  func closedInMidRun() throws {
    let page = try ServedPage(["desk.yaml": Shipped.text("support-desk.yaml")])
    let id = try opened(page)
    #expect(page.follow(id) { $0["kind"] as? String == "answer" })
    let end = Date().addingTimeInterval(20)
    while page.console.sitting(id)?.state.withLock({ $0.isRunning }) == true, Date() < end {
      usleep(20_000)
    }
    #expect(page.console.sitting(id)?.state.withLock { $0.isRunning } == false)
    #expect(page.follow(id) { $0["speak"] is String })
  }

  @Test("two pages at once each hear of it, and of each other's changes")
  func twoPages() throws {
    let page = try ServedPage(["desk.yaml": Self.desk])
    let (one, other) = (try opened(page), try opened(page))
    #expect(one != other)
    #expect(page.follow(one) { $0["speak"] is String })
    #expect(page.follow(other) { $0["speak"] is String })
    _ = page.ask("POST", "/v1/sittings/\(one)/undo", "{}")
    #expect(page.ask("GET", "/v1/sittings/\(other)").json["revision"] as? Int == 1)
  }

  @Test("nonsense of every kind has an answer")
  func nonsense() throws {
    let page = try ServedPage(["desk.yaml": Self.desk])
    let id = try opened(page)
    let bodies = [
      "", "{", "[]", "null", "\"x\"", "{\"revision\":\"1\"}", String(repeating: "[", count: 5_000),
      #"{"revision":1,"edits":[{"do":"explode","path":"a"}]}"#,
      #"{"revision":1,"edits":[{"do":"set","path":"a..b","value":"1"}]}"#,
      #"{"revision":1,"edits":[{"do":"set","path":"parameters.agents","value":"[1, 2"}]}"#,
      #"{"revision":1,"edits":[{"do":"remove","path":"nothing.there"}]}"#,
      #"{"revision":1,"problem":-1}"#,
      #"{"revision":1,"problem":99}"#, #"{"file":"../../etc/passwd"}"#, #"{"file":"missing.yaml"}"#,
      #"{"way":"none"}"#,
      #"{"import":"not,a,csv\n1"}"#, #"{"import":""}"#,
    ]
    for name in [
      "edit", "text", "repair", "undo", "pin", "more", "stop", "save", "revert", "nothing",
    ] {
      for body in bodies {
        let answer = page.ask("POST", "/v1/sittings/\(id)/\(name)", body)
        #expect((200..<500).contains(answer.status), "\(name) \(body.prefix(40)): \(answer.status)")
      }
    }
    for body in bodies {
      let answer = page.ask("POST", "/v1/sittings", body)
      #expect((200..<500).contains(answer.status), "\(body.prefix(40)): \(answer.status)")
    }
    for path in [
      "/..", "/%2e%2e/secret", "/index.html", "/v1/sittings/none", "/v1/sittings//events",
      "/v1/sittings/\(id)/",
      "/v1/start/first?way=none", "/v1/start/first?agents=-5&volume=abc", "//", "/v1/sittings/%00",
    ] {
      let answer = page.ask(
        "GET", path, headers: ["Host: 127.0.0.1:\(page.server.port)", "Cookie: \(page.cookie)"])
      #expect((200..<500).contains(answer.status), "\(path): \(answer.status)")
    }
    #expect(page.ask("GET", "/v1/sittings/\(id)").status == 200)
  }

  @Test("Start lists the folder's scenarios, and its first answer comes by itself")
  func start() throws {
    let page = try ServedPage([
      "desk.yaml": Self.desk, "below/other.yaml": Self.desk, "case.yaml": "case: x\n",
    ])
    let html = try #require(page.ask("GET", "/v1/start").json["html"] as? String)
    #expect(
      html.contains("data-file=\"desk.yaml\"") && html.contains("data-file=\"below/other.yaml\""))
    #expect(!html.contains("case.yaml"))
    let stream = page.ask("GET", "/v1/start/first?way=least-open&agents=4&volume=40")
    #expect(stream.status == 200 && stream.body.contains("of 100 customers"), "\(stream.body)")
    #expect(stream.body.contains("data-look"))
    for way in StartDesk.ways {
      let answer = page.ask(
        "POST", "/v1/sittings", #"{"way":"\#(way.template)","agents":9,"volume":70}"#)
      #expect(answer.status == 200, "\(way.template): \(answer.body)")
      #expect((answer.json["problems"] as? [Any])?.isEmpty == true, "\(way.template)")
      #expect(answer.json["isSaved"] as? Bool == false && answer.json["file"] == nil)
      let reading = DraftReading(text: answer.json["text"] as? String ?? "", name: "x", folder: "/")
      let model = reading.scenario?.standard.model
      #expect(model?.agents.count == 9, "\(way.template)")
    }
  }
}
