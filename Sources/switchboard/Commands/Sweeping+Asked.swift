import Experiments
import Measurement
import Scenarios

extension Sweeping {
  /// The metrics of `--metric`; nil, and told, where one is none.
  func metrics() -> [MetricReference]? {
    var metrics: [MetricReference] = []
    var isRight = true
    for text in arguments.texts(.metric) {
      do {
        metrics.append(try MetricReference(text))
      } catch {
        complain("switchboard: error: --metric \(printable(text)): \(printable("\(error)"))")
        isRight = false
      }
    }
    return isRight ? metrics : nil
  }

  /// Keys that are the same for all settings.
  private static let common: KeyValuePairs = [
    "name": "", "description": "", "replications": "; --replications says how often all are run",
    "precision": "; --replications says how often all are run",
    "goals": "; the goals are those of the scenario",
    "strategies": "; --strategies chooses among them",
    "parameters": "; vary one of them by its name",
  ]

  /// Whether every name can have a value for each setting; what speaks against it is told.
  func areVariable(_ variations: [Variation]) -> Bool {
    var isRight = true
    for variation in variations {
      let first = variation.name.split(separator: ".").first.map(String.init) ?? ""
      let isWhole = variation.name == first || first == "goals" || first == "precision"
      guard isWhole, let (key, advice) = Self.common.first(where: { $0.key == first }) else {
        continue
      }
      complain("switchboard: error: '\(key)' is the same for all settings of a sweep\(advice)")
      isRight = false
    }
    return isRight
  }

  /// The strategies where none are named: all, unless they would undo what is varied.
  static func usual(_ scenario: Scenario, _ variations: [Variation]) -> [Scenario.Strategy] {
    let varied = Set(variations.map(\.name))
    let isSet = scenario.standard.parameters.contains { parameter in
      varied.contains(parameter.name)
        && scenario.strategies.contains {
          $0.parameters.contains { $0.name == parameter.name && $0.value != parameter.value }
        }
    }
    return scenario.strategies.isEmpty || isSet ? [scenario.standard] : scenario.strategies
  }

  /// Runs of a setting where the scenario has a precision instead.
  private static let usualReplications = 30

  /// How often every setting is run.
  ///
  /// A precision is not followed: it would end each setting where its own interval is narrow enough, and
  /// what is compared are settings, run by run, of which all need the same runs. Nor may the number
  /// depend on which settings the grid has, for a later grid with more values takes over these.
  func replications(_ input: ScenarioInput) -> Int {
    if let number = arguments.integer(.replications) { return Int(number) }
    switch input.scenario.replications {
    case .fixed(let number): return number
    case .precision:
      complain(
        "switchboard: note: a sweep compares settings run by run, so it runs all as often as each other: "
          + "\(Self.usualReplications) times, whatever precision the scenario asks for; "
          + "--replications changes it")
      return Self.usualReplications
    }
  }

  /// Whether each metric can be spoken of in this scenario: a part of the customers must exist.
  func speak(of metrics: [MetricReference], _ scenario: Scenario) -> Bool {
    var isRight = true
    let model = scenario.standard.model
    for metric in metrics {
      let known: [String]
      switch metric.scope {
      case .population: known = model.populations.map(\.name)
      case .team: known = model.teams.map(\.name)
      case .channel: known = model.channels.map(\.name)
      case .between, nil: continue
      }
      guard let name = metric.scope?.name, !known.contains(name) else { continue }
      let near = nearestName(to: name, in: known).map { ", did you mean '\(printable($0))'?" } ?? ""
      complain(
        "switchboard: error: --metric \(printable(metric.description)): there is no '\(printable(name))'\(near)"
      )
      isRight = false
    }
    return isRight
  }
}
