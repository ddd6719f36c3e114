import Testing

@Suite struct `The command line` {
  @Test(arguments: [["--help"], ["-h"], ["help"]])
  func `help goes to standard output and ends with 0`(words: [String]) throws {
    let outcome = try Program.run(words)
    #expect(outcome.code == 0)
    #expect(outcome.out.contains("USAGE: switchboard <command> [options]"))
    #expect(outcome.out.contains("selftest"))
    #expect(outcome.err.isEmpty)
  }

  @Test func `the help fits in 100 columns`() throws {
    for line in try Program.run("--help").out.split(separator: "\n") {
      #expect(line.count <= 100, "\(line)")
    }
  }

  @Test func `the version is one line`() throws {
    let outcome = try Program.run("--version")
    #expect(outcome.code == 0)
    #expect(outcome.out.hasPrefix("switchboard "))
    #expect(outcome.out.split(separator: "\n").count == 1)
  }

  @Test func `no command shows the help on standard error and ends with 2`() throws {
    let outcome = try Program.run()
    #expect(outcome.code == 2)
    #expect(outcome.out.isEmpty)
    #expect(outcome.err.contains("COMMANDS:"))
  }

  @Test(arguments: [
    (["selfest"], "unknown command 'selfest', did you mean 'selftest'?"),
    (["--versoin"], "unknown option '--versoin', did you mean '--version'?"),
    (["xyzzy"], "unknown command 'xyzzy'\n"),
    (["help", "exit-code"], "unknown topic 'exit-code', did you mean 'exit-codes'?"),
    (["selftest", "--sed", "3"], "unknown option '--sed', did you mean '--seed'?"),
    (["selftest", "--sed=3"], "unknown option '--sed', did you mean '--seed'?"),
    (["selftest", "--seed"], "--seed needs a value"),
    (["selftest", "--seed", "-1"], "--seed takes a whole number from 0, got '-1'"),
    (["selftest", "--seed=99999999999999999999"], "--seed takes a whole number from 0"),
    (["selftest", "--threads", "0"], "--threads takes a whole number from 1 to 1024, got '0'"),
    (["selftest", "--quiet=yes"], "--quiet takes no value, got 'yes'"),
    (["selftest", "--seed=1", "--seed=2"], "--seed is given twice"),
    (["selftest", "extra"], "unexpected 'extra'"),
    (["selftest", "-x"], "unknown option '-x'"),
    (["\u{1B}[31m"], "unknown command '\\u{1b}[31m'"),
  ])
  func `wrong usage is explained and ends with 2`(words: [String], text: String) throws {
    let outcome = try Program.run(words)
    #expect(outcome.code == 2)
    #expect(outcome.out.isEmpty)
    #expect(outcome.err.contains(text), "\(outcome.err)")
    #expect(outcome.err.contains("USAGE:"))
  }

  @Test func `every problem of a command line is told at once`() throws {
    let outcome = try Program.run("selftest", "--sed=3", "--threads=0", "--quiet=1")
    #expect(outcome.err.split(separator: "\n").filter { $0.contains("error:") }.count == 3)
  }

  @Test func `a command explains itself with an example`() throws {
    let long = try Program.run("help", "selftest")
    #expect(long.code == 0)
    #expect(long.out.contains("EXAMPLE:"))
    #expect(try Program.run("selftest", "--help").out == long.out)
  }

  @Test func `the exit codes are documented`() throws {
    let text = try Program.run("help", "exit-codes").out
    for code in ["0", "1", "2", "3", "4", "5", "6", "130"] {
      #expect(text.contains("  \(code) "), "exit code \(code)")
    }
  }
}
