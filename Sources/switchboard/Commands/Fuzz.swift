import Experiments
import Glibc
import Reporting
import Scenarios
import Verification

extension OptionSpec {
  static let seeds = OptionSpec(
    name: "seeds", placeholder: "A..B", value: .range,
    help: "The seeds whose stories are told (default: 1..1000)")
}

extension Command {
  /// `switchboard fuzz`, which tells random stories to the engine.
  static let fuzz = Command(
    name: "fuzz",
    summary: "Tell the engine random stories and make a small case of the one that goes wrong",
    operands: "[SCENARIO]", operandCount: 0...1, options: Fuzzing.options,
    details: """
      Each seed draws a story: a workspace, workflows, policies, people, and what happens to them,
      faults among it; which features a story has at all is drawn too. With a SCENARIO the workspace,
      its workflows and policies are that of the scenario, and what happens is drawn.

      After every event the invariants are looked at, every entrance of the engine must have done the
      same, and a judge with plain lists of its own says who should have got each conversation and who
      waits in vain. Then the story is told again, and the engine is stopped at a random event and
      restored from a snapshot and its journal: nothing may be lost, and nothing done twice.

      The first story that goes wrong is shrunk to a case file, which 'check' plays. What was told is
      kept in DIR (default: Reports/fuzz): the same program does not tell it again, and corpus.csv has
      the seeds that reached something new.
      Exit code 0 if nothing is wrong, 4 otherwise.
      """,
    example: "switchboard fuzz --seeds 1..1000"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    return Fuzzing(arguments: arguments, terminal: terminal, interruption: interruption).run()
  }
}

/// One call of `fuzz`.
struct Fuzzing {
  static let options: [OptionSpec] =
    [.seeds, .strategies, .set, .threads, .output] + OptionSpec.sharing
  /// So many seeds are kept in one step.
  private static let stretch: UInt64 = 100

  /// The seeds in stretches, in order.
  var stretches: some Collection<ClosedRange<UInt64>> {
    let (seeds, length) = (seeds, Self.stretch)
    return (0...Int((seeds.upperBound - seeds.lowerBound) / length)).lazy.map { number in
      let first = seeds.lowerBound + UInt64(number) * length
      return first...(seeds.upperBound - first < length ? seeds.upperBound : first + (length - 1))
    }
  }
  /// So many seeds are told at most: years of work.
  private static let mostSeeds: UInt64 = 100_000_000_000
  /// So many of what no seed reached are named.
  private static let mostMissing = 12

  let arguments: Arguments
  let terminal: Terminal
  let interruption: Interruption

  var threads: Int { arguments.threads }

  var seeds: ClosedRange<UInt64> {
    arguments.text(.seeds).flatMap { Arguments.range($0) } ?? 1...1000
  }

  func run() -> ExitCode {
    guard seeds.upperBound - seeds.lowerBound < Self.mostSeeds else {
      complain("switchboard: error: --seeds takes \(Self.mostSeeds) seeds at most")
      return .usage
    }
    var fuzz = Fuzz()
    var subject = "stories"
    var stem = ""
    if !arguments.positionals.isEmpty {
      guard let input = ScenarioInput(arguments, terminal) else { return .invalidInput }
      guard
        let strategies = input.strategies(
          arguments, otherwise: [input.scenario.strategies.first ?? input.scenario.standard])
      else { return .usage }
      let values = strategies[0].parameters.map { ($0.name, $0.value) }
      let parameters = Dictionary(values) { $1 }
      do throws(Diagnostics) {
        fuzz = try Fuzz(
          scenario: input.scenario.resolved, name: input.path, parameters: parameters)
      } catch {
        complain(error.rendered(width: terminal.columns))
        return .invalidInput
      }
      subject = "\(input.scenario.resolved)\n\(strategies[0].name)"
      stem = input.stem + "-"
    }
    let key = DocumentBuilder.digest((digest(ofFile: "/proc/self/exe") ?? "") + subject)
    let (sharing, end) = sharing(key)
    if let end { return end }
    if let sharing, sharing.isShare { return share(fuzz, sharing) }
    do throws(OutputError) {
      let folder = try FuzzFolder(
        at: arguments.text(.output) ?? "Reports/\(stem)fuzz", engine: key)
      return try tell(fuzz, sharing, into: folder)
    } catch {
      complain("switchboard: error: \(error)")
      return .usage
    }
  }

  /// Tells the stories that were not told before, stretch by stretch.
  private func tell(
    _ fuzz: Fuzz, _ sharing: Sharing?, into folder: FuzzFolder
  ) throws(OutputError) -> ExitCode {
    CrashNotice.start()
    var folder = folder
    let watch = Stopwatch()
    var progress = Progress(terminal, title: "fuzz")
    let known = folder.told.reduce(0) { $0 + $1.clamped(to: seeds).count }
    if seeds.count > 0, known > 0, !folder.told.allSatisfy({ !$0.overlaps(seeds) }) {
      complain("switchboard: note: seeds that this program told before are not told again")
    }
    var told = 0
    for (number, stretch) in stretches.enumerated() {
      let (first, last) = (stretch.lowerBound, stretch.upperBound)
      if !folder.told.contains(where: { $0.contains(first) && $0.contains(last) }) {
        var telling = Stretch(first...last, known: folder.reached)
        let isWhole: Bool
        if let sharing {
          guard let found = shared(number, sharing) else {
            progress.clear()
            if sharing.missing != nil { continue }
            return sharing.end(.shared(.pieceMissing(round: 1, piece: number)))
          }
          isWhole = telling.take(found)
        } else {
          isWhole = telling.tell(fuzz, threads: threads, interruption)
        }
        told += telling.count
        progress.show(Int(last - seeds.lowerBound) + 1, of: seeds.count)
        if let bad = telling.bad {
          progress.clear()
          return try report(fuzz.tell(bad), fuzz, folder, told, watch)
        }
        guard isWhole else {
          progress.clear()
          say(summary(folder, told, watch))
          return .interrupted
        }
        try folder.keep(
          first...last, events: telling.events, decisions: telling.decisions, new: telling.new)
      }
    }
    progress.clear()
    let missing = sharing?.missing
    say(
      missing.map {
        "VERDICT  PARTIAL  \($0); nothing is wrong in the \(told) stories that were told."
      }
        ?? "VERDICT  nothing is wrong in the stories of seeds \(seeds.lowerBound) to \(seeds.upperBound)."
    )
    say("")
    say(summary(folder, told, watch))
    sayMissing(Fuzz.missing(from: folder.reached))
    say("repeat: \(repeated(seeds))")
    return missing == nil ? .done : .interrupted
  }

  private func sayMissing(_ missing: [String]) {
    guard !missing.isEmpty else { return }
    let shown = missing.prefix(Self.mostMissing).joined(separator: ", ")
    let more = missing.count - min(missing.count, Self.mostMissing)
    say("No seed reached: \(shown)\(more > 0 ? " and \(more) more" : "").")
  }

  private func summary(_ folder: FuzzFolder, _ told: Int, _ watch: Stopwatch) -> String {
    let rate = told > 0 ? ", \(decimals(Double(told) / max(watch.seconds, 1e-9), 0)) a second" : ""
    return
      "\(told == 1 ? "1 story" : "\(told) stories")\(rate); in \(printable(folder.path)) altogether \(folder.events) "
      + "events, \(folder.decisions) decisions and \(folder.reached.count) combinations of event and effect"
  }

  /// Tells what is wrong, and makes a small case of it.
  private func report(
    _ bad: Fuzz.Outcome, _ fuzz: Fuzz, _ folder: FuzzFolder, _ told: Int, _ watch: Stopwatch
  ) throws(OutputError) -> ExitCode {
    say("VERDICT  seed \(bad.seed) goes wrong.")
    say("")
    say("after \(printable(bad.finding ?? ""))")
    if let small = fuzz.shrink(bad.seed) {
      let file = try folder.write(case: small.yaml, of: bad.seed)
      say("")
      say(small.yaml)
      say(
        "shrunk to \(counted(small.users, "user")), \(counted(small.rows, "row")): after "
          + printable(small.finding))
      say(
        small.failsCheck
          ? "play it: switchboard check \(printable(file))"
          : "it is kept in \(printable(file)); 'check' alone does not see what is wrong with it")
    }
    say("repeat: \(repeated(bad.seed...bad.seed))")
    return .failed
  }

  /// The command that tells these seeds again, of the same scenario, strategy and settings.
  private func repeated(_ seeds: ClosedRange<UInt64>) -> String {
    CommandText(words: words(seeds)).line
  }

  /// The words of that command.
  func words(_ seeds: ClosedRange<UInt64>) -> [String] {
    var words = ["switchboard", "fuzz"] + arguments.positionals
    words += ["--seeds", "\(seeds.lowerBound)..\(seeds.upperBound)"]
    return words + arguments.words(of: [.strategies, .set])
  }
}

/// Some seeds, told in order.
struct Stretch {
  let seeds: ClosedRange<UInt64>
  private(set) var reached: Set<String>
  private(set) var count = 0
  private(set) var events = 0
  private(set) var decisions: UInt64 = 0
  private(set) var new: [(seed: UInt64, combination: String)] = []
  private(set) var bad: UInt64?

  /// The same as it is written into a share.
  struct Found: Codable {
    /// A seed and what it was the first to reach.
    struct Reached: Codable {
      var seed: UInt64
      var combination: String
    }
    var count: Int
    var events: Int
    var decisions: UInt64
    var new: [Reached]
    var bad: UInt64?
  }

  var found: Found {
    Found(
      count: count, events: events, decisions: decisions,
      new: new.map { Found.Reached(seed: $0.seed, combination: $0.combination) }, bad: bad)
  }

  /// Takes in what another machine found in them; false where it did not tell them all.
  mutating func take(_ found: Found) -> Bool {
    count = found.count
    events = found.events
    decisions = found.decisions
    bad = found.bad
    for one in found.new where reached.insert(one.combination).inserted {
      new.append((one.seed, one.combination))
    }
    return count == seeds.count
  }

  init(_ seeds: ClosedRange<UInt64>, known: Set<String>) {
    self.seeds = seeds
    reached = known
  }

  /// Tells them; false when somebody wished to stop.
  mutating func tell(_ fuzz: Fuzz, threads: Int, _ interruption: Interruption) -> Bool {
    let first = seeds.lowerBound
    var outcomes: [Fuzz.Outcome] = []
    Replications.run(count: seeds.count, threads: threads) {
      let seed = first + UInt64($0)
      CrashNotice.note(seed)
      return fuzz.tell(seed)
    } take: { _, outcome in
      outcomes.append(outcome)
      return outcome.finding == nil && !interruption.isSet
    }
    for outcome in outcomes {
      count += 1
      events += outcome.events
      decisions += outcome.decisions
      for combination in outcome.reached where reached.insert(combination).inserted {
        new.append((outcome.seed, combination))
      }
      if outcome.finding != nil { bad = outcome.seed }
    }
    return count == seeds.count
  }
}
