import Testing
import VirtualTime

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
      ] + MetricDefinition.links.map(\.name) + MetricDefinition.people.map(\.name))
    let all = MetricDefinition.everything.map(\.name)
    #expect(Set(all).count == all.count)
    #expect(all.filter { !names.contains($0) } == MetricDefinition.all.map(\.name))
    #expect(!MetricReference.summary.contains { $0.metric.isOccasional })
  }

  @Test(arguments: MetricDefinition.occasional)
  func `tell their meaning, unit and words`(_ metric: MetricDefinition) throws {
    #expect(metric.meaning.hasSuffix("."))
    #expect(["ratio", "count", "rating"].contains(metric.unit) || metric.kind == .money)
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

  @Test func `of channels, help, the API and webhooks are values of what was counted`() throws {
    var recorder = Recorder(RecordingPlan(agents: 1, duration: 100))
    var courses = [Course(), Course()]
    for index in courses.indices {
      recorder.conversationOpened(&courses[index], at: Instant(nanoseconds: 1))
    }
    var result = recorder.finish(at: Instant(nanoseconds: 100), open: courses)
    result.occasional = OccasionalCounts()
    func values() -> [Double?] {
      MetricDefinition.links.map { metric in
        MetricReference(metric).flatMap { result.value(of: $0)?.value }
      }
    }
    #expect(values().allSatisfy { $0 == nil })
    var counts = LinkCounts()
    counts.repeatedMessages = 1
    counts.lateMessages = 2
    counts.answersBegun = 8
    counts.answersHelped = 2
    counts.missedSessions = 1
    counts.pairRefusals = 3
    counts.tierRefusals = 4
    counts.templateRefusals = 5
    counts.channelCost = 6.25
    counts.apiCalls = 7
    counts.apiRefusals = 8
    counts.webhooksSent = 9
    counts.webhooksFailed = 10
    counts.webhooksDisabled = 11
    result.occasional?.links = counts
    #expect(values() == [1, 2, 0.25, 0.5, 3, 4, 5, 6.25, 7, 8, 9, 10, 11])
  }

  @Test func `are values only where somebody counted`() throws {
    var recorder = Recorder(RecordingPlan(agents: 1, duration: 100))
    var courses = [Course(), Course()]
    recorder.conversationOpened(&courses[0], at: Instant(nanoseconds: 1))
    recorder.conversationOpened(&courses[1], at: Instant(nanoseconds: 2))
    var result = recorder.finish(at: Instant(nanoseconds: 100), open: courses)
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
    recorder.conversationOpened(&early, at: Instant(nanoseconds: 9))
    recorder.conversationOpened(&late, at: Instant(nanoseconds: 10))
    counted += [early.counts, late.counts]
    recorder.conversationClosed(&late, at: Instant(nanoseconds: 11))
    counted.append(late.counts)
    #expect(counted == [false, false, true, false])
  }
}
