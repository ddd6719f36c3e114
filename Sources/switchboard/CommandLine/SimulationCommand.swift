import Engine
import Experiments
import Glibc
import Measurement
import Reporting
import Sampling
import Scenarios
import World

/// What `run` and `compare` do alike: run the campaign, write the folder, print the answer.
struct SimulationCommand {
  var command: ResultDocument.Command
  var arguments: Arguments
  var terminal: Terminal
  var input: ScenarioInput
  var interruption: Interruption
  /// The command's own options, those that change results among them.
  var options = ScenarioInput.options

  /// The files that the answer names; the folder holds more.
  static func namedFiles(of command: ResultDocument.Command) -> [String] {
    ["index.html"] + (command == .compare ? ["comparison.csv"] : [])
      + ["summary.csv", "goals.csv", "agents.csv", "manifest.json"]
  }

  /// Where the results go.
  private var folder: String {
    if let output = arguments.text(.output) { return output }
    return "Reports/" + input.stem + (command == .compare ? "" : "-\(command.rawValue)")
  }

  /// What a command does with the runs beyond running them.
  typealias Completion = (
    Campaign, inout Campaign.Result, (_ done: Int, _ total: Int) -> Void
  ) throws -> (inout ResultDocument) -> Void

  /// Finds the warm-up and carries out the campaign, or makes a share of its runs.
  func carryOut(
    _ strategies: [Scenario.Strategy], _ plans: [WorldPlan], _ counting: ScenarioInput.Counting,
    complete: @escaping Completion = { _, _, _ in { _ in } }
  ) -> ExitCode {
    let (sharing, end) = Sharing.read(
      arguments, PartialFile.Origin(arguments, command.rawValue, input, options))
    if let end { return end }
    func campaign() -> (Campaign?, ExitCode) {
      var plans = plans
      if let end = input.findWarmup(
        &plans, threads: arguments.threads, interruption: interruption)
      {
        return (nil, end)
      }
      var campaign = Campaign(
        entries: zip(strategies, plans).map { Campaign.Entry(name: $0.name, plan: $1) },
        seed: input.scenario.seed, replications: counting.replications,
        precision: counting.rule, threads: arguments.threads)
      campaign.sharing = sharing?.runs
      return (campaign, .done)
    }
    if let sharing, sharing.isShare {
      let (found, end) = campaign()
      guard let found else { return end }
      return sharing.make(input.stem, terminal) { progress in
        var result = try found.run(interruption: interruption, progress: progress)
        _ = try complete(found, &result, progress)
      }
    }
    guard var output = startOutput() else { return .usage }
    let (found, code) = campaign()
    guard let found else { return code }
    return carryOut(found, sharing, into: &output, complete: complete)
  }

  /// Starts the output folder before any work is done; nil where it cannot be written, which is told.
  private func startOutput() -> OutputFolder? {
    do {
      return try OutputFolder(at: folder)
    } catch {
      complain("switchboard: error: \(error)")
      return nil
    }
  }

  /// Runs, writes, prints; `complete` may run more and adds to the document.
  private func carryOut(
    _ campaign: Campaign, _ sharing: Sharing?, into output: inout OutputFolder,
    complete: Completion
  ) -> ExitCode {
    let watch = Stopwatch()
    var progress = Progress(terminal, title: input.stem)
    do {
      guard input.leavesNames(arguments) else { return .invalidInput }
      guard let found = try measure(campaign, sharing, &progress, complete) else {
        complain("switchboard: interrupted before the first run was complete; nothing is written")
        return .interrupted
      }
      let document = found.document
      let environment = Manifest.Environment(
        seconds: watch.seconds, threads: campaign.threads, zone: input.scenario.timeZone)
      let place = try write(found, environment, to: &output)
      let isShown = answer(document, environment, in: place.path)
      for refusal in found.refusals { complain(refusal) }
      if let warning = place.warning(asked: folder) { complain("switchboard: warning: \(warning)") }
      guard isShown else {
        complain(
          "switchboard: error: the answer could not be written to standard output; it is complete "
            + "in \(printable(place.path))")
        return .failed
      }
      if found.isPartial { return .interrupted }
      return arguments.has(.strict) && !Self.meetsGoals(document) ? .missed : .done
    } catch let failure as Campaign.Failure {
      progress.clear()
      if let sharing { return sharing.end(failure) }
      complain("switchboard: error: \(Self.text(failure))")
      return .failed
    } catch let error as OutputError {
      progress.clear()
      complain("switchboard: error: \(error)")
      return .failed
    } catch {
      progress.clear()
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// What is left of the runs when they are over; what they measured of each agent is in the document by then.
  private struct Found {
    var document: ResultDocument
    /// Every conversation, where they are to be written.
    var exported: Campaign.Result?
    /// What the engine refused, in words.
    var refusals: [String]
    var isPartial: Bool
  }

  /// Runs and puts together what was found; nil if that was interrupted before the first run was complete.
  private func measure(
    _ campaign: Campaign, _ sharing: Sharing?, _ progress: inout Progress, _ complete: Completion
  ) throws -> Found? {
    var result = try run(campaign, &progress)
    guard result.replications > 0 else { return nil }
    let finish = try followUp(campaign, &result, &progress, complete)
    let builder = DocumentBuilder(
      version: Program.version, path: input.path,
      repeatedBy: repeatedBy(campaign, result, isWhole: sharing?.missing != nil))
    var document = builder.document(command, input.scenario, campaign, result)
    finish(&document)
    document.partial?.missing = sharing?.missing
    return Found(
      document: document, exported: arguments.has(.conversations) ? result : nil,
      refusals: Self.refusals(in: result), isPartial: result.isPartial)
  }

  private func run(_ campaign: Campaign, _ progress: inout Progress) throws -> Campaign.Result {
    defer { progress.clear() }
    return try campaign.run(interruption: interruption) { done, total in
      progress.show(done, of: total)
    }
  }

  /// What comes after the runs; nothing if they were interrupted.
  private func followUp(
    _ campaign: Campaign, _ result: inout Campaign.Result, _ progress: inout Progress,
    _ body: Completion
  ) throws -> (inout ResultDocument) -> Void {
    defer { progress.clear() }
    return try body(campaign, &result) { done, total in progress.show(done, of: total) }
  }

  private func write(
    _ found: Found, _ environment: Manifest.Environment, to output: inout OutputFolder
  ) throws -> Placement {
    let document = found.document
    let parts = ReportFiles.Part.allCases
    var failure: (any Error)?
    Replications.run(count: parts.count, threads: environment.threads) { place in
      Result { () throws(ResultJSONError) in try ReportFiles.files(parts[place], of: document) }
    } take: { _, files in
      do {
        for file in try files.get() { try output.write(file) }
        return true
      } catch {
        failure = error
        return false
      }
    }
    if let failure { throw failure }
    if let exported = found.exported {
      for file in Self.exports(exported, input.scenario) { try output.write(file) }
    }
    try output.write(ReportFile("scenario.resolved.yaml", input.scenario.resolved))
    try input.copyData(to: &output)
    return try output.commit(Manifest(of: document, environment: environment))
  }

  /// Prints the answer; false if standard output could not take it.
  private func answer(
    _ document: ResultDocument, _ environment: Manifest.Environment, in folder: String
  ) -> Bool {
    let files = Self.namedFiles(of: command)
    if arguments.text(.format) == "json" {
      do {
        let text = try JSONAnswer(of: document, folder: folder, files: files).text()
        return put(text, to: STDOUT_FILENO)
      } catch {
        complain("switchboard: error: \(error)")
        return false
      }
    }
    let answer = TerminalAnswer(
      of: document, style: TerminalStyle(terminal), environment: environment, folder: folder,
      files: files)
    return put(answer.text, to: STDOUT_FILENO)
  }

  /// What the engine refused, if anything: a sign that the scenario asks for something impossible.
  private static func refusals(in result: Campaign.Result) -> [String] {
    result.outcomes.filter { $0.refusedCount > 0 }.map { outcome in
      let reason = outcome.firstRefusal.map { ": " + printable($0) } ?? ""
      return "switchboard: warning: \(printable(outcome.name)): the engine refused "
        + "\(outcome.refusedCount) events\(reason)"
    }
  }

  private static func meetsGoals(_ document: ResultDocument) -> Bool {
    document.strategies.allSatisfy { $0.goals.allSatisfy { $0.result == .met } }
  }

  /// Why there is no result, in words.
  static func text(_ failure: Campaign.Failure) -> String {
    failure.lines.map { printable($0) }.joined(separator: "\n")
  }

  /// The words that do the same again: what was typed, with the seed that was used.
  ///
  /// What was interrupted is repeated as far as it came; what lacks some shares, as a whole.
  private func repeatedBy(
    _ campaign: Campaign, _ result: Campaign.Result, isWhole: Bool
  ) -> [String] {
    let isPartial = result.isPartial && !isWhole
    return arguments.repeated(
      command.rawValue, path: input.path, options, seed: campaign.seed,
      without: isPartial ? ["replications", "precision", "best-of", "robust"] : [],
      and: isPartial ? ["--replications", "\(result.replications)"] : [])
  }
}

extension TerminalStyle {
  /// What this terminal can show.
  init(_ terminal: Terminal) {
    self.init(columns: terminal.columns, isUTF8: terminal.isUTF8, hasColor: terminal.hasColor)
  }
}
