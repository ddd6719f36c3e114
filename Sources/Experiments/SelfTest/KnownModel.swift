import Sampling
import Statistics

/// A model and what is known exactly about it.
struct KnownModel: Sendable {
  /// One known quantity and where it is read in a run.
  struct Quantity: Sendable {
    var name: String
    var exact: Double
    var read: @Sendable (StationModel.Outcome) -> Double
  }

  var station: StationModel
  var quantities: [Quantity]

  /// A closed form that refuses its own model: a mistake in this file, told instead of hidden.
  struct NoClosedForm: Error {
    var model: String
  }

  /// Every model of the self-test, all with a mean service of 1 s and waits in seconds.
  static func all() throws -> [KnownModel] {
    [
      try pooled("M/M/1, load 0.8", agents: 1, load: 0.8, customers: 60_000),
      try pooled("M/M/12, load 0.9", agents: 12, load: 0.9, customers: 60_000),
      try pooled("M/M/100, load 0.95", agents: 100, load: 0.95, customers: 200_000),
      try anyService("M/G/1, constant work", .constant(1), second: 1),
      try anyService("M/G/1, lognormal, cv 1.4", lognormal(cv: 1.4), second: 1 + 1.4 * 1.4),
      try anyService("M/G/1, Erlang-4 work", .erlang(k: 4, mean: 1), second: 1.25),
      try inTurn("round robin, 5 agents", agents: 5, slots: 1, load: 0.8, customers: 100_000),
      try inTurn("round robin, 4 x 3 chats", agents: 4, slots: 3, load: 0.85, customers: 100_000),
      try impatient("Erlang A, 10 agents", agents: 10, load: 1.05, patience: 2),
    ]
  }

  private static func lognormal(cv: Double) throws -> Distribution {
    try .lognormal(mean: 1, cv: cv)
  }

  private static func wait(_ name: String, _ exact: Double) -> Quantity {
    Quantity(name: name + ", mean wait", exact: exact) { $0.meanWait }
  }

  private static func pooled(
    _ name: String, agents: Int, load: Double, customers: Int
  ) throws -> KnownModel {
    let rate = load * Double(agents)
    guard let exact = ErlangC(servers: agents, arrivalRate: rate, meanService: 1) else {
      throw NoClosedForm(model: name)
    }
    return KnownModel(
      station: StationModel(
        agents: agents, gap: try .exponential(mean: 1 / rate), work: try .exponential(mean: 1),
        warmup: customers / 10, customers: customers),
      quantities: [wait(name, exact.meanWait)])
  }

  private static func anyService(
    _ name: String, _ work: Distribution, second: Double
  ) throws -> KnownModel {
    guard
      let exact = PollaczekKhinchine(arrivalRate: 0.7, meanService: 1, secondMoment: second)
    else { throw NoClosedForm(model: name) }
    return KnownModel(
      station: StationModel(
        agents: 1, gap: try .exponential(mean: 1 / 0.7), work: work, warmup: 5_000,
        customers: 60_000),
      quantities: [wait(name, exact.meanWait)])
  }

  private static func inTurn(
    _ name: String, agents: Int, slots: Int, load: Double, customers: Int
  ) throws -> KnownModel {
    let rate = load * Double(agents * slots)
    guard
      let exact = RoundRobinDispatch(
        agents: agents, slots: slots, arrivalRate: rate, meanService: 1)
    else { throw NoClosedForm(model: name) }
    return KnownModel(
      station: StationModel(
        agents: agents, slots: slots, dispatch: .inTurn, gap: try .exponential(mean: 1 / rate),
        work: try .exponential(mean: 1), warmup: customers / 10, customers: customers),
      quantities: [wait(name, exact.wait.mean)])
  }

  private static func impatient(
    _ name: String, agents: Int, load: Double, patience: Double
  ) throws -> KnownModel {
    let rate = load * Double(agents)
    guard
      let exact = ErlangA(
        servers: agents, arrivalRate: rate, meanService: 1, meanPatience: patience)
    else { throw NoClosedForm(model: name) }
    return KnownModel(
      station: StationModel(
        agents: agents, gap: try .exponential(mean: 1 / rate), work: try .exponential(mean: 1),
        patience: try .exponential(mean: patience), warmup: 5_000, customers: 60_000),
      quantities: [
        wait(name, exact.meanWait),
        Quantity(name: name + ", abandoned", exact: exact.pAbandon) { $0.abandoned },
      ])
  }
}
