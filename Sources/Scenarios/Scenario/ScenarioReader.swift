import Engine
import Measurement

extension Scenario {
  /// Reads a scenario file; everything wrong with it is thrown at once.
  ///
  /// With `offersStrategies` a file that names none gets the platform's own two logics.
  public static func load(
    _ path: String, overrides: [Override] = [], offersStrategies: Bool = false
  ) throws(Diagnostics) -> Scenario {
    let problems = Problems()
    let node = Node.read(file: path, problems)
    return try finished(node, path, DataFolder(of: path), overrides, offersStrategies, problems)
  }

  /// Reads a scenario from a text, which can name no files unless its folder is given.
  public static func read(
    _ source: SourceFile, folder: String? = nil, overrides: [Override] = [],
    offersStrategies: Bool = false
  ) throws(Diagnostics) -> Scenario {
    let problems = Problems()
    let node = Node.read(source, problems)
    return try finished(
      node, source.name, DataFolder(folder: folder), overrides, offersStrategies, problems)
  }

  private static func finished(
    _ node: Node?, _ file: String, _ files: DataFolder, _ overrides: [Override],
    _ offersStrategies: Bool, _ problems: Problems
  ) throws(Diagnostics) -> Scenario {
    if let node {
      var reader = ScenarioReader(file: file, problems: problems, files: files)
      let found = reader.scenario(node, overrides, offersStrategies)
      if let found, !problems.hasErrors { return found }
    }
    throw problems.diagnostics
  }
}

/// Reads a scenario file: what concerns the whole run, then a model for each strategy.
private struct ScenarioReader {
  let file: String
  let problems: Problems
  let files: DataFolder
  private var parameters: [String: Node] = [:]
  private var names: [String] = []
  private var fixed: Set<String> = []
  private let use = ParameterUse()

  init(file: String, problems: Problems, files: DataFolder) {
    self.file = file
    self.problems = problems
    self.files = files
  }

  mutating func scenario(
    _ node: Node, _ overrides: [Override], _ offersStrategies: Bool
  ) -> Scenario? {
    guard let written = overridden(node, overrides) else { return nil }
    let offered = offersStrategies ? OfferedStrategies(root: written).added() : nil
    let root = offered ?? written
    let plain = Reading(problems)
    guard let top = ValueReader(root, plain).mapping(ScenarioKeys.top) else { return nil }
    readParameters(top["parameters"])
    apply(overrides, root)
    let reading = Reading(problems, parameters: parameters, use: use)
    let base = Mapping(entries: top.entries, span: top.span, reading: reading)
    guard let run = RunReader(base, files).settings() else {
      // The models are read all the same: every problem of the file in one go.
      _ = readStrategies(top, RunSettings())
      return nil
    }
    let roster = base["roster"].flatMap { RosterReader(value: $0, teams: base["teams"]).roster() }
    let load = base["load"].flatMap { LoadReader(value: $0).settings() }
    guard let (standard, strategies) = readStrategies(top, run) else { return nil }
    checkScopes(run, [standard] + strategies)
    warnOfUnusedParameters(top)
    guard !problems.hasErrors else { return nil }
    let remarks = MeaningCheck(
      root: root, run: run, parameters: parameters, used: use.names,
      worlds: strategies.isEmpty ? [standard] : strategies
    ).remarks()
    for remark in remarks { problems.warning(remark.span, remark.message, hint: remark.hint) }
    let resolved = ResolvedScenario(root: root, parameters: names.map { ($0, parameters[$0]) })
    return Scenario(
      file: file, name: run.name, description: run.description, seed: run.seed, start: run.start,
      timeZone: run.timeZone, duration: run.duration, warmup: run.warmup,
      replications: run.replications, officeHours: run.officeHours, goals: run.goals,
      standard: standard, strategies: strategies,
      hasOfferedStrategies: offered != nil, roster: roster, load: load,
      warnings: problems.diagnostics,
      remarks: remarks.map(\.sentence),
      resolved: resolved.text(), files: files.named)
  }

  /// What a goal is limited to must be there, under one strategy at least.
  private func checkScopes(_ run: RunSettings, _ strategies: [Scenario.Strategy]) {
    for (scope, span) in run.scopes {
      let known: [String]
      switch scope {
      case .population: known = strategies.flatMap { $0.model.populations.map(\.name) }
      case .team: known = strategies.flatMap { $0.model.teams.map(\.name) }
      case .channel: known = strategies.flatMap { $0.model.channels.map(\.name) }
      case .between: continue
      }
      guard !known.contains(scope.name) else { continue }
      var once: [String] = []
      for name in known where !once.contains(name) { once.append(name) }
      problems.unknownName(scope.word, scope.name, at: span, known: once)
    }
  }

  /// The tree with values at paths put in; parameters come later.
  private func overridden(_ node: Node, _ overrides: [Override]) -> Node? {
    let known = node.value(of: "parameters")
    var root = node
    for override in overrides {
      let path = override.name.split(separator: ".", omittingEmptySubsequences: false)
        .map(String.init)
      if path.count == 1, known?.value(of: override.name) != nil { continue }
      guard path.count > 1 || ScenarioKeys.top.names.contains(override.name) else {
        var names: [String] = []
        if case .mapping(let entries)? = known?.content { names = entries.map(\.key) }
        problems.unknownName("parameter", override.name, at: override.span, known: names)
        continue
      }
      guard let value = override.node(problems) else { continue }
      // Another way to say how often: only the later one counts.
      if override.name == "replications" { root = root.without("precision") }
      if override.name == "precision" { root = root.without("replications") }
      root = root.replacing(path, with: value, override, problems) ?? root
    }
    return root
  }

  private mutating func readParameters(_ value: ValueReader?) {
    for (name, value) in value?.named("a parameter") ?? [] {
      if !isVariableName(name.text) {
        problems.error(
          name.span, "a parameter's name has letters, digits and '_', not \(quoted(name.text))")
      } else if WorkflowScope.reserved.contains(name.text) {
        problems.error(name.span, "'\(name.text)' is reserved; choose another parameter")
      } else if ScenarioKeys.strategy.names.contains(name.text) {
        problems.error(
          name.span, "'\(name.text)' is a key of strategies; choose another parameter")
      } else {
        names.append(name.text)
        parameters[name.text] = value.node
      }
    }
    checkCircles(value)
  }

  /// A parameter may name another one, but not itself in a roundabout way.
  private func checkCircles(_ value: ValueReader?) {
    // Whether each name leads to a value; a name on the way to itself does not.
    var ends: [String: Bool] = [:]
    for name in names {
      var path: [String] = []
      var next: String? = name
      while let here = next, ends[here] == nil, let node = parameters[here] {
        ends[here] = false
        path.append(here)
        next = parameterName(of: node)
      }
      let isEnding = next.map { ends[$0] ?? true } ?? true
      for step in path { ends[step] = isEnding }
      if !isEnding, let span = parameters[name]?.span {
        problems.error(span, "the parameter '\(name)' leads back to itself")
      }
    }
  }

  /// What the command line says about parameters holds for every strategy.
  private mutating func apply(_ overrides: [Override], _ root: Node) {
    for override in overrides where parameters[override.name] != nil {
      guard let value = override.node(problems) else { continue }
      parameters[override.name] = value
      fixed.insert(override.name)
    }
  }

  private func readStrategies(
    _ top: Mapping, _ run: RunSettings
  ) -> (Scenario.Strategy, [Scenario.Strategy])? {
    let standard = strategy("default", "", parameters, top, run)
    var strategies: [Scenario.Strategy] = []
    let entries = top["strategies"]?.named("a strategy") ?? []
    let runParameters = referencesOfRun(top)
    for (name, value) in entries {
      var own = parameters
      let mapping = value.mapping(ScenarioKeys.strategy)
      let description = mapping?["description"]?.filledText("a description", limit: 200)
      for entry in mapping?.entries ?? []
      where !ScenarioKeys.strategy.names.contains(entry.key) {
        guard parameters[entry.key] != nil else {
          problems.unknownName(
            "parameter", entry.key, at: entry.keySpan, known: names + ScenarioKeys.strategy.names)
          continue
        }
        if runParameters.contains(entry.key) {
          problems.error(
            entry.keySpan,
            "the parameter '\(entry.key)' decides about the whole run, so no strategy can change it"
          )
        }
        if !fixed.contains(entry.key) { own[entry.key] = entry.value }
      }
      let engine = mapping?["engine"]?.original
      if let strategy = strategy(name.text, description ?? "", own, top, run, engine: engine) {
        strategies.append(strategy)
      }
    }
    guard let standard, strategies.count == entries.count else { return nil }
    return (standard, strategies)
  }

  private func strategy(
    _ name: String, _ description: String, _ parameters: [String: Node], _ top: Mapping,
    _ run: RunSettings, engine: Node? = nil
  ) -> Scenario.Strategy? {
    let reading = Reading(problems, parameters: parameters, use: use)
    let reader = ModelReader(
      reading, files: files, timeZone: run.timeZone, epoch: run.timeZone.instant(of: run.start))
    let mapping = Mapping(entries: top.entries, span: top.span, reading: reading)
    guard let model = reader.model(mapping, engine: engine) else { return nil }
    return Scenario.Strategy(
      name: name, description: description,
      parameters: names.map { name in
        Scenario.Parameter(name: name, value: parameters[name].map { YAMLText.flow($0) } ?? "")
      }, model: model)
  }

  /// The parameters that keys of the whole run mention.
  private func referencesOfRun(_ top: Mapping) -> Set<String> {
    var found: Set<String> = []
    func visit(_ node: Node) {
      switch node.content {
      case .scalar: if let name = parameterName(of: node) { found.insert(name) }
      case .list(let items): for item in items { visit(item) }
      case .mapping(let entries): for entry in entries { visit(entry.value) }
      case .refused: break
      }
    }
    for entry in top.entries where ScenarioKeys.runKeys.contains(entry.key) { visit(entry.value) }
    return found
  }

  private func warnOfUnusedParameters(_ top: Mapping) {
    guard case .mapping(let entries)? = top["parameters"]?.node.content else { return }
    for entry in entries where parameters[entry.key] != nil && !use.names.contains(entry.key) {
      problems.warning(entry.keySpan, "nothing uses the parameter '\(entry.key)'")
    }
  }
}

extension Node {
  /// The map without a key.
  func without(_ key: String) -> Node {
    guard case .mapping(let entries) = content else { return self }
    return Node(.mapping(entries.filter { $0.key != key }), at: span)
  }
}
