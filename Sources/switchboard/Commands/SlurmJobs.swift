import Experiments
import Glibc
import Reporting

/// A job array of Slurm that makes the shares, and a job behind it that merges them.
struct SlurmJobs {
  private let submission: Submission
  private let terminal: Terminal

  init(_ submission: Submission, _ terminal: Terminal) {
    self.submission = submission
    self.terminal = terminal
  }

  // MARK: Scripts

  private enum Name {
    static let array = "make-shares.sh"
    static let merge = "merge-shares.sh"
    static let end = "merge.exit"
    static let answer = "merge.out"
    static let complaints = "merge.err"
  }

  private func line(_ words: [String]) -> String { CommandText(words: words).line }

  private func path(_ name: String) -> String { submission.shares + "/" + name }

  /// The options of Slurm that both scripts have.
  private func head(_ job: String, _ more: [String]) -> String {
    let arguments = submission.arguments
    var lines = ["--job-name=switchboard-\(job)-\(safe(submission.title))"] + more
    if let partition = arguments.text(.partition) { lines.append("--partition=\(partition)") }
    if let time = arguments.text(.time) { lines.append("--time=\(time)") }
    return "#!/bin/bash\n" + lines.map { "#SBATCH " + $0 + "\n" }.joined()
  }

  /// A name without what Slurm reads as something else.
  private func safe(_ text: String) -> String {
    String(text.map { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" ? $0 : "-" })
  }

  /// Makes one share; the round comes from whoever submits it.
  private var array: String {
    let call = line(
      [program, submission.command] + submission.words + [
        "--output", submission.shares, "--threads", "\(submission.cpus)", "--quiet",
      ])
    return head(
      "share",
      [
        "--array=1-\(submission.shards)", "--cpus-per-task=\(submission.cpus)", "--requeue",
        "--open-mode=append", "--output=\(submission.shares)/share-%a.log",
      ]) + """
        # One share of the work. What is there is not made again.
        set -u
        cd \(line([folder])) || exit 2
        \(call) \\
          --shard "$SLURM_ARRAY_TASK_ID/\(submission.shards)" --round "${ROUND:-1}"
        code=$?
        # Wrong words and broken files (2, 3) stay wrong; anything else may have been the machine.
        if [ $code -ne 0 ] && [ $code -ne 2 ] && [ $code -ne 3 ] && [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ]; then
          scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}" && sleep 60
        fi
        exit $code

        """
  }

  /// Merges, and submits another round where one is wanted.
  private var merge: String {
    let arguments = submission.arguments
    var words = [program, "merge", submission.shares, "--output", submission.output]
    if let format = arguments.text(.format) { words += ["--format", format] }
    for option in [OptionSpec.strict, .allowCommand] where arguments.has(option) {
      words.append("--\(option.name)")
    }
    let shares = line([submission.shares])
    return head("merge", ["--output=\(submission.shares)/merge.log", "--open-mode=append"]) + """
      # The shares are all there: they become one result, or another round is wanted.
      set -u
      cd \(line([folder])) || exit 2
      shares=\(shares)
      \(line(words)) \\
        >"$shares/\(Name.answer)" 2>"$shares/\(Name.complaints)"
      code=$?
      if [ $code -ne 0 ] && [ -s "$shares/next-round" ]; then
        round=$(cat "$shares/next-round")
        array=$(sbatch --parsable --export=ALL,ROUND="$round" "$shares/\(Name.array)") &&
          sbatch --parsable --dependency=afterok:"${array%%;*}" --kill-on-invalid-dep=yes \\
            "$shares/\(Name.merge)" && exit 0
      fi
      echo $code >"$shares/\(Name.end)"
      exit $code

      """
  }

  /// The folder that the command was given in.
  private var folder: String {
    guard let name = unsafe getcwd(nil, 0) else { return "." }
    defer { unsafe free(name) }
    return unsafe String(cString: name)
  }

  /// This program, as other machines find it.
  private var program: String {
    var name = [CChar](repeating: 0, count: 4_096)
    let count = unsafe readlink("/proc/self/exe", &name, name.count - 1)
    return count > 0
      ? String(decoding: name[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      : "switchboard"
  }

  // MARK: Submitting

  func run() -> ExitCode {
    guard !submission.arguments.has(.dryRun) else {
      say("# \(path(Name.array))\n\(array)\n# \(path(Name.merge))\n\(merge)")
      return .done
    }
    guard Shell.output(["sbatch", "--version"]) != nil else {
      complain(
        "switchboard: error: sbatch is not there: submit where Slurm is installed (Debian: slurm-client), or see "
          + "the scripts with --dry-run")
      return .usage
    }
    do throws(OutputError) {
      for name in [Name.end, Name.answer, Name.complaints] { ShareNote.remove(path(name)) }
      try ShareNote.write(array, to: path(Name.array))
      try ShareNote.write(merge, to: path(Name.merge))
    } catch {
      complain("switchboard: error: \(error)")
      return .usage
    }
    guard let jobs = submit() else { return .failed }
    say(
      "submitted: \(counted(submission.shards, "share")) as job \(jobs.array), merged by job \(jobs.merge); "
        + "the result goes to \(printable(submission.output))")
    return submission.arguments.has(.noWait) ? .done : watch(jobs)
  }

  private func submit() -> (array: String, merge: String)? {
    func number(_ words: [String]) -> String? {
      guard let found = Shell.output(words), found.code == 0 else {
        complain("switchboard: error: sbatch refused it")
        return nil
      }
      // A cluster's name may follow.
      return found.text.split(whereSeparator: { $0 == ";" || $0 == "\n" }).first.map(String.init)
    }
    guard let array = number(["sbatch", "--parsable", "--export=ALL,ROUND=1", path(Name.array)]),
      let merge = number([
        "sbatch", "--parsable", "--dependency=afterok:\(array)", "--kill-on-invalid-dep=yes",
        path(Name.merge),
      ])
    else { return nil }
    return (array, merge)
  }

  // MARK: Watching

  private func watch(_ jobs: (array: String, merge: String)) -> ExitCode {
    let interruption = Interruption()
    interruption.onInterrupt()
    var progress = Progress(terminal, title: submission.title)
    defer { progress.clear() }
    var looks = 0
    var isGone = false
    while !interruption.isSet {
      if let text = ShareNote.text(at: path(Name.end)) {
        progress.clear()
        return end(Int32(trimmed(text.replacing("\n", with: ""))) ?? ExitCode.failed.rawValue)
      }
      // The merging job may end between two looks: what it wrote is looked for once more.
      if isGone { return lost() }
      let made = PartialSet.count(in: submission.shares)
      let round = max(1, made.round)
      progress.show(made.shares, of: submission.shards)
      looks += 1
      // Slurm is asked less often than the folder.
      if looks % 10 == 0 { isGone = !isQueued(round) }
      usleep(500_000)
    }
    progress.clear()
    complain(
      "switchboard: the jobs go on; 'scancel \(jobs.array) \(jobs.merge)' ends them, and when they are done the result "
        + "is in \(printable(submission.output))")
    return .interrupted
  }

  /// Whether a job of ours still waits or runs.
  private func isQueued(_ round: Int) -> Bool {
    let names = ["share", "merge"].map { "switchboard-\($0)-\(safe(submission.title))" }
    guard
      let found = Shell.output([
        "squeue", "-h", "-o", "%i", "--name=" + names.joined(separator: ","),
      ]
      ),
      found.code == 0
    else { return true }
    return !trimmed(found.text.replacing("\n", with: "")).isEmpty
  }

  private func lost() -> ExitCode {
    complain(
      "switchboard: error: a share failed for good, and nothing was merged: see "
        + "\(printable(submission.shares))/share-*.log. The same command again makes only what is missing"
    )
    return .failed
  }

  /// What the merging job said becomes what this one says.
  private func end(_ code: Int32) -> ExitCode {
    if let text = ShareNote.text(at: path(Name.complaints)), !text.isEmpty {
      put(text, to: STDERR_FILENO)
    }
    if let text = ShareNote.text(at: path(Name.answer)) { put(text, to: STDOUT_FILENO) }
    return ExitCode(rawValue: code) ?? .failed
  }
}

/// Other programs.
enum Shell {
  /// What a program wrote to standard output, and its code; nil where there is no such program.
  static func output(_ words: [String]) -> (code: Int32, text: String)? {
    guard let pipe = unsafe popen(CommandText(words: words).line + " 2>/dev/null", "r") else {
      return nil
    }
    var bytes: [UInt8] = []
    while true {
      let byte = unsafe getc(pipe)
      if byte == EOF { break }
      bytes.append(UInt8(truncatingIfNeeded: byte))
    }
    let status = unsafe pclose(pipe)
    let code = status >= 0 ? (status >> 8) & 0xFF : 255
    return code == 127 ? nil : (code, String(decoding: bytes, as: UTF8.self))
  }
}
