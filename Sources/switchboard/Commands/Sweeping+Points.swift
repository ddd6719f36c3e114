import Experiments
import Measurement
import Reporting
import Scenarios
import World

extension Sweeping {
  /// The points in the order of the grid, each with a digest of what decides about it.
  func entries(
    _ input: ScenarioInput, _ settings: [[Override]], _ scenarios: [Scenario],
    _ strategies: [String], _ plans: [WorldPlan], _ replications: Int,
    _ asked: [MetricReference]
  ) -> [SweepRunner.Entry] {
    // Points of many runs answer only for what they were asked.
    let askedFacts =
      replications > SweepRunner.mostRunsOfEveryMetric ? asked.map { "asked \($0)" } : []
    let files = input.fileDigests
    let environment = Manifest.Environment(seconds: 0, threads: 0, zone: input.scenario.timeZone)
    return plans.indices.map { index in
      let (number, strategy) = (index / strategies.count, strategies[index % strategies.count])
      let scenario = scenarios[number]
      let given = (input.overrides + settings[number])
        .filter { !["--replications", "--goal", "--seed"].contains($0.option) }
        .map { "\($0.name)=\($0.value)" }.sorted()
      let facts =
        [
          Program.version, environment.libmDigest, environment.gslDigest,
          environment.timeZoneDigest, "\(scenario.seed)", "\(replications)",
          "\(plans[index].warmup)", strategy,
        ] + askedFacts + given + plans[index].metrics.map(\.description)
        + scenario.goals.map(\.text) + files
      let setting = settings[number].map { "\($0.name)=\($0.value)" } + [strategy]
      return SweepRunner.Entry(
        setting: setting.joined(separator: ", "),
        key: DocumentBuilder.digest(facts.joined(separator: "\n") + "\n" + scenario.resolved),
        plan: plans[index], seed: scenario.seed, goals: scenario.goals, asked: asked)
    }
  }

  /// Runs what is not known yet and writes the result.
  func carryOut(
    _ runner: SweepRunner, _ builder: SweepDocumentBuilder, _ input: ScenarioInput,
    _ output: StudyOutput, _ sharing: Sharing?, _ folder: inout OutputFolder
  ) -> ExitCode {
    let watch = Stopwatch()
    var progress = Progress(terminal, title: input.stem)
    let kept = PointFolder(of: output.folder)
    let known: SweepRunner.Known
    if let sharing {
      switch shared(runner, sharing) {
      case .success(let found): known = found
      case .failure(let failure): return sharing.end(failure)
      }
    } else {
      known = self.known(runner, kept)
    }
    var problem: OutputError?
    do {
      defer { progress.clear() }
      // What is merged is not run: what is missing stays missing.
      let outcome =
        sharing != nil
        ? runner.outcome(of: known)
        : try runner.run(
          known: known, interruption: interruption,
          progress: { progress.show($0, of: $1) },
          keep: { finding in
            do throws(OutputError) {
              switch finding {
              case .point(_, let point): try kept.keep(point)
              case .run(_, let run): try kept.keep(run)
              }
            } catch {
              problem = problem ?? error
            }
          })
      progress.clear()
      if let problem {
        complain(
          "switchboard: warning: finished settings could not be kept while the sweep ran: \(problem)"
        )
      }
      guard outcome.points.contains(where: { $0 != nil }) else {
        complain(
          "switchboard: interrupted before the first setting was complete; nothing is written")
        return .interrupted
      }
      return try finish(
        builder, outcome, runner, input, output, kept, &folder, watch, missing: sharing?.missing)
    } catch let failure as Campaign.Failure {
      complain("switchboard: error: \(SimulationCommand.text(failure))")
      return .failed
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// What there is of an earlier sweep, which is said.
  private func known(_ runner: SweepRunner, _ kept: PointFolder) -> SweepRunner.Known {
    let points = runner.entries.map { entry in
      kept.point(entry.key).flatMap { point in
        point.stands(
          for: entry.key, replications: runner.replications, metrics: entry.metrics,
          goals: entry.goals.map(\.text)) ? point : nil
      }
    }
    let found = kept.runs()
    let runs = runner.entries.indices.map { index in
      let key = runner.entries[index].key
      return points[index] != nil
        ? []
        : (found[key] ?? []).filter { $0.belongs(to: key, replications: runner.replications) }
    }
    let (settings, others) = (points.count { $0 != nil }, runs.reduce(0) { $0 + $1.count })
    let parts =
      (settings > 0 ? ["\(counted(settings, "setting")) of \(points.count)"] : [])
      + (others > 0 ? ["\(counted(others, "single run"))"] : [])
    if !parts.isEmpty {
      complain(
        "switchboard: note: \(parts.joined(separator: " and ")) "
          + "\(settings + others == 1 ? "is" : "are") taken from an earlier sweep and not run again"
      )
    }
    return SweepRunner.Known(points: points, runs: runs)
  }

  private func finish(
    _ builder: SweepDocumentBuilder, _ outcome: SweepRunner.Outcome, _ runner: SweepRunner,
    _ input: ScenarioInput, _ output: StudyOutput, _ kept: PointFolder,
    _ folder: inout OutputFolder, _ watch: Stopwatch, missing: String?
  ) throws -> ExitCode {
    let scenario = input.scenario
    let head = StudyHead(
      version: Program.version, command: "sweep", scenario: scenario.name,
      description: scenario.description, path: input.path,
      digest: DocumentBuilder.digest(scenario.resolved), seed: scenario.seed, fingerprint: "",
      repeatedBy: arguments.repeated(
        "sweep", path: input.path, Self.options, seed: scenario.seed),
      strategies: builder.strategies.count, replications: runner.replications, runs: 0, events: 0,
      remarks: scenario.remarks)
    var document = builder.document(head, outcome)
    if let missing, document.head.partial != nil {
      document.head.partial =
        "because \(missing): "
        + "\(document.points.count) of \(outcome.points.count) settings are there"
    }
    for case let point? in outcome.points { try folder.write(try PointFolder.file(of: point)) }
    let end = output.finish(
      document, into: &folder, input: input,
      environment: Manifest.Environment(
        seconds: watch.seconds, threads: threads, zone: scenario.timeZone))
    // A result that could not be written leaves its points where they are.
    guard end == .done || end == .interrupted else { return end }
    let missing = zip(runner.entries, outcome.points).filter { $0.1 == nil }.map(\.0.key)
    kept.remove(missing: Set(missing))
    let isMet = document.points.allSatisfy { $0.goals.allSatisfy { $0.result == .met } }
    return end == .done && arguments.has(.strict) && !isMet ? .missed : end
  }
}
