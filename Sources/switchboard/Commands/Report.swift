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
      let files = try ReportFiles.all(of: saved.document)
      try OutputFolder.refresh(files, at: saved.folder)
      let names = SimulationCommand.namedFiles(of: saved.document.command)
      if arguments.text(.format) == "json" {
        put(
          try JSONAnswer(of: saved.document, folder: saved.folder, files: names).text(),
          to: STDOUT_FILENO)
      } else {
        put(
          TerminalAnswer(
            of: saved.document, style: TerminalStyle(terminal),
            environment: saved.manifest?.environment, folder: saved.folder, files: names
          ).text, to: STDOUT_FILENO)
      }
      return .done
    } catch let error as SavedResultError {
      complain("switchboard: error: \(error)")
      return .invalidInput
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }
}
