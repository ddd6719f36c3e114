public import Measurement

extension LoadDocument: Study {
  public var tables: [ReportFile] { [] }
  public var page: StudyPage { StudyPage(title: "load", lead: "", verdict: "", sections: []) }
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    steps.map { step in
      step.latency.map { "\($0.operation) \($0.count) \($0.levels.map { "\(Int($0 * 1e9)/1000)" })" }
        + ["service \(step.service?.levels.map { "\(Int($0 * 1e9)/1000)" } ?? [])"]
        + ["late \(step.lateness.levels.map { "\(Int($0 * 1e9)/1000)" })"]
        + ["offered \(step.offered) achieved \(step.achieved) speed \(step.speed) backlog \(step.greatestBacklog) refused \(step.refusedCount) \(step.invalid ?? "") \(step.violations)"]
        + ["\(predictions)"]
    }
  }
  public var verdict: String { "" }
  public var problem: String? { nil }
}
