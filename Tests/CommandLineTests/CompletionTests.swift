import Foundation
import Testing

/// What a shell is told may stand next.
@Suite struct `Completion` {
  private static let scenario = Program.root.appendingPathComponent("Scenarios/support-desk.yaml")
    .path

  private static func candidates(_ words: String...) throws -> [String] {
    let result = try Program.run(["complete"] + words)
    #expect(result.code == 0 && result.err.isEmpty)
    return result.out.split(separator: "\n").map(String.init)
  }

  @Test func `commands, options, topics and shells`() throws {
    #expect(try Self.candidates("comp") == ["compare"] + ["completion"])
    #expect(try Self.candidates("sweep", "--me") == ["--metric"])
    #expect(try Self.candidates("help", "metr") == ["metrics"])
    #expect(try Self.candidates("completion", "") == ["bash", "zsh", "fish"])
    #expect(try Self.candidates("new", "x", "--template", "v") == ["vip"])
    #expect(try Self.candidates("run", "x", "--format", "") == ["text", "json"])
  }

  @Test func `strategies and parameters of the scenario on the line`() throws {
    let file = Self.scenario
    #expect(
      try Self.candidates("compare", file, "--strategies", "")
        == ["round robin", "least open", "look first"])
    #expect(try Self.candidates("run", file, "--set", "ag") == ["agents="])
    #expect(
      try Self.candidates("sweep", file, "--vary", "teams.support.rep").allSatisfy {
        $0.hasPrefix("teams.support.reply_time")
      })
    // A shell takes the signs for words of their own.
    for words in [
      ["--set", "logic=le"], ["--set=logic=le"], ["--set", "logic", "=", "le"],
      ["--set", "=", "logic", "=", "le"],
    ] {
      let result = try Program.run(["complete", "run", file] + words)
      #expect(result.out == "least_open\nleast_unanswered\n", "\(words)")
    }
  }

  @Test func `where a file may stand, and for nonsense, nothing is told`() throws {
    #expect(try Self.candidates("run", "Scen") == [])
    #expect(try Self.candidates("run", "gone.yaml", "--set", "a") == [])
    #expect(try Self.candidates("nonsense", "x") == [])
  }

  @Test(arguments: ["bash", "zsh", "fish"]) func `a shell takes its script`(shell: String) throws {
    let script = try Program.run("completion", shell).out
    let path = ["/usr/bin/\(shell)", "/bin/\(shell)"].first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    guard let path else {
      print("no \(shell) here; its script is not tried")
      return
    }
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).\(shell)")
    try script.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let result = try Program.run(["-n", file.path], program: URL(fileURLWithPath: path))
    #expect(result.code == 0, "\(result.err)")
  }

  @Test func `bash completes a strategy with blanks in its name`() throws {
    let script = """
      PATH=\(Program.url.deletingLastPathComponent().path):$PATH
      source <(switchboard completion bash)
      COMP_WORDS=(switchboard compare '\(Self.scenario)' --strategies r); COMP_CWORD=4
      _switchboard; printf '%s\\n' "${COMPREPLY[@]}"
      """
    let result = try Program.run(
      ["-c", script], program: URL(fileURLWithPath: "/bin/bash"))
    #expect(result.out == "round\\ robin\n", "\(result.err)")
  }
}
