import Testing

@testable import Service

/// An event and what its answer must contain.
private struct Example: Sendable, CustomTestStringConvertible {
  var before: [String] = []
  var event: String
  var expected: [String]
  var testDescription: String { event }

  init(_ event: String, _ expected: String..., after before: String...) {
    self.before = before
    self.event = event
    self.expected = expected
  }
}

private let ana = writes("ana")
private let webhook = #"{"type":"webhook_arrives","contact":"ana","webhook":"talk"}"#
private let shortcut =
  #"{"type":"uses_shortcut","contact":"ana","shortcut":"look up","user":"ben"}"#

private let examples: [Example] = [
  Example(
    writes("zoe"), #""type":"contact_writes","contact":"zoe""#, #""effect":"created""#,
    #""effect":"opened","conversation":1,"source":"contact","new":true"#,
    #""effect":"run_started","run":"run-0","workflow":"welcome""#,
    #""effect":"message","message":1,"channel":"whatsapp","run":"run-0","text":"Hello!""#,
    #""effect":"assigned","to":"ana","from":null,"reason":"logic","by":"workflow:welcome","decision":1"#
  ),
  Example(
    #"{"type":"contact_sends_attachment","contact":"zoe","channel":"web"}"#,
    #""effect":"opened""#),
  Example(
    #"{"type":"channel_greets","contact":"zoe","channel":"web"}"#,
    #""effects":[{"effect":"created"}]"#),
  Example(
    #"{"type":"contact_clicks_ad","contact":"zoe","channel":"web","ad":"spring"}"#,
    #""source":"ctc_ads""#),
  Example(
    #"{"type":"contact_uses_widget","contact":"zoe","channel":"web"}"#,
    #""source":"growth_widget""#),
  Example(
    #"{"type":"opens","contact":"kim","user":"ben"}"#, #""source":"user""#,
    after: #"{"type":"contact_added","contact":"kim"}"#),
  Example(
    #"{"type":"closes","contact":"ana","user":"ben","category":"solved","summary":"ok"}"#,
    #""effect":"closed","conversation":1,"source":"user","category":"solved""#, after: ana),
  Example(
    #"{"type":"closes","contact":"ana","program":"api"}"#, #""source":"api""#, after: ana),
  Example(
    #"{"type":"assigns","contact":"ana","to":"dora","user":"max"}"#,
    #""to":"dora","from":"ana","reason":"chosen","by":"user:max""#, after: ana),
  Example(
    #"{"type":"assigns","contact":"ana","to":null,"program":"api"}"#,
    #""to":null,"from":"ana""#, #""by":"program:api""#, after: ana),
  Example(
    #"{"type":"tags","contact":"ana","tag":"late","user":"ben"}"#,
    #""effect":"tag","tag":"late","action":"added","by":"user:ben""#, after: ana),
  Example(
    #"{"type":"sets_field","contact":"ana","field":"age","value":41,"user":"ben"}"#,
    #""effect":"field","field":"age","value":41,"by":"user:ben""#, after: ana),
  Example(
    #"{"type":"sends","contact":"ana","text":"\"Yes\"\n\u00e9","user":"ben"}"#,
    #""effect":"message","message":2,"channel":"whatsapp","user":"ben","text":"\"Yes\"\né""#,
    after: ana),
  Example(
    #"{"type":"comments","contact":"ana","text":"look","mentions":["dora"],"user":"ben"}"#,
    #""effect":"comment","text":"look","by":"user:ben""#,
    #""effect":"mention","user":"dora","by":"user:ben""#, after: ana),
  Example(
    #"{"type":"snoozes","contact":"ana","user":"ben","for":60}"#, #""effect":"snoozed""#,
    after: ana),
  Example(
    #"{"type":"snoozes","contact":"ana","user":"ben","until":7200.5}"#, #""effect":"snoozed""#,
    after: ana),
  Example(
    #"{"type":"unsnoozes","contact":"ana","user":"ben"}"#, #""effect":"unsnoozed""#,
    after: ana, #"{"type":"snoozes","contact":"ana","user":"ben"}"#),
  Example(#"{"type":"blocks","contact":"ana","user":"ben"}"#, #""effect":"blocked""#, after: ana),
  Example(
    #"{"type":"unblocks","contact":"ana","user":"ben"}"#, #""effect":"unblocked""#,
    after: ana, #"{"type":"blocks","contact":"ana","user":"ben"}"#),
  Example(
    #"{"type":"merges","contact":"ana","absorbing":"eve","user":"max"}"#,
    #""effect":"merged","into":"ana""#, #""effect":"closed","contact":"eve""#,
    after: ana, writes("eve")),
  Example(shortcut, #""effect":"call","run":"run-1","method":"GET""#, after: ana),
  Example(
    #"{"type":"ejects","contact":"ana","workflow":"welcome","user":"max"}"#,
    #""effect":"run_ended","run":"run-0","workflow":"welcome","reason":"ejected""#, after: ana),
  Example(
    #"{"type":"broadcasts","contact":"ana","channel":"whatsapp","text":"News"}"#,
    #""broadcast":true,"text":"News""#, after: ana),
  Example(webhook, #""effect":"ai_agent","run":"run-1""#, after: ana),
  Example(
    #"{"type":"imports","contact":"new","fields":{"tier":"gold"},"tags":["late"],"program":"api"}"#,
    #""effect":"field","field":"tier","value":"gold""#, #""tag":"late""#),
  Example(
    #"{"type":"distributes","contact":"ana","team":"sales","logic":"least_open"}"#,
    #""to":"dora","from":"ana""#, after: ana),
  Example(
    #"{"type":"chooses_status","user":"ana","status":"busy"}"#,
    #""effect":"status","user":"ana","from":"online","to":"busy""#),
  Example(#"{"type":"logs_out","user":"ana"}"#, #""from":"online","to":"offline""#),
  Example(
    #"{"type":"logs_in","user":"ana"}"#, #""from":"offline","to":"online""#,
    after: #"{"type":"logs_out","user":"ana"}"#),
  Example(#"{"type":"acts","user":"ana"}"#, #""effects":[]}"#),
  Example(
    #"{"type":"user_added","user":"nina","role":"agent","sees":"own","weight":2,"limit":3}"#,
    #""effects":[]}"#),
  Example(
    #"{"type":"user_removed","user":"ana"}"#, #""reason":"user_removed""#, after: ana),
  Example(#"{"type":"team_added","team":"night"}"#, #""effects":[]}"#),
  Example(
    #"{"type":"team_gains","team":"sales","user":"max"}"#, #""effects":[]}"#),
  Example(#"{"type":"team_loses","team":"support","user":"ana"}"#, #""effects":[]}"#),
  Example(
    #"{"type":"workflow_stopped","workflow":"welcome"}"#, #""reason":"stopped""#, after: ana),
  Example(
    #"{"type":"workflows_published","workflows":["welcome"]}"#, #""effects":[]}"#,
    after: #"{"type":"workflow_stopped","workflow":"welcome"}"#),
  Example(#"{"type":"auto_close_set","after":3600}"#, #""effects":[]}"#),
  Example(#"{"type":"auto_close_set","after":null}"#, #""effects":[]}"#),
  Example(
    #"{"type":"contact_added","contact":"kim","tags":["late"],"conversations":2,"assignee":"ana"}"#,
    #""effect":"created""#),
  Example(
    #"{"type":"contact_forgotten","contact":"kim"}"#, #""effect":"forgotten""#,
    after: #"{"type":"contact_added","contact":"kim"}"#),
  Example(#"{"type":"message_delivered","message":1}"#, #""contact":"ana""#, after: ana),
  Example(
    #"{"type":"message_failed","message":1}"#,
    #""effect":"run_ended","run":"run-0","workflow":"welcome","reason":"send_failed""#, after: ana),
  Example(
    #"{"type":"service_answers","run":"run-1","status":200,"body":{"tier":"gold","more":[1,{}]}}"#,
    #""effect":"comment","text":"gold 200""#, after: ana, shortcut),
  Example(
    #"{"type":"service_fails","run":"run-1"}"#, #""contact":"ana""#, after: ana, shortcut),
  Example(
    #"{"type":"ai_agent_ends","run":"run-1","outcome":"success"}"#,
    #""effect":"run_ended","run":"run-1","workflow":"talk""#, after: ana, webhook),
]

@Suite struct `Events of a live workspace` {
  @Test(arguments: examples)
  fileprivate func `are answered with what came of them`(example: Example) throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    for event in example.before {
      let reply = workspace.send(event)
      #expect(reply.status == 200 && !reply.text.contains("refused"), "\(reply.text)")
    }
    let reply = workspace.send(example.event)
    #expect(reply.status == 200)
    #expect(!reply.text.contains("refused"), "\(reply.text)")
    for part in example.expected { #expect(reply.text.contains(part), "\(reply.text)") }
    #expect(workspace.ask(.check).text == #"{"holds":true,"violations":[]}"#)
  }

  @Test func `are examples of every type but one`() {
    let shown = Set(examples.map { $0.event.split(separator: "\"")[3] })
    let missing = EventKind.requestable.map(\.name).filter { !shown.contains(Substring($0)) }
    // Where the engine itself decides nobody is asked.
    #expect(missing == ["decides"])
  }

  private static let refusals: [(event: String, reason: String, message: String)] = [
    (#"{"type":"closes","contact":"nobody","user":"ben"}"#, "unknown_contact", "'nobody'"),
    (
      #"{"type":"merges","contact":"ana","absorbing":"nobody","user":"ben"}"#, "unknown_contact",
      "'nobody'"
    ),
    (#"{"type":"contact_added","contact":"ana"}"#, "id_out_of_turn", "'ana' is there already"),
    (#"{"type":"message_failed","message":99}"#, "unknown_message", "message 99"),
    (#"{"type":"service_fails","run":"run-77.3"}"#, "stale_run", "run-77.3"),
    (
      #"{"type":"chooses_status","user":"ana","status":"offline"}"#, "offline_is_not_chosen",
      "'ana'"
    ),
    (
      #"{"type":"team_gains","team":"sales","user":"ana"}"#, "already_in_team",
      "'ana' is in 'support'"
    ),
    (#"{"type":"contact_forgotten","contact":"ana"}"#, "contact_in_use", "'ana' has"),
    (
      #"{"type":"uses_shortcut","contact":"ana","shortcut":"dance","user":"ben"}"#,
      "unknown_shortcut", "dance"
    ),
    (#"{"type":"workflows_published","workflows":["talk"]}"#, "workflow_published", "'talk'"),
  ]

  @Test(arguments: refusals)
  func `that the engine refuses are answered with why`(
    event: String, reason: String, message: String
  ) throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    _ = workspace.send(writes("ana"))
    let reply = workspace.send(event)
    #expect(reply.status == 200)
    #expect(reply.text.contains(#""effects":[],"refused":{"reason":"\#(reason)""#), "\(reply.text)")
    #expect(reply.text.contains(message), "\(reply.text)")
    #expect(workspace.metrics.sequence == 2)
  }

  @Test func `come as one or as several, and are answered alike`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let one = workspace.send(writes("a")).text
    #expect(one.hasPrefix(#"{"sequence":1,"at":0,"#))
    let several = workspace.send("[\(writes("b")), \(writes("c"))]").text
    #expect(several.hasPrefix(#"[{"sequence":2,"#) && several.hasSuffix("}]"))
    #expect(several.contains(#"},{"sequence":3,"at":0,"type":"contact_writes","contact":"c""#))
    desk.clock.advance(seconds: 1.25)
    #expect(workspace.send(writes("d")).text.contains(#""at":1.25,"#))
  }

  @Test func `of one request may name what an earlier one makes`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let reply = workspace.send(
      """
      [{"type":"user_added","user":"nina"},{"type":"team_added","team":"night"},
       {"type":"team_gains","team":"night","user":"nina"},\(writes("zoe")),
       {"type":"assigns","contact":"zoe","to":"nina","user":"nina"}]
      """)
    #expect(reply.status == 200 && !reply.text.contains("refused"), "\(reply.text)")
    #expect(reply.text.contains(#""to":"nina""#))
    #expect(workspace.ask(.user("nina")).text.contains(#""team":"night""#))
  }

  @Test func `leave the name of a merged contact to the one that remains`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    _ = workspace.send("[\(writes("a")),\(writes("b"))]")
    _ = workspace.send(#"{"type":"merges","contact":"a","absorbing":"b","user":"max"}"#)
    let reply = workspace.send(writes("b", "again"))
    #expect(!reply.text.contains("created"), "\(reply.text)")
    #expect(workspace.ask(.contact("b")).text.hasPrefix(#"{"contact":"a""#))
    #expect(workspace.ask(.state).text.contains(#""contacts":1,"#))
  }

  @Test func `make a forgotten contact anew under its name`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    _ = workspace.send(#"{"type":"contact_added","contact":"kim"}"#)
    _ = workspace.send(#"{"type":"contact_forgotten","contact":"kim"}"#)
    #expect(workspace.ask(.contact("kim")).status == 404)
    #expect(workspace.send(writes("kim")).text.contains(#""effect":"created""#))
  }
}
