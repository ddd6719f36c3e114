import Foundation
import Testing

/// Scenarios that bring their own engine: only by leave, and nothing of it stays behind.
@Suite struct `A scenario with an engine of its own` {
  private static let shipped = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scenarios")

  private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"

  private static let hasPython = path.split(separator: ":").contains {
    FileManager.default.isExecutableFile(atPath: "\($0)/python3")
  }

  private func desk(_ command: String, strategies: String = "") -> String {
    """
    name: A desk
    duration: 3 h
    replications: 2
    \(command.isEmpty ? "" : "engine: {command: [\(command)], answer_within: 20 s}")
    contacts: {everyday: {arrivals: {poisson: 20 per hour}}}
    teams: {support: {agents: 3, reply_time: {exponential: 4 min}}}
    workflows: {assign: {trigger: {conversation_opened: {}}, steps: [assign_to: {team: support}]}}
    \(strategies)
    """
  }

  @Test func `is not run unasked`() throws {
    let place = try Workplace()
    let file = try place.write(desk("sh, -c, \"touch ran\""), to: "desk.yaml")
    let outcome = try Program.run("run", file, "--output", place.path("out"), "--quiet")
    #expect(outcome.code == 2)
    #expect(
      outcome.err
        == "switchboard: error: strategy 'default' runs the program 'sh -c touch ran' as its engine; "
        + "look at it, then allow it with --allow-command\n")
    #expect(try place.files(in: ".").keys.sorted() == ["desk.yaml"])
    // Who does not run it needs no leave: reading is no running.
    #expect(try Program.run("validate", file).code == 0)
    let one = try place.write(
      desk("", strategies: "strategies: {own: {}, theirs: {engine: {command: [sh]}}}"),
      to: "two.yaml")
    let own = try Program.run(
      "run", one, "--strategies", "own", "--output", place.path("out"), "--quiet")
    #expect(own.code == 0, "\(own.err)")
    #expect(
      try Program.run("compare", one, "--output", place.path("out"), "--quiet").code == 2)
    let plain = try place.write(desk(""), to: "plain.yaml")
    for way in [["run", plain, "--set"], ["sweep", plain, "--vary"]] {
      let outcome = try Program.run(
        way + ["engine={command: [touch, ran]}", "--output", place.path("out"), "--quiet"])
      #expect(outcome.code == 2, "\(way): \(outcome.err)")
      #expect(outcome.err.contains("--allow-command"), "\(way)")
    }
    #expect(try place.files(in: ".")["ran"] == nil)
  }

  @Test func `is checked and replayed only by leave`() throws {
    let place = try Workplace()
    let engine = #"""
      n=0
      while read -r line; do
        n=$((n+1)); touch ran
        if [ $n = 1 ]; then p='"protocol":1,'; else p=; fi
        printf '{"line":%s,%s"decisions":[]}\n' $n "$p"
      done
      """#
    _ = try place.write(engine, to: "idle.sh")
    let file = try place.write(desk("sh, idle.sh"), to: "desk.yaml")
    let checked = try Program.run("check", file)
    #expect(checked.code == 2)
    #expect(checked.err.contains("runs a program as its engine and is left out"))
    #expect(try place.files(in: ".")["ran"] == nil)
    let run = try Program.run(
      "run", file, "--output", place.path("out"), "--quiet", "--allow-command")
    #expect(run.code == 0, "\(run.err)")
    #expect(try place.files(in: ".")["ran"] != nil)
    // The leave that was given for the run does not hold for who replays it.
    try FileManager.default.removeItem(atPath: place.path("ran"))
    let unasked = try Program.run("replay", place.path("out"))
    #expect(unasked.code != 0 && unasked.err.contains("--allow-command"), "\(unasked.err)")
    #expect(try place.files(in: "out")["ran"] == nil)
    let replayed = try Program.run("replay", place.path("out"), "--allow-command")
    #expect(replayed.code == 0, "\(replayed.err)\(replayed.out)")
    #expect(try Program.run("check", file, "--allow-command").code == 0)
  }

  @Test func `says what went wrong with the last lines of the program`() throws {
    let place = try Workplace()
    let file = try place.write(desk("sh, broken.sh"), to: "desk.yaml")
    _ = try place.write("read line; echo 'no such table' >&2; exit 7\n", to: "broken.sh")
    let outcome = try Program.run(
      "run", file, "--output", place.path("out"), "--quiet", "--allow-command")
    #expect(outcome.code == 4)
    #expect(
      outcome.err == """
        switchboard: error: strategy 'default', replication 1: the engine 'sh broken.sh' ended by \
        itself with the exit code 7
        its last lines:
          no such table

        """)
    #expect(!FileManager.default.fileExists(atPath: place.path("out")))
  }

  @Test(.enabled(if: hasPython, "python3 is not there"))
  func `round robin in Python decides as the platform does`() throws {
    // Enough work for three agents that some wait and limits hold, through their breaks.
    let place = try Workplace()
    let low = try String(
      contentsOf: Self.shipped.appendingPathComponent("low-cost.yaml"), encoding: .utf8)
    let scarce = low.replacing("only_online: true}", with: "only_online: true, fewer_than: 4}")
    #expect(scarce != low)
    for (name, text, more) in [
      ("low", low, ["--duration", "2 h"]),
      ("scarce", scarce, ["--set", "agents=3", "--duration", "4 h"]),
    ] {
      for side in ["own", "python"] {
        let folder = "\(name)-\(side)"
        try FileManager.default.createDirectory(
          atPath: place.path("\(folder)/engines"), withIntermediateDirectories: true)
        try FileManager.default.copyItem(
          at: Self.shipped.appendingPathComponent("engines/round_robin.py"),
          to: place.folder.appendingPathComponent("\(folder)/engines/round_robin.py"))
        let engine = "engine: {command: [python3, engines/round_robin.py], answer_within: 60 s}\n"
        let file = try place.write(
          text + (side == "python" ? engine : ""), to: "\(folder)/desk.yaml")
        let outcome = try Program.run(
          ["run", file, "--output", place.path("\(folder)/out"), "--quiet", "--conversations"]
            + ["--replications", "2", "--allow-command"] + more,
          environment: ["PATH": Self.path])
        #expect(outcome.code == 0, "\(outcome.err)")
      }
      let own = try place.files(in: "\(name)-own/out")
      let python = try place.files(in: "\(name)-python/out")
      // The program goes with the result, so that the resolved scenario can be run again.
      #expect(Set(python.keys).subtracting(own.keys) == ["engines/round_robin.py"])
      for (file, bytes) in own where file.hasSuffix(".csv") {
        #expect(python[file] == bytes, "\(name)/\(file)")
      }
      let waits = String(decoding: own["summary.csv"] ?? Data(), as: UTF8.self)
      #expect(waits.contains("wait.mean"))
      func result(_ files: [String: Data], _ side: String) -> String {
        String(decoding: files["result.json"] ?? Data(), as: UTF8.self)
          .replacing("\(name)-\(side)", with: "")
          .replacing(",\"engine=python3 engines\\/round_robin.py\"", with: "")
          .replacing(",\"engine=python3 engines/round_robin.py\"", with: "")
          .replacing(#/"digest":"[0-9a-f]+"/#, with: "")
      }
      #expect(result(own, "own") == result(python, "python"), "\(name)")
    }
  }

  @Test func `an interruption ends the program too`() throws {
    let place = try Workplace()
    // It answers the hello, says who it is, and then never again.
    let hanging = """
      read line; echo '{"line":1,"protocol":1,"decisions":[]}'; read line; echo $$ > pid; sleep 1000
      """
    _ = try place.write(hanging + "\n", to: "hanging.sh")
    let file = try place.write(
      desk("sh, hanging.sh").replacing("20 s", with: "900 s"), to: "desk.yaml")
    let process = Process()
    process.executableURL = Program.url
    process.arguments = [
      "run", file, "--output", place.path("out"), "--quiet", "--allow-command", "--threads", "1",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    var number: pid_t?
    for _ in 0..<1_000 where number == nil {
      usleep(20_000)
      number = (try? place.read("pid")).flatMap {
        pid_t($0.trimmingCharacters(in: .whitespacesAndNewlines))
      }
    }
    let child = try #require(number)
    #expect(kill(child, 0) == 0)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    // Waited for by its parent, so not even its number is left.
    #expect(kill(child, 0) == -1 && errno == ESRCH)
  }
}
