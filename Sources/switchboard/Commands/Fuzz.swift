import Experiments
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
    summary: "Tell the engine random stories and shrink the one that goes wrong",
    operands: "", operandCount: 0...0, options: [.seeds, .threads],
    details: "",
    example: "switchboard fuzz --seeds 1..1000"
  ) { arguments, terminal in
    let watch = Stopwatch()
    let seeds = arguments.text(.seeds).flatMap { Arguments.range($0) } ?? 1...1000
    let threads = arguments.integer(.threads).map { Int($0) } ?? Replications.hardwareThreads
    let fuzz = Fuzz()
    var progress = Progress(terminal, title: "fuzz")
    var events = 0
    var decisions: UInt64 = 0
    var reached: Set<String> = []
    var bad: Fuzz.Outcome?
    let first = seeds.lowerBound
    Replications.run(count: seeds.count, threads: threads) {
      fuzz.tell(first + UInt64($0))
    } take: {
      number, outcome in
      events += outcome.events
      decisions += outcome.decisions
      reached.formUnion(outcome.reached)
      progress.show(number + 1, of: seeds.count)
      if outcome.finding != nil { bad = outcome }
      return bad == nil
    }
    progress.clear()
    say(
      "\(events) events, \(decisions) decisions, \(reached.count) combinations, \(watch.seconds) s")
    guard let bad else { return .done }
    say("seed \(bad.seed): \(bad.finding ?? "")")
    if let small = fuzz.shrink(bad.seed) {
      say(small.yaml)
      say(small.finding)
    }
    return .failed
  }
}
