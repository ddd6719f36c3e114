import Measurement
import Statistics
import Testing

@testable import Service

@Suite struct `Seconds of a load test` {
  /// So many seconds of some operations, each told by two threads.
  private func parts(_ number: Int) -> [LoadMeter.Second] {
    (0..<2).map { thread in
      var second = LoadMeter.Second(number)
      for count in 1...(number % 7 + 1) {
        second.latency[count % second.latency.count].record(Int64(count * 1_000 + thread))
        second.service.record(Int64(count))
      }
      return second
    }
  }

  private func step(seconds: Int, warmup: Double, tellsAsItGoes: Bool) -> LoadStep {
    var sent = SentSeconds()
    var summary = LoadSummary(length: Double(seconds), warmup: warmup)
    for number in 0..<seconds {
      sent.offered.append(Array(repeating: number % 5, count: OperationKind.allCases.count))
      sent.late.append(Int64(number))
      sent.backlogs.append(number)
      // What the second thread says comes a second later.
      summary.take([parts(number)[0]] + (number > 0 ? [parts(number - 1)[1]] : []))
      if tellsAsItGoes { summary.tell(at: number, sent) }
    }
    summary.take([parts(seconds - 1)[1]])
    var step = LoadStep(
      shape: "soak", fromRate: 1, toRate: 1, duration: Double(seconds), warmup: warmup)
    summary.fill(&step, sent)
    return step
  }

  @Test(arguments: [(1, 0.0), (30, 2), (200, 0), (200, 60.5)])
  func `what is let go on the way is told as if all had been kept`(
    seconds: Int, warmup: Double
  ) {
    let kept = step(seconds: seconds, warmup: warmup, tellsAsItGoes: false)
    #expect(step(seconds: seconds, warmup: warmup, tellsAsItGoes: true) == kept)
    #expect(Set(kept.seconds.map(\.second)).count == seconds)
    let counted = kept.seconds.filter { Double($0.second) >= warmup && $0.operation == "all" }
    #expect(kept.doneCount == counted.reduce(0) { $0 + $1.doneCount })
    #expect(kept.offeredCount == counted.reduce(0) { $0 + $1.offeredCount })
  }

  @Test func `an answer that took minutes still counts`() {
    var sent = SentSeconds()
    sent.offered = Array(
      repeating: Array(repeating: 1, count: OperationKind.allCases.count), count: 100)
    var summary = LoadSummary(length: 100, warmup: 0)
    summary.tell(at: 99, sent)
    summary.take(parts(3))
    var step = LoadStep(shape: "soak", fromRate: 1, toRate: 1, duration: 100, warmup: 0)
    summary.fill(&step, sent)
    #expect(step.doneCount == 8)
  }
}
