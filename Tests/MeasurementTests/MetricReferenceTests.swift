import Foundation
import Measurement
import Statistics
import Testing

@Suite("Metric references")
struct MetricReferenceTests {
  private static func parse(
    _ text: String, in vocabulary: MetricReference.Vocabulary = .simulation
  ) -> Result<MetricReference, GrammarError> {
    do throws(GrammarError) {
      return .success(try MetricReference(text, in: vocabulary))
    } catch {
      return .failure(error)
    }
  }

  @Test(arguments: [
    "first_response.within(5 min)", "first_response.office.p90", "abandoned", "wait.mean",
    "reassigned.closed_only", "resolution.closed_only.p999", "response.sd",
    "time_to_assignment.max",
    "workload.gini", "open_contacts.max", "open_contacts", "moves_no_sooner", "wait.within(0 s)",
    "first_response.office.closed_only.within(1 h 30 min)", "cost", "busy", "waiting",
  ])
  func `are written as they are read`(_ text: String) throws {
    #expect(try Self.parse(text).get().description == text)
  }

  @Test(arguments: [
    ("  abandoned ", "abandoned"), ("first_response.p90.office", "first_response.office.p90"),
    ("first_response.within(90s)", "first_response.within(1 min 30 s)"),
    ("first_response.within( 0.5 h )", "first_response.within(30 min)"),
    ("open_contacts.mean", "open_contacts"),
    ("resolution.p50.closed_only", "resolution.closed_only.p50"),
  ])
  func `have one name for all ways of writing them`(_ text: String, _ name: String) throws {
    #expect(try Self.parse(text).get().description == name)
  }

  @Test(
    arguments: [
      ("first_answer.p90", "unknown metric 'first_answer'", "first_response", 0..<12),
      ("abandonned", "unknown metric 'abandonned'", "abandoned", 0..<10),
      ("  wiat.mean", "unknown metric 'wiat'", "wait", 2..<6),
      ("zebra", "unknown metric 'zebra'", nil, 0..<5),
      (
        "workload", "'workload' is asked for as workload.gini, workload.jain, workload.cv", nil,
        0..<8
      ),
      (
        "workload.jani", "'workload' is asked for as workload.gini, workload.jain, workload.cv",
        "workload.jain", 0..<13
      ),
      (
        "first_response.p91",
        "'first_response' is followed by '.p91'; known: mean, sd, p50, p75, p90, p95, p99, p999, max, "
          + "within(5 min), answered.within(5 min), office, closed_only", "p90", 15..<18
      ),
      ("abandoned.p90", "'abandoned' is followed by '.p90'; known: closed_only", nil, 10..<13),
      ("busy.mean", "'busy' is one number and takes no '.mean'", nil, 5..<9),
      ("abandoned.office", "'abandoned' has no '.office' form", nil, 10..<16),
      ("waiting.closed_only", "'waiting' has no '.closed_only' form", nil, 8..<19),
      ("wait.p50.p90", "'wait' is asked for two things at once", nil, 9..<12),
      ("wait.office.office.mean", "'wait' is asked for two things at once", nil, 12..<18),
      ("wait.within(5)", "a duration needs a unit: write '5 s' or '5 min'", nil, 12..<13),
      ("wait.within(5 minutes)", "unknown unit 'minutes'; known: ms, s, min, h, d", "min", 14..<21),
      ("wait.within()", "a duration is missing, such as '5 min'", nil, 12..<12),
      ("wait.within", "a share within a bound is written as 'within(5 min)'", nil, 5..<11),
      ("wait.within(5 min", "a share within a bound is written as 'within(5 min)'", nil, 5..<17),
      ("", "a metric is missing", nil, 0..<0), ("   ", "a metric is missing", nil, 3..<3),
    ] as [(String, String, String?, Range<Int>)])
  func `say what is wrong, what was meant and where`(
    _ text: String, _ message: String, _ suggestion: String?, _ range: Range<Int>
  ) {
    #expect(
      Self.parse(text)
        == .failure(GrammarError(message, suggestion: suggestion, range: range)))
  }

  @Test func `of a time without a statistic teach the statistics`() {
    guard case .failure(let error) = Self.parse("first_response") else {
      Issue.record("was accepted")
      return
    }
    #expect(error.message.contains("'first_response.p90'"))
    #expect(error.range == 0..<14)
  }

  @Test func `of the load test have operations of their own`() throws {
    let reference = try Self.parse("latency.assign.p999", in: .load).get()
    #expect(reference.operation == "assign")
    #expect(reference.description == "latency.assign.p999")
    #expect(try Self.parse("achieved", in: .load).get().isShare)
    #expect(throws: GrammarError.self) { try Self.parse("latency.p99").get() }
    #expect(throws: GrammarError.self) { try Self.parse("wait.p99", in: .load).get() }
    #expect(throws: GrammarError.self) { try Self.parse("lateness.assign.p99", in: .load).get() }
    #expect(throws: GrammarError.self) { try Self.parse("latency.office.p99", in: .load).get() }
  }

  @Test func `never stop the program, whatever the text`() {
    let alphabet = Array("wait.p90()<>=% 5minof_cld\u{e9}\u{1f600}\0").map(String.init)
    var state: UInt64 = 1
    for _ in 0..<300 {
      var text = ""
      for _ in 0..<12 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        text += alphabet[Int(state >> 33) % alphabet.count]
      }
      let length = text.utf8.count
      if case .failure(let error) = Self.parse(text) {
        #expect(0 <= error.range.lowerBound && error.range.upperBound <= length)
      }
      do throws(GrammarError) {
        _ = try Goal(text)
      } catch {
        #expect(0 <= error.range.lowerBound && error.range.upperBound <= length)
      }
    }
  }

  @Test func `of every metric come back from their own name`() throws {
    for reference in MetricReference.summary {
      #expect(try Self.parse(reference.description).get() == reference)
      let data = try JSONEncoder().encode([reference])
      #expect(try JSONDecoder().decode([MetricReference].self, from: data) == [reference])
    }
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([MetricReference].self, from: Data(#"["nothing"]"#.utf8))
    }
  }

  @Test func `cannot be made of what does not fit together`() {
    #expect(MetricReference(.wait) == nil)
    #expect(MetricReference(.abandoned, .mean) == nil)
    #expect(MetricReference(.busy, closedOnly: true) == nil)
    #expect(MetricReference(.reassigned, office: true) == nil)
    #expect(MetricReference(.wait, .quantile(perMille: 1_000)) == nil)
    #expect(MetricReference(.wait, .within(-1)) == nil)
    #expect(MetricReference(.wait, .mean, operation: "assign") == nil)
  }

  @Test func `are shown as the mock-up shows them`() throws {
    func shown(_ text: String) throws -> (String, String, Int, Polarity) {
      let reference = try Self.parse(text).get()
      return (reference.label, reference.shownUnit, reference.decimals, reference.polarity)
    }
    #expect(
      try shown("first_response.within(5 min)") == ("first response in 5 min", "%", 1, .higher))
    #expect(try shown("first_response.mean") == ("first response, mean", "s", 1, .lower))
    #expect(try shown("first_response.p90") == ("first response, p90", "s", 0, .lower))
    #expect(try shown("abandoned") == ("abandoned", "%", 2, .lower))
    #expect(try shown("resolution.mean") == ("resolution, mean", "min", 1, .lower))
    #expect(try shown("reassigned") == ("reassigned", "%", 1, .lower))
    #expect(try shown("moves_no_sooner") == ("moves that did not help", "/100", 1, .lower))
    #expect(try shown("busy") == ("busy", "%", 1, .neither))
    #expect(try shown("open_contacts.max") == ("open contacts, most", "", 1, .lower))
    #expect(try shown("workload.gini") == ("workload, Gini x 100", "", 1, .lower))
    #expect(try Self.parse("first_response.within(5 min)").get().shortLabel == "response in 5 min")
    #expect(try Self.parse("moves_no_sooner").get().shortLabel == "unhelpful moves")
    #expect(try Self.parse("first_response.mean").get().shortLabel == nil)
    let always = MetricReference.summary.filter(\.isShownAlways).map(\.description)
    #expect(
      always == [
        "first_response.mean", "first_response.p90", "first_response.p99", "resolution.mean",
        "abandoned", "reassigned", "moves_no_sooner", "busy", "open_contacts.max", "workload.gini",
      ])
  }

  @Test func `of the summary hold what goals ask, once`() throws {
    let bound = try Self.parse("first_response.within(5 min)").get()
    let known = try Self.parse("first_response.p90").get()
    let all = MetricReference.summary(with: [bound, known, bound])
    #expect(all.count == MetricReference.summary.count + 1)
    #expect(Set(all).count == all.count)
    #expect(all.firstIndex(of: bound).map { all[$0 + 1].description } == "first_response.mean")
  }
}

@Suite("Catalogue of metrics")
struct MetricCatalogueTests {
  @Test func `has every name of the contract, once`() {
    let names = """
      opened closed open_at_end abandoned wait first_response response resolution
      time_to_assignment assignments reassigned reassignments moves_no_sooner ping_pong
      unassigned_at_end waiting workload.gini workload.jain workload.cv busy open_contacts
      same_agent window_expired delivery_failed cost
      """.split(whereSeparator: \.isWhitespace).map(String.init)
    let ours = MetricDefinition.all.map(\.name)
    #expect(Set(ours) == Set(names))
    #expect(Set(ours).count == ours.count)
  }

  @Test(arguments: MetricDefinition.all)
  func `tells of each its meaning, unit and words`(_ metric: MetricDefinition) {
    #expect(metric.meaning.hasSuffix("."))
    #expect(["s", "ratio", "count", ""].contains(metric.unit))
    #expect(!metric.label.isEmpty && metric.shortLabel.count <= 21)
    #expect(metric.shownFactor > 0)
  }
}

@Suite("Durations as text")
struct DurationTextTests {
  @Test(
    arguments: [
      ("250 ms", 250_000_000), ("90 s", 90_000_000_000), ("1 h 30 min", 5_400_000_000_000),
      ("2 d", 172_800_000_000_000), ("1.5 h", 5_400_000_000_000), ("1e3 s", 1_000_000_000_000),
      ("0 s", 0), ("5min", 300_000_000_000), (" 1h30min ", 5_400_000_000_000),
      ("0.1 s", 100_000_000), ("36525 d", 3_155_760_000_000_000_000),
    ] as [(String, Int64)])
  func `are read`(_ text: String, _ nanoseconds: Int64) throws {
    #expect(try DurationText.parse(text) == nanoseconds)
  }

  @Test(arguments: [
    "", "5", "5 parsecs", "-5 s", "5 s 3 min", "5 s 3 s", "36526 d", "1e400 s", "s", "5 min,",
    "1 h h",
    "\u{663} s",
  ])
  func `that are none are refused`(_ text: String) {
    #expect(throws: GrammarError.self) { try DurationText.parse(text) }
  }

  @Test(
    arguments: [
      (0, "0 s"), (1, "0.000001 ms"), (250_000_000, "250 ms"), (90_000_000_000, "1 min 30 s"),
      (300_000_000_000, "5 min"), (93_784_005_600_000, "1 d 2 h 3 min 4 s 5.6 ms"),
    ] as [(Int64, String)])
  func `are written and read back`(_ nanoseconds: Int64, _ text: String) throws {
    #expect(DurationText.format(nanoseconds) == text)
    #expect(try DurationText.parse(text) == nanoseconds)
  }
}

@Suite("Goals")
struct GoalTests {
  @Test(arguments: [
    (
      "first_response.within(5 min) >= 80%", "first_response.within(5 min)", Goal.Relation.atLeast,
      0.8
    ),
    ("first_response.p90 <= 10 min", "first_response.p90", .atMost, 600),
    ("reassigned <= 5%", "reassigned", .atMost, 0.05),
    ("abandoned<0.05", "abandoned", .below, 0.05),
    ("reassignments <= 0.2", "reassignments", .atMost, 0.2),
    ("busy > 60 %", "busy", .above, 0.6), ("waiting <= 3.5", "waiting", .atMost, 3.5),
    ("cost <= 2400", "cost", .atMost, 2_400),
    ("workload.gini <= 0.1", "workload.gini", .atMost, 0.1),
    ("response.mean <= 1 h 30 min", "response.mean", .atMost, 5_400),
    ("open_contacts.max <= 6", "open_contacts.max", .atMost, 6),
  ])
  func `are read with their limit in the unit of files`(
    _ text: String, _ metric: String, _ relation: Goal.Relation, _ limit: Double
  ) throws {
    let goal = try Goal("  \(text) ")
    #expect(goal.text == text)
    #expect(goal.metric.description == metric)
    #expect(goal.relation == relation)
    #expect(goal.limit == limit)
    let data = try JSONEncoder().encode([goal])
    #expect(try JSONDecoder().decode([Goal].self, from: data) == [goal])
  }

  @Test(arguments: [
    ("first_response.within(5 min) >= 80%", "%"), ("first_response.p90 <= 10 min", "min"),
    ("busy > 60 %", "%"), ("abandoned<0.05", ""), ("workload.gini <= 0.1", ""),
    ("response.mean <= 1 h 30 min", "min"), ("wait.p50 <= 250 ms", "ms"), ("cost <= 2400", ""),
  ])
  func `know the unit that their limit was written in`(_ text: String, _ unit: String) throws {
    #expect(try Goal(text).unit == unit)
  }

  @Test(arguments: [
    (
      "first_response.p90 10 min", "a goal is written as 'METRIC >= VALUE' or 'METRIC <= VALUE'",
      0..<25
    ),
    ("wait.p90 => 5 s", "a goal compares with >=, <=, > or <, not with '=>'", 9..<11),
    ("wait.p90 = 5 s", "a goal compares with >=, <=, > or <, not with '='", 9..<10),
    ("first_answer.p90 <= 6 min", "unknown metric 'first_answer'", 0..<12),
    ("wait.p90 <= 5", "a duration needs a unit: write '5 s' or '5 min'", 12..<13),
    ("wait.p90 <=", "the goal's limit is missing", 11..<11),
    ("abandoned <= 5 min", "the limit of 'abandoned' is a share, written as '80%'", 13..<18),
    ("abandoned <= many", "a share is written as '80%'", 13..<17),
    ("abandoned <= 5", "a share is at most 100%", 13..<14),
    ("abandoned <= 120%", "a share is at most 100%", 13..<17),
    (
      "reassignments <= 20%", "the limit of 'reassignments' is a plain number, not a share", 17..<20
    ),
    ("opened >= 5 s", "the limit of 'opened' is a plain number without a unit", 10..<13),
    ("opened >= x", "a number is expected here", 10..<11),
    ("wait.p90 <= 80%", "a duration needs a unit: write '80 s' or '80 min'", 12..<14),
  ])
  func `say what is wrong and where`(_ text: String, _ message: String, _ range: Range<Int>) {
    do throws(GrammarError) {
      _ = try Goal(text)
      Issue.record("was accepted")
    } catch {
      #expect(error.message == message)
      #expect(error.range == range)
    }
  }

  @Test(arguments: [
    (">= 80%", 0.80, 0.9, Goal.Outcome.met), (">= 80%", 0.79, 0.9, .inconclusive),
    (">= 80%", 0.7, 0.79, .missed), (">= 80%", 0.7, 0.8, .inconclusive),
    ("<= 5%", 0.01, 0.05, .met), ("<= 5%", 0.01, 0.06, .inconclusive),
    ("<= 5%", 0.06, 0.07, .missed),
    ("< 5%", 0.01, 0.05, .inconclusive), ("> 5%", 0.05, 0.07, .inconclusive),
    ("> 5%", 0.06, 0.07, .met),
    ("< 5%", 0.05, 0.07, .missed),
  ])
  func `are judged by both ends of the interval`(
    _ limit: String, _ low: Double, _ high: Double, _ outcome: Goal.Outcome
  ) throws {
    #expect(try Goal("reassigned \(limit)").outcome(low: low, high: high) == outcome)
  }

  @Test func `without an interval are inconclusive`() throws {
    let goal = try Goal("reassigned <= 5%")
    #expect(goal.outcome(low: nil, high: nil) == .inconclusive)
    #expect(goal.outcome(low: .nan, high: 0.01) == .inconclusive)
  }
}
