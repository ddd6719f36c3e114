import Foundation
import Testing

@Suite struct `What compare leaves behind` {
  /// Starts the program and interrupts it once it is at work.
  private func interrupted(_ bay: Bay, _ words: String...) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = Program.url
    process.arguments = ["compare", bay.scenario, "--output", bay.output] + words
    process.environment = ["PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"]
    let out = bay.folder.appendingPathComponent("stdout")
    let err = bay.folder.appendingPathComponent("stderr")
    for file in [out, err] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: err)
    try process.run()
    // The draft of the folder appears right before the first run.
    let limit = Date().addingTimeInterval(60)
    while Date() < limit, try !hasDraft(bay) { Thread.sleep(forTimeInterval: 0.01) }
    Thread.sleep(forTimeInterval: 1)
    process.interrupt()
    process.waitUntilExit()
    return Program.Outcome(
      code: process.terminationStatus, out: try String(contentsOf: out, encoding: .utf8),
      err: try String(contentsOf: err, encoding: .utf8))
  }

  private func hasDraft(_ bay: Bay) throws -> Bool {
    try FileManager.default.contentsOfDirectory(atPath: bay.folder.path)
      .contains { $0.hasPrefix(".switchboard-") }
  }

  @Test func `an interruption leaves an exact result of fewer runs, marked as partial`() throws {
    let bay = try Bay()
    let outcome = try interrupted(bay, "--replications", "1000000", "--format", "json")
    #expect(outcome.code == 130, "\(outcome.err)")
    let answer = try Bay.json(outcome)
    let partial = try #require(answer["partial"] as? [String: Any])
    #expect(partial["requested_runs"] as? Int == 3_000_000)
    let count = try #require(answer["replications"] as? Int)
    #expect(count > 0 && count < 1_000_000)
    #expect(try bay.text("manifest.json").contains("\"partial\""))
    #expect(try !hasDraft(bay))
    let command = try #require(answer["repeated_by"] as? String)
    #expect(command.contains("--replications \(count) "), "\(command)")
    #expect(!command.contains("1000000"))
    let again = try Bay.json(try bay.compare("--replications", "\(count)", "--format", "json"))
    #expect(again["fingerprint"] as? String == answer["fingerprint"] as? String)
    #expect(again["partial"] == nil)
  }

  @Test func `a folder that is not ours is left alone`() throws {
    let bay = try Bay()
    let manager = FileManager.default
    try manager.createDirectory(atPath: bay.output, withIntermediateDirectories: false)
    try "mine".write(toFile: bay.output + "/letter.txt", atomically: true, encoding: .utf8)
    let outcome = try bay.compare()
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("holds 'letter.txt' and no manifest.json"), "\(outcome.err)")
    #expect(outcome.out.isEmpty)
    #expect(try manager.contentsOfDirectory(atPath: bay.output) == ["letter.txt"])
    #expect(try !hasDraft(bay))
  }

  @Test func `a place where no folder can be is told before anything runs`() throws {
    let bay = try Bay()
    let inFile = try Program.run(["compare", bay.scenario, "--output", bay.scenario + "/out"])
    #expect(inFile.code == 2)
    #expect(inFile.err.contains("cannot write"), "\(inFile.err)")
    #expect(inFile.err.contains("Choose another --output"), "\(inFile.err)")
    let file = try Program.run(["compare", bay.scenario, "--output", bay.scenario])
    #expect(file.code == 2)
    #expect(file.err.contains("is not a folder"), "\(file.err)")
    let system = try Program.run(["compare", bay.scenario, "--output", "/proc/switchboard"])
    #expect(system.code == 2)
    #expect(system.err.contains("cannot write"), "\(system.err)")
  }

  /// With this reply time the search for a warm-up would end with an error of its own.
  @Test func `the place is looked at before the search for a warm-up`() throws {
    let bay = try Bay("warmup: auto")
    let outcome = try Program.run([
      "compare", bay.scenario, "--output", bay.scenario + "/out",
      "--set", "teams.desk.reply_time=10 min",
    ])
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("cannot write"), "\(outcome.err)")
    #expect(!outcome.err.contains("half of the run"), "\(outcome.err)")
  }

  @Test func `a folder that may not be written is told`() throws {
    let bay = try Bay()
    let manager = FileManager.default
    let closed = bay.folder.appendingPathComponent("closed").path
    try manager.createDirectory(atPath: closed, withIntermediateDirectories: false)
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
    // Whoever may write everywhere anyway learns nothing from this.
    guard !manager.isWritableFile(atPath: closed) else {
      return print("skipped: this user may write anywhere")
    }
    let outcome = try Program.run(["compare", bay.scenario, "--output", closed + "/out"])
    #expect(outcome.code == 2)
    #expect(outcome.err.contains("cannot write"), "\(outcome.err)")
  }

  /// Runs a script on a small disk of its own; nil where the system allows none.
  private func onSmallDisk(_ bay: Bay, _ script: String) throws -> Program.Outcome? {
    let disk = bay.folder.appendingPathComponent("disk").path
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    let mounted = "mount -t tmpfs -o size=4m none '\(disk)' || exit 99; cd '\(disk)'; "
    let outcome = try Program.run(
      ["-rm", "/bin/sh", "-c", mounted + script],
      program: URL(fileURLWithPath: "/usr/bin/unshare"))
    return outcome.code == 99 || outcome.err.contains("unshare:") ? nil : outcome
  }

  @Test func `a full disk leaves the older result complete`() throws {
    let bay = try Bay()
    let compare = "'\(Program.url.path)' compare '\(bay.scenario)' --output out"
    let outcome = try onSmallDisk(
      bay,
      """
      \(compare) --seed 1 >/dev/null || exit 90
      cp out/manifest.json before
      head -c 4000000 /dev/zero >filling 2>/dev/null
      \(compare) --seed 2; echo "code $?"
      cmp before out/manifest.json && echo untouched; ls -A
      """)
    guard let outcome else { return print("skipped: no disk can be mounted here") }
    #expect(outcome.out.contains("code 4\nuntouched\n"), "\(outcome.out)\(outcome.err)")
    #expect(outcome.err.contains("no space left"), "\(outcome.err)")
    #expect(!outcome.out.contains(".switchboard-"), "\(outcome.out)")
  }

  @Test func `an answer that nobody can take is an error, the folder is complete`() throws {
    let bay = try Bay()
    let outcome = try Program.run(
      [
        "-c", "'\(Program.url.path)' compare '\(bay.scenario)' --output '\(bay.output)' >/dev/full",
      ],
      program: URL(fileURLWithPath: "/bin/sh"))
    #expect(outcome.code == 4)
    #expect(outcome.err.contains("could not be written to standard output"), "\(outcome.err)")
    #expect(try bay.text("manifest.json").contains("\"fingerprint\""))
  }
}
