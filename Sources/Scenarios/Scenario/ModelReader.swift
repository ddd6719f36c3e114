import Engine
import Measurement
import Sampling

/// Reads what one strategy makes of a scenario.
final class ModelReader {
  let reading: Reading
  let files: DataFolder
  let names = WorkspaceNames()
  let marks = MarkCollector()
  let aiAgents = AIAgentCollector()
  var settings = WorkspaceSettings()
  var styles: [WorkStyle] = []
  var agents: [AgentSettings] = []
  var teams: [TeamSettings] = []
  var windows: [EngineDuration?] = []
  var supervisors: [SupervisorSettings] = []
  /// Those who join during the run, until all others have their numbers.
  var latecomers: [Latecomer] = []
  /// The shortcuts that agents use.
  var shortcutNames: [Name] = []
  /// The webhooks that another system posts to.
  var webhooks: [Name] = []
  var apiLimit: Rate?

  init(_ reading: Reading, files: DataFolder, timeZone: TimeZoneRules, epoch: Int64) {
    self.reading = reading
    self.files = files
    names.timeZones = [timeZone]
    settings.epoch = epoch
  }

  /// Reads the model; `engine` is what a strategy says in place of the whole scenario's.
  func model(_ top: Mapping, engine: Node? = nil) -> Model? {
    if let workspace = top["workspace"]?.mapping(ScenarioKeys.workspace) {
      settings.read(workspace, names)
      if let limit = workspace["api"].flatMap({ readAPILimit($0) }) { apiLimit = limit }
    }
    var channels = self.channels(top["channels"])
    // Services and populations mention each other's fields, so people come before services.
    readTeams(top["teams"])
    readUsers(top["users"])
    checkAgents(top)
    let people = top["contacts"]?.named("a population") ?? []
    let populations = people.compactMap { population($0.name, $0.value) }
    let imports = self.imports(top["imports"], populations: people.map(\.name.text))
    readSegments(top["segments"])
    let broadcasts = self.broadcasts(top["broadcasts"], populations: people.map(\.name.text))
    let services = self.services(top["services"])
    let faults = FaultReader(reading: reading, names: names, files: files).faults(top["faults"])
    channels.note(faults)
    let webhooks = self.webhooks(top["webhooks"])
    let entries = top["workflows"]?.named("a workflow") ?? []
    for entry in entries { _ = names.workflows.intern(entry.name.text) }
    let workflows = WorkflowReader(
      reading, names: names, limits: settings.limits, marks: marks, aiAgents: aiAgents,
      files: files
    ).workflows(entries)
    checkWebhooks(workflows)
    checkShortcuts(workflows)
    warnOfUnsetFields()
    settings.fields = names.fieldDefinitions
    settings.tags = names.tags.names
    settings.services = names.services.names
    settings.timeZones = names.timeZones
    settings.channels = zip(names.channels.names, windows).enumerated().map { index, channel in
      let loses = channels.indices.contains(index) ? channels[index].losesMessages : true
      return ChannelDefinition(name: channel.0, window: channel.1, mayLose: loses)
    }
    if populations.isEmpty, let contacts = top["contacts"], !reading.problems.hasErrors {
      contacts.error("a scenario needs at least one population")
    }
    let engine = foreignEngine(engine.map { ValueReader($0, reading) } ?? top["engine"])
    settings.asksForAssignments = engine != nil
    if engine != nil, let fault = faults.first(where: \.restartsEngine) {
      top["faults"]?.error(
        "the fault '\(fault.name)' restarts the engine, and a program that decides does not go with it",
        hint: "leave out one of the two")
    }
    checkTenure(beside: engine, top)
    guard !reading.problems.hasErrors else { return nil }
    reading.problems.add(
      EngineCore.problems(
        of: workflows, settings: settings, userCount: agents.count, teamCount: teams.count),
      marks.marks)
    return Model(
      settings: settings, channels: channels, services: services, populations: populations,
      teams: teams, agents: agents, styles: styles, workflows: workflows,
      aiAgents: aiAgents.settings, imports: imports, broadcasts: broadcasts,
      supervisors: supervisors, faults: faults, engine: engine, apiLimit: apiLimit,
      webhooks: webhooks)
  }

  /// A condition on a field that nothing sets can never hold.
  private func warnOfUnsetFields() {
    let standard = FieldDefinition.standard.map(\.name)
    for field in names.readFields where !names.setFields.contains(field.text) {
      guard names.fieldKinds[field.text] == nil, !standard.contains(field.text) else { continue }
      let known = names.setFields.sorted() + standard
      reading.problems.warning(
        field.span, "nothing sets the field '\(field.text)', so it is always empty",
        hint: nearestName(to: field.text, in: known).map { "did you mean '\($0)'?" })
    }
  }
}

/// The settings of AI agents, in the order of their steps' keys.
final class AIAgentCollector {
  private(set) var settings: [AIAgentSettings] = []

  /// Remembers settings and returns the key that the step carries.
  func add(_ settings: AIAgentSettings) -> Int32 {
    self.settings.append(settings)
    return Int32(clamping: self.settings.count - 1)
  }
}
