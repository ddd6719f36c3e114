/// A file of either kind: what `validate` reads.
public enum ScenarioFile: Sendable {
  /// A scenario.
  case scenario(Scenario)
  /// A regression test of the engine: its first key is `case`.
  case caseFile(CaseFile)

  /// Reads a file as what its keys say it is.
  public static func load(_ path: String) throws(Diagnostics) -> ScenarioFile {
    let problems = Problems()
    guard let node = Node.read(file: path, problems) else { throw problems.diagnostics }
    if node.value(of: "case") != nil { return .caseFile(try CaseFile.load(path)) }
    return .scenario(try Scenario.load(path))
  }

  /// What is remarkable about a file that can be used.
  public var warnings: Diagnostics {
    switch self {
    case .scenario(let scenario): scenario.warnings
    case .caseFile(let file): file.warnings
    }
  }
}
