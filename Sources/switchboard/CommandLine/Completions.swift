import Handbook
import Measurement
import Scenarios

/// What may stand next on a command line: what a shell asks for when somebody presses the tab key.
struct Completions {
  /// Every command.
  let commands: [Command]

  /// What may take the place of the last word; nothing where a file may stand.
  ///
  /// Shells take `--set=a` apart into three words, and `a=b` likewise.
  func candidates(_ words: [String]) -> [String] {
    let current = words.last ?? ""
    guard words.count > 1, let command = commands.first(where: { $0.name == words[0] }) else {
      return words.count > 1
        ? [] : fitting(commands.map(\.name) + ["--help", "--version"], current)
    }
    if let (option, typed) = option(before: current, words, of: command) {
      return values(of: option, typed, words)
    }
    if current.hasPrefix("-") { return fitting(command.allOptions.map { "--\($0.name)" }, current) }
    switch command.name {
    case Command.help.name:
      return fitting(commands.map(\.name) + Help.topics.map(\.name), current)
    case Command.completion.name: return fitting(CompletionScript.shells, current)
    default: return []
    }
  }

  private func fitting(_ names: [String], _ start: String) -> [String] {
    names.filter { $0.hasPrefix(start) }
  }

  /// The option whose value is being typed, and as much as there is of the value.
  private func option(
    before current: String, _ words: [String], of command: Command
  ) -> (OptionSpec, typed: String)? {
    // `--set agents = 1`: the name is the word before the sign.
    var before = Array(words.dropLast())
    var typed = current == "=" ? "" : current
    if current == "=", let name = before.popLast() { typed = name + "=" }
    if before.last == "=", before.count > 1 {
      before.removeLast()
      if before.last?.hasPrefix("--") == false { typed = before.removeLast() + "=" + typed }
      if before.last == "=" { before.removeLast() }
    }
    if typed.hasPrefix("--"), let sign = typed.firstIndex(of: "=") {
      before.append(String(typed[..<sign]))
      typed = String(typed[typed.index(after: sign)...])
    }
    guard let word = before.last, word.hasPrefix("--"),
      let option = command.allOptions.first(where: { "--\($0.name)" == word })
    else { return nil }
    if case .none = option.value { return nil }
    return (option, typed)
  }

  private func values(of option: OptionSpec, _ typed: String, _ words: [String]) -> [String] {
    if case .choice(let words) = option.value { return fitting(words, typed) }
    // The scenario is the first word that is one.
    let outline = words.dropFirst().lazy
      .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") || $0.hasSuffix(".json") }
      .compactMap { ScenarioOutline(path: $0) }.first
    switch option.name {
    case OptionSpec.strategies.name: return fitting(outline?.strategies ?? [], typed)
    case OptionSpec.set.name, OptionSpec.vary.name: return assignments(outline, typed)
    case OptionSpec.metric.name, OptionSpec.goal.name:
      let names = MetricDefinition.everything.flatMap { metric in
        metric.kind == .time
          ? ["mean", "p50", "p90", "p99", "within"].map { "\(metric.name).\($0)" } : [metric.name]
      }
      return fitting(names, typed)
    default: return []
    }
  }

  /// Names with a sign behind them; behind the sign the logics, where the present value is one.
  private func assignments(_ outline: ScenarioOutline?, _ typed: String) -> [String] {
    guard let outline else { return [] }
    guard let sign = typed.firstIndex(of: "=") else {
      return fitting(outline.settings.map { $0.name + "=" }, typed)
    }
    let name = String(typed[..<sign])
    let logics = WordLists.logics.map(\.name)
    guard let present = outline.settings.first(where: { $0.name == name })?.value,
      logics.contains(present)
    else { return [] }
    return fitting(logics, String(typed[typed.index(after: sign)...]))
  }
}
