import Foundation
import Testing

@testable import Measurement

@Suite("Parts of the conversations")
struct MetricScopeTests {
  @Test(arguments: [
    ("population vip: first_response.p90", "population vip: first_response.p90"),
    ("  team  first line :abandoned ", "team first line: abandoned"),
    ("channel web: wait.answered.within(90 s)", "channel web: wait.answered.within(1 min 30 s)"),
    ("between 9:00 and 24:00: opened", "between 09:00 and 24:00: opened"),
    (
      "between 22:00 and 06:30: resolution.office.mean",
      "between 22:00 and 06:30: resolution.office.mean"
    ),
  ])
  func `are read and written`(_ text: String, _ name: String) throws {
    let metric = try MetricReference(text)
    #expect(metric.description == name)
    #expect(try MetricReference(name) == metric)
    let data = try JSONEncoder().encode([metric])
    #expect(try JSONDecoder().decode([MetricReference].self, from: data) == [metric])
    let goal = try Goal("\(text) <= \(metric.unit == "s" ? "2 min" : "1")")
    #expect(goal.metric == metric)
  }

  @Test(
    arguments: [
      ("populatoin vip: abandoned", 0..<10, "population"),
      ("population : abandoned", 0..<10, nil),
      ("team a: busy", 8..<12, nil),
      ("team a: abandonned", 8..<18, "abandoned"),
      ("between 12 and 14:00: abandoned", 8..<10, nil),
      ("between 12:00 to 14:00: abandoned", 14..<16, nil),
      ("between 24:00 and 14:00: abandoned", 8..<13, nil),
      ("between 12:00 and 12:00: abandoned", 8..<23, nil),
      ("between 12:00 and 14:00 or so: abandoned", 24..<29, nil),
    ] as [(String, Range<Int>, String?)])
  func `that are none are refused where they stand`(
    _ text: String, _ range: Range<Int>, _ suggestion: String?
  ) {
    #expect {
      try MetricReference(text)
    } throws: { error in
      let error = error as? GrammarError
      return error?.range == range && error?.suggestion == suggestion
    }
  }

  @Test func `are named by the words of their metrics`() throws {
    let metric = try MetricReference("population vip: first_response.within(5 min)")
    #expect(metric.label == "vip: first response in 5 min")
    #expect(metric.shortLabel == "response in 5 min")
    #expect(metric.heading == "Population vip")
    #expect(!metric.isShownAlways && metric.unit == "ratio")
    #expect(
      try MetricReference("between 12:00 and 14:00: abandoned").label
        == "12:00 to 14:00: abandoned")
  }

  @Test func `stand after everybody's metrics, part by part`() throws {
    let asked = try ["team a: abandoned", "channel b: closed", "team a: wait.mean"]
      .map { try MetricReference($0) }
    let all = MetricReference.summary(with: asked).map(\.description)
    #expect(all.count == MetricReference.summary.count + 3)
    #expect(all.suffix(3) == ["team a: wait.mean", "team a: abandoned", "channel b: closed"])
  }

  @Test func `each population of several has the usual four and the first goal's metric`() throws {
    let goals = try ["team a: abandoned <= 1%", "wait.p90 <= 1 s"].map { try Goal($0) }
    #expect(MetricReference.ofPopulations(["a"], goals: goals).isEmpty)
    let names = MetricReference.ofPopulations(["a", "b"], goals: goals).map(\.description)
    #expect(
      names.prefix(5) == [
        "population a: wait.p90", "population a: first_response.mean",
        "population a: resolution.mean", "population a: abandoned", "population a: reassigned",
      ])
    #expect(names.count == 10)
    // What belongs to no conversation is told of all only.
    let busy = MetricReference.ofPopulations(["a", "b"], goals: [try Goal("busy <= 90%")])
    #expect(busy.count == 8)
  }

  private static func recorded(
    _ members: RecordedPart.Members, _ tell: (inout History) -> Void
  ) throws -> ReplicationResult {
    let scope = MetricScope.population("x")
    let asked = [
      "first_response.within(60 s)", "response.mean", "response.closed_only.mean",
      "first_response.office.mean", "abandoned.closed_only",
    ]
    var history = try History(
      metrics: asked.map { "\(scope): \($0)" }, office: [0..<10, 50..<1_000], populations: 2,
      channels: 2)
    history.parts = [RecordedPart(scope, members)]
    tell(&history)
    return history.result()
  }

  private static func tell(_ history: inout History) {
    // Answered twice by 0, given up later.
    history.opens(0, 0, population: 1, channel: 0)
    history.assigns(0, 0, 0)
    history.answers(0, by: 0, from: 0, to: 60)
    history.writes(0, 100)
    history.answers(0, by: 1, from: 100, to: 120)
    history.closes(0, 130)
    // Nobody answers; agent 2 had it last.
    history.opens(1, 20, population: 1, channel: 1)
    history.assigns(1, 0, 20)
    history.assigns(1, 2, 25)
    history.abandons(1, 40)
    history.closes(1, 40)
    // Nobody had it at all.
    history.opens(2, 200, population: 0, channel: 1)
    history.opens(3, 990, population: 0, channel: 1)
  }

  @Test(
    arguments: [
      (RecordedPart.Members.population(1), 2, 0.5, 0.5),
      (.population(0), 2, 0, 0), (.channel(0), 1, 1, 0), (.channel(1), 3, 0, 1.0 / 3),
      (.agents([true, false, false]), 1, 1, 0), (.agents([false, false, true]), 1, 0, 1),
      (.agents([false, true]), 0, nil, nil), (.nothing, 0, nil, nil),
      (.opened([-5..<1, 200..<990]), 2, 0.5, 0), (.opened([1..<200]), 1, 0, 1),
    ] as [(RecordedPart.Members, Int, Double?, Double?)])
  func `hold what belongs to them`(
    _ members: RecordedPart.Members, _ count: Int, _ within: Double?, _ abandoned: Double?
  ) throws {
    var members = members
    if case .opened(let seconds) = members {
      members = .opened(
        seconds.map { $0.lowerBound * History.second..<$0.upperBound * History.second })
    }
    let result = try Self.recorded(members, Self.tell)
    func value(_ metric: String) throws -> Double? {
      result.value(of: try MetricReference("population x: \(metric)"))?.value
    }
    #expect(try value("opened") == Double(count))
    #expect(try value("first_response.within(60 s)") == within)
    #expect(try value("abandoned") == abandoned)
    // Everybody's numbers are what they were.
    #expect(result.all.conversations == 4)
    #expect(result.value(of: try MetricReference("population y: opened")) == nil)
  }

  @Test func `have every view of a metric`() throws {
    let result = try Self.recorded(.population(1), Self.tell)
    func value(_ metric: String) throws -> Double? {
      result.value(of: try MetricReference("population x: \(metric)"))?.value
    }
    #expect(try value("response.mean") == 40)
    #expect(try value("response.closed_only.mean") == 40)
    #expect(try value("first_response.office.mean") == 20)
    #expect(try value("abandoned.closed_only") == 0.5)
    #expect(try value("reassigned") == 0.5)
    #expect(try value("resolution.max") == 130)
    #expect(try value("closed") == 2 && value("open_at_end") == 0)
  }

  @Test func `that hold everything tell what all conversations tell`() throws {
    let result = try Self.recorded(.opened([0..<Int64.max]), Self.tell)
    for metric in MetricReference.summary where metric.metric.isOfConversations {
      let part = try #require(metric.limited(to: .population("x")))
      #expect(result.value(of: part) == result.value(of: metric), "\(metric)")
    }
  }
}
