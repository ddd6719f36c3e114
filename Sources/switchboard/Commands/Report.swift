import Glibc
import Measurement
import Reporting

extension Command {
  /// `switchboard report`, which makes everything again from the saved result.
  static let report = Command(
    name: "report",
    summary: "Make terminal answer, CSV and page again from a result, without simulating",
    operands: "DIR", operandCount: 1...1, options: [.format],
    details: "The same result makes the same files, byte for byte.",
    example: "switchboard report Reports/support-desk"
  ) { arguments, terminal in
    do {
      let saved = try SavedResult(at: arguments.positionals[0])
      switch saved.studyCommand {
      case let command?: return try again(command, saved, arguments, terminal)
      case nil: return try again(saved, arguments, terminal)
      }
    } catch let error as SavedResultError {
      complain("switchboard: error: \(error)")
      return .invalidInput
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// Makes a result of `run` or `compare` again.
  private static func again(
    _ saved: SavedResult, _ arguments: Arguments, _ terminal: Terminal
  ) throws -> ExitCode {
    let document = try saved.document()
    let files = try ReportFiles.all(of: document)
    try OutputFolder.refresh(files, at: saved.folder)
    let names = SimulationCommand.namedFiles(of: document.command)
    if arguments.text(.format) == "json" {
      put(
        try JSONAnswer(of: document, folder: saved.folder, files: names).text(),
        to: STDOUT_FILENO)
    } else {
      put(
        TerminalAnswer(
          of: document, style: TerminalStyle(terminal),
          environment: saved.manifest?.environment, folder: saved.folder, files: names
        ).text, to: STDOUT_FILENO)
    }
    return .done
  }

  /// Makes a study again.
  private static func again(
    _ command: String, _ saved: SavedResult, _ arguments: Arguments, _ terminal: Terminal
  ) throws -> ExitCode {
    func make<S: Study>(_ type: S.Type) throws -> ExitCode {
      let study = try saved.study(type)
      try OutputFolder.refresh(try StudyFiles.all(of: study), at: saved.folder)
      _ = try StudyOutput.answer(
        study, arguments, terminal, environment: saved.manifest?.environment,
        folder: saved.folder)
      return .done
    }
    switch command {
    case "plan": return try make(PlanDocument.self)
    case "fit": return try make(FitDocument.self)
    case "roster": return try make(RosterDocument.self)
    case "sweep": return try make(SweepDocument.self)
    case "load": return try make(LoadDocument.self)
    default:
      complain(
        "switchboard: error: \(printable(saved.folder)) holds the result of '\(printable(command))', "
          + "which this version does not know")
      return .invalidInput
    }
  }
}
