import Foundation
import Testing

/// `submit`, where there is no cluster: the scripts, and what is refused.
@Suite struct `The command submit` {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("submit-\(UUID().uuidString)").path
  private let scenario = Program.root.appendingPathComponent("Scenarios/support-desk.yaml").path

  private func submit(_ words: String...) throws -> Program.Outcome {
    try Program.run(["submit"] + words)
  }

  @Test func `prints the scripts and writes nothing`() throws {
    let found = try submit(
      "compare", scenario, "--replications", "40", "--set", "agents=11", "--shards", "6",
      "--output", folder, "--partition", "long", "--time", "2:00:00", "--cpus", "4", "--dry-run")
    #expect(found.code == 0)
    #expect(!FileManager.default.fileExists(atPath: folder + ".shares"))
    for line in [
      "#SBATCH --array=1-6", "#SBATCH --partition=long", "#SBATCH --time=2:00:00",
      "#SBATCH --cpus-per-task=4", "#SBATCH --requeue", "--set agents=11", "--replications 40",
      "--shard \"$SLURM_ARRAY_TASK_ID/6\" --round \"${ROUND:-1}\"", "--threads 4",
      "merge \(folder).shares --output \(folder)",
    ] {
      #expect(found.out.contains(line), "\(line)")
    }
  }

  /// Scripts are read by a shell: it must find nothing wrong with them, whatever the names hold.
  @Test func `writes scripts that a shell can read`() throws {
    for output in ["plain", "with space", "it's", "a$HOME`id`\"b"] {
      let found = try submit(
        "sweep", scenario, "--vary", "agents=10..12", "--shards", "3", "--output",
        folder + "/" + output, "--dry-run")
      #expect(found.code == 0)
      let scripts = found.out.components(separatedBy: "\n# ").map { "# " + $0 }
      for script in scripts where script.contains("#!/bin/bash") {
        let file = FileManager.default.temporaryDirectory
          .appendingPathComponent("\(UUID().uuidString).sh")
        try script.write(to: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: file) }
        let bash = Process()
        bash.executableURL = URL(fileURLWithPath: "/bin/bash")
        bash.arguments = ["-n", file.path]
        try bash.run()
        bash.waitUntilExit()
        #expect(bash.terminationStatus == 0)
      }
    }
  }

  @Test(arguments: [
    (["validate", "x.yaml", "--shards", "3"], "'validate' cannot be shared; these can: compare"),
    (["comapre", "x.yaml", "--shards", "3"], "did you mean 'compare'?"),
    (["compare", "--shards", "3"], "compare needs SCENARIO"),
    (["compare", "x.yaml"], "--shards N says"),
    (["compare", "x.yaml", "--shards", "3", "--vary", "a=1,2"], "compare takes no --vary"),
    (["compare", "x.yaml", "--shards", "3", "--claim", "c"], "--claim is for kubernetes"),
    (
      ["compare", "x.yaml", "--shards", "3", "--on", "kubernetes", "--time", "1"],
      "--time is for slurm"
    ),
  ])
  func `refuses what makes no sense`(words: [String], what: String) throws {
    let found = try Program.run(["submit"] + words)
    #expect(found.code == 2)
    #expect(found.err.contains(what), "\(found.err)")
  }

  @Test func `says what is missing where there is no cluster`() throws {
    let found = try Program.run(
      ["submit", "compare", scenario, "--shards", "2", "--output", folder],
      environment: ["PATH": "/nowhere"])
    #expect(found.code == 2)
    #expect(found.err.contains("sbatch is not there"))
    #expect(!FileManager.default.fileExists(atPath: folder + ".shares"))
  }
}
