import Foundation
import Measurement
import Testing

@testable import Reporting

@Suite struct `The answer of fit` {
  private func document() -> FitDocument {
    let head = StudyHead(
      version: "1.0.0", command: "fit", scenario: "october", description: "", path: "october.csv",
      digest: "d", seed: 7, fingerprint: "0b67-f1d9-3e28",
      repeatedBy: ["switchboard", "fit", "october.csv", "--seed", "7"], strategies: 1,
      replications: 30, runs: 30, events: 1_000)
    let hours = (0..<24).map { hour in
      let rate = hour < 8 ? 0.0 : Double(hour)
      return FitDocument.Hour(
        hour: hour,
        rate: ResultDocument.Estimate(mean: rate, low: 0.9 * rate, high: 1.1 * rate + 0.2),
        dispersion: rate > 0 ? 1.2 : nil)
    }
    let arrivals = FitDocument.Arrivals(
      profiles: [FitDocument.Profile(days: "every day", count: 22, perDay: 248, hours: hours)],
      busyness: "{gamma: {mean: 1, cv: 0.11}}",
      spread: ResultDocument.Estimate(mean: 0.11, low: 0.07, high: 0.16), spreadPValue: 1e-9,
      dispersionWithinDays: 1.02,
      tests: [FitDocument.Test(name: "gaps", distance: 0.006, pValue: 0.31)], tested: 5_456,
      testedInterval: 3_600, cut: 1,
      leftOut: [FitDocument.DayLeftOut(date: "2026-10-05", count: 0, reason: "no arrivals")])
    let reply = FitDocument.Fitted(
      name: "reply time", key: "reply_time", law: "{lognormal: {median: 71.234 s, p90: 176.02 s}}",
      count: 51_302, parameters: "median 71.23 s (70.6 s to 71.9 s)", distance: 0.0112,
      candidates: [
        FitDocument.Candidate(
          family: "lognormal", law: "{lognormal: ...}", behind: 0, distance: 0.0112)
      ],
      quantiles: [
        FitDocument.QuantilePair(share: 0.1, seen: 20, fitted: 21),
        FitDocument.QuantilePair(share: 0.9, seen: 180, fitted: 176),
      ])
    let patience = FitDocument.Fitted(
      name: "patience", key: "patience", law: "{exponential: 40 min}", count: 812, censored: 700,
      parameters: "mean 40 min", distance: 0.061,
      survival: [
        ResultDocument.CurvePoint(time: 0, share: 1, low: 1, high: 1),
        ResultDocument.CurvePoint(time: 600, share: 0.8, low: 0.75, high: 0.85),
      ], fittedSurvival: [ResultDocument.CurvePoint(time: 0, share: 1)],
      warnings: ["It is seen to its end only for 112 of 812."])
    let checks = [
      FitDocument.Check(
        name: "first response, mean", unit: "s", export: 194,
        simulated: ResultDocument.Estimate(mean: 197.2, low: 187.2, high: 207.2)),
      FitDocument.Check(
        name: "abandoned", unit: "%", export: 3.72,
        simulated: ResultDocument.Estimate(mean: 4.52, low: 4.05, high: 4.99)),
    ]
    return FitDocument(
      head: head,
      source: FitDocument.Source(
        file: "october.csv", scenario: "fitted.yaml", rows: 21_835, conversations: 21_804, days: 22,
        agents: 12, firstDay: "2026-10-01", lastDay: "2026-10-30",
        leftOut: [FitDocument.LeftOut(reason: "closed before opened", count: 31)], runs: 30),
      arrivals: arrivals, quantities: [reply, patience], checks: checks,
      hourly: [
        FitDocument.HourCheck(
          hour: 9, export: ResultDocument.Estimate(mean: 9, low: 8, high: 10),
          simulated: ResultDocument.Estimate(mean: 9.5, low: 9.2, high: 9.8))
      ],
      assumptions: [
        FitDocument.Assumption(unknown: "<who>\u{1b}[31m", instead: "All were on shift.")
      ])
  }

  @Test(arguments: [60, 80, 100]) func `keeps its width and says what the numbers say`(
    _ columns: Int
  ) throws {
    let style = TerminalStyle(columns: columns)
    let text = StudyAnswer(of: document(), style: style, folder: "Reports/fit").text
    for line in text.split(separator: "\n") where !line.hasPrefix("Reports/") {
      #expect(displayWidth(String(line)) <= columns, "\(line)")
    }
    let words = text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("21,804 conversations of 22 days from 2026-10-01 to 2026-10-30"))
    #expect(words.contains("31 rows left out: closed before opened 31"))
    // Narrower, the law has lines of its own.
    #expect(words.contains("profile, 17 steps, busyness cv 0.11") || columns == 60)
    #expect(words.contains("{lognormal: {median: 71.2 s, p90: 176 s}}") || columns == 60)
    #expect(words.contains("as a Poisson process has them (p = 0.31, 5,456 arrivals)"))
    #expect(words.contains("coefficient of variation of 0.11 (0.07 to 0.16), p < 0.001"))
    #expect(words.contains("✓ agrees") && words.contains("✗ too high"))
    #expect(words.contains("1 of 1 hours of the day have the export's arrivals"))
    #expect(!text.contains("\u{1b}") && !text.contains("\u{A0}"))
    let ascii = StudyAnswer(of: document(), style: TerminalStyle(columns: columns, isUTF8: false))
    #expect(ascii.text.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func `judges by both half-widths`() {
    func outcome(_ export: Double, _ half: Double?, _ mean: Double) -> FitDocument.Agreement {
      FitDocument.Agreement(
        export, half, ResultDocument.Estimate(mean: mean, low: mean - 3, high: mean + 3))
    }
    #expect(outcome(10, nil, 13) == .agrees && outcome(10, nil, 13.1) == .tooHigh)
    #expect(outcome(10, 4, 15) == .agrees && outcome(10, 4, 4.9) == .tooLow)
    #expect(FitDocument.Agreement(nil, nil, ResultDocument.Estimate(mean: 1)) == .unknown)
  }

  @Test func `is read again as it was saved, and its page escapes what others wrote`() throws {
    let document = document()
    #expect(document.problem == nil)
    let files = try StudyFiles.all(of: document)
    #expect(files.map(\.name).contains("profile.csv") && files.map(\.name).contains("check.csv"))
    let saved = try #require(files.first { $0.name == "result.json" })
    #expect(try StudyFiles.read(FitDocument.self, in: saved.contents) == document)
    let page = try #require(files.first { $0.name == "index.html" }).contents
    #expect(!page.contains("<who>") && page.contains("&lt;who&gt;"))
    for id in ["profile0", "hourly", "quantiles0", "survival1"] {
      #expect(page.contains("id=\"\(id)\""))
    }
    #expect(!page.contains("nan") && !page.contains("inf\""))
  }

  @Test func `shows the arrivals of every population`() throws {
    var document = document()
    document.arrivals?.population = "private"
    var other = try #require(document.arrivals)
    other.population = "vip <1>"
    other.busyness = nil
    other.spreadPValue = 0.4
    document.otherArrivals = [other]
    let files = try StudyFiles.all(of: document)
    let page = try #require(files.first { $0.name == "index.html" }).contents
    for id in ["profile0", "profile1"] { #expect(page.contains("id=\"\(id)\"")) }
    #expect(page.contains("Arrivals an hour of private") && page.contains("of vip &lt;1&gt;"))
    let profile = try #require(files.first { $0.name == "profile.csv" }).contents
    let lines = profile.split(separator: "\n")
    #expect(lines.count == 1 + 2 * 24)
    #expect(lines[0].hasSuffix(",n,population"))
    #expect(lines[1].hasSuffix(",private") && lines[25].hasSuffix(",vip <1>"))
    let text = StudyAnswer(of: document, style: TerminalStyle(columns: 100)).text
    #expect(text.contains("arrivals of private") && text.contains("arrivals of vip <1>"))
    #expect(text.contains("Private: days differ beyond chance"))
    #expect(text.contains("Vip <1>: days differ no more than chance"))
    let saved = try #require(files.first { $0.name == "result.json" })
    #expect(try StudyFiles.read(FitDocument.self, in: saved.contents) == document)
  }

  @Test func `with nothing found says so`() {
    var document = document()
    document.arrivals = nil
    document.quantities = []
    document.checks = []
    document.hourly = []
    document.source.runs = 0
    #expect(document.verdict == "The scenario was not run beside the export.")
    #expect(!StudyAnswer(of: document, style: TerminalStyle()).text.isEmpty)
  }
}
