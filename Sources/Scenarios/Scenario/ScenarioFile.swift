/// A file of either kind: what `validate` reads.
public enum ScenarioFile: Sendable {
  /// A scenario.
  case scenario(Scenario)
  /// A regression test of the engine: it has the key `case`.
  case caseFile(CaseFile)

  /// Reads a file as what its keys say it is.
  ///
  /// Overrides are for scenarios; a case has nothing to override.
  public static func load(
    _ path: String, overrides: [Override] = []
  ) throws(Diagnostics) -> ScenarioFile {
    let problems = Problems()
    guard let node = Node.read(file: path, problems) else { throw problems.diagnostics }
    // Any of these three: a case with one key misspelt is still to be told so.
    if ["case", "timeline", "expect"].contains(where: { node.value(of: $0) != nil }) {
      return .caseFile(try CaseFile.finished(node, path, problems))
    }
    return .scenario(try Scenario.load(path, overrides: overrides))
  }

  /// What is remarkable about a file that can be used.
  public var warnings: Diagnostics {
    switch self {
    case .scenario(let scenario): scenario.warnings
    case .caseFile(let file): file.warnings
    }
  }
}
