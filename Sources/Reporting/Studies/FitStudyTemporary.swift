public import Measurement

extension FitDocument: Study {
  public var tables: [ReportFile] { [] }
  public var page: StudyPage {
    StudyPage(title: "fit", lead: "", verdict: "", sections: [])
  }
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    [quantities.map { "\($0.name) \($0.law) \($0.count) \($0.distance ?? -1)" }]
      + [checks.map { "\($0.name) \($0.export ?? -1) \($0.simulated.mean ?? -1) \($0.simulated.halfWidth ?? -1) \($0.exportHalfWidth ?? -1) \($0.outcome)" }]
  }
  public var verdict: String { "" }
  public var problem: String? { nil }
}
