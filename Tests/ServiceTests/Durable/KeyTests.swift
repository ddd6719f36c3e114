import Foundation
import Testing

@testable import Service

@Suite struct `An event with a key` {
  private let again = "\"repeated\":true}"

  @Test func `is carried out once, whoever asks again`() throws {
    let desk = try TestDesk()
    var workspace = try desk.open()
    let first = workspace.send(writes("ana", key: "k1"))
    let second = workspace.send(writes("ana", key: "k1"))
    #expect(second.status == 200)
    #expect(second.text == first.text.dropLast() + "," + again)
    // White space and order of the members do not matter, and where the key stands neither.
    let other = workspace.send(
      #" { "text":"Hi", "channel" : "whatsapp", "contact":"an\u0061","type":"contact_writes"}"#,
      key: "k1")
    #expect(other == second)
    workspace.shutDown()
    workspace = try desk.open()
    #expect(workspace.send(writes("ana", key: "k1")) == second)
    #expect(workspace.ask(.state).text.contains(#""sequence":1,"#))
    workspace.shutDown()
    workspace = try desk.open()
    #expect(workspace.send(writes("ana", key: "k1")) == second)
    workspace.shutDown()
  }

  @Test func `is not taken with something else in it`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    _ = workspace.send(writes("ana", key: "k1"))
    for body in [
      writes("ana", "other", key: "k1"), writes("ben", key: "k1"),
      "[\(writes("zoe")),\(writes("ana", "other", key: "k1"))]",
      "[\(writes("zoe", key: "k2")),\(writes("zoe", "other", key: "k2"))]",
    ] {
      let reply = workspace.send(body)
      #expect(reply.status == 422 && reply.text.contains("key_reused"), "\(reply.text)")
    }
    #expect(workspace.ask(.state).text.contains(#""sequence":1,"#))
  }

  @Test func `may come twice in one request`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let event = writes("ana", key: "k1")
    let reply = workspace.send("[\(event),\(writes("ana")),\(event)]")
    #expect(reply.status == 200 && reply.text.hasSuffix(again + "]"), "\(reply.text)")
    let next = workspace.send("[\(event),\(writes("ana"))]")
    #expect(next.text.contains(again + #",{"sequence":3,"#), "\(next.text)")
    #expect(workspace.metrics.repeated == 2)
    #expect(workspace.metrics.events == 3)
  }

  @Test func `that the engine refused is refused again`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let body = #"{"key":"k","type":"closes","contact":"ana","user":"ben"}"#
    let first = workspace.send(body)
    _ = workspace.send(writes("ana"))
    #expect(first.text.contains("refused"))
    #expect(workspace.send(body).text == first.text.dropLast() + "," + again)
  }

  @Test func `may have it from the request`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    defer { workspace.shutDown() }
    let batch = "[\(writes("a")),\(writes("b")),\(writes("c"))]"
    let first = workspace.send(batch, key: "r")
    let second = workspace.send(batch, key: "r")
    #expect(second.text.components(separatedBy: again).count == 4, "\(second.text)")
    #expect(first.text == second.text.replacing("," + again, with: "}"))
    for (body, status) in [
      ("[\(writes("a")),\(writes("b"))]", 422), ("[\(writes("a"))]", 422),
      ("[\(writes("a")),\(writes("b")),\(writes("c")),\(writes("d"))]", 422),
      ("[\(writes("a", key: "own"))]", 422), (writes("a", key: "own"), 422),
      (writes("a", key: "r2"), 422),
    ] {
      #expect(workspace.send(body, key: "r").status == status, "\(body)")
    }
    #expect(workspace.ask(.state).text.contains(#""sequence":3,"#))
  }
}
