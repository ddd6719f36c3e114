import Foundation
import Testing

@testable import Measurement
@testable import Reporting

@Suite struct `A sweep in words and pictures` {
  @Test func `every sentence says what the document holds`() {
    var kinds: Set<String> = []
    for seed in 0..<400 {
      let document = SweepFixture.random(UInt64(seed))
      let problems = SweepClaims(document).problems
      #expect(problems == [], "seed \(seed): \(SweepWords(index: SweepIndex(document)).text)")
      for sentence in SweepWords(index: SweepIndex(document)).sentences {
        kinds.insert(String(sentence.prefix(9)))
      }
    }
    // A test that reads nothing would be content with everything.
    for kind in ["What matt", "No settin", "The best ", "One run o", "Over agen", "Neither "] {
      #expect(kinds.contains { $0.hasPrefix(kind.prefix(8)) }, "\(kind) never occurs in \(kinds)")
    }
  }

  @Test func `a sentence that is wrong is found out`() {
    var document = SweepFixture.random(1)
    while document.factors.count < 2 || document.effects.first?.rows.first?.isShown != true {
      document = SweepFixture.random(document.head.seed &+ 1)
      document.head.seed &+= 1
    }
    document.effects[0].rows[0].from = document.effects[0].rows[0].to
    #expect(SweepClaims(document).problems != [])
  }

  @Test func `sweep.csv has a row for each setting, strategy and metric`() {
    for seed in 0..<20 {
      let document = SweepFixture.random(UInt64(seed))
      let table = document.tables[0]
      #expect(table.name == "sweep.csv")
      let lines = table.contents.split(separator: "\n")
      #expect(lines.count == 1 + document.points.count * document.metrics.count)
      #expect(
        lines[0]
          == (document.names.map(\.name) + [
            "strategy", "metric", "unit", "mean", "low", "high", "half_width", "replications",
          ]).joined(separator: ",")[...])
      let value = document.points[0].values[0]
      #expect(lines[1].contains(",\(value.metric),"))
      #expect(value.mean.map { lines[1].contains("," + shortest($0) + ",") } == true)
    }
  }

  @Test func `hostile names stay inside their cells, tags and lines`() {
    let document = SweepFixture.hostile()
    let csv = document.tables[0].contents
    #expect(csv.hasPrefix("parameter strategy,") || csv.contains("strategyx"))
    #expect(!csv.contains("\u{202E}"))
    let html = document.page.html(document.head)
    #expect(!html.contains("<script>alert") && !html.contains("<b>0</b>"))
    let picture = document.tables[1].contents
    #expect(!picture.contains("<b>0") && !picture.contains("\u{202E}"))
    let text = StudyAnswer(of: document, style: TerminalStyle()).text
    #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
  }

  @Test(arguments: [(40, true), (66, true), (80, true), (80, false), (100, true), (100, false)])
  func `the answer keeps its width`(columns: Int, isUTF8: Bool) {
    for seed in 0..<40 {
      let document = SweepFixture.random(UInt64(seed))
      let style = TerminalStyle(columns: columns, isUTF8: isUTF8)
      for line in document.blocks(style).joined() {
        // Below 80 columns a grid of five values is wider than its terminal.
        #expect(columns < 80 || displayWidth(line) <= columns, "seed \(seed): \(line)")
        #expect(isUTF8 || line.utf8.allSatisfy { $0 < 0x80 }, "seed \(seed): \(line)")
      }
    }
  }

  @Test func `a saved sweep is read back and makes the same files`() throws {
    for seed in 0..<20 {
      let document = SweepFixture.random(UInt64(seed))
      let files = try StudyFiles.all(of: document)
      let saved = try #require(files.first { $0.name == ResultJSON.fileName })
      #expect(StudyFiles.command(in: saved.contents) == "sweep")
      let again = try StudyFiles.read(SweepDocument.self, in: saved.contents)
      #expect(again == document)
      #expect(try StudyFiles.all(of: again) == files)
    }
  }

  @Test func `a saved sweep with places that do not exist is refused`() {
    func problem(_ change: (inout SweepDocument) -> Void) -> String? {
      var document = SweepFixture.random(2)
      change(&document)
      return document.problem
    }
    #expect(problem { _ in } == nil)
    #expect(problem { $0.points[0].place[0] = 99 } == "points.[0].place")
    #expect(problem { $0.points[0].place = [] } == "points.[0].place")
    #expect(problem { $0.points[1].values[0].mean = .infinity } == "points.[1].values")
    #expect(problem { $0.names[0].values = [] } == "names")
    #expect(problem { $0.strategies = [] } == "strategies")
    #expect(problem { $0.pointCount = 0 } == "point_count")
    #expect(problem { $0.metrics[0].shownFactor = 0 } == "metrics.[0]")
    #expect(problem { if !$0.effects.isEmpty { $0.effects[0].rows[0].to = -1 } } != "points")
  }

  @Test func `the shape of the grid chooses the figures`() {
    var seen: Set<Int> = []
    for seed in 0..<60 {
      let document = SweepFixture.random(UInt64(seed))
      let index = SweepIndex(document)
      let ids = SweepPage(index).figures(document.asked[0], 0).map(\.id)
      seen.insert(index.factors.count)
      switch index.factors.count {
      case 1: #expect(ids == ["line0"])
      case 2: #expect(ids.last == "map0" && ids.count <= 2)
      default: #expect(ids == ["map0"])
      }
      let html = document.page.html(document.head)
      #expect(html.contains("Numbers: "))
      if let goal = document.goals.first, goal.metric == document.asked[0], index.factors.count == 1
      {
        #expect(html.contains("class=\"goal\"") && html.contains("goalzone"))
      }
    }
    #expect(seen.isSuperset(of: [1, 2, 3]))
  }

  @Test func `a contour crosses between the middles where the goal's limit lies`() {
    // Two numbers, values 0 and 1 on either side of the limit 0.25: the line stands a quarter of the way.
    var document = SweepFixture.random(4)
    document.names = [
      .init(name: "x", values: ["1", "2", "3"]), .init(name: "y", values: ["1", "2", "3"]),
    ]
    document.strategies = ["default"]
    document.effects = []
    let metric = document.metrics[0]
    document.goals = [
      .init(text: "\(metric.name) >= 0.25", metric: metric.name, relation: .atLeast, limit: 0.25)
    ]
    document.pointCount = 9
    document.points = (0..<9).map { number in
      .init(
        place: [number / 3, number % 3, 0], fingerprint: "", isOverloaded: false,
        values: [.init(metric: metric.name, mean: number / 3 == 0 ? 0 : 1, replications: 5)],
        goals: [])
    }
    let map = HeatMap(
      index: SweepIndex(document), metric: metric.name, along: 0, up: 1, fixed: [0, 0],
      range: 0...metric.shownFactor)
    var svg = SVG()
    map.draw(
      &svg, Panel(left: 0, right: 300, top: 0, bottom: 300), hasRowLabels: false,
      hasColumnLabels: false)
    // Middles stand at 50, 150 and 250: a quarter of the way from the first to the second is 75.
    #expect(svg.body.contains("class=\"lk\" d=\"M75 "))
    #expect(svg.body.contains("L75 "))
  }
}
