import Reporting
import Scenarios

extension ScenarioInput {
  /// Whether the result writes over no file of the scenario's; else it is told which.
  func leavesNames(_ arguments: Arguments) -> Bool {
    let taken = scenario.files.first { name in
      ReportFiles.names.contains(name)
        || (arguments.has(.conversations) && name.hasPrefix("conversations/"))
    }
    guard let taken else { return true }
    complain(
      "switchboard: error: the scenario names a file '\(printable(taken))', and the result has one "
        + "of that name; rename the scenario's file")
    return false
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

  /// The data that the scenario reads, which decides as much as the scenario does: a digest of each file.
  var fileDigests: [String] {
    scenario.files.map { "\($0) \(digest(ofFile: location(of: $0)) ?? "unreadable")" }
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
