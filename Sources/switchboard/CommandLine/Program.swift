import Measurement
import Synchronization

/// From the words of the command line to the command that carries them out.
enum Program {
  /// The version that goes into every result.
  static let version = "0.1.0"

  /// Every command, in the order of the help.
  static let commands: [Command] = [
    .compare, .run, .sweep, .plan, .load, .serve, .ui, .fit, .check, .replay, .fuzz, .validate,
    .report, .merge, .submit,
    .selftest, .new, .completion, .help,
  ]

  /// Those whose runs several machines can share.
  static let shareable: [Command] = [.compare, .run, .sweep, .plan, .fuzz]

  /// The words of the command line; nil for one that is no valid UTF-8 and would name another file.
  static var words: [String?] {
    unsafe UnsafeBufferPointer(start: CommandLine.unsafeArgv, count: Int(CommandLine.argc))
      .dropFirst().map { word in unsafe word.flatMap { unsafe String(validatingCString: $0) } }
  }

  /// Runs the program and tells how it ended: an answer that nobody could take is no success.
  static func main(words: [String?]) async -> ExitCode {
    let known = words.compactMap { $0 }
    guard known.count == words.count else {
      complain(
        "switchboard: error: a word of the command line is no valid UTF-8; names are UTF-8 here")
      return .usage
    }
    let code = await main(known)
    guard outputIsLost.load(ordering: .relaxed), code == .done || code == .missed else {
      return code
    }
    complain("switchboard: error: standard output did not take the answer")
    return .failed
  }

  /// Runs the program and tells how it ended.
  private static func main(_ words: [String]) async -> ExitCode {
    guard let first = words.first else {
      complain(Help.overview(commands))
      return .usage
    }
    switch first {
    case "--help", "-h":
      say(Help.overview(commands))
      return .done
    case "--version":
      say("switchboard \(version)")
      return .done
    case "complete":
      // What shells ask; people ask `completion` for the script that does.
      for candidate in Completions(commands: commands).candidates(Array(words.dropFirst())) {
        say(candidate)
      }
      return .done
    default: break
    }
    guard let command = commands.first(where: { $0.name == first }) else {
      return unknown(first, kind: first.hasPrefix("-") ? "option" : "command")
    }
    return await run(command, words: Array(words.dropFirst()))
  }

  private static func run(_ command: Command, words: [String]) async -> ExitCode {
    let (arguments, found) = Arguments.parse(words, options: command.allOptions)
    if arguments.has(.help) {
      say(Help.command(command))
      return .done
    }
    var problems = found
    let count = arguments.positionals.count
    if count < command.operandCount.lowerBound {
      problems.append("\(command.name) needs \(command.operands)")
    } else if count > command.operandCount.upperBound {
      let extra = arguments.positionals[command.operandCount.upperBound]
      problems.append("unexpected '\(printable(extra))'")
    }
    guard problems.isEmpty else {
      for problem in problems { complain("switchboard: error: \(problem)") }
      complain("USAGE: \(command.usage)\nSee 'switchboard \(command.name) --help'.")
      return .usage
    }
    let terminal = Terminal(
      isQuiet: arguments.has(.quiet), noColor: arguments.has(.noColor))
    return await command.run(arguments, terminal)
  }

  private static func unknown(_ word: String, kind: String) -> ExitCode {
    let known = kind == "option" ? ["--help", "--version"] : commands.map(\.name)
    return unknown(word, kind: kind, known: known)
  }

  /// Complains about a word of the command line that nothing goes by.
  static func unknown(_ word: String, kind: String, known: [String]) -> ExitCode {
    let near = nearestName(to: word, in: known).map { ", did you mean '\($0)'?" } ?? ""
    complain("switchboard: error: unknown \(kind) '\(printable(word))'\(near)")
    complain("USAGE: switchboard <command> [options]\nSee 'switchboard --help'.")
    return .usage
  }
}
