import Experiments
import Foundation
import Measurement
import Reporting
import Scenarios
import Statistics
import Synchronization
import Testing
import World

@testable import Console

@Suite("An experiment that somebody watches")
struct WatchedTests {
  private func scenario(_ text: String) throws -> Scenario {
    try Scenario.read(SourceFile(name: "desk.yaml", text: text), offersStrategies: true)
  }

  /// The support desk, two hours of it, so that many runs are quick.
  private static let desk = Shipped.text("support-desk.yaml")
    .replacing("duration: 8 h", with: "duration: 90 min")

  private func surroundings() throws -> Sitting.Surroundings {
    Sitting.Surroundings(
      folder: try #require(Folder(Shipped.folder.path)), cache: RunCache(), threads: 2,
      version: "test")
  }

  @Test("looks are 10, 20, 40 and so on, and the number that the scenario asks for")
  func looks() {
    #expect(Looks(asked: nil).planned == [10, 20, 40, 80, 160, 320, 640, 1_280])
    #expect(Looks(asked: 30).planned == [10, 20, 30, 40, 80, 160, 320, 640, 1_280])
    #expect(Looks(asked: 5).planned == Looks(asked: nil).planned)
    #expect(Looks(asked: 20).count == 8 && Looks(asked: 30).next(after: 20) == 30)
    #expect(Looks(asked: 30).last(upTo: 39) == 30 && Looks(asked: nil).last(upTo: 9) == nil)
  }

  @Test(
    "at as many runs as the file asks for, the table's cells are those of compare, byte for byte")
  func sameAsCompare() throws {
    let scenario = try scenario(Self.desk)
    let plan = try surroundings().plan(scenario, path: "desk.yaml", end: 30)
    let result = try plan.campaign.run()
    var words = WatchedWords(plan.looks)
    let watched = words.document(plan.builder, scenario, plan.campaign, result)
    var compared = plan.builder.document(.compare, scenario, plan.campaign, result)
    let shown = Set(compared.metrics.filter(\.isShown).map(\.name))
    compared.comparison = ComparisonBuilder().comparison(result, shown: shown)
    let state = WatchState(
      runs: 30, end: 320, looks: plan.looks.planned, lastLook: 30, isRunning: false)
    let table = LiveAnswer(of: watched, state: state).table
    let page = Page(of: compared).html
    func numbers(_ html: String) -> [String] {
      html.components(separatedBy: "<td class=\"").dropFirst()
        .filter { !$0.hasPrefix("sg") }.map {
          String($0.prefix { $0 != ">" }) + $0.components(separatedBy: "</td>")[0]
        }
    }
    let cells = numbers(table)
    #expect(cells.count > 50)
    #expect(Set(cells).isSubset(of: Set(numbers(page))))
    // Words say less than those of compare or the same, and never the opposite.
    let pairs = zip(watched.comparison?.differences ?? [], compared.comparison?.differences ?? [])
    for (mine, theirs) in pairs {
      #expect(mine.verdict == theirs.verdict || mine.verdict == .inconclusive, "\(mine.metric)")
      #expect(mine.low == theirs.low && mine.high == theirs.high)
    }
    #expect(watched.comparison?.differences.contains { $0.verdict == .better } == true)
  }

  @Test("words stay those of the last look while numbers move")
  func wordsBetweenLooks() throws {
    let scenario = try scenario(Self.desk)
    let plan = try surroundings().plan(scenario, path: "desk.yaml", end: 24)
    var words = WatchedWords(plan.looks)
    var documents: [Int: ResultDocument] = [:]
    _ = try plan.campaign.run(isEnough: { result in
      guard result.replications >= 10 else { return false }
      documents[result.replications] = words.document(plan.builder, scenario, plan.campaign, result)
      return false
    })
    func verdicts(_ runs: Int) -> [Verdict] {
      documents[runs]?.comparison?.differences.map(\.verdict) ?? []
    }
    #expect(!verdicts(10).isEmpty && verdicts(19) == verdicts(10) && verdicts(24) == verdicts(20))
    #expect(verdicts(20) != verdicts(10))
    #expect(
      documents[19]?.comparison?.differences.map(\.change)
        != documents[10]?.comparison?.differences.map(\.change))
  }

  @Test("goals, names, order and other ways run nothing again; an assumption does")
  func memory() throws {
    let surroundings = try surroundings()
    func worlds(_ text: String) throws -> [WorldKey] {
      surroundings.plan(try scenario(text), path: "x", end: 10).worlds
    }
    let before = try worlds(Self.desk)
    #expect(before.count == 3 && Set(before).count == 3)
    #expect(try worlds(Self.desk.replacing(">= 80%", with: ">= 85%")) == before)
    #expect(try worlds(Self.desk.replacing("least open:", with: "fewest open:")) == before)
    #expect(try worlds(Self.desk.replacing("replications: 30", with: "replications: 50")) == before)
    let added = Self.desk.replacing(
      "  least open: {", with: "  longest idle: {logic: longest_idle}\n  least open: {")
    #expect(try Set(before).isSubset(of: Set(worlds(added))))
    #expect(
      try Set(worlds(Self.desk.replacing("agents: 12", with: "agents: 13"))).isDisjoint(
        with: before))
    #expect(
      try Set(worlds(Self.desk.replacing("seed: 20261123", with: "seed: 1"))).isDisjoint(
        with: before))
    #expect(
      try Set(
        worlds(
          Self.desk.replacing(
            "patience: {exponential: 40 min}", with: "patience: {exponential: 41 min}"))
      ).isDisjoint(with: before))
  }

  @Test("runs that are remembered are the runs that would be made")
  func remembered() throws {
    let scenario = try scenario(Self.desk)
    let surroundings = try surroundings()
    let first = try surroundings.plan(scenario, path: "x", end: 12).campaign.run()
    #expect(surroundings.cache.count == 36)
    let again = try surroundings.plan(scenario, path: "x", end: 14).campaign.run()
    #expect(surroundings.cache.count == 42)
    let fresh = try self.surroundings().plan(scenario, path: "x", end: 14).campaign.run()
    #expect(again.fingerprint == fresh.fingerprint && first.fingerprint != fresh.fingerprint)
    #expect(again.outcomes.map(\.result) == fresh.outcomes.map(\.result))
  }

  @Test("the cache forgets the worlds that were not asked for longest")
  func cacheIsBounded() throws {
    let scenario = try scenario(Self.desk)
    let small = Sitting.Surroundings(
      folder: try #require(Folder(Shipped.folder.path)), cache: RunCache(most: 20), threads: 2,
      version: "test")
    for agents in 8...14 {
      let text = Self.desk.replacing("agents: 12", with: "agents: \(agents)")
      _ = try small.plan(try self.scenario(text), path: "x", end: 10).campaign.run()
    }
    _ = small.plan(scenario, path: "x", end: 10)
    #expect(small.cache.count <= 30)
  }

  @Test("stops in the middle of a run when nobody wants it any more")
  func cancels() throws {
    let scenario = try scenario(
      Shipped.text("support-desk.yaml").replacing("duration: 8 h", with: "duration: 100 d"))
    let box = Counter(Mutex(0))
    let experiment = Experiment(try surroundings().plan(scenario, path: "x", end: 320)) { _ in
      box.value.withLock { $0 += 1 }
    }
    experiment.start()
    // The thread itself waits: a task would be resumed when other tests leave a thread to it.
    usleep(200_000)
    let began = ContinuousClock.now
    experiment.cancel()
    while !experiment.isOver { usleep(2_000) }
    // One such run alone takes a minute here; the release program stops within a tenth of a second.
    #expect(ContinuousClock.now - began < .seconds(10))
    let before = box.value.withLock { $0 }
    usleep(200_000)
    #expect(box.value.withLock { $0 } == before)
  }
}

/// A number that several threads count.
private final class Counter: Sendable {
  let value: Mutex<Int>
  init(_ value: consuming Mutex<Int>) { self.value = value }
}
