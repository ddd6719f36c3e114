import Testing

@testable import Measurement

/// The metrics of what only some scenarios have.
@Suite("Occasional metrics")
struct OccasionalMetricTests {
  @Test func `have a name each, beside those of every summary`() {
    let names = MetricDefinition.occasional.map(\.name)
    #expect(
      names == [
        "spam", "merged", "quick_handovers", "broadcast.sent", "broadcast.delivered",
        "broadcast.failed", "broadcast.replied",
      ])
    let all = MetricDefinition.everything.map(\.name)
    #expect(Set(all).count == all.count)
    #expect(all.filter { !names.contains($0) } == MetricDefinition.all.map(\.name))
    #expect(!MetricReference.summary.contains { $0.metric.isOccasional })
  }

  @Test(arguments: MetricDefinition.occasional)
  func `tell their meaning, unit and words`(_ metric: MetricDefinition) throws {
    #expect(metric.meaning.hasSuffix("."))
    #expect(["ratio", "count"].contains(metric.unit))
    #expect(!metric.label.isEmpty && metric.shortLabel.count <= 21)
    let reference = try MetricReference(metric.name)
    #expect(reference.metric == metric)
    #expect(MetricReference(metric, closedOnly: true) == nil)
    // Where it is asked for it stands with its group.
    let summary = MetricReference.summary(with: [reference])
    #expect(summary.count == MetricReference.summary.count + 1)
    let groups = summary.map(\.metric.group)
    #expect(
      groups == MetricDefinition.Group.allCases.flatMap { group in groups.filter { $0 == group } })
  }

  @Test func `are values only where somebody counted`() throws {
    var recorder = Recorder(RecordingPlan(agents: 1, duration: 100))
    var courses = [Course(), Course()]
    recorder.conversationOpened(&courses[0], at: 1)
    recorder.conversationOpened(&courses[1], at: 2)
    var result = recorder.finish(at: 100, open: courses)
    #expect(result.value(of: try MetricReference("spam")) == nil)
    var counts = OccasionalCounts()
    counts.spam = 1
    counts.merged = 2
    counts.quickHandovers = 3
    counts.broadcasts.sent = 9
    counts.broadcasts.delivered = 7
    counts.broadcasts.failed = 1
    counts.broadcasts.replied = 4
    result.occasional = counts
    func value(_ name: String) throws -> Double? {
      result.value(of: try MetricReference(name))?.value
    }
    #expect(try value("spam") == 0.5)
    #expect(try value("merged") == 1)
    #expect(try value("quick_handovers") == 1.5)
    #expect(try value("broadcast.sent") == 9)
    #expect(try value("broadcast.delivered") == 7)
    #expect(try value("broadcast.failed") == 1)
    #expect(try value("broadcast.replied") == 4)
  }

  @Test func `a course counts while a conversation opened after the warm-up is in it`() {
    var recorder = Recorder(RecordingPlan(agents: 1, duration: 100, warmup: 10))
    var (early, late) = (Course(), Course())
    var counted = [early.counts]
    recorder.conversationOpened(&early, at: 9)
    recorder.conversationOpened(&late, at: 10)
    counted += [early.counts, late.counts]
    recorder.conversationClosed(&late, at: 11)
    counted.append(late.counts)
    #expect(counted == [false, false, true, false])
  }
}
