import Measurement
import Statistics

/// What was sent, second by second.
struct SentSeconds {
  /// Operations that were due, by second, then by operation.
  var offered: [[Int]] = []
  /// How late the sender was at the worst, in nanoseconds.
  var late: [Int64] = []
  /// Operations that waited at the end.
  var backlogs: [Int] = []
}

/// From seconds with their histograms to the numbers that are told.
///
/// A histogram takes far more room than the numbers: each is let go once its second is told, so that a test of
/// hours needs no more than one of a minute.
struct LoadSummary {
  private let length: Double
  private let first: Int
  /// Seconds of which something may still come.
  private var open: [Int: LoadMeter.Second] = [:]
  /// Seconds before this one are told.
  private var told = 0
  private var latency = Array(repeating: Histogram(), count: OperationKind.allCases.count)
  private var service = Histogram()
  private var offeredCount = 0
  private var countInTime = 0
  private var rows: [LoadStep.Second] = []

  private static let kinds = OperationKind.allCases
  /// So many seconds later nothing comes any more, but of a client whose answer took longer.
  private static let patience = 40

  init(length: Double, warmup: Double) {
    self.length = length
    first = Int(warmup.rounded(.up))
  }

  /// Without the timers, which nobody sends: what is asked for is a rate of what is sent.
  static func sent<Value>(_ values: [Value]) -> [Value] {
    zip(kinds, values).compactMap { $0 == .timer ? nil : $1 }
  }

  /// What is known of a second so far, of all that was sent.
  func all(of number: Int) -> Histogram {
    open[number].map { LoadSender.all(Self.sent($0.latency)) } ?? Histogram()
  }

  /// Takes what was measured of seconds that are over, from one thread or several.
  mutating func take(_ parts: [LoadMeter.Second]) {
    for part in parts {
      if part.number < told {
        count(part, due: part.own)
      } else if open[part.number] == nil {
        open[part.number] = part
      } else {
        open[part.number]?.merge(part)
      }
    }
  }

  /// Tells the seconds of which nothing comes any more, at the end of a second.
  mutating func tell(at number: Int, _ sent: SentSeconds) {
    tell(before: number - Self.patience, sent)
  }

  private mutating func tell(before end: Int, _ sent: SentSeconds) {
    while told < end {
      let second = open.removeValue(forKey: told) ?? LoadMeter.Second(told)
      let offered = sent.offered.indices.contains(told) ? sent.offered[told] : []
      let due = Self.kinds.indices.map {
        second.own[$0] + (offered.isEmpty ? 0 : offered[$0])
      }
      count(second, due: due)
      add(second, due, sent)
      told += 1
    }
  }

  private mutating func count(_ second: LoadMeter.Second, due: [Int]) {
    guard second.number >= first else { return }
    for place in latency.indices { latency[place].merge(second.latency[place]) }
    service.merge(second.service)
    offeredCount += Self.sent(due).reduce(0, +)
    // What was carried out after the end took longer than it had.
    guard Double(second.number) < length else { return }
    countInTime += Self.sent(second.latency).reduce(0) { $0 + $1.count }
  }

  private mutating func add(_ second: LoadMeter.Second, _ due: [Int], _ sent: SentSeconds) {
    let number = second.number
    let late = sent.late.indices.contains(number) ? Double(sent.late[number]) * 1e-9 : 0
    let backlog = sent.backlogs.indices.contains(number) ? sent.backlogs[number] : 0
    func row(_ name: String, _ offered: Int, _ histogram: Histogram) {
      guard offered > 0 || histogram.count > 0 else { return }
      let quantiles = [0.5, 0.9, 0.99, 0.999, 1].compactMap { histogram.quantile($0) }
      rows.append(
        LoadStep.Second(
          second: number, operation: name, offeredCount: offered, doneCount: histogram.count,
          latency: quantiles.map { Double($0) * 1e-9 }, late: late, backlog: backlog))
    }
    row("all", Self.sent(due).reduce(0, +), LoadSender.all(Self.sent(second.latency)))
    for (place, kind) in Self.kinds.enumerated() {
      row(kind.name, due[place], second.latency[place])
    }
  }

  /// Writes the numbers into a step.
  mutating func fill(_ step: inout LoadStep, _ sent: SentSeconds) {
    tell(before: max(sent.offered.count, (open.keys.max() ?? -1) + 1), sent)
    let all = LoadSender.all(Self.sent(latency))
    step.offeredCount = offeredCount
    step.doneCount = all.count
    step.latency = [Self.times("all", all)]
    for (kind, part) in zip(Self.kinds, latency) where part.count > 0 {
      step.latency.append(Self.times(kind.name, part))
    }
    step.service = service.count > 0 ? Self.times("service", service) : nil
    let counted = max(1e-9, length - Double(first))
    step.offered = Double(offeredCount) / counted
    step.achieved = Double(countInTime) / counted
    step.seconds = rows
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
