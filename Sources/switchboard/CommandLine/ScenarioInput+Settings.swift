import Experiments
import Measurement
import Scenarios

extension OptionSpec {
  static let vary = OptionSpec(
    name: "vary", placeholder: "NAME=VALUES", value: .assignment, isRepeatable: true,
    help: "A parameter or path with its values: a list a,b,c, a range 4..40 or 1 min..60 min:5 min")
}

extension ScenarioInput {
  /// What `--vary` names, in the order given; nil, and told, where something is wrong.
  static func variations(_ arguments: Arguments) -> [Variation]? {
    var variations: [Variation] = []
    var problems: [String] = []
    for text in arguments.texts(.vary) {
      do {
        let variation = try Variation(parsing: text)
        if variations.contains(where: { $0.name == variation.name }) {
          problems.append("'\(printable(variation.name))' is varied twice")
        }
        if variation.name.split(separator: ".").contains("engine"), !arguments.has(.allowCommand) {
          problems.append(
            "--vary \(printable(variation.name)) names programs to be run as engines; allow it with "
              + "--allow-command")
        }
        variations.append(variation)
      } catch {
        problems.append("--vary \(printable(text)): \(printable("\(error)"))")
      }
    }
    if arguments.texts(.vary).isEmpty {
      problems.append("nothing is varied; name a parameter: --vary agents=4..40")
    }
    for problem in problems { complain("switchboard: error: \(problem)") }
    return problems.isEmpty ? variations : nil
  }

  /// The scenario under each setting; nil, and told, where one cannot be.
  ///
  /// What is wrong with several settings alike is told once.
  func scenarios(_ settings: [[Override]], _ terminal: Terminal) -> [Scenario]? {
    var scenarios: [Scenario] = []
    var told: [String] = []
    for setting in settings {
      do {
        scenarios.append(
          try Scenario.load(
            path, overrides: overrides + setting, offersStrategies: offersStrategies))
      } catch {
        let text = error.rendered(width: terminal.columns)
        if !told.contains(text) { told.append(text) }
      }
    }
    for text in told.prefix(10) { complain(text) }
    if told.count > 10 { complain("and \(told.count - 10) more of that kind") }
    return told.isEmpty ? scenarios : nil
  }
}
