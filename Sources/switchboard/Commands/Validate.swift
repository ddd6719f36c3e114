import Scenarios

extension Command {
  /// `switchboard validate`, which reads files and runs nothing.
  static let validate = Command(
    name: "validate", summary: "Read scenario and case files and report every problem; run nothing",
    operands: "PATH...", operandCount: 1...10_000, options: [.set],
    details: """
      Errors stop every command (exit code 3). Warnings do not: they tell what can be read and hardly be
      meant, such as a team that is never on shift in the run, a goal about what cannot happen, nothing
      that gives conversations to anybody, or two strategies that are the same. A run says them again.
      """,
    example: "switchboard validate Scenarios/support-desk.yaml"
  ) { arguments, terminal in
    let overrides = arguments.texts(.set).compactMap { Override(assignment: $0) }
    var problems: [Diagnostic] = []
    var invalid = 0
    for path in arguments.positionals {
      do throws(Diagnostics) {
        problems += try ScenarioFile.load(path, overrides: overrides).warnings.all
      } catch {
        problems += error.all
        invalid += 1
      }
    }
    if !problems.isEmpty {
      complain(Diagnostics(problems).rendered(width: terminal.columns))
    }
    let count = arguments.positionals.count
    let errors = problems.count { $0.severity == .error }
    guard invalid == 0 else {
      complain(
        "\(counted(errors, "problem")) in \(counted(invalid, "file")); nothing was run")
      return .invalidInput
    }
    say(
      "\(counted(count, "file")) read, "
        + (problems.isEmpty ? "no problem" : "\(counted(problems.count, "warning")), no error"))
    return .done
  }
}
