import Measurement

/// The tables of a load test as CSV files.
struct LoadFiles: Sendable {
  let index: LoadIndex

  init(_ index: LoadIndex) { self.index = index }

  private var document: LoadDocument { index.document }

  var all: [ReportFile] {
    var files = [ReportFile("load.csv", seconds), ReportFile("load_rates.csv", rates)]
    if !document.goals.isEmpty { files.append(ReportFile("goals.csv", goals)) }
    return files
  }

  /// Second by second and operation by operation; the seconds of several measurements run on.
  private var seconds: String {
    var table = CSVTable(WrittenFile.load.header)
    for (place, (step, start)) in zip(index.steps, index.starts).enumerated() {
      for row in step.seconds {
        let times = (0..<5).map { CSVTable.Cell.number(row.latency.at($0)) }
        table.add(
          [
            .count(start + row.second), .text(row.operation), .count(row.offeredCount),
            .count(row.doneCount),
          ] + times + [.number(row.late), .count(place + 1)])
      }
    }
    return table.contents
  }

  /// A row for each measurement, in the order in which they were made.
  private var rates: String {
    var table = CSVTable(WrittenFile.loadRates.header)
    for (place, step) in index.steps.enumerated() {
      let times = (0...LoadStep.levels.count).map { CSVTable.Cell.number(step.all?.levels.at($0)) }
      table.add(
        [
          .number(step.fromRate), .number(step.toRate), .number(step.offered),
          .number(step.achieved),
        ] + times + [
          step.result.map { .text($0.rawValue) } ?? .empty, .count(place + 1), .text(step.shape),
          .number(step.duration), .number(step.warmup), .number(step.speed),
          .count(step.offeredCount), .count(step.doneCount), .count(step.refusedCount),
          .count(step.greatestBacklog), .number(step.lateness.at(0.99)),
          .number(step.lateness.longest), .number(step.service?.at(0.99)),
          .number(step.service?.at(0.999)), .number(step.service?.longest),
          .count(step.violations.count), step.invalid.map { .text($0) } ?? .empty,
        ])
    }
    return table.contents
  }

  /// Every goal in every measurement; the result is empty where there is no value.
  private var goals: String {
    var table = CSVTable(WrittenFile.loadGoals.header)
    for (place, step) in index.steps.enumerated() {
      for outcome in step.goalOutcomes {
        let goal = document.goals.first { $0.text == outcome.goal }
        table.add([
          .text(document.target.strategy), .text(outcome.goal), .number(outcome.value),
          .number(outcome.low), .number(outcome.high),
          outcome.value == nil ? .empty : .text(outcome.result.rawValue),
          .text(goal.map { LoadGoal($0).unit } ?? ""),
          .text(goal?.scope.map { "\($0.kind.rawValue) \($0.name)" } ?? ""), .count(place + 1),
        ])
      }
    }
    return table.contents
  }
}

extension [Double] {
  /// The element at a place, if there is one.
  fileprivate func at(_ place: Int) -> Double? { indices.contains(place) ? self[place] : nil }
}
