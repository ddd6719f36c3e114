import Engine
import Experiments
import Fitting
import Measurement
import Reporting
import Scenarios
import World

extension OptionSpec {
  static let columns = OptionSpec(
    name: "columns", placeholder: "ROLE=NAME,...", value: .text,
    help: "Which columns of another CSV file mean what (see above)")
  static let messages = OptionSpec(
    name: "messages", placeholder: "", value: .none,
    help: "The file has a row for each message: the platform's message export, or --columns")
  static let fitZone = OptionSpec(
    name: "time-zone", placeholder: "ZONE", value: .text,
    help:
      "The zone of the file's clock, such as Europe/Lisbon, and of the scenario's; times with an offset "
      + "are moved to it (default: the file's own clock, as UTC)")
  static let fittedScenario = OptionSpec(
    name: "output", placeholder: "FILE.yaml", value: .text,
    help:
      "Where the scenario goes (default: scenario.yaml in the folder of the results); a file that "
      + "fit did not write is not written over")
  static let fitFolder = OptionSpec(
    name: "folder", placeholder: "DIR", value: .text,
    help:
      "Where page and result go (default: Reports/NAME-fit); replaced only if it holds our manifest"
  )
  static let fitReplications = OptionSpec(
    name: "replications", placeholder: "N", value: .integer(2...10_000),
    help: "How many runs stand beside the export (default: 20, fewer of very large ones)")
}

extension Command {
  /// `switchboard fit`: history in, scenario out.
  static let fit = Command(
    name: "fit",
    summary: "Make a scenario from a recorded history, and check it against the history",
    operands: "EXPORT.csv", operandCount: 1...1, options: Fitter.options,
    details: """
      Reads the platform's conversation export, or with --messages its message export. Of any other CSV
      file with a header, --columns says which column means what:
        opened      when the conversation was opened; needed
        answered    when an agent began on it: the work is from there to 'closed'
        responded   when the first answer went out
        closed      when it was closed
        gave_up     who gave up: a column and a value, gave_up=outcome:HANG
        left        when who gave up left; without it, when it was closed
        agent  channel  population  contact  id       by name or number
        only        which rows count: a column and its values, only=outcome:AGENT|HANG
      A date and a time in two columns are joined by a plus, opened=date+time; a joined time of 0:00:00
      then stands for "did not happen" (but in 'opened'), and a time before the opening is the next day's.
      A file with a row for each event of a case needs case=NAME,at=NAME; 'opened', 'answered', 'closed' and
      'gave_up' then are events, answered=activity:Take in charge. Without them the first and the last event
      of a case open and close it. A file of messages needs at=NAME,sender=NAME and id=NAME or contact=NAME.
      Names with a mark in them stand in double quotes.
      The scenario is run beside the export, and what agrees and what does not is told.
      """,
    example: "switchboard fit calls.csv --output Scenarios/calls.yaml --columns "
      + "'opened=date+vru_exit,answered=date+ser_start,closed=date+ser_exit,agent=agent,"
      + "gave_up=outcome:HANG,left=date+q_exit'",
    exampleNotRun: "the export is a bank's; the page on fitting makes and reads one of its own"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    return Fitter(arguments: arguments, terminal: terminal, interruption: interruption).run()
  }
}

/// One call of `fit`.
struct Fitter {
  static let options: [OptionSpec] = [
    .columns, .messages, .fitZone, .fittedScenario, .fitFolder, .seed, .fitReplications, .threads,
    .format,
  ]

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption

  private var path: String { arguments.positionals[0] }
  var seed: UInt64 { arguments.integer(.seed) ?? 1 }
  var threads: Int { arguments.threads }

  /// `exports/october.csv` is `october`.
  private var stem: String {
    let file = path.split(separator: "/").last.map(String.init) ?? "export"
    guard let dot = file.lastIndex(of: "."), dot != file.startIndex else { return file }
    return String(file[..<dot])
  }

  func run() -> ExitCode {
    let watch = Stopwatch()
    var columns: ColumnMap?
    if let text = arguments.text(.columns) {
      do {
        columns = try ColumnMap(text)
      } catch {
        complain("switchboard: error: --columns: \(printable(error.message))")
        return .usage
      }
    }
    var zone: TimeZoneRules?
    if let name = arguments.text(.fitZone) {
      do {
        zone = try TimeZoneRules.named(name)
      } catch {
        let hint = error.hint.map { ", \($0)" } ?? ""
        complain("switchboard: error: --time-zone: \(printable(error.message + hint))")
        return .usage
      }
    }
    let target = FittedFile(arguments.text(.fittedScenario))
    if let problem = target.problem {
      complain("switchboard: error: \(problem)")
      return .usage
    }
    var output = StudyOutput(
      command: "fit", stem: stem, arguments: arguments, terminal: terminal)
    output.option = .fitFolder
    guard var folder = output.start() else { return .usage }
    guard let history = read(columns, zone) else { return .invalidInput }
    let fit = HistoryFit(history, seed: seed)
    let text = ScenarioText(fit, name: stem, seed: seed).text
    let shown = target.path ?? output.folder + "/" + FittedFile.name
    let scenario: Scenario
    do {
      scenario = try Scenario.read(SourceFile(name: shown, text: text))
    } catch {
      // What was written must be readable: whatever the export has in it, this is a fault of ours.
      complain(error.rendered(width: terminal.columns))
      complain("switchboard: error: the fitted scenario cannot be read; nothing is written")
      return .failed
    }
    do {
      let trial = try FitTrial(fit, scenario, self).run()
      guard trial.runs.count >= 2 else {
        complain("switchboard: interrupted before the second run was complete; nothing is written")
        return .interrupted
      }
      try folder.write(ReportFile(FittedFile.name, text))
      let document = FitDocument(
        fit, head: head(fit, scenario, trial), scenario: shown,
        compared: Comparer(fit).compare(trial.runs))
      if let problem = target.write(text) {
        complain("switchboard: error: \(problem)")
        return .failed
      }
      return output.finish(
        document, into: &folder, input: nil,
        environment: Manifest.Environment(
          seconds: watch.seconds, threads: threads, zone: scenario.timeZone))
    } catch let failure as Campaign.Failure {
      complain("switchboard: error: \(SimulationCommand.text(failure))")
      return .failed
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// Reads the export; what is wrong with it goes to standard error.
  private func read(_ columns: ColumnMap?, _ zone: TimeZoneRules?) -> History? {
    do {
      let (history, warnings) = try History.read(
        path, columns: columns, isMessages: arguments.has(.messages), zone: zone)
      if !warnings.all.isEmpty { complain(warnings.rendered(width: terminal.columns)) }
      return history
    } catch {
      complain(error.rendered(width: terminal.columns))
      return nil
    }
  }

  private func head(_ fit: HistoryFit, _ scenario: Scenario, _ trial: FitTrial.Outcome) -> StudyHead
  {
    StudyHead(
      version: Program.version, command: "fit", scenario: scenario.name,
      description: scenario.description, path: path,
      digest: DocumentBuilder.digest(scenario.resolved), seed: seed,
      fingerprint: DocumentBuilder.text(fingerprint: trial.fingerprint),
      repeatedBy: arguments.repeated("fit", path: path, Self.options, seed: seed),
      strategies: 1, replications: trial.runs.count, runs: trial.runs.count, events: trial.events,
      partial: trial.isPartial
        ? "after \(trial.runs.count) of \(trial.wanted) runs beside the export" : nil)
  }
}
