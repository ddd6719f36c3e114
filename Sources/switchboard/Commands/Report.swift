import Glibc
import Measurement
import Reporting

extension Command {
  /// `switchboard report`, which makes everything again from the saved result.
  static let report = Command(
    name: "report",
    summary: "Make terminal answer, CSV and page again from a result, without simulating",
    operands: "DIR", operandCount: 1...1, options: [.format], details: "",
    example: "switchboard report Reports/support-desk"
  ) { arguments, terminal in
    let folder = arguments.positionals[0]
    let path = folder + "/" + ResultJSON.fileName
    guard let text = readFile(path) else {
      complain(
        "\(printable(path)): error: cannot be read; expected a folder that 'run' or 'compare' wrote"
      )
      return .invalidInput
    }
    do {
      let document = try ResultJSON.document(in: text)
      let files = try ReportFiles.all(of: document)
      try OutputFolder.refresh(files, at: folder)
      if arguments.text(.format) == "json" {
        put(
          try JSONAnswer(of: document, folder: folder, files: files.map(\.name)).text(),
          to: STDOUT_FILENO)
      } else {
        let style = TerminalStyle(
          columns: terminal.columns, isUTF8: terminal.isUTF8, hasColor: terminal.hasColor)
        put(
          TerminalAnswer(of: document, style: style, folder: folder, files: files.map(\.name)).text,
          to: STDOUT_FILENO)
      }
      return .done
    } catch let error as ResultJSONError {
      complain("\(printable(path)): error: \(error)")
      return .invalidInput
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }
}

/// The text of a file; nil if it cannot be read.
func readFile(_ path: String) -> String? {
  guard let file = unsafe fopen(path, "rb") else { return nil }
  defer { unsafe fclose(file) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = unsafe fread(&chunk, 1, chunk.count, file)
    if count == 0 { break }
    bytes += chunk[..<count]
  }
  return unsafe ferror(file) == 0 ? String(decoding: bytes, as: UTF8.self) : nil
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
