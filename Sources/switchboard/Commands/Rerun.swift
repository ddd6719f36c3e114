import Experiments
import Measurement
import Reporting
import Scenarios
import World

/// A saved result that is made again: the resolved scenario of its folder, with the options of its command.
struct Rerun {
  private let saved: ResultDocument
  private let arguments: Arguments
  private let input: ScenarioInput
  private let threads: Int
  private let strategies: [Scenario.Strategy]
  private let plans: [WorldPlan]

  /// Options whose values stand in the resolved scenario already, and what only who types it may allow: a
  /// result from elsewhere must not run programs because its file says so.
  private static let settled: Set<String> = ["set", "duration", "allow-command"]

  /// Reads what the folder holds; what is wrong with it is told.
  init?(
    _ saved: SavedResult, _ document: ResultDocument, _ given: Arguments, _ terminal: Terminal
  ) {
    self.saved = document
    threads = given.threads
    let options = document.command == .compare ? Comparing.options : Command.run.options
    // The program, the command and the path come first.
    let (arguments, problems) = Arguments.parse(
      [saved.folder + "/scenario.resolved.yaml"]
        + Self.words(document.repeatedBy.dropFirst(3), options)
        + (given.has(.allowCommand) ? ["--allow-command"] : []), options: options)
    guard problems.isEmpty, arguments.positionals.count == 1 else {
      complain(
        "switchboard: error: the command of the result is not known here: "
          + printable(document.repeatedBy.joined(separator: " ")))
      return nil
    }
    self.arguments = arguments
    let isCompare = document.command == .compare
    guard let input = ScenarioInput(arguments, terminal, offersStrategies: isCompare),
      let strategies = input.strategies(
        arguments, otherwise: isCompare ? input.scenario.strategies : [input.scenario.standard])
    else { return nil }
    self.input = input
    self.strategies = strategies
    var plans: [WorldPlan] = strategies.map { strategy in
      var plan = WorldPlan(input.scenario, strategy)
      plan.recordsConversations = arguments.has(.conversations)
      plan.recordsReports = plan.fitsReports
      return plan
    }
    if isCompare {
      guard let comparing = Comparing(arguments) else { return nil }
      plans = comparing.plans(strategies, input, arguments)
    }
    let isTooMuch = !input.isBearable(&plans, arguments, atOnce: threads)
    if isTooMuch { return nil }
    if input.findWarmup(&plans, threads: threads, interruption: Interruption()) != nil {
      return nil
    }
    self.plans = plans
  }

  /// The options as they were given, without those that need not be given again.
  private static func words(_ words: ArraySlice<String>, _ options: [OptionSpec]) -> [String] {
    var kept: [String] = []
    var index = words.startIndex
    while index < words.endIndex {
      let name = String(words[index].drop { $0 == "-" })
      let hasValue = options.first { $0.name == name }?.placeholder.isEmpty == false
      let end = min(words.endIndex, index + (hasValue ? 2 : 1))
      if !settled.contains(name) { kept += words[index..<end] }
      index = end
    }
    return kept
  }

  /// The run that somebody wants to be told of; nil, and told, where there is none such.
  func chosen(
    _ given: Arguments
  ) -> (strategy: String, replication: Int, plan: WorldPlan)? {
    let name = given.text(.strategy) ?? strategies[0].name
    guard let index = strategies.firstIndex(where: { $0.name == name }) else {
      let known = strategies.map { "'\(printable($0.name))'" }.joined(separator: ", ")
      complain("switchboard: error: unknown strategy '\(printable(name))'; the result has \(known)")
      return nil
    }
    let number = given.integer(.replication).map { Int($0) } ?? 1
    guard number <= saved.replications else {
      complain(
        "switchboard: error: the result has \(counted(saved.replications, "run")), not \(number)")
      return nil
    }
    return (name, number - 1, plans[index])
  }

  /// The result, made again, with the files of conversations and assignments if it has them.
  func result(
    progress: (Int, Int) -> Void
  ) throws -> (document: ResultDocument, exports: [ReportFile]) {
    let counting = input.counting(arguments) ?? (saved.replications, nil)
    var rule = counting.rule
    if saved.command == .compare { rule?.subject = .differences }
    let campaign = Campaign(
      entries: zip(strategies, plans).map { Campaign.Entry(name: $0.name, plan: $1) },
      seed: input.scenario.seed, replications: counting.replications, precision: rule,
      threads: threads)
    var result = try campaign.run(progress: progress)
    var finish: (inout ResultDocument) -> Void = { _ in }
    if saved.command == .compare, let comparing = Comparing(arguments) {
      finish = try comparing.complete(campaign, &result, input, Interruption(), progress)
    }
    // What stands around the results is that of the saved one: its path, its command, its program.
    let builder = DocumentBuilder(
      version: saved.version, path: saved.scenario.path, repeatedBy: saved.repeatedBy)
    var document = builder.document(saved.command, input.scenario, campaign, result)
    finish(&document)
    document.partial = saved.partial
    // The resolved scenario names the strategies that the file left to the program.
    let offered = "The scenario names no strategies: \(DocumentBuilder.offeredStrategies)."
    if saved.remarks.first == offered { document.remarks.insert(offered, at: 0) }
    let exports =
      arguments.has(.conversations) ? SimulationCommand.exports(result, input.scenario) : []
    return (document, exports)
  }
}
