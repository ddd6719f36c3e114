import Foundation
import Testing
import Web

@testable import Service

/// The description of a service as JSON has it.
private struct Described {
  /// An operation.
  struct Operation {
    var method: String
    var path: String
    var statuses: Set<Int>
    var isStream: Bool
    var isPost: Bool { method == "POST" }
  }

  /// What an event must and may have.
  struct Event {
    var type: String
    var required: [String]
    var properties: [String: [String: Any]]
    /// Either of these too, if it is not empty.
    var oneOf: [[String]]
  }

  var operations: [Operation] = []
  var events: [Event] = []

  init(_ text: String) throws {
    let all = try foundationJSON(text)
    #expect(all["openapi"] as? String == "3.1.0")
    let paths = try #require(all["paths"] as? [String: [String: [String: Any]]])
    for (path, methods) in paths {
      for (method, told) in methods {
        let responses = try #require(told["responses"] as? [String: [String: Any]])
        let content = responses["200"]?["content"] as? [String: Any]
        operations.append(
          Operation(
            method: method.uppercased(), path: path,
            statuses: Set(responses.keys.compactMap { Int($0) }),
            isStream: content?["text/event-stream"] != nil))
      }
    }
    let components = try #require(all["components"] as? [String: [String: [String: Any]]])
    let kinds = try #require(components["schemas"]?["Event"]?["oneOf"] as? [[String: Any]])
    for kind in kinds {
      let properties = try #require(kind["properties"] as? [String: [String: Any]])
      let either = kind["oneOf"] as? [[String: [String]]] ?? []
      events.append(
        Event(
          type: try #require(properties["type"]?["const"] as? String),
          required: try #require(kind["required"] as? [String]), properties: properties,
          oneOf: either.compactMap { $0["required"] }))
    }
  }

  func operation(_ method: String, _ path: String) -> Operation? {
    operations.first { $0.method == method && $0.path == path }
  }
}

@Suite(.serialized) struct `The description of a service` {
  /// A path with names in it that are there.
  private func filled(_ path: String, workspace: String) -> String {
    path.replacing("{workspace}", with: workspace)
      .replacing("users/{name}", with: "users/ana")
      .replacing("contacts/{name}", with: "contacts/zoe")
  }

  @Test(arguments: [["main"], ["north", "south"]])
  func `is what is served, and nothing else is`(workspaces: [String]) throws {
    let desk = try TestDesk()
    let names = workspaces == ["main"] ? [] : workspaces.flatMap { ["--workspace", $0] }
    let served = try ServedDesk(
      [desk.scenarioFile, "--journal", desk.path("journals"), "--sync", "off"] + names)
    let described = try Described(try served.ask("GET", "/openapi.json").text)
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
    for workspace in workspaces {
      let events = "/v1/workspaces/\(workspace)/events"
      #expect(try served.ask("POST", events, body: writes("zoe")).status == 200)
      for path in Set(described.operations.map(\.path)) {
        let target = filled(path, workspace: workspace)
        for method in methods {
          guard let operation = described.operation(method, path) else {
            #expect(try served.ask(method, target).status == 405, "\(method) \(target)")
            continue
          }
          if operation.isStream {
            #expect(try served.connection().follow(target), "\(target)")
          } else {
            let status = try served.ask(method, target, body: writes("zoe")).status
            #expect(status == 200, "\(method) \(target)")
          }
        }
      }
    }
    let own = try (0..<workspaces.count).map { index in
      try LiveWorkspace(
        name: workspaces[index], opening: desk.opening, journal: desk.path("own\(index)"),
        sync: .off)
    }
    defer { for workspace in own { workspace.shutDown() } }
    let routes = Service(own, version: "1").routes { WebCounts() }
    let served2 = Set(routes.map { "\($0.method) \($0.pattern)" })
    #expect(served2.count == routes.count)
    #expect(served2 == Set(described.operations.map { "\($0.method) \($0.path)" }))
  }

  @Test func `lists every status that comes`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk, "--greatest-body", "4096")
    let described = try Described(try served.ask("GET", "/openapi.json").text)
    let big = String(repeating: " ", count: 5_000) + writes("zoe")
    let cases: [(method: String, path: String, query: String, body: String, status: Int)] = [
      ("POST", "/v1/events", "", writes("zoe"), 200), ("POST", "/v1/events", "", "{", 400),
      ("POST", "/v1/events", "?a=b", writes("zoe"), 400), ("POST", "/v1/events", "", "{}", 422),
      ("POST", "/v1/events", "", "[]", 400), ("POST", "/v1/events", "", big, 413),
      ("GET", "/v1/state", "", "", 200), ("GET", "/v1/state", "?x=%zz", "", 400),
      ("GET", "/v1/users", "", "", 200), ("GET", "/v1/users/ana", "", "", 200),
      ("GET", "/v1/contacts/zoe", "", "", 200), ("GET", "/v1/queues", "", "", 200),
      ("GET", "/v1/audit", "?after=0&limit=2", "", 200), ("GET", "/v1/audit", "?after=-1", "", 400),
      ("GET", "/v1/audit", "?limit=9223372036854775807", "", 200),
      ("GET", "/v1/audit", "?after=9223372036854775807", "", 200),
      ("GET", "/v1/audit", "?after=9223372036854775808", "", 400),
      ("GET", "/v1/audit", "?limit=%2B3", "", 400), ("GET", "/v1/audit", "?limit=", "", 400),
      ("GET", "/v1/stream", "?after=x", "", 400), ("GET", "/v1/check", "", "", 200),
      ("GET", "/v1/workspaces", "", "", 200), ("GET", "/metrics", "", "", 200),
      ("GET", "/health", "", "", 200),
    ]
    for (method, path, query, body, status) in cases {
      let pattern = path.replacing("users/ana", with: "users/{name}")
        .replacing("contacts/zoe", with: "contacts/{name}")
      let operation = try #require(described.operation(method, pattern))
      let answer = try served.ask(method, path + query, body: body)
      #expect(answer.status == status, "\(method) \(path)\(query): \(answer)")
      #expect(operation.statuses.contains(answer.status), "\(method) \(path): \(answer.status)")
    }
    for name in ["nobody", "%20", "a%2Fb", "%00", ".."] {
      for kind in ["users", "contacts"] {
        let operation = try #require(described.operation("GET", "/v1/\(kind)/{name}"))
        let answer = try served.ask("GET", "/v1/\(kind)/\(name)")
        #expect([400, 404].contains(answer.status))
        #expect(operation.statuses.contains(answer.status))
      }
    }
    let posts = try #require(described.operation("POST", "/v1/events"))
    for (header, status) in [
      ("Content-Type: text/plain", 415), ("Origin: http://elsewhere.example", 403),
      ("Content-Type: application/json; charset=utf-8", 200),
      ("Idempotency-Key: \(String(repeating: "k", count: 201))", 422), ("Idempotency-Key:", 422),
    ] {
      #expect(raw(served, ["Host: localhost", header]) == status, "\(header)")
      #expect(posts.statuses.contains(status))
    }
    #expect(raw(served, ["Host: elsewhere.example"]) == 421 && posts.statuses.contains(421))
    // Keys that are no text are none, so that two of them are not the same.
    let key = Array("Idempotency-Key: ".utf8) + [0xFF]
    #expect(raw(served, [], more: Array("Host: localhost\r\n".utf8) + key) == 400)
    _ = try served.post(writes("zoe", key: "k"))
    let reused = try served.post(writes("zoe", "other", key: "k"))
    #expect(reused.status == 422 && posts.statuses.contains(422))
    #expect(!posts.statuses.contains(409))
  }

  /// The status of an answer to an event with headers of any kind.
  private func raw(_ served: ServedDesk, _ headers: [String], more: [UInt8] = []) -> Int? {
    let body = writes("zoe")
    let all = ["POST /v1/events HTTP/1.1", "Content-Length: \(body.utf8.count)"] + headers
    let line = RawLine(port: served.port)
    line?.send(
      Array(all.map { $0 + "\r\n" }.joined().utf8) + more + (more.isEmpty ? [] : [13, 10])
        + [13, 10] + Array(body.utf8))
    return line?.status()
  }

  /// What stands under a key in an event that makes sense.
  private func sample(_ key: String, of type: String, _ number: Int) -> String {
    switch (key, type) {
    case ("contact", _): return "\"person \(number)\""
    case ("absorbing", _): return "\"other \(number)\""
    case ("user", "user_added"), ("team", "team_added"): return "\"new \(number)\""
    case ("user", "team_loses"): return "\"ben\""
    case ("user", _), ("to", _), ("assignee", _): return "\"ana\""
    case ("team", _): return "\"support\""
    case ("channel", _): return "\"web\""
    case ("value", _): return "7"
    case ("field", _): return "\"age\""
    case ("tag", _): return "\"late\""
    case ("workflow", _): return "\"welcome\""
    case ("shortcut", _): return "\"look up\""
    case ("webhook", _): return "\"talk\""
    case ("run", _): return "\"run-3\""
    case ("message", _): return "3"
    case ("status", "service_answers"): return "200"
    case ("workflows", _), ("tags", _), ("mentions", _): return "[]"
    case ("fields", _), ("form", _): return "{}"
    case ("after", _), ("for", _), ("until", _): return "600"
    case ("limit", _), ("weight", _), ("conversations", _): return "2"
    case ("payload", _), ("body", _): return #"{"a":[1,null]}"#
    default: return "\"x\""
    }
  }

  private func event(_ members: [(name: String, value: String)]) -> String {
    "{" + members.map { "\"\($0.name)\":\($0.value)" }.joined(separator: ",") + "}"
  }

  @Test func `has the keys of events as they are taken`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    let described = try Described(try served.ask("GET", "/openapi.json").text)
    #expect(described.events.map(\.type) == EventKind.requestable.map(\.name))
    let connection = try served.connection()
    func status(_ members: [(name: String, value: String)]) -> (Int, String) {
      let text = event(members)
      let answer = connection.ask("POST", "/v1/events", body: Array(text.utf8))
      return (answer?.status ?? 0, text + " " + String(decoding: answer?.body ?? [], as: UTF8.self))
    }
    for (number, kind) in described.events.enumerated() {
      let words = kind.properties.mapValues { $0["enum"] as? [String] ?? [] }
      func value(_ key: String) -> String {
        words[key]?.first.map { "\"\($0)\"" } ?? sample(key, of: kind.type, number)
      }
      let type = (name: "type", value: "\"\(kind.type)\"")
      let needed =
        kind.required.filter { $0 != "type" }
        + (kind.oneOf.first ?? []) + (kind.type == "decides" ? ["user"] : [])
      let members = needed.map { (name: $0, value: value($0)) }
      let (good, told) = status([type] + members)
      #expect(good == 200, "\(told)")
      #expect(throws: Never.self) { try EventDraft.read(Array(event([type] + members).utf8)) }
      for missing in needed.indices {
        var fewer = members
        fewer.remove(at: missing)
        let (bad, told) = status([type] + fewer)
        #expect(bad == 400 || bad == 422, "\(told)")
      }
      #expect(status(members).0 == 422, "\(kind.type) without its type")
      for stranger in ["stranger", "timer", "Contact"] {
        let (bad, told) = status([type] + members + [(stranger, "1")])
        #expect(bad == 422, "\(told)")
      }
      // Every key that may be there is taken, with every word that it may be.
      let others = kind.properties.keys.filter { !needed.contains($0) && $0 != "type" }
      for key in others.sorted() {
        let alternative = kind.oneOf.dropFirst().contains { $0.contains(key) }
        let rest =
          alternative ? members.filter { !(kind.oneOf.first ?? []).contains($0.name) } : members
        let choices = words[key]?.map { "\"\($0)\"" } ?? []
        for (place, choice) in (choices.isEmpty ? [value(key)] : choices).enumerated() {
          let fresh = rest.map { member in
            ["user_added user", "team_added team"].contains("\(kind.type) \(member.name)")
              ? (member.name, "\"\(key) \(place)\"") : member
          }
          let unique = key == "key" ? "\"key \(number)\"" : choice
          let (good, told) = status([type] + fresh + [(key, unique)])
          #expect(good == 200, "\(told)")
        }
      }
    }
    try served.expectSound()
    #expect(served.end().code == 0)
    #expect(try BuiltProgram.run("replay", desk.journal).code == 0)
  }

  @Test func `is kept to by clients who race for the same contacts`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    let address = try #require(ServiceAddress(served.url))
    let (rounds, clients) = (60, 8)
    let refused = SharedCount()
    inThreads(clients) { number in
      let connection = HTTPConnection(address, token: nil)
      let user = ["ana", "ben", "carla", "dora"][number % 4]
      for round in 0..<rounds {
        let contact = "c\(round % 7)"
        let body =
          switch (round + number) % 4 {
          case 0: writes(contact, "from \(number)")
          case 1: #"{"type":"assigns","contact":"\#(contact)","to":"\#(user)","user":"max"}"#
          case 2: #"{"type":"sends","contact":"\#(contact)","text":"Yes","user":"\#(user)"}"#
          default: #"{"type":"closes","contact":"\#(contact)","user":"\#(user)"}"#
          }
        let answer = connection.ask(
          "POST", "/v1/events", body: Array(body.utf8), key: "\(number)-\(round)")
        if answer?.status != 200 { refused.add(1) }
        if round % 20 == 0, connection.ask("GET", "/v1/check")?.status != 200 { refused.add(1) }
      }
    }
    #expect(refused.value == 0)
    try served.expectSound()
    let state = try foundationJSON(try served.ask("GET", "/v1/state").text)
    #expect(try #require(state["sequence"] as? Int) >= rounds * clients)
    #expect(state["contacts"] as? Int == 7)
  }
}
