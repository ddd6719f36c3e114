import Measurement
import Statistics

/// From seconds with their histograms to the numbers that are told.
struct LoadSummary {
  let seconds: [LoadMeter.Second]
  /// By second, then by operation.
  let offered: [[Int]]
  let late: [Int64]
  let backlogs: [Int]
  let length: Double
  let warmup: Double

  private static let kinds = OperationKind.allCases

  /// Without the timers, which nobody sends: what is asked for is a rate of what is sent.
  static func sent<Value>(_ values: [Value]) -> [Value] {
    zip(kinds, values).compactMap { $0 == .timer ? nil : $1 }
  }

  /// Writes the numbers into a step.
  func fill(_ step: inout LoadStep) {
    let first = Int(warmup.rounded(.up))
    let count = max(offered.count, (seconds.map(\.number).max() ?? -1) + 1)
    let merged = (0..<count).map { number in
      var second = LoadMeter.Second(number)
      for part in seconds where part.number == number { second.merge(part) }
      return second
    }
    var latency = Array(repeating: Histogram(), count: Self.kinds.count)
    var service = Histogram()
    for second in merged.dropFirst(first) {
      for place in latency.indices { latency[place].merge(second.latency[place]) }
      service.merge(second.service)
      step.offeredCount += Self.sent(due(second)).reduce(0, +)
    }
    let all = LoadSender.all(Self.sent(latency))
    step.doneCount = all.count
    step.latency = [Self.times("all", all)]
    for (kind, part) in zip(Self.kinds, latency) where part.count > 0 {
      step.latency.append(Self.times(kind.name, part))
    }
    step.service = service.count > 0 ? Self.times("service", service) : nil
    let counted = max(1e-9, length - Double(first))
    step.offered = Double(step.offeredCount) / counted
    // What was carried out after the end took longer than it had.
    let inTime = merged.filter { $0.number >= first && Double($0.number) < length }
      .reduce(0) { $0 + LoadSender.all(Self.sent($1.latency)).count }
    step.achieved = Double(inTime) / counted
    for second in merged { add(second, to: &step) }
  }

  /// What was due in a second, by operation: what was sent, and what the engine's side set itself.
  private func due(_ second: LoadMeter.Second) -> [Int] {
    Self.kinds.indices.map { place in
      second.own[place]
        + (offered.indices.contains(second.number) ? offered[second.number][place] : 0)
    }
  }

  private func add(_ second: LoadMeter.Second, to step: inout LoadStep) {
    let due = due(second)
    let lateSeconds = late.indices.contains(second.number) ? Double(late[second.number]) * 1e-9 : 0
    let backlog = backlogs.indices.contains(second.number) ? backlogs[second.number] : 0
    func row(_ name: String, _ offered: Int, _ histogram: Histogram) {
      guard offered > 0 || histogram.count > 0 else { return }
      let quantiles = [0.5, 0.9, 0.99, 0.999, 1].compactMap { histogram.quantile($0) }
      step.seconds.append(
        LoadStep.Second(
          second: second.number, operation: name, offeredCount: offered,
          doneCount: histogram.count, latency: quantiles.map { Double($0) * 1e-9 },
          late: lateSeconds, backlog: backlog))
    }
    row("all", Self.sent(due).reduce(0, +), LoadSender.all(Self.sent(second.latency)))
    for (place, kind) in Self.kinds.enumerated() {
      row(kind.name, due[place], second.latency[place])
    }
  }

  /// A distribution as it is told.
  static func times(_ name: String, _ histogram: Histogram) -> LoadStep.Times {
    LoadStep.Times(
      operation: name, count: histogram.count, mean: histogram.mean.map { $0 * 1e-9 },
      levels: histogram.count == 0
        ? []
        : (LoadStep.levels + [1]).compactMap { histogram.quantile($0).map { Double($0) * 1e-9 } })
  }
}

extension CrowdRecord {
  /// The numbers that are told, in seconds of the scenario's time.
  mutating func summary(until time: Int64) -> LoadSeen {
    func seconds(_ nanoseconds: Double?) -> Double? { nanoseconds.map { $0 * 1e-9 } }
    return LoadSeen(
      assignedMean: seconds(assigned.mean),
      assignedP90: seconds(assigned.quantile(0.9).map { Double($0) }),
      answeredMean: seconds(answered.mean),
      answeredP90: seconds(answered.quantile(0.9).map { Double($0) }),
      waiting: meanWaiting(until: time))
  }
}
