import Engine
public import Measurement

/// How `load` drives a scenario where the command line says nothing else.
public struct LoadSettings: Sendable, Hashable {
  /// What is held after each other.
  public let stages: [Stage]
  /// Seconds at the beginning that are not counted; nil for what `load` takes itself.
  public let warmup: Double?
  /// How many times faster than on the clock people live; nil for as fast as the rate wants.
  public let speed: Double?
  /// What is promised under load.
  public let goals: [Goal]

  /// A stretch of time and the events that are due in it.
  public struct Stage: Sendable, Hashable {
    /// How long it lasts, in seconds.
    public let length: Double
    /// Events a second at its beginning.
    public let from: Double
    /// Events a second at its end.
    public let to: Double
  }
}

extension ScenarioKeys {
  /// What `load` needs to know beside the scenario itself.
  static let load = KeyTable(
    "load",
    [
      .required("stages", .list(.map(loadStage)), about: "Rates one after the other."),
      .optional(
        "warmup", .reference("duration"), about: "What is measured before counts for nothing."),
      .optional(
        "speed", .number,
        about: "How much faster than the clock people live; by the rate if left out."),
      .optional("goals", .list(.text), about: "What must hold, such as `latency.p99 <= 1 ms`."),
    ])

  static let loadStage = KeyTable(
    "a stage",
    [
      .optional(
        "rate", .reference("rate"), about: "Events a second, the same for all of the stage."),
      .optional("from", .reference("rate"), about: "The rate at its beginning."),
      .optional("to", .reference("rate"), about: "The rate at its end."),
      .required("for", .reference("duration"), about: "How long it lasts."),
    ])

  /// The most stages.
  static let mostStages = 1_000
}

/// Reads the block `load`.
struct LoadReader {
  let value: ValueReader

  func settings() -> LoadSettings? {
    guard let mapping = value.mapping(ScenarioKeys.load),
      let items = mapping["stages"]?.list(of: "stages", limit: ScenarioKeys.mostStages)
    else { return nil }
    if items.isEmpty {
      value.error("load needs at least one stage, such as '{rate: 50000 per second, for: 30 s}'")
    }
    let stages = items.compactMap { stage($0) }
    let warmup = mapping.optional("warmup") { $0.duration("the warm-up") }
    let speed = mapping.optional("speed") { self.speed($0) }
    let goals = mapping.optional("goals", else: []) { self.goals($0) }
    guard stages.count == items.count, !stages.isEmpty, let warmup, let speed, let goals else {
      return nil
    }
    let length = stages.reduce(0) { $0 + $1.length }
    let seconds = warmup.map { Double($0.nanoseconds) / 1e9 }
    if let seconds, seconds >= length {
      value.error("a warm-up of \(seconds) s leaves nothing of \(length) s of stages")
      return nil
    }
    return LoadSettings(stages: stages, warmup: seconds, speed: speed, goals: goals)
  }

  private func stage(_ value: ValueReader) -> LoadSettings.Stage? {
    guard let mapping = value.mapping(ScenarioKeys.loadStage) else { return nil }
    let rate = mapping.optional("rate") { $0.rate() }
    let from = mapping.optional("from") { $0.rate() }
    let to = mapping.optional("to") { $0.rate() }
    guard let length = mapping["for"].flatMap({ $0.duration("how long a stage lasts") }),
      let rate, let from, let to
    else { return nil }
    guard length > .zero else {
      value.error("a stage lasts some time")
      return nil
    }
    let seconds = Double(length.nanoseconds) / 1e9
    switch (rate, from, to) {
    case (let rate?, nil, nil):
      return .init(length: seconds, from: rate.perSecond, to: rate.perSecond)
    case (nil, let from?, let to?):
      return .init(length: seconds, from: from.perSecond, to: to.perSecond)
    default:
      value.error("a stage has either 'rate' or both 'from' and 'to'")
      return nil
    }
  }

  private func speed(_ value: ValueReader) -> Double? {
    guard let speed = value.number("how many times faster people live") else { return nil }
    guard speed >= 0.001, speed <= 1e7 else {
      value.error("a speed is from 0.001 to 10000000")
      return nil
    }
    return speed
  }

  private func goals(_ value: ValueReader) -> [Goal]? {
    guard let items = value.list(of: "goals") else { return nil }
    let goals = items.compactMap { item in
      item.parsed("a goal such as 'latency.p99 <= 1 ms'") { text throws(ValueProblem) in
        try grammar(text) { () throws(GrammarError) in try Goal(text, in: .load) }
      }
    }
    return goals.count == items.count ? goals : nil
  }
}
