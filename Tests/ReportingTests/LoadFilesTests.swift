import Measurement
import Testing

@testable import Reporting

@Suite struct `The files of a load test` {
  private func contents(_ name: String, of document: LoadDocument) throws -> String {
    try #require(document.tables.first { $0.name == name }?.contents)
  }

  @Test func `load.csv has the bytes that the contract names`() throws {
    var step = LoadFixture.step(1_000)
    step.seconds = [
      LoadStep.Second(
        second: 0, operation: "all", offeredCount: 1_000, doneCount: 998,
        latency: [0.00015, 0.000245, 0.000391, 0.000714, 0.0025], late: 0.00011, backlog: 2),
      LoadStep.Second(
        second: 1, operation: "message_in", offeredCount: 7, doneCount: 0, latency: [], late: 0,
        backlog: 9),
    ]
    step.duration = 2
    #expect(
      try contents("load.csv", of: LoadFixture.document([step, step])) == """
        second,operation,offered_count,done_count,p50_s,p90_s,p99_s,p999_s,max_s,late_s,step
        0,all,1000,998,0.00015,0.000245,0.000391,0.000714,0.0025,0.00011,1
        1,message_in,7,0,,,,,,0,1
        2,all,1000,998,0.00015,0.000245,0.000391,0.000714,0.0025,0.00011,2
        3,message_in,7,0,,,,,,0,2

        """)
  }

  @Test func `load_rates.csv has a row for each measurement in the order of trying`() throws {
    let document = LoadFixture.limit()
    let lines = try contents("load_rates.csv", of: document).split(separator: "\n")
    #expect(
      lines[0].hasPrefix(
        "from_per_s,to_per_s,offered_per_s,achieved_per_s,p50_s,p75_s,p90_s,p99_s,p999_s,p9999_s,"
          + "p99999_s,max_s,goals,step,"))
    #expect(lines.count == 1 + document.steps.count)
    #expect(
      lines[4].hasPrefix(
        "80000,80000,80000,73504,0.088,0.18,0.31,0.42,0.455,0.47,0.48,0.482,missed,4,constant,10,2,1,"
      ))
  }

  @Test
  func `goals.csv has every goal of every measurement, without a result where there is no value`()
    throws
  {
    #expect(
      try contents("goals.csv", of: LoadFixture.single()) == """
        strategy,goal,value,low,high,result,unit,scope,step
        least open,latency.p999 <= 1 ms,0.000714,0.000714,0.000714,met,s,,1
        least open,achieved >= 99.9%,0.9998,0.9998,0.9998,met,ratio,,1

        """)
    #expect(
      try contents("goals.csv", of: LoadFixture.tiny()).hasSuffix(
        "\nleast open,latency.p99 <= 1 ms,,,,,s,,1\n"))
    #expect(!LoadFixture.ramp().tables.contains { $0.name == "goals.csv" })
  }

  @Test(arguments: LoadFixture.all.map(\.name))
  func `is saved, read back and made again with the same bytes`(name: String) throws {
    let document = try #require(LoadFixture.all.first { $0.name == name }?.document)
    let files = try StudyFiles.all(of: document)
    let saved = try #require(files.first { $0.name == ResultJSON.fileName }?.contents)
    #expect(StudyFiles.command(in: saved) == "load")
    let read = try StudyFiles.read(LoadDocument.self, in: saved)
    #expect(read == document)
    #expect(try StudyFiles.all(of: read).map(\.contents) == files.map(\.contents))
  }

  @Test(arguments: LoadFixture.all.map(\.name))
  func `every table is whole and the page well formed`(name: String) throws {
    let document = try #require(LoadFixture.all.first { $0.name == name }?.document)
    for file in document.tables {
      #expect(file.contents.hasSuffix("\n") && !file.contents.contains("\r"))
      #expect(!file.contents.contains("\u{202E}") && !file.contents.contains("nan"))
    }
    let html = document.page.html(document.head)
    #expect(Markup.imbalance(html) == nil)
    let ids = Markup.attributes("id", html)
    #expect(Set(ids).count == ids.count)
    for link in Markup.attributes("href", html) where link.hasPrefix("#") {
      #expect(ids.contains(String(link.dropFirst())), "\(link) leads nowhere")
    }
    #expect(!html.contains("nan") && !html.contains("inf\"") && !html.contains("decision"))
    #expect(!html.contains("<script>alert") && !html.contains("<b>\\u"))
    #expect(!html.contains("give the same bytes"), "times are not the same twice")
  }

  @Test func `figures have a title, a description, three widths and their numbers`() {
    let html = LoadFixture.limit().page.html(LoadFixture.limit().head)
    for id in ["percentiles-w", "percentiles-n", "curve-w", "curve-n", "course-w", "course-m"] {
      #expect(html.contains("<title id=\"\(id)-t\">") && html.contains("<desc id=\"\(id)-d\">"))
    }
    #expect(html.contains("<summary>Numbers: Where it stops: latency against the rate</summary>"))
    #expect(!LoadFixture.single().page.html(LoadFixture.single().head).contains("id=\"curve\""))
  }
}

@Suite struct `A load test that was changed by hand` {
  @Test(arguments: LoadFixture.all.map(\.name))
  func `is let through where every number can be`(name: String) throws {
    let document = try #require(LoadFixture.all.first { $0.name == name }?.document)
    if name == "huge" {
      #expect(document.problem == nil, "the largest that may be")
    } else {
      #expect(document.problem == nil)
    }
  }

  private func problem(_ change: (inout LoadDocument) -> Void) -> String? {
    var document = LoadFixture.single()
    change(&document)
    return document.problem
  }

  @Test func `is refused at the first number that cannot be`() {
    #expect(problem { $0.steps[0].doneCount = -1 } == "steps.[0].done_count")
    #expect(problem { $0.steps[0].refusedCount = -1 } == "steps.[0].refused_count")
    #expect(problem { $0.steps[0].offered = .nan } == "steps.[0].offered")
    #expect(problem { $0.steps[0].achieved = .infinity } == "steps.[0].achieved")
    #expect(problem { $0.steps[0].fromRate = -1 } == "steps.[0].from_rate")
    #expect(problem { $0.steps[0].duration = 1e10 } == "steps.[0].duration")
    #expect(problem { $0.steps[0].warmup = -1 } == "steps.[0].warmup")
    #expect(problem { $0.steps[0].speed = 0 } == "steps.[0].speed")
    #expect(problem { $0.steps[0].latency[2].levels.swapAt(0, 4) } == "steps.[0].latency.[2]")
    #expect(problem { $0.steps[0].latency[1].levels.removeLast() } == "steps.[0].latency.[1]")
    #expect(problem { $0.steps[0].latency[0].levels = [] } == "steps.[0].latency.[0]")
    #expect(problem { $0.steps[0].latency[0].count = 0 } == "steps.[0].latency.[0]")
    #expect(problem { $0.steps[0].latency[0].mean = -1 } == "steps.[0].latency.[0]")
    #expect(problem { $0.steps[0].service?.levels[0] = .nan } == "steps.[0].service")
    #expect(problem { $0.steps[0].lateness.levels[7] = 0 } == "steps.[0].lateness")
    #expect(problem { $0.steps[0].seconds[3].latency = [1] } == "steps.[0].seconds.[3]")
    #expect(problem { $0.steps[0].seconds[3].second = 0 } == "steps.[0].seconds.[3]")
    #expect(problem { $0.steps[0].seconds[9].second = .max } == "steps.[0].seconds.[9]")
    #expect(problem { $0.steps[0].seconds[0].backlog = -2 } == "steps.[0].seconds.[0]")
    #expect(problem { $0.steps[0].goalOutcomes[1].value = .nan } == "steps.[0].goal_outcomes.[1]")
    #expect(problem { $0.goals[0].limit = .infinity } == "goals.[0].limit")
    #expect(problem { $0.predictions[0].low = 13 } == "predictions.[0]")
    #expect(problem { $0.predictions[2].seen = .nan } == "predictions.[2]")
    #expect(problem { $0.target.agents = -1 } == "target.agents")
    #expect(problem { $0.target.connections = -1 } == "target.connections")
    #expect(problem { $0.head.events = -1 } == "head")
    #expect(
      problem { $0.limit = .init(held: .nan, missed: nil, isNarrow: false) } == "limit.held")
    #expect(problem { $0.limit = .init(held: 1, missed: 0, isNarrow: false) } == "limit.missed")
  }
}
