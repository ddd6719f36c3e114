import Engine
import Testing
import World

@testable import Service

@Suite struct `A service as a load test speaks to it` {
  @Test(
    arguments: [
      ("http://127.0.0.1:8080", "127.0.0.1", 8_080, "/v1"),
      ("http://localhost", "localhost", 80, "/v1"),
      ("http://[::1]:99/v1/workspaces/a/", "::1", 99, "/v1/workspaces/a"),
    ] as [(String, String, UInt16, String)])
  func `an address is read`(text: String, host: String, port: UInt16, base: String) throws {
    let address = try #require(ServiceAddress(text))
    #expect(address.host == host && address.port == port && address.base == base)
  }

  @Test(
    arguments: [
      "", "localhost:80", "https://x", "http://", "http://x:99999", "http://x:y", "http://x/a b",
    ])
  func `what is no address is none`(text: String) {
    #expect(ServiceAddress(text) == nil)
  }

  private func names() throws -> RemoteNames {
    RemoteNames(try desk().model, prefix: "load-7-9")
  }

  @Test func `a contact's name leads back to the contact, a stranger's does not`() throws {
    let names = try names()
    let back = try #require(names.person(names.contact(12, 3)))
    #expect(back.person == 12 && back.stay == 3)
    for name in [
      "anna", "load-7-9", "load-7-9-1", "load-7-9-1-2-3", "load-7-8-1-2", "load-7-9-x-2",
    ] {
      #expect(names.person(name) == nil, "\(name)")
    }
  }

  @Test func `operations are said as the service takes them`() throws {
    let names = try names()
    func said(_ operation: LoadOperation, _ profile: ContactProfile? = nil) -> String {
      String(decoding: names.events(operation, profile), as: UTF8.self)
    }
    #expect(
      said(LoadOperation(.messageIn, of: 1, stay: 2, due: 0))
        == #"{"type":"contact_writes","contact":"load-7-9-1-2","channel":"chat","text":"Hello"}"#)
    #expect(
      said(LoadOperation(.reply, of: 1, stay: 2, by: UserID(0), due: 0))
        == #"{"type":"sends","contact":"load-7-9-1-2","user":"support-1","text":"Answer"}"#)
    #expect(
      said(LoadOperation(.status, of: 1, by: UserID(1), status: .busy, due: 0))
        == #"{"type":"chooses_status","user":"support-2","status":"busy"}"#)
    #expect(
      said(
        LoadOperation(.messageIn, of: 1, stay: 2, due: 0), ContactProfile(earlierConversations: 1)
      )
      .hasPrefix(
        #"[{"type":"contact_added","contact":"load-7-9-1-2","fields":{},"conversations":1},"#))
    for kind in OperationKind.allCases where kind != .timer {
      let body = names.events(LoadOperation(kind, of: 1, stay: 2, by: UserID(0), due: 0), nil)
      #expect(throws: Never.self) { _ = try EventDraft.read(body) }
    }
  }

  @Test func `what came of an event is heard, whoever it is about`() throws {
    let reader = RemoteReader(
      names: try names(), clock: LoadClock(speed: 1, start: 0), path: "/v1/events")
    var told = ContiguousArray<LoadNotice>()
    let result = """
      [{"sequence":4,"at":1,"type":"closes","contact":"load-7-9-1-2","effects":[
        {"effect":"closed","conversation":1},
        {"effect":"assigned","contact":"load-7-9-5-1","to":"support-2","from":null},
        {"effect":"assigned","contact":"anna","to":"support-2","from":null},
        {"effect":"message","message":3,"text":"{\\"effect\\":\\"closed\\"}"}]},
       {"sequence":5,"at":1,"type":"closes","contact":"x","refused":{"reason":"unknown_contact"}}]
      """
    #expect(reader.read(Array(result.utf8), at: 5, into: &told) == 1)
    #expect(told.map(\.kind) == [.closed, .gone, .assigned])
    #expect(told.map(\.person) == [1, 1, 5])
    #expect(told.map(\.user) == [nil, nil, UserID(1)])
    told = []
    #expect(reader.read(Array("nonsense".utf8), at: 5, into: &told) == 1)
    #expect(told.isEmpty)
  }
}
