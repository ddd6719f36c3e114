import Foundation
import Measurement
import Statistics
import Testing

@testable import Reporting

@Suite struct `Tables in a terminal` {
  private func lines(
    _ document: ResultDocument, columns: Int = 80, isUTF8: Bool = true
  ) -> [String] {
    TerminalAnswer(of: document, style: .init(columns: columns, isUTF8: isUTF8)).text
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The fixture with customers who wait for minutes: four digits before the point, two behind it.
  private func slow() -> ResultDocument {
    var document = Fixture.comparison()
    let places = document.metrics.indices.filter { document.metrics[$0].name.hasSuffix("p99") }
    for place in places {
      for strategy in document.strategies.indices {
        document.strategies[strategy].values[place].mean = [1452, 1355, 1795][strategy]
      }
    }
    let rows = document.comparison?.differences ?? []
    document.comparison?.differences = rows.map { row in
      guard row.metric.hasSuffix("p99") else { return row }
      var row = row
      row.change = row.strategy == "least open" ? -97 : 343
      row.low = (row.change ?? 0) - 107
      row.high = (row.change ?? 0) + 107
      (row.mean, row.baselineMean) = (1452 + (row.change ?? 0), 1452)
      return row
    }
    return document
  }

  /// Where the numbers of a row have their points, or end if they have none.
  private func points(_ row: String, from column: Int) -> [Int] {
    let cells = Array(row)
    var places: [Int] = []
    for place in cells.indices where place >= column && cells[place].isNumber {
      let next = place + 1 < cells.count ? cells[place + 1] : " "
      let isFraction = cells[..<place].last { !$0.isNumber } == "."
      if !next.isNumber, !isFraction { places.append(place) }
    }
    return places
  }

  @Test(arguments: [80, 100, 140], [true, false])
  func `keep the points of a column under each other`(columns: Int, isUTF8: Bool) {
    for document in [Fixture.comparison(), slow(), Fixture.scoped()] {
      let all = lines(document, columns: columns, isUTF8: isUTF8)
      let head = columns >= 100 ? 33 : 27
      for block in all.split(separator: "").map(Array.init)
      where block.contains(where: { $0.contains("baseline") }) {
        let rows = block.filter { $0.contains(isUTF8 ? "±" : "+/-") && !$0.contains("95 %") }
        #expect(rows.count >= 11)
        #expect(Set(rows.map { points($0, from: head) }).count == 1, "\(rows)")
        #expect(rows.allSatisfy { displayWidth($0) <= columns })
      }
    }
  }

  @Test func `say plus or minus in ASCII, beside every half-width`() {
    for columns in [80, 100] {
      let all = lines(Fixture.comparison(), columns: columns, isUTF8: false)
      #expect(all.allSatisfy { $0.utf8.allSatisfy { $0 < 0x80 } })
      let rows = all.filter { $0.contains("first response, mean") }
      #expect(rows.joined().components(separatedBy: "+/-").count == 3)
      #expect(all.contains { $0.contains("+/-95 %") })
    }
  }

  @Test func `give names of several words several lines, apart from each other`() {
    let document = Fixture.named(["picking", "picking and grabbing", "own agent for 2 min"])
    let all = lines(document)
    #expect(
      all.contains(
        "                                                       picking and    own agent"))
    #expect(
      all.contains(
        "GOALS                                         picking     grabbing    for 2 min"))
    #expect(!all.contains { $0.contains("…") })
  }

  @Test func `put what part of the customers met with into a group of its own`() throws {
    let all = lines(Fixture.scoped())
    let volume = try #require(all.firstIndex(of: "Customers: regular"))
    let vip = try #require(all.firstIndex(of: "Customers: vip"))
    #expect(vip == volume + 2)
    #expect(all[vip + 1].hasPrefix("  first response, mean s    197.2  170.5  -26.7   ±3.1  +"))
    let answering = try #require(all.firstIndex(of: "Answering"))
    let hands = try #require(all.firstIndex(of: "Changing hands"))
    #expect(all[answering..<hands].count { $0.contains("first response, mean") } == 1)
    #expect(volume > hands)
  }
}

@Suite struct `Numbers that add up` {
  private let metric = ResultDocument.Metric(
    name: "m", label: "m", group: "", unit: "count", shownUnit: "", decimals: 1, polarity: .lower)

  private func row(
    _ base: Double, _ mean: Double, _ verdict: Verdict = .inconclusive
  ) -> ResultDocument.Difference {
    .init(
      baseline: "a", strategy: "b", metric: "m", baselineMean: base, mean: mean,
      change: mean - base, verdict: verdict)
  }

  @Test func `a change is the difference of the values as they are printed`() throws {
    let format = MetricFormat(metric, widestHalfWidth: nil)
    // 4.6 and 5.5, which used to stand beside -1.0.
    #expect(format.value(4.55) == "4.6" && format.value(5.54) == "5.5")
    #expect(format.change(row(5.54, 4.55)) == "-0.9")
    #expect(format.spokenChange(row(5.54, 4.55)) == "0.9")
    var random = FixtureRandom(state: 7)
    for _ in 0..<500 {
      let (base, mean) = (20 * random.unit(), 20 * random.unit())
      let printed = try #require(Double(format.change(row(base, mean))))
      let apart = try #require(Double(format.value(mean))) - #require(Double(format.value(base)))
      #expect(abs(printed - apart) < 1e-9)
      #expect(abs(printed - (mean - base)) <= 0.1 + 1e-9)
    }
  }

  @Test func `a change that is not that of the two values is printed as it is`() {
    var odd = row(5, 4)
    odd.change = -3.2
    #expect(MetricFormat(metric, widestHalfWidth: nil).change(odd) == "-3.2")
  }

  @Test func `a change that is claimed can be seen`() {
    let small = row(0.01, 0.0124, .worse)
    #expect(MetricFormat(metric, widestHalfWidth: nil).change(small) == "0.0")
    #expect(MetricFormat(metric, widestHalfWidth: nil, telling: [small]).change(small) == "+0.002")
    // What no digit shows is not stretched.
    #expect(
      MetricFormat(metric, widestHalfWidth: nil, telling: [row(0.01, 0.010_000_000_1, .worse)])
        .decimals == 1)
  }

  @Test func `a sign stands beside no change that cannot be seen`() throws {
    var document = Fixture.comparison()
    let place = try #require(document.comparison?.differences.firstIndex { $0.metric == "busy" })
    document.comparison?.differences[place].change = 1e-12
    document.comparison?.differences[place].mean = 0.814
    let text = TerminalAnswer(of: document, style: .init(columns: 80)).text
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("  busy") })
    #expect(!row.prefix(55).contains(" . "))
    #expect(row.hasSuffix("."))
  }
}
