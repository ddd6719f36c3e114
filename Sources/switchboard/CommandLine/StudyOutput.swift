import Engine
import Experiments
import Glibc
import Measurement
import Reporting
import Scenarios

/// Where the result of a command such as `sweep` or `plan` goes: its folder, then the answer.
struct StudyOutput {
  var command: String
  var stem: String
  var arguments: Arguments
  var terminal: Terminal
  /// Which option names the folder.
  var option = OptionSpec.output

  /// Where the results go.
  var folder: String { arguments.text(option) ?? "Reports/\(stem)-\(command)" }

  /// Starts the output folder before any work is done; nil where it cannot be written, which is told.
  func start() -> OutputFolder? {
    do {
      return try OutputFolder(at: folder)
    } catch {
      complain("switchboard: error: \(error)")
      return nil
    }
  }

  /// Writes everything, gives the folder its name, prints the answer.
  ///
  /// - Parameters:
  ///   - study: What was found out.
  ///   - output: The folder, with what the command itself wrote into it.
  ///   - input: The scenario, whose resolved form and files go with the result; nil if there is none.
  ///   - environment: How it was made.
  func finish(
    _ study: some Study, into output: inout OutputFolder, input: ScenarioInput?,
    environment: Manifest.Environment
  ) -> ExitCode {
    do {
      for file in try StudyFiles.all(of: study) { try output.write(file) }
      if let input {
        try output.write(ReportFile("scenario.resolved.yaml", input.scenario.resolved))
        try input.copyData(to: &output)
      }
      let place = try output.commit(Manifest(of: study.head, environment: environment))
      let isShown = try Self.answer(
        study, arguments, terminal, environment: environment, folder: place.path)
      if let warning = place.warning(asked: folder) { complain("switchboard: warning: \(warning)") }
      guard isShown else {
        complain(
          "switchboard: error: the answer could not be written to standard output; it is complete "
            + "in \(printable(place.path))")
        return .failed
      }
      return study.head.partial == nil ? .done : .interrupted
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// Prints the answer of a study; false if standard output could not take it.
  static func answer(
    _ study: some Study, _ arguments: Arguments, _ terminal: Terminal,
    environment: Manifest.Environment?, folder: String
  ) throws -> Bool {
    let answer = StudyAnswer(
      of: study, style: TerminalStyle(terminal), environment: environment, folder: folder)
    let isJSON = arguments.text(.format) == "json"
    return put(isJSON ? try answer.json() : answer.text, to: STDOUT_FILENO)
  }
}
