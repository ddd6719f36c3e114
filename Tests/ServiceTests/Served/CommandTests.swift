import Engine
import Foundation
import Glibc
import Testing

@testable import Service

@Suite(.serialized) struct `The command serve` {
  /// A journal with a few events in it.
  private func desk(events: Int = 5) throws -> TestDesk {
    let desk = try TestDesk()
    let workspace = try desk.open()
    for index in 0..<events { _ = workspace.send(writes("c\(index)", key: "k\(index)")) }
    workspace.shutDown()
    return desk
  }

  /// Runs `serve`, which must end by itself with a code and say some words.
  private func expectEnd(
    _ code: Int32, _ words: [String], of arguments: [String],
    environment: [String: String] = [:]
  ) throws {
    let ended = try BuiltProgram(["serve"] + arguments, environment: environment).outcome()
    #expect(ended.code == code, "\(arguments): \(ended)")
    for word in words { #expect(ended.err.contains(word), "\(ended)") }
    #expect(ended.out.isEmpty)
  }

  @Test func `needs a journal, and says so`() throws {
    let desk = try TestDesk()
    try expectEnd(2, ["serve needs a journal: --journal FILE"], of: [desk.scenarioFile])
    try expectEnd(2, ["serve needs a journal"], of: [])
  }

  @Test func `needs a port that is free`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    let other = desk.path("other.db")
    try expectEnd(
      2, ["127.0.0.1:\(served.port) is in use by another program", "--port"],
      of: [desk.scenarioFile, "--journal", other, "--port", "\(served.port)"])
    #expect(try served.post(writes("ana")).status == 200)
    try expectEnd(2, ["--port"], of: [desk.scenarioFile, "--journal", other, "--port", "65536"])
    try expectEnd(
      2, ["no address of this machine"],
      of: [desk.scenarioFile, "--journal", other, "--address", "127.0.0.300"])
  }

  @Test func `takes a journal of its own scenario alone`() throws {
    let desk = try desk()
    let other = try TestDesk(TestDesk.scenario.replacing("Small desk", with: "Other desk"))
    try expectEnd(
      3, ["a journal of the scenario 'Small desk', not of 'Other desk'"],
      of: [other.scenarioFile, "--journal", desk.journal])
    let changed = try TestDesk(TestDesk.scenario.replacing("carla", with: "clara"))
    try expectEnd(
      3, ["an earlier state of the scenario 'Small desk'", "users, teams or workflows"],
      of: [changed.scenarioFile, "--journal", desk.journal])
    try expectEnd(
      3, ["no-such.yaml"], of: [desk.path("no-such.yaml"), "--journal", desk.journal])
  }

  @Test func `says how to save a damaged journal, and saves it`() throws {
    let desk = try desk()
    try desk.edit("UPDATE events SET result = '{}' WHERE sequence = 4; DELETE FROM snapshots")
    let words = [desk.scenarioFile, "--journal", desk.journal]
    try expectEnd(3, ["event 4", "checksum", "--salvage NEW"], of: words)
    let saved = desk.path("saved.db")
    let salvaged = try BuiltProgram(["serve"] + words + ["--salvage", saved]).outcome()
    #expect(salvaged.code == 0, "\(salvaged)")
    #expect(salvaged.out.contains("3 events"))
    #expect(salvaged.out.contains("event 4"))
    let served = try ServedDesk([desk.scenarioFile, "--journal", saved])
    #expect(try served.post(writes("zoe")).text.hasPrefix(#"{"sequence":4,"#))
    try expectEnd(3, [saved], of: words + ["--salvage", saved])
    #expect(served.end().code == 0)
    // What is in a journal already is not written over.
    try expectEnd(3, [saved], of: words + ["--salvage", saved])
    #expect(try SQLiteJournal(path: saved).journal.entries.count == 4)
  }

  @Test func `tells what is no journal`() throws {
    let desk = try TestDesk()
    let file = desk.path("garbage")
    var dice = ServedDice(1)
    try Data((0..<9_000).map { _ in UInt8(truncatingIfNeeded: dice.next()) }).write(
      to: URL(filePath: file))
    let before = try Data(contentsOf: URL(filePath: file))
    for words in [[desk.scenarioFile], []] {
      try expectEnd(3, ["this is no journal of a workspace"], of: words + ["--journal", file])
    }
    let text = desk.path("text")
    try "Dear diary, this is a text that is long enough to be something.\n".write(
      toFile: text, atomically: true, encoding: .utf8)
    try expectEnd(3, ["this is no journal"], of: [desk.scenarioFile, "--journal", text])
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
    // A folder, and one that is not there: that is how it was asked, not what is in it.
    try expectEnd(2, [desk.folder.path], of: [desk.scenarioFile, "--journal", desk.folder.path])
    let nowhere = desk.path("no/such/x.db")
    try expectEnd(2, [nowhere], of: [desk.scenarioFile, "--journal", nowhere])
  }

  @Test func `needs a token where others can reach it`() throws {
    let desk = try TestDesk()
    let words = [desk.scenarioFile, "--journal", desk.journal, "--address", "0.0.0.0"]
    try expectEnd(2, ["a token is needed", "SWITCHBOARD_TOKEN", "--token-file"], of: words)
    let environment = ["SWITCHBOARD_TOKEN": "a secret"]
    let served = try ServedDesk(words, environment: environment, token: "a secret")
    #expect(try served.ask("GET", "/v1/state").status == 200)
    #expect(try served.post(writes("ana")).status == 200)
    let address = try #require(ServiceAddress(served.url))
    for token in [nil, "a secre", "a secret ", "A secret", ""] {
      let asked = HTTPConnection(address, token: token)
      for path in ["/v1/state", "/openapi.json", "/metrics", "/nowhere"] {
        #expect(asked.ask("GET", path)?.status == 401, "\(path) with \(token ?? "no token")")
      }
    }
    try "a secret\nand more\n".write(
      toFile: desk.path("token"), atomically: true, encoding: .utf8)
    #expect(served.end().code == 0)
    let second = try ServedDesk(
      words + ["--token-file", desk.path("token")], token: "a secret")
    #expect(try second.ask("GET", "/v1/state").status == 200)
    try expectEnd(
      2, ["--token-file", "has no token"], of: words + ["--token-file", desk.path("none")])
  }

  @Test func `has a journal for itself`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    #expect(try served.post(writes("ana")).status == 200)
    for words in [[desk.scenarioFile], []] {
      try expectEnd(
        2, ["another process has it open"],
        of: words + ["--journal", desk.journal, "--port", "0"])
    }
    #expect(try served.post(writes("ana")).status == 200)
    #expect(served.end().code == 0)
    #expect(try SQLiteJournal(path: desk.journal).journal.entries.count == 2)
  }

  @Test func `goes on with a journal without its scenario, and makes none so`() throws {
    let desk = try desk()
    try expectEnd(
      2, ["there is no such journal", "serve SCENARIO --journal FILE"],
      of: ["--journal", desk.path("new.db")])
    #expect(!FileManager.default.fileExists(atPath: desk.path("new.db")))
    let served = try ServedDesk(["--journal", desk.journal])
    #expect(try served.post(writes("c0", key: "k0")).text.contains(#""repeated":true"#))
    #expect(try served.ask("GET", "/v1/state").text.contains(#""scenario":"Small desk""#))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `ends in order when it is told to`(signal: Int32) throws {
    let desk = try desk()
    var answers: [String] = []
    for turn in 0..<2 {
      let served = try ServedDesk(desk)
      answers.append(try served.ask("GET", "/v1/contacts/c3").text)
      if turn == 1 {
        #expect(served.program.err.contains("snapshot"), "\(served.program.err)")
        #expect(try served.ask("GET", "/v1/state").text.contains(#""sequence":6,"#))
      } else {
        #expect(try served.post(writes("zoe")).status == 200)
      }
      // Who follows and who is connected and silent hold nothing up.
      let follower = try served.connection()
      #expect(follower.follow("/v1/stream"))
      let idle = try served.connection()
      #expect(idle.connect())
      let start = steadySeconds()
      let ended = served.end(signal)
      #expect(ended.code == 0, "\(ended)")
      #expect(steadySeconds() - start < 2)
      #expect(follower.nextEvent() == nil && follower.isBroken)
    }
    #expect(answers[0] == answers[1])
  }

  @Test func `has several workspaces, each with its journal and its path`() throws {
    let desk = try TestDesk()
    let folder = desk.path("journals")
    let words = [
      desk.scenarioFile, "--journal", folder, "--workspace", "north", "--workspace", "süd-2",
    ]
    for turn in 0..<2 {
      let served = try ServedDesk(words)
      #expect(try served.ask("GET", "/v1/workspaces").text == #"["north","süd-2"]"#)
      let north = "/v1/workspaces/north"
      for (path, next) in [(north, 1 + 2 * turn), ("/v1/workspaces/s%C3%BCd-2", 1 + turn)] {
        let posted = try served.ask("POST", path + "/events", body: writes("ana"))
        #expect(posted.text.hasPrefix(#"{"sequence":\#(next),"#), "\(posted)")
        try served.expectSound(path + "/check")
      }
      #expect(try served.ask("POST", north + "/events", body: writes("ben")).status == 200)
      #expect(try served.ask("GET", north + "/contacts/ben").status == 200)
      #expect(try served.ask("GET", "/v1/workspaces/s%C3%BCd-2/contacts/ben").status == 404)
      for path in ["/v1/state", "/v1/check", "/v1/workspaces/west/state", "/v1/workspaces"] {
        let status = try served.ask("GET", path).status
        #expect(status == (path == "/v1/workspaces" ? 200 : 404), "\(path)")
      }
      #expect(try served.post(writes("ana")).status == 404)
      #expect(served.end().code == 0)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(files.filter { $0.hasSuffix(".db") }.sorted() == ["north.db", "süd-2.db"])
    for (names, said) in [
      (["a", "a"], "names one twice"), (["a", "../b"], "letters, digits"),
      (["a", ".b"], "letters"),
    ] {
      try expectEnd(
        2, [said],
        of: [desk.scenarioFile, "--journal", folder] + names.flatMap { ["--workspace", $0] })
    }
  }

  @Test func `says when it may not write where its journal is`() throws {
    let desk = try desk()
    let folder = desk.path("closed")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true)
    let inside = folder + "/desk.db"
    try FileManager.default.copyItem(atPath: desk.journal, toPath: inside)
    defer { chmod(folder, 0o755) }
    chmod(inside, 0o444)
    chmod(folder, 0o555)
    let begin = [desk.scenarioFile, "--journal"]
    for (words, said) in [
      ([inside], inside), ([folder + "/new.db"], folder),
      ([folder + "/new", "--workspace", "a", "--workspace", "b"], folder),
    ] {
      let ended = try BuiltProgram(["serve"] + begin + words, isHeldToRights: true).outcome()
      #expect(ended.code == 2, "\(words): \(ended)")
      #expect(ended.err.contains(said), "\(ended)")
      #expect(ended.err.split(separator: "switchboard: error: ").count == 2, "\(ended)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["desk.db"])
  }
}
