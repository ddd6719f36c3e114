/// The keys of one kind of map, for whoever writes a file: made from the tables that reading uses.
public struct KeyReference: Sendable {
  /// What the map describes: `a team`.
  public let subject: String
  /// Where it stands in a file: `teams.NAME`.
  public let path: String
  /// What it says as a whole; empty where its keys say it.
  public let about: String
  /// Keys of which exactly one must be there.
  public let oneOf: [String]
  /// The keys in the order in which they are best written.
  public let keys: [Key]

  /// One key.
  public struct Key: Sendable, Hashable {
    /// As it is written.
    public let name: String
    /// What may stand there, in words.
    public let takes: String
    /// The value that is meant if it is left out, as it would be written.
    public let standard: String?
    /// Whether it must be there.
    public let isRequired: Bool
    /// What it says.
    public let about: String
  }

  init(_ table: KeyTable, path: String) {
    subject = table.subject
    self.path = path
    about = table.about
    oneOf = table.oneOf
    keys = table.keys.map {
      Key(
        name: $0.name, takes: $0.shape.inWords, standard: $0.standard, isRequired: $0.isRequired,
        about: $0.about)
    }
  }
}

extension KeyReference {
  /// Everything that a scenario can say but for workflows, from the file's own keys inwards.
  public static let scenario = walk(ScenarioKeys.top, leavingOut: ["workflows"])

  /// A workflow, its triggers, its steps and conditions.
  public static let workflows =
    [KeyReference(WorkflowReader.workflowKeys, path: "workflows.NAME")]
    + WorkflowReader.triggerKeys.map { KeyReference($0.value, path: "trigger.\($0.key)") }
    + WorkflowReader.steps.flatMap { name, step in sections(ofStep: name, step) } + [
      KeyReference(WorkflowReader.stickyKeys, path: "assign_to.logic.sticky"),
      KeyReference(WorkflowReader.conditionsKeys, path: "branch.when"),
      KeyReference(WorkflowReader.conditionKeys, path: "branch.when.all"),
    ]

  /// A case file: its keys, the verbs of its timeline, its expectations.
  public static let caseFile =
    walk(CaseKeys.top, leavingOut: ["workflows"])
    + CaseKeys.verbs.map { verb in
      KeyReference(verb.table, path: "timeline.\(verb.subject).\(verb.name)")
    }

  /// How arrivals, distributions and counts are written.
  public static let values =
    walk(ValueReader.arrivalKeys, at: "arrivals")
    + [
      KeyReference(ValueReader.columnKeys, path: "empirical"),
      KeyReference(ValueReader.mixtureKeys, path: "mixture"),
      KeyReference(ValueReader.uniformCountKeys, path: "uniform"),
    ]

  /// A table and all that stand in it, each once.
  private static func walk(
    _ table: KeyTable, at path: String = "", leavingOut left: [String] = []
  ) -> [KeyReference] {
    var found = [KeyReference(table, path: path)]
    for key in table.keys where !left.contains(key.name) {
      let inner = path.isEmpty ? key.name : "\(path).\(key.name)"
      for (table, path) in key.shape.tables(at: inner) {
        for section in walk(table, at: path, leavingOut: left)
        where !found.contains(where: { $0.subject == section.subject && $0.names == section.names })
        {
          found.append(section)
        }
      }
    }
    return found
  }

  private var names: [String] { keys.map(\.name) }

  /// A step with what stands beside it, and the maps in it.
  private static func sections(
    ofStep name: String, _ step: (shape: Shape, outcomes: [String], about: String)
  ) -> [KeyReference] {
    let outcomes = step.outcomes.map { outcome -> KeyTable.Key in
      let ways = Shape.list(.reference("step"))
      return .optional(
        outcome, outcome == "on" ? .map(WorkflowReader.agentOutcomes) : ways,
        about: WorkflowReader.outcomeWords.first { $0.key == outcome }?.value ?? "")
    }
    let head = KeyTable(name, [.required(name, step.shape, about: step.about)] + outcomes)
    return [KeyReference(head, path: "steps.\(name)")]
      + step.shape.tables(at: name).flatMap { walk($0.table, at: $0.path) }
  }
}

extension Shape {
  /// What may stand there, as a person would say it.
  var inWords: String {
    switch self {
    case .text: "text"
    case .name: "a name"
    case .toggle: "true or false"
    case .whole(let range): Self.words(of: range)
    case .number: "a number"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .list(let shape): "a list: \(shape.inWords)"
    case .map(let table): "the keys of \(table.subject)"
    case .named(let shape): "names, each with \(shape.inWords)"
    case .either(let shapes):
      // A value or a list of such values.
      if shapes.count == 2, case .list(let item) = shapes[1], item.inWords == shapes[0].inWords {
        "\(item.inWords); one or several"
      } else {
        shapes.map(\.inWords).joined(separator: ", or ")
      }
    case .reference(let name): Self.words(ofReference: name)
    case .anything: "anything"
    }
  }

  private static func words(of range: ClosedRange<Int>) -> String {
    range.upperBound == Int.max
      ? "a whole number from \(range.lowerBound) on"
      : "a whole number, \(range.lowerBound) to \(range.upperBound)"
  }

  private static func words(ofReference name: String) -> String {
    switch name {
    case "any_distribution": "a number, a duration, or a distribution of either"
    case "number_distribution": "a number, or a distribution of numbers"
    case "distribution": "a duration, or a distribution"
    case "count": "a whole number, or a distribution of counts"
    case "multiple": "a multiple, such as `150%` or `1.5`"
    case "share": "a share, such as `35%`"
    case "rate": "a rate, such as `90 per hour`"
    case "date": "a date and time, such as `2026-11-23 09:00`"
    case "days": "days, such as `mon-fri`"
    case "hours": "hours, such as `09:00-13:00`"
    case "day_profile": "times of day, each with a rate"
    case "scoped_goal": "a goal for a part of the conversations"
    case "switch": "`on` or `off`"
    case "variable": "a variable, such as `$timer`"
    case "variable_name": "the name of a variable"
    case "json_path": "a path into an answer, such as `$.customerType`"
    case "arrivals": "arrivals"
    case "logic": "a logic"
    default: "a \(name)"
    }
  }

  /// The maps with keys of their own that may stand there, with their places.
  func tables(at path: String) -> [(table: KeyTable, path: String)] {
    switch self {
    case .map(let table): [(table, path)]
    case .list(let shape): shape.tables(at: path)
    case .named(let shape): shape.tables(at: "\(path).NAME")
    case .either(let shapes): shapes.flatMap { $0.tables(at: path) }
    default: []
    }
  }
}
