import Engine

/// Reads workflows into the engine's definitions.
///
/// Every definition carries the mark of its place, so that what the engine refuses when it
/// publishes (limits, loops) comes out with line and column as well.
struct WorkflowReader {
  let reading: Reading
  let limits: Limits
  let timeZones: TimeZoneFolder
  /// What `$` can mean in the workflow that is being read.
  var scope: WorkflowScope
  let marks: MarkCollector
  /// Where the host's settings of AI agents go.
  let aiAgents: AIAgentCollector
  let files: DataFolder
  /// Ids of the workflow's steps.
  var stepIDs: [String] = []
  /// What a variable can hold that only questions with choices save.
  var choices: [String: [String]] = [:]

  init(
    _ reading: Reading, names: WorkspaceNames, limits: Limits, marks: MarkCollector,
    aiAgents: AIAgentCollector = AIAgentCollector(), files: DataFolder = DataFolder(folder: nil),
    timeZones: TimeZoneFolder = .system
  ) {
    self.reading = reading
    self.limits = limits
    self.timeZones = timeZones
    self.marks = marks
    self.aiAgents = aiAgents
    self.files = files
    scope = WorkflowScope(names: names)
  }

  var names: WorkspaceNames { scope.names }

  static let workflowKeys = KeyTable(
    "a workflow",
    [
      .optional(
        "status", .choice(WorkflowDefinition.Status.allCases.map(\.rawValue)), "published",
        about: "A draft or stopped workflow starts no run."),
      .required("trigger", .reference("trigger"), about: "What starts a run."),
      .required(
        "steps", .list(.reference("step")),
        about: "The steps, in order. A list of steps that ends, ends the run."),
    ])

  /// The workflows of a file; their names must be known before the first is read.
  func workflows(_ entries: [(name: Name, value: ValueReader)]) -> [WorkflowDefinition] {
    if entries.count > limits.workflows {
      reading.problems.error(
        entries[limits.workflows].name.span,
        "\(entries.count) workflows, the limit is \(limits.workflows)")
    }
    return entries.compactMap { workflow($0.name, $0.value) }
  }

  private func workflow(_ name: Name, _ value: ValueReader) -> WorkflowDefinition? {
    guard let mapping = value.mapping(Self.workflowKeys) else { return nil }
    var reader = self
    if let steps = mapping["steps"] {
      var survey = StepSurvey()
      survey.visit(steps.node)
      reader.scope.variables = survey.variables.map(\.text)
      reader.stepIDs = survey.ids.map(\.text)
      reader.choices = survey.choices
      survey.report(to: reading.problems, parameters: reading.parameters)
    }
    let status = mapping.optional("status", else: .published) {
      $0.choice("status", WorkflowDefinition.Status.byName)
    }
    let trigger = mapping["trigger"].flatMap { reader.trigger($0) }
    let steps = mapping["steps"].flatMap { reader.steps($0) }
    guard let status, let trigger, let steps else { return nil }
    return WorkflowDefinition(
      name: name.text, status: status, trigger: trigger.trigger,
      oncePerContact: trigger.oncePerContact, steps: steps, mark: mark(name.span))
  }

  /// Remembers a place for the engine's own errors.
  func mark(_ span: SourceSpan) -> Int32 { marks.add(span) }

  /// A list of steps; nil if one of them could not be read.
  func steps(_ value: ValueReader) -> [Step]? {
    guard let items = value.list(of: "steps") else { return nil }
    var steps: [Step] = []
    var isSound = true
    for item in items {
      if let some = step(item) { steps += some } else { isSound = false }
    }
    return isSound ? steps : nil
  }
}

/// Collects marks while a file is read.
final class MarkCollector {
  private(set) var marks = SourceMarks()
  func add(_ span: SourceSpan) -> Int32 { marks.add(span) }
}

extension WorkflowDefinition.Status {
  static var byName: KeyValuePairs<String, Self> {
    ["draft": .draft, "published": .published, "stopped": .stopped]
  }
}

/// Goes over a workflow's steps before they are read: ids may be used above their step, and a
/// variable may be saved in another branch than the one that uses it.
private struct StepSurvey {
  var ids: [Name] = []
  var variables: [Name] = []
  /// By variable, the choices of the questions that save in it; none for one that something else saves.
  var choices: [String: [String]] = [:]

  mutating func visit(_ node: Node) {
    switch node.content {
    case .list(let items): for item in items { visit(item) }
    case .mapping(let entries):
      for entry in entries {
        note(entry)
        visit(entry.value)
      }
    default: break
    }
  }

  private mutating func note(_ entry: Node.Entry) {
    switch (entry.key, entry.value.content) {
    case ("id", .scalar(let scalar)): ids.append(Name(text: scalar.text, span: entry.value.span))
    case ("ask_question", .mapping):
      if let variable = entry.value.value(of: "save")?.value(of: "variable") {
        save(variable, among: entry.value.value(of: "choices"))
      }
    case ("http_request", .mapping):
      if let status = entry.value.value(of: "status") { save(status) }
      if case .mapping(let saved)? = entry.value.value(of: "save")?.content {
        for variable in saved {
          variables.append(Name(text: variable.key, span: variable.keySpan))
          choices[variable.key] = []
        }
      }
    default: break
    }
  }

  private mutating func save(_ node: Node, among written: Node? = nil) {
    guard case .scalar(let scalar) = node.content else { return }
    variables.append(Name(text: scalar.text, span: node.span))
    var texts: [String] = []
    if case .list(let items)? = written?.content {
      for case .scalar(let item) in items.map(\.content) { texts.append(item.text) }
    }
    let known = choices[scalar.text]
    // Once something else than a choice is saved in it, anything may be in it.
    choices[scalar.text] = texts.isEmpty || known == [] ? [] : (known ?? []) + texts
  }

  func report(to problems: Problems, parameters: [String: Node]) {
    for variable in variables {
      if !isVariableName(variable.text) {
        problems.error(
          variable.span,
          "a variable's name has letters, digits and '_', not \(quoted(variable.text))")
      } else if WorkflowScope.reserved.contains(variable.text) {
        problems.error(variable.span, "'\(variable.text)' is reserved; choose another variable")
      } else if parameters[variable.text] != nil {
        problems.error(
          variable.span, "'\(variable.text)' is a parameter of the scenario already",
          hint: "'$\(variable.text)' would always mean the parameter")
      }
    }
  }
}
