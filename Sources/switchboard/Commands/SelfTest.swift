import Experiments

extension Command {
  /// `switchboard selftest`, which shows whether the numbers can be trusted.
  static let selftest = Command(
    name: "selftest",
    summary: "Run models with known answers and show that the numbers can be trusted",
    operands: "", operandCount: 0...0, options: [.seed, .threads, .long],
    details: """
      Each row is a model whose exact answer is known: the simulation's 99.9 % interval over 30
      runs must hold it. Exit code 0 if every row holds, 4 otherwise.

      With --long the judgements of 'compare' are tested too, on 500 whole experiments: how often
      it tells a strategy from itself, and how often its intervals hold a difference that is known;
      and 'plan' is asked for numbers of agents that formulas know exactly.
      """,
    example: "switchboard selftest"
  ) { arguments, terminal in
    let seed = arguments.integer(.seed) ?? 1
    let threads = arguments.threads
    let watch = Stopwatch()
    var progress = Progress(terminal, title: "selftest")
    do {
      let result = try SelfTest.run(seed: seed, threads: threads) { done, total in
        progress.show(done, of: total)
      }
      progress.clear()
      say(SelfTestTable(result, terminal).text)
      var isValid = true
      if arguments.has(.long) {
        var validity = try ValidityCheck.run(seed: seed, threads: threads) { done, total in
          progress.show(done, of: total)
        }
        validity.rows += try PlanCheck.rows(seed: seed, threads: threads) { done, total in
          progress.show(done, of: total)
        }
        progress.clear()
        say("\n" + ValidityTable(validity, terminal).text)
        isValid = validity.holds
      }
      let seconds = decimals(watch.seconds, 1)
      say(
        "\n\(seconds) s   seed \(seed)   fingerprint \(DocumentBuilder.text(fingerprint: result.fingerprint))"
      )
      say("repeat: switchboard selftest\(arguments.has(.long) ? " --long" : "") --seed \(seed)")
      return result.holds && isValid ? .done : .failed
    } catch {
      progress.clear()
      complain("switchboard: error: the self-test could not run: \(error)")
      return .failed
    }
  }
}

/// The table that `selftest` prints: quantity, exact, simulated, interval, z, mark.
private struct SelfTestTable {
  let text: String

  init(_ result: SelfTest, _ terminal: Terminal) {
    let plus = terminal.isUTF8 ? "±" : "+/-"
    var lines = [
      padded("", 38) + lead("exact", 10) + lead("simulated", 12) + lead("99.9 %", 11)
        + lead("z", 8)
    ]
    for row in result.rows {
      let z = (row.z < 0 ? "-" : "+") + decimals(row.z.magnitude, 2)
      lines.append(
        "  " + padded(row.name, 36) + lead(decimals(row.exact, 4), 10)
          + lead(decimals(row.simulated, 4), 12) + lead(plus + decimals(row.halfWidth, 4), 11)
          + lead(z, 8) + "  " + terminal.mark(row.holds))
    }
    for check in result.checks {
      lines.append("  " + padded(check.name, 77) + "  " + terminal.mark(check.holds))
    }
    let failing = result.rows.count { !$0.holds } + result.checks.count { !$0.holds }
    let count = result.rows.count
    lines.append("")
    lines.append(
      failing == 0
        ? "VERDICT  all \(count) rows lie inside their 99.9 % interval: the numbers can be trusted."
        : "VERDICT  \(failing) of \(count + result.checks.count) rows fail: do not trust this build."
    )
    text = lines.joined(separator: "\n")
  }
}

/// The table of the long part: what was promised, what was found, mark.
private struct ValidityTable {
  let text: String

  init(_ validity: ValidityCheck, _ terminal: Terminal) {
    var lines = [padded("\(ValidityCheck.experiments) experiments", 54) + "promised         found"]
    for row in validity.rows {
      let found = decimals(row.share * 100, 1) + " %"
      lines.append(
        "  " + padded(row.name, 52) + padded(row.promise, 14) + lead(found, 8) + "  "
          + terminal.mark(row.holds)
          + (row.silent > 0 ? "  of \(row.experiments), \(row.silent) had no interval" : ""))
    }
    lines.append("")
    lines.append(
      validity.holds
        ? "VERDICT  intervals and verdicts keep what they promise."
        : "VERDICT  intervals or verdicts do not keep what they promise: do not trust this build.")
    text = lines.joined(separator: "\n")
  }
}

extension OptionSpec {
  static let long = OptionSpec(
    name: "long", placeholder: "", value: .none,
    help: "Test the judgements of 'compare' as well, on 500 experiments")
}
