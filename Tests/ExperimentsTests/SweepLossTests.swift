import Foundation
import Measurement
import Reporting
import Scenarios
import Testing
import World

@testable import Experiments

/// What a sweep that is killed at any moment has kept by then.
@Suite struct `What is kept of a sweep` {
  private static let replications = 3

  /// Five points of three short runs each.
  private static func runner(threads: Int = 2) throws -> SweepRunner {
    let text = """
      name: A queue
      duration: 30 min
      parameters: {agents: 1}
      contacts: {people: {arrivals: {poisson: 1 per minute}, patience: {exponential: 5 min}}}
      teams: {desk: {agents: $agents, picks: oldest, reply_time: {exponential: 1 min}}}
      """
    let source = SourceFile(name: "queue.yaml", text: text)
    let entries = try (1...5).map { agents in
      let scenario = try Scenario.read(source, overrides: [Override("agents", "\(agents)")])
      return SweepRunner.Entry(
        setting: "\(agents)", key: "key \(agents)",
        plan: WorldPlan(scenario, scenario.standard), seed: scenario.seed, goals: scenario.goals)
    }
    return SweepRunner(entries: entries, replications: replications, threads: threads)
  }

  /// Every run by its point and number, made once.
  private static let made = Result { () -> [[SweptRun]] in
    let runner = try Self.runner()
    return try runner.entries.map { entry in
      try (0..<replications).map { number in
        try #require(try SweepRunner.run(of: entry, number, Interruption())?.get())
      }
    }
  }

  /// Shown: at any moment the finished runs that are not kept belong to one point.
  ///
  /// How: threads finish what they have in hand in any order; after each run the sweep is killed and
  /// taken up with what was kept.
  @Test(arguments: [1, 2, 8], [1, 2, 3, 4, 5, 6, 7, 8] as [UInt64])
  func `at most one point has finished runs that would be lost`(
    threads: Int, seed: UInt64
  ) throws {
    let runner = try Self.runner()
    let made = try Self.made.get()
    let whole = try runner.run().points
    var state = seed
    var work = SweepWork(runner, SweepRunner.Known())
    var waiting = work.missing[...]
    var inHand: [SweepWork.Piece] = []
    var kept = SweepRunner.Known(
      points: runner.entries.map { _ in nil }, runs: runner.entries.map { _ in [] })
    var finished: [Int: Int] = [:]
    while !waiting.isEmpty || !inHand.isEmpty {
      while inHand.count < threads, let next = waiting.popFirst() { inHand.append(next) }
      // The usual linear congruence, its upper bits.
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let piece = inHand.remove(at: Int((state >> 33) % UInt64(inHand.count)))
      finished[piece.point, default: 0] += 1
      switch work.take(made[piece.point][piece.replication], of: piece.point) {
      case .point(let index, let point): (kept.points[index], kept.runs[index]) = (point, [])
      case .run(let index, let run): kept.runs[index].append(run)
      case nil: break
      }
      let lost = finished.filter {
        kept.points[$0.key] == nil && kept.runs[$0.key].count < $0.value
      }
      #expect(lost.count <= 1, "\(lost)")
      // Of what is taken up again nothing is run twice, and the numbers are the same.
      let there =
        kept.points.count { $0 != nil } * Self.replications
        + kept.runs.reduce(0) { $0 + $1.count }
      #expect(SweepWork(runner, kept).missing.count == 15 - there)
    }
    #expect(work.points == whole)
  }

  @Test func `points taken up from single runs have the same numbers`() throws {
    let made = try Self.made.get()
    let runner = try Self.runner()
    let runs = [[made[0][2]], [], made[2].reversed(), [made[3][1], made[3][1]], [made[0][0]]]
    var total = 0
    var found: [Int] = []
    let outcome = try runner.run(
      known: SweepRunner.Known(runs: runs), progress: { total = $1 },
      keep: { if case .point(let index, _) = $0 { found.append(index) } })
    // A run told twice counts once, and one of another point not at all.
    #expect(total == 15 - 1 - 3 - 1)
    #expect(found.sorted() == [0, 1, 2, 3, 4])
    #expect(outcome.points == (try runner.run().points))
  }

  /// Shown: no thread waits for a slow run.
  ///
  /// How: the first run ends only when all others have.
  @Test(arguments: [2, 8]) func `a slow run holds up nobody, and all others are kept meanwhile`(
    threads: Int
  ) throws {
    let made = try Self.made.get()
    let others = DispatchSemaphore(value: 0)
    var kept = 0
    var atEnd: [Int] = []
    let outcome = try Self.runner(threads: threads).run(
      known: SweepRunner.Known(), interruption: Interruption(), progress: { _, _ in },
      keep: { finding in
        kept += 1
        if case .point(let index, _) = finding { atEnd.append(index) }
        if atEnd.count == 4 { others.signal() }
      },
      replicate: { piece in
        if piece == SweepWork.Piece(point: 0, replication: 0) {
          guard others.wait(timeout: .now() + 60) == .success else { return nil }
        }
        return .success(made[piece.point][piece.replication])
      })
    #expect(!outcome.isPartial)
    #expect(atEnd.last == 0)
    #expect(kept >= 5)
  }

  @Test func `of several failures the first of the grid is told, whoever failed first`() throws {
    let made = try Self.made.get()
    for _ in 0..<20 {
      let failure = #expect(throws: Campaign.Failure.self) {
        _ = try Self.runner(threads: 8).run(
          known: SweepRunner.Known(), interruption: Interruption(), progress: { _, _ in },
          keep: { _ in },
          replicate: { piece in
            piece.point < 1
              ? .success(made[piece.point][piece.replication])
              : .failure(
                .invariant(
                  strategy: "\(piece.point)", replication: piece.replication, seed: 1, what: []))
          })
      }
      guard case .invariant(let strategy, let replication, _, _)? = failure else {
        Issue.record("\(String(describing: failure))")
        return
      }
      #expect((strategy, replication) == ("1", 0))
    }
  }

  @Test func `runs are read as they were written, unless their file is damaged`() throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("runs-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: place + ".points") }
    let folder = PointFolder(of: place)
    let keys = ["00000000000000a1", "00000000000000b2"]
    let made = try Self.made.get()
    for (key, runs) in zip(keys, made) {
      for var run in runs {
        run.key = key
        try folder.keep(run)
        #expect(run.belongs(to: key, replications: 3))
        #expect(!run.belongs(to: "another", replications: 3))
        #expect(!run.belongs(to: key, replications: run.measured.replication))
      }
    }
    let read = folder.runs()
    #expect(Set(read.keys) == Set(keys))
    #expect(read[keys[0]]?.map(\.measured) == made[0].map(\.measured))
    #expect(read[keys[1]]?.map(\.fingerprint) == made[1].map(\.fingerprint))
    // One digit more in a number, a file cut off, a file under another's name.
    func change(_ run: String, _ edit: (String) -> String) throws {
      let file = place + ".points/" + keys[0] + run
      let text = edit(try String(contentsOfFile: file, encoding: .utf8))
      try text.write(toFile: file, atomically: true, encoding: .utf8)
    }
    try change("-0.run") { $0.replacingOccurrences(of: "\"events\":", with: "\"events\":1") }
    try change("-1.run") { String($0.prefix(300)) }
    try FileManager.default.moveItem(
      atPath: place + ".points/" + keys[0] + "-2.run",
      toPath: place + ".points/" + keys[0] + "-0.run.kept")
    #expect(Set(folder.runs().keys) == [keys[1]])
    // The runs of a point go with it, but not before.
    folder.remove(missing: [keys[1]])
    #expect(folder.runs()[keys[1]]?.count == 3)
    var point = try #require(try Self.runner().run().points[1])
    point.key = keys[1]
    try folder.keep(point)
    #expect(folder.runs().isEmpty)
    #expect(folder.point(keys[1])?.fingerprint == point.fingerprint)
  }
}
