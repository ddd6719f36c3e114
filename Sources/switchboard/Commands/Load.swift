import Experiments
import Measurement
import Reporting
import Scenarios
import Service
import World

extension Command {
  /// `switchboard load`: the engine under events that come by the clock on the wall.
  static let load = Command(
    name: "load", summary: "Drive the engine by the clock on the wall and tell how quick it is",
    operands: "SCENARIO", operandCount: 1...1, options: Loading.options,
    details: """
      The scenario's people write, answer and close, so many events a second as --rate says, whether or
      not the engine keeps up; latency counts from the moment an event was due, so a pause of the engine
      is seen in every event that had to wait for it. People live as much faster as the rate wants
      (--speed sets it), so that agents are as busy as in the scenario; everybody is on shift.

      The rate is constant; --ramp 1000/s..100000/s goes evenly from one to the other, --steps in six
      equal steps, --spike 100000/s jumps there in the middle fifth. --find-limit looks for the highest
      rate that keeps the goals (latency, latency.message_in, latency.reply, latency.close,
      latency.timer, lateness, achieved; .p50 to .max): by doubling, then halving, with repeats.

      A measurement during which the generator itself was late does not count, and says so.
      """,
    example: "switchboard load Scenarios/support-desk.yaml --rate 50000/s --for '5 s'"
  ) { arguments, terminal in
    let interruption = Interruption()
    interruption.onInterrupt(sayHeard)
    return Loading(arguments: arguments, terminal: terminal, interruption: interruption).run()
  }
}

extension OptionSpec {
  static let rate = OptionSpec(
    name: "rate", placeholder: "R", value: .text,
    help: "Events a second, such as 50000/s (default: 10000/s)")
  static let forTime = OptionSpec(
    name: "for", placeholder: "D", value: .text,
    help: "How long each rate is held (default: 10 s, with --find-limit 3 s)")
  static let ramp = OptionSpec(
    name: "ramp", placeholder: "A..B", value: .text,
    help: "From one rate evenly to another, such as 1000/s..100000/s")
  static let steps = OptionSpec(
    name: "steps", placeholder: "A..B", value: .text,
    help: "From one rate to another in six equal steps")
  static let spike = OptionSpec(
    name: "spike", placeholder: "R", value: .text,
    help: "Another rate in the middle fifth of the time")
  static let soak = OptionSpec(
    name: "soak", placeholder: "D", value: .text,
    help: "The rate of --rate for a long time, such as '10 min'")
  static let speed = OptionSpec(
    name: "speed", placeholder: "X", value: .text,
    help: "How many times faster people live (default: as the rate wants)")
  static let loadWarmup = OptionSpec(
    name: "warmup", placeholder: "D", value: .text,
    help: "What is not counted at the beginning (default: 1 s, or a quarter of a short time)")
  static let findLimit = OptionSpec(
    name: "find-limit", placeholder: "", value: .none,
    help: "Look for the highest rate that keeps the goals")
  static let target = OptionSpec(
    name: "target", placeholder: "URL", value: .text,
    help: "Drive a service that serves the scenario, such as http://127.0.0.1:8080")
  static let connections = OptionSpec(
    name: "connections", placeholder: "N", value: .integer(1...10_000),
    help: "Over how many connections, with --target (default: 8)")
}
