import Experiments
import Measurement
import Scenarios

/// A scenario as a command was given it: the file, the options that change it, the strategies chosen.
struct ScenarioInput {
  var scenario: Scenario
  var path: String
  /// What the command line changed, and whether strategies were offered: to read it again otherwise.
  private(set) var overrides: [Override] = []
  let offersStrategies: Bool

  /// Options that every command with a scenario takes.
  static let options: [OptionSpec] = [
    .seed, .replications, .precision, .threads, .set, .duration, .strategies, .output, .format,
    .strict, .allowHuge, .allowCommand,
  ]

  /// Reads the file; what is wrong with it goes to standard error, and nothing is run.
  ///
  /// With `offersStrategies` a file that names no strategies gets those that the platform offers; without
  /// `takesGoals` the command's goals speak of something else than the scenario.
  init?(
    _ arguments: Arguments, _ terminal: Terminal, offersStrategies: Bool = false,
    takesGoals: Bool = true
  ) {
    path = arguments.positionals[0]
    self.offersStrategies = offersStrategies
    for text in arguments.texts(.set) {
      if let override = Override(assignment: text) { overrides.append(override) }
    }
    for (option, name) in [(OptionSpec.seed, "seed"), (.duration, "duration")] {
      if let text = arguments.text(option) {
        overrides.append(Override(name, text, option: "--\(option.name)"))
      }
    }
    if let text = arguments.text(.replications) {
      overrides.append(Override("replications", text, option: "--replications"))
    }
    let goals = takesGoals ? arguments.texts(.goal) : []
    if !goals.isEmpty {
      let list = goals.map { YAMLText.quoted($0) }.joined(separator: ", ")
      overrides.append(Override("goals", "[" + list + "]", option: "--goal"))
    }
    do {
      scenario = try Scenario.load(
        path, overrides: overrides, offersStrategies: offersStrategies)
    } catch {
      complain(error.rendered(width: terminal.columns))
      return nil
    }
    if !scenario.warnings.all.isEmpty {
      complain(scenario.warnings.rendered(width: terminal.columns))
    }
  }

  /// The strategies that the command line names, else `otherwise`; nil when one is unknown.
  func strategies(
    _ arguments: Arguments, otherwise: [Scenario.Strategy]
  ) -> [Scenario.Strategy]? {
    let known = scenario.strategies.map(\.name) + [scenario.standard.name]
    let names = NameList(known: known).names(in: arguments.text(.strategies) ?? "")
    guard !names.isEmpty else { return isAllowed(otherwise, arguments) ? otherwise : nil }
    var chosen: [Scenario.Strategy] = []
    var problems: [String] = []
    for name in names {
      if let strategy = scenario.strategy(named: name) {
        if chosen.contains(where: { $0.name == strategy.name }) {
          problems.append("--strategies names '\(printable(name))' twice")
        } else {
          chosen.append(strategy)
        }
      } else {
        let near = nearestName(to: name, in: known)
        let hint = near.map { ", did you mean '\(printable($0))'?" } ?? ";"
        problems.append("unknown strategy '\(printable(name))'\(hint) known: \(list(known))")
      }
    }
    for problem in problems { complain("switchboard: error: \(problem)") }
    return problems.isEmpty && isAllowed(chosen, arguments) ? chosen : nil
  }

  /// The one strategy that a live engine follows: the one named, else the scenario's first; nil, and told, where
  /// several are named, or one that is not there.
  func onlyStrategy(_ arguments: Arguments, _ verb: String) -> Scenario.Strategy? {
    let usual = scenario.strategies.first ?? scenario.standard
    if !arguments.has(.strategies), usual.isForeign {
      complain(
        "switchboard: error: strategy '\(printable(usual.name))' has a program as its engine, and "
          + "\(verb) our own: --strategies NAME")
      return nil
    }
    guard let strategies = strategies(arguments, otherwise: [usual]) else { return nil }
    if strategies.count == 1 { return strategies[0] }
    complain("switchboard: error: \(verb) one strategy at a time: --strategies NAME")
    return nil
  }

  /// Whether programs may be run that strategies name; each is told where not.
  private func isAllowed(_ strategies: [Scenario.Strategy], _ arguments: Arguments) -> Bool {
    guard !arguments.has(.allowCommand) else { return true }
    let foreign = strategies.filter(\.isForeign)
    for strategy in foreign {
      complain(
        "switchboard: error: strategy '\(printable(strategy.name))' runs the program "
          + "'\(printable(strategy.model.engine?.text ?? ""))' as its engine; look at it, then allow it "
          + "with --allow-command")
    }
    return foreign.isEmpty
  }

  private func list(_ names: [String]) -> String {
    names.map { printable($0) }.joined(separator: ", ")
  }

  /// `Scenarios/support-desk.yaml` is `support-desk`.
  var stem: String { Self.stem(of: path) }

  /// The same of a path.
  static func stem(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? "scenario"
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }

  /// How many replications, or the rule that says when there are enough.
  typealias Counting = (replications: Int, rule: PrecisionRule?)

  /// How many replications are wanted; nil after an error.
  func counting(_ arguments: Arguments) -> Counting? {
    var rule: PrecisionRule?
    var count = 30
    switch scenario.replications {
    case .fixed(let number): count = number
    case .precision(let wanted):
      rule = PrecisionRule(metric: wanted.metric, within: wanted.within, atMost: wanted.atMost)
    }
    if let text = arguments.text(.precision) {
      guard let share = percentage(text) else {
        complain(
          "switchboard: error: --precision takes a share such as 2%, got '\(printable(text))'")
        return nil
      }
      guard let metric = rule?.metric ?? scenario.goals.first?.metric ?? PrecisionRule.usualMetric
      else { return nil }
      // With both, the number is the cap.
      let cap = arguments.has(.replications) ? max(2, count) : rule?.atMost ?? 500
      rule = PrecisionRule(metric: metric, within: share, atMost: cap)
    }
    return (count, rule)
  }

  private func percentage(_ text: String) -> Double? {
    guard text.hasSuffix("%"), let value = Double(trimmed(String(text.dropLast()))), value > 0,
      value <= 100
    else { return nil }
    return value / 100
  }
}
