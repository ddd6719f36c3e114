import Reporting
import Scenarios

extension ScenarioInput {
  /// A file of the scenario's that the result would write over; nil if there is none.
  func nameTaken(_ arguments: Arguments) -> String? {
    scenario.files.first { name in
      ReportFiles.names.contains(name)
        || (arguments.has(.conversations) && name.hasPrefix("conversations/"))
    }
  }

  /// The files that the scenario names go with it: without them the resolved one could not be run.
  func copyData(to output: inout OutputFolder) throws {
    for name in scenario.files {
      let location = try output.location(of: name)
      guard copyFile(self.location(of: name), to: location) else {
        throw OutputError.failed(path: location, reason: "the file could not be copied")
      }
    }
  }

  /// Where a file lies that the scenario names.
  func location(of name: String) -> String {
    let folder =
      path.contains("/")
      ? path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/") : "."
    return folder + "/" + name
  }
}
