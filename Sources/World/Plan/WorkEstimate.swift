import Engine
import Sampling
import Scenarios

/// How much work a run will be, before it begins: what would never come to its end is better refused.
///
/// Rough on purpose: a slip in a unit (`renewal: 1 ns`) is wrong by many powers of ten.
public struct WorkEstimate: Sendable {
  /// What one key of the scenario brings to a run.
  public struct Part: Sendable, Equatable {
    /// The key, such as `contacts.all.arrivals`.
    public var key: String
    /// Events.
    public var events: Double
    /// Memory at the end, in bytes.
    public var bytes: Double
  }

  /// The most events of a run that nobody asked for twice: about ten minutes' work.
  public static let mostEvents = 2e9
  /// The most memory of all runs at once, in bytes.
  public static let mostBytes = 16e9
  /// The most customers who are known at once in a run.
  public static let mostContacts = 10_000_000

  /// An agent with what is recorded and printed of them, as measured over a million.
  private static let bytesOfAgent = 4_200.0
  /// A customer with an open conversation.
  private static let bytesOfContact = 800.0

  /// By key, in the order of the file's kinds.
  public private(set) var parts: [Part] = []

  /// All events of a run.
  public var events: Double { parts.reduce(0) { $0 + $1.events } }
  /// The memory of a run.
  public var bytes: Double { parts.reduce(0) { $0 + $1.bytes } }

  /// The key that brings most events.
  public var busiest: Part? { parts.max { $0.events < $1.events } }
  /// The key that takes most memory.
  public var largest: Part? { parts.max { $0.bytes < $1.bytes } }

  /// The estimate for a run of a plan.
  public init(_ plan: WorldPlan) {
    let model = plan.model
    let seconds = Double(plan.duration) / 1e9
    let clock = WallClock(model.settings)
    let capacity = Self.capacity(model, seconds)
    for population in model.populations {
      let opened = population.arrivals.expectedCount(
        from: 0, to: seconds, start: clock.startOfWeek, changes: clock.changes)
      let again = population.returns.map { min($0.chance, 0.99) } ?? 0
      let conversations = Self.counted(opened / (1 - again))
      let left = population.patience == nil ? max(0, conversations - capacity) : 0
      parts.append(
        Part(
          key: "contacts.\(population.name).arrivals",
          events: conversations * (2 + 4 * population.questions.mean),
          bytes: left * Self.bytesOfContact))
    }
    for broadcast in model.broadcasts {
      let day = 86_400.0
      let times =
        switch broadcast.repeats {
        case .never: 1.0
        case .daily: 1 + seconds / day
        case .weekly: 1 + seconds / (7 * day)
        }
      let sent = times * Double(broadcast.recipients)
      parts.append(
        Part(
          key: "broadcasts.\(broadcast.name).recipients", events: 2 * sent,
          bytes: sent * Self.bytesOfContact / 2))
    }
    for part in model.imports {
      parts.append(
        Part(
          key: "imports.\(part.name).count", events: Double(part.count) * (1 + 6 * part.writing),
          bytes: Double(part.count) * Self.bytesOfContact))
    }
    let conversations = parts.reduce(0) { $0 + $1.events / 2 }
    parts += Self.faults(model, seconds)
    parts += Self.people(model, seconds, conversations)
    for supervisor in model.supervisors {
      parts.append(
        Part(
          key: "users.\(model.agents[supervisor.agent].name).supervises.every",
          events: seconds / max(1e-9, supervisor.every.mean), bytes: 0))
    }
  }

  /// A stop of the engine takes about so much work as so many events, with few contacts.
  private static let eventsOfRestart = 3_000.0

  /// What goes wrong again and again.
  private static func faults(_ model: Model, _ seconds: Double) -> [Part] {
    model.faults.compactMap { fault in
      guard let every = fault.every else { return nil }
      let work: Double
      switch fault.kind {
      case .engineRestarts: work = eventsOfRestart
      case .agentsDrop, .logOut, .logIn: work = Double(2 * model.agents.count)
      default: work = 2
      }
      return Part(
        key: "faults.\(fault.name).every", events: work * seconds / max(1e-9, every.mean), bytes: 0)
    }
  }

  /// Agents and what they do by the clock, team by team.
  private static func people(
    _ model: Model, _ seconds: Double, _ conversations: Double
  ) -> [Part] {
    let absencesOfOne = model.byStyle { style in
      style.away.map { 2 * seconds / max(1e-9, $0.after.mean + $0.length.mean) } ?? 0
    }
    let looksOfOne = model.byStyle { $0.grabs.map { $0.chance * conversations } ?? 0 }
    return model.teams.flatMap { team in
      let members = model.agents[team.members]
      let count = Double(members.count)
      let absences = members.reduce(0) { $0 + absencesOfOne[$1] }
      let looks = members.reduce(0) { $0 + looksOfOne[$1] }
      return [
        Part(key: "teams.\(team.name).agents", events: count, bytes: count * bytesOfAgent),
        Part(key: "teams.\(team.name).away", events: counted(absences), bytes: 0),
        Part(key: "teams.\(team.name).grabs", events: counted(looks), bytes: 0),
      ]
    }
  }

  /// How many conversations all agents could end if nobody rested.
  private static func capacity(_ model: Model, _ seconds: Double) -> Double {
    let ofOne = model.byStyle { style in
      let each = max(1e-9, style.meanReplyTime + style.wrapUp.mean)
      return Double(style.attention.slots) * seconds / each
    }
    return model.agents.reduce(0) { $0 + ofOne[$1] }
  }

  private static func counted(_ value: Double) -> Double { value.isNaN ? .infinity : value }
}
