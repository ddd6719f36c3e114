import Measurement
import Scenarios
import Testing
import World

@testable import Experiments

/// Where few days decide a mean, the answer says so.
@Suite struct RemarksOnDaysTests {
  private func remarks(
    _ arrivals: String, duration: String = "8 h", runs: Int = 5
  ) throws -> [String] {
    let text = """
      name: a desk
      duration: \(duration)
      contacts: {all: {arrivals: \(arrivals)}}
      teams: {all: {agents: 1, reply_time: {exponential: 5 min}}}
      """
    let scenario = try Scenario.read(SourceFile(name: "test.yaml", text: text))
    let campaign = Campaign(
      entries: [Campaign.Entry(name: "standard", plan: WorldPlan(scenario, scenario.standard))],
      seed: 1, replications: runs, threads: 1)
    let builder = DocumentBuilder(version: "", path: "test.yaml", repeatedBy: [])
    let document = builder.document(.run, scenario, campaign, try campaign.run())
    return document.remarks.filter { $0.contains("busyness") }
  }

  @Test func `few days that differ are told with their number`() throws {
    let differ = "{poisson: 9 per hour, busyness: {lognormal: {mean: 1, cv: 0.3}}}"
    let found = try remarks(differ)
    #expect(found.count == 1 && found.first?.contains("With 5 simulated days") == true)
    #expect(try remarks(differ, duration: "3 d").first?.contains("With 15 simulated days") == true)
    #expect(try remarks(differ, runs: 50).isEmpty)
    #expect(try remarks(differ, duration: "10 d").isEmpty)
  }

  @Test func `days that are alike are not told`() throws {
    #expect(try remarks("{poisson: 9 per hour}").isEmpty)
    let little = "{poisson: 9 per hour, busyness: {lognormal: {mean: 1, cv: 0.1}}}"
    #expect(try remarks(little).isEmpty)
  }
}
