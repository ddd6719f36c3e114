import Engine
import Experiments
import Reporting
import Scenarios

extension SimulationCommand {
  /// Every conversation and assignment, with `--conversations`.
  static func exports(_ result: Campaign.Result, _ scenario: Scenario) -> [ReportFile] {
    var files: [ReportFile] = []
    var assignments = CSVTable(AssignmentExport.columns.map(\.key))
    let stems = safeFileNames(for: result.outcomes.map(\.name))
    for (outcome, stem) in zip(result.outcomes, stems) {
      let model = scenario.strategy(named: outcome.name)?.model
      for (number, ledger) in outcome.ledgers.enumerated() {
        var table = CSVTable(ConversationExport.columns.map(\.key))
        for row in ConversationExport(ledger, scenario).rows {
          table.add(
            row.enumerated().map {
              $0.offset == 0 || $0.offset == 3 ? .name($0.element) : .text($0.element)
            })
        }
        files.append(ReportFile("conversations/\(stem)-\(number + 1).csv", table.contents))
        let export = AssignmentExport(
          ledger, agents: model?.agents.map(\.name) ?? [],
          workflows: model?.workflows.map(\.name) ?? [])
        for row in export.rows {
          assignments.add(
            [.text(outcome.name), .count(number + 1), .number(row.at)]
              + row.ids.map { .name($0) } + row.words.map { .text($0) })
        }
      }
    }
    return files + [ReportFile("assignments.csv", assignments.contents)]
  }
}
