import Testing

@testable import Service

@Suite struct `Requests that make no sense` {
  private static let malformed: [String] = [
    "", " ", "{", "[", "[]", "{\"type\":\"acts\",\"user\":\"ana\"}x", "nul", "\"text\"", "12",
    "{\"type\"}", "{\"type\":}",
    "{\"type\":\"acts\",}", "{\"type\":\"acts\" \"user\":\"ana\"}", "[{\"type\":\"acts\"",
    "{\"type\":\"ac\u{1}ts\"}", "{\"type\":\"acts\",\"user\":\"\\x\"}",
    "{\"type\":\"acts\",\"user\":\"\\ud800\"}", "{\"type\":\"acts\",\"user\":\"ana\"} {}",
    "{\"type\":\"message_failed\",\"message\":01}", "{\"type\":\"message_failed\",\"message\":1.}",
    "{\"type\":\"message_failed\",\"message\":-}",
    "{\"type\":\"message_failed\",\"message\":1e999}",
    "{\"type\":\"webhook_arrives\",\"contact\":\"a\",\"webhook\":\"talk\",\"payload\":"
      + String(repeating: "[", count: 100_000),
  ]

  @Test(arguments: malformed)
  func `are refused as malformed with the place where they are`(body: String) throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let reply = workspace.send(body)
    #expect(reply.status == 400, "\(reply.text)")
    #expect(reply.text.hasPrefix(#"{"error":{"reason":"malformed","message":"at byte "#))
    #expect(workspace.ask(.state).text.contains(#""sequence":0,"#))
    #expect(workspace.metrics.badRequests == 1)
  }

  @Test func `may hold any bytes without doing harm`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let whole = Array(
      #"{"key":"k","type":"sends","contact":"ana","text":"é\u00e9","user":"ben"}"#.utf8)
    for length in whole.indices {
      let answer = Answer()
      workspace.post(Array(whole[..<length]), key: nil) { answer.set($0) }
      #expect(answer.wait().status == 400, "\(length) bytes")
    }
    for place in whole.indices {
      for byte: UInt8 in [0, 0xFF, 0xC3, UInt8(ascii: "\"")] {
        var other = whole
        other[place] = byte
        let answer = Answer()
        workspace.post(other, key: nil) { answer.set($0) }
        #expect([200, 400, 422].contains(answer.wait().status))
      }
    }
  }

  private static let senseless: [(body: String, reason: String, message: String)] = [
    (#"{"type":"contact_write"}"#, "unknown_type", "did you mean 'contact_writes'?"),
    (#"{"type":"timer_fires","timer":"queues"}"#, "unknown_type", "timer_fires"),
    (
      #"{"type":"decides","run":"run-0","decision":"wait","user":{}}"#, "wrong_kind",
      "'user' takes a text"
    ),
    (
      #"{"type":"message_failed","message":9007199254740993}"#, "bad_value",
      "from 0 to 9007199254740991"
    ),
    (#"{"user":"ana"}"#, "missing_key", "'type'"),
    (#"{"type":"acts"}"#, "missing_key", "acts needs the key 'user'"),
    (#"{"type":"acts","user":"ana","txt":"x"}"#, "unknown_key", "'txt'"),
    (#"{"type":"acts","user":"ana","text":"x"}"#, "unknown_key", "'text'"),
    (#"{"type":"acts","usr":"ana"}"#, "unknown_key", "did you mean 'user'?"),
    (#"{"type":"acts","user":"ana","user":"ben"}"#, "key_twice", "'user'"),
    (#"{"type":"acts","type":"acts","user":"ana"}"#, "key_twice", "'type'"),
    (#"{"type":"acts","user":"anna"}"#, "unknown_user", "did you mean 'ana'?"),
    (#"{"type":"acts","user":7}"#, "wrong_kind", "'user' takes a text, got a number"),
    (#"{"type":7}"#, "wrong_kind", "'type' takes a text"),
    (#"{"type":"acts","user":"ana","key":""}"#, "bad_value", "1 to 200 bytes"),
    (
      #"{"type":"contact_writes","contact":"a","channel":"whatsap","text":"x"}"#,
      "unknown_channel", "did you mean 'whatsapp'?"
    ),
    (
      #"{"type":"contact_writes","contact":"","channel":"web","text":"x"}"#, "bad_value",
      "1 to 200"
    ),
    (#"{"type":"team_gains","team":"suport","user":"ana"}"#, "unknown_team", "'support'"),
    (#"{"type":"tags","contact":"a","tag":"lat","user":"ana"}"#, "unknown_tag", "'late'"),
    (
      #"{"type":"sets_field","contact":"a","field":"teer","value":"x","user":"ana"}"#,
      "unknown_field", "'tier'"
    ),
    (
      #"{"type":"sets_field","contact":"a","field":"tier","value":[1],"user":"ana"}"#, "wrong_kind",
      "got a list"
    ),
    (#"{"type":"workflow_stopped","workflow":"welcom"}"#, "unknown_workflow", "'welcome'"),
    (#"{"type":"opens","contact":"a"}"#, "missing_key", "either 'user' or 'program'"),
    (
      #"{"type":"opens","contact":"a","user":"ana","program":"api"}"#, "missing_key", "either"
    ),
    (#"{"type":"opens","contact":"a","program":"apy"}"#, "unknown_program", "'api'"),
    (
      #"{"type":"chooses_status","user":"ana","status":"onlin"}"#, "bad_value", "'online'"
    ),
    (#"{"type":"message_failed","message":-1}"#, "wrong_kind", "whole number"),
    (#"{"type":"message_failed","message":1.5}"#, "wrong_kind", "whole number"),
    (#"{"type":"service_fails","run":"rune-1"}"#, "bad_value", "such as 'run-3'"),
    (#"{"type":"service_answers","run":"run-1","status":99}"#, "bad_value", "from 100 to 599"),
    (#"{"type":"snoozes","contact":"a","user":"ana","for":-1}"#, "bad_value", "0 or more"),
    (
      #"{"type":"snoozes","contact":"a","user":"ana","for":1,"until":2}"#, "bad_value", "either"
    ),
    (#"{"type":"user_added","user":"ana"}"#, "name_taken", "'ana' already"),
    (#"{"type":"team_added","team":"sales"}"#, "name_taken", "'sales' already"),
    (#"{"type":"ai_agent_ends","run":"run-1","outcome":"sucess"}"#, "bad_value", "'success'"),
    (
      #"{"type":"comments","contact":"a","text":"x","mentions":[1],"user":"ana"}"#, "wrong_kind",
      "list of texts"
    ),
  ]

  @Test(arguments: senseless)
  func `are refused with what was expected`(body: String, reason: String, message: String) throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let reply = workspace.send(body)
    #expect(reply.status == 422, "\(reply.text)")
    #expect(reply.text.contains(#""reason":"\#(reason)""#), "\(reply.text)")
    #expect(reply.text.contains(message), "\(reply.text)")
    #expect(workspace.ask(.state).text.contains(#""sequence":0,"#))
  }

  @Test func `are refused as a whole and say which event it is`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let reply = workspace.send(
      "[\(writes("a")),\(#"{"type":"acts","user":"anna"}"#),\(writes("b"))]")
    #expect(reply.status == 422)
    #expect(reply.text.hasSuffix(#""event":1}}"#), "\(reply.text)")
    let late = workspace.send("[\(writes("a")),{\"type\":\"nothing\"}]")
    #expect(late.text.hasSuffix(#""event":1}}"#), "\(late.text)")
    #expect(workspace.ask(.state).text.contains(#""sequence":0,"#))
    #expect(workspace.ask(.contact("a")).status == 404)
  }

  @Test func `are those of more than a thousand events`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let act = #"{"type":"acts","user":"ana"}"#
    func batch(_ count: Int) -> String {
      "[" + Array(repeating: act, count: count).joined(separator: ",") + "]"
    }
    #expect(workspace.send(batch(1_000)).status == 200)
    #expect(workspace.send(batch(1_001)).status == 413)
    #expect(workspace.ask(.state).text.contains(#""sequence":1000,"#))
  }

  @Test func `of questions are answered with 404`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let reply = workspace.ask(.user("bem"))
    #expect(reply.status == 404 && reply.text.contains("did you mean 'ben'?"), "\(reply.text)")
    #expect(workspace.ask(.contact("x")).status == 404)
  }
}
