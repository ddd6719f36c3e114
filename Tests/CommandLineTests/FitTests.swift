import Foundation
import Testing

private let desk = """
  name: A small desk
  start: 2026-11-23 09:00
  duration: 6 h
  replications: 2
  parameters: {logic: round_robin}
  contacts: {everyday: {arrivals: {poisson: 60 per hour}}}
  teams:
    support: {agents: 8, reply_time: {lognormal: {median: 5 min, p90: 12 min}}}
  workflows:
    assignment:
      trigger: {conversation_opened: {source: contact}}
      steps: [assign_to: {team: support, logic: $logic, only_online: true}]
  """

/// The export of a run of the desk.
private func export(_ place: Workplace) throws -> String {
  let file = try place.write(desk, to: "desk.yaml")
  let outcome = try Program.run(
    "run", file, "--output", place.path("run"), "--conversations", "--quiet", "--replications", "1")
  try #require(outcome.code == 0)
  return place.path("run/conversations/default-1.csv")
}

@Suite struct `The fit command` {
  @Test func `makes a scenario that runs, a page and an answer, the same each time`() throws {
    let place = try Workplace()
    let csv = try export(place)
    let words = ["fit", csv, "--quiet", "--replications", "4"]
    let first = try Program.run(words + ["--folder", place.path("one"), "--threads", "1"])
    #expect(first.code == 0, "\(first.err)")
    let second = try Program.run(words + ["--folder", place.path("two"), "--threads", "2"])
    #expect(second.code == 0)
    let files = try place.files(in: "one")
    for name in ["scenario.yaml", "index.html", "result.json"] {
      #expect(files[name] != nil, "\(name)")
    }
    let scenario = try place.read("one/scenario.yaml")
    #expect(try place.read("two/scenario.yaml") == scenario)
    #expect(first.out.contains("VERDICT"))
    let validated = try Program.run("validate", place.path("one/scenario.yaml"))
    #expect(validated.code == 0 && validated.out.contains("no problem"), "\(validated.err)")
    let run = try Program.run(
      "run", place.path("one/scenario.yaml"), "--output", place.path("again"), "--quiet",
      "--replications", "2")
    #expect(run.code == 0, "\(run.err)")
    let report = try Program.run("report", place.path("one"))
    #expect(report.code == 0, "\(report.err)")
    #expect(try place.files(in: "one") == files)
  }

  @Test func `runs on the clock of the zone that it is given`() throws {
    let place = try Workplace()
    let csv = try export(place)
    let fit = try Program.run(
      "fit", csv, "--time-zone", "America/New_York", "--folder", place.path("fit"), "--quiet",
      "--replications", "3")
    #expect(fit.code == 0, "\(fit.err)")
    #expect(try place.read("fit/scenario.yaml").contains("time_zone: America/New_York\n"))
    // The hours in which the desk was open are the hours in which the runs have arrivals.
    let hours = try place.read("fit/check.csv").split(separator: "\n")
      .filter { $0.hasPrefix("arrivals at ") }
    #expect(hours.count == 6 && hours.first?.hasPrefix("arrivals at 09:00,") == true)
    for line in hours {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(Double(cells[3]) ?? 0 > 20, "\(line)")
    }
  }

  @Test func `writes over what it wrote itself and nothing else`() throws {
    let place = try Workplace()
    let csv = try export(place)
    let mine = try place.write("name: mine\n", to: "mine.yaml")
    func fit(_ output: String) throws -> Program.Outcome {
      try Program.run(
        "fit", csv, "--output", output, "--folder", place.path("fit"), "--quiet", "--replications",
        "2")
    }
    let refused = try fit(mine)
    #expect(refused.code == 2)
    #expect(refused.err.contains("was not written by fit and is not written over"))
    #expect(try place.read("mine.yaml") == "name: mine\n")
    #expect(try fit(place.path("new.yaml")).code == 0)
    let text = try place.read("new.yaml")
    #expect(text.hasPrefix("# Fitted by switchboard fit from default-1.csv"))
    #expect(try fit(place.path("new.yaml")).code == 0)
    #expect(try place.read("new.yaml") == text)
    #expect(try fit(place.path("nowhere/new.yaml")).code == 2)
  }

  @Test func `refuses a slip in the columns as usage and a broken file as input`() throws {
    let place = try Workplace()
    let csv = try place.write("opened\nsoon\n", to: "calls.csv")
    let slip = try Program.run("fit", csv, "--columns", "opend=opened", "--folder", place.path("f"))
    #expect(slip.code == 2)
    #expect(slip.err.contains("unknown column 'opend', did you mean 'opened'?"))
    let broken = try Program.run(
      "fit", csv, "--columns", "opened=opened", "--folder", place.path("f"))
    #expect(broken.code == 3)
    #expect(broken.err.contains("calls.csv:2:1: error: expected a date and time, found 'soon'"))
    #expect(!FileManager.default.fileExists(atPath: place.path("f")))
    #expect(try Program.run("fit").code == 2)
    let zone = try Program.run("fit", csv, "--time-zone", "Lisbon", "--folder", place.path("f"))
    #expect(zone.code == 2)
    #expect(
      zone.err.contains(
        "--time-zone: unknown time zone 'Lisbon', did you mean 'Europe/Lisbon'?"))
  }

  @Test func `closes the circle: the fitted scenario says the same of both logics`() throws {
    let place = try Workplace()
    let csv = try export(place)
    let fit = try Program.run(
      "fit", csv, "--output", place.path("fitted.yaml"), "--folder", place.path("fit"), "--quiet",
      "--replications", "2")
    try #require(fit.code == 0, "\(fit.err)")
    func verdicts(_ file: String, _ output: String) throws -> [String: String] {
      let outcome = try Program.run(
        "compare", file, "--output", place.path(output), "--quiet", "--replications", "12")
      try #require(outcome.code == 0, "\(outcome.err)")
      var found: [String: String] = [:]
      for line in try place.read(output + "/comparison.csv").split(separator: "\n").dropFirst() {
        let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        found[cells[2]] = cells[10]
      }
      return found
    }
    let truth = try verdicts(place.path("desk.yaml"), "truth")
    let fitted = try verdicts(place.path("fitted.yaml"), "fitted")
    #expect(truth["first_response.mean"] == "better")
    for metric in ["first_response.mean", "first_response.p90", "wait.mean"] {
      #expect(fitted[metric] == truth[metric], "\(metric)")
    }
  }
}
