import Engine
import Measurement
public import Scenarios
public import World

/// One run of one way of assigning, kept whole: hours are cut out of it and conversations told of it.
public struct WatchedDay: Sendable {
  /// What became of a customer.
  public enum Fate: Int, Sendable {
    /// The conversation was closed.
    case closed
    /// The customer gave up.
    case gaveUp
    /// It was open when the run ended.
    case open
  }

  /// A conversation as the customer sees it; times are nanoseconds of the run.
  public struct Customer: Sendable, Equatable {
    /// The number of the conversation in this run.
    public var number: Int
    /// The visit of a customer, the same under every way of assigning.
    public var visitor: UInt64
    /// Who it is to the engine.
    var contact: ContactID
    /// When it began.
    public var wrote: Int64
    /// The first answer; nil without one.
    public var answered: Int64?
    /// When it was closed or the customer gave up; nil if neither happened.
    public var ended: Int64?
    /// What became of it.
    public var fate: Fate
    /// Whether the customer wrote at all: somebody may have written first.
    public var hasWritten: Bool

    /// Until when there was no answer; nil if there never was one, nor an end.
    var waitedUntil: Int64? { answered ?? ended }
  }

  /// What was run.
  public let plan: WorldPlan
  /// The run, with all that its engine was told.
  let run: JournaledRun
  /// Every conversation, in the order of numbers.
  public let customers: [Customer]
  /// Who had what when, from end to end.
  let lanes: ResultDocument.LaneWindow
  /// Every change of an assignee.
  let assignments: [Ledger.Assignment]

  /// A run of more events is not kept whole: it would take seconds, and hundreds of megabytes.
  public static let mostEvents = 1e6

  /// Runs a replication, numbered from 0, of a way of assigning; nil if there are not so many.
  public init?(_ scenario: Scenario, _ way: Scenario.Strategy, replication: Int) {
    var plan = WorldPlan(scenario, way)
    plan.recordsConversations = true
    plan.lanes = LaneRequest(replication: replication, from: 0, to: plan.duration)
    let run = try? JournaledRun(
      plan, seed: scenario.seed, replication: replication, atMost: .max)
    guard let run else { return nil }
    self.plan = plan
    self.run = run
    let result = run.result
    lanes =
      result.lanes
      ?? ResultDocument.LaneWindow(
        strategy: "", replication: replication + 1, from: 0, to: 0, agents: [], spans: [],
        transfers: [])
    assignments = result.ledger?.assignments ?? []
    var gaveUp: [Int: Int64] = [:]
    for departure in lanes.departures {
      gaveUp[departure.conversation] = Int64((departure.at * 1e9).rounded())
    }
    customers =
      (result.ledger?.conversations ?? []).map { record in
        let number = Int(record.id.raw)
        return Self.customer(record, visitor: result.visitors[number], gaveUp: gaveUp[number])
      }
      .sorted { $0.number < $1.number }
  }

  private static func customer(
    _ record: ConversationRecord, visitor: UInt64?, gaveUp: Int64?
  ) -> Customer {
    let course = record.course
    let closed = record.closedAt == .never ? nil : record.closedAt.nanoseconds
    var answered = course.firstResponseAt == .never ? nil : course.firstResponseAt.nanoseconds
    let hasWritten = record.openedBy == .contact || course.incoming > 0
    // Whom somebody else wrote to, and who never wrote back, waits for nothing.
    if !hasWritten { answered = answered ?? record.openedAt.nanoseconds }
    return Customer(
      number: Int(record.id.raw), visitor: visitor ?? 0, contact: record.contact,
      wrote: record.openedAt.nanoseconds, answered: answered, ended: gaveUp ?? closed,
      fate: gaveUp != nil ? .gaveUp : closed == nil ? .open : .closed, hasWritten: hasWritten)
  }

  /// How many events its engine was told.
  public var events: Int { run.journal.entries.count }

  /// How long the run was, in nanoseconds.
  public var length: Int64 { plan.duration }

  /// What the agents are called, a lane each.
  public var agents: [String] { plan.model.agents.map(\.name) }

  /// The rule that moves whom nobody answered; nil where there is none, or none that comes true in this run.
  public var transferRule: TransferRule? {
    guard let rule = TransferRule(plan.model.workflows), rule.wait.nanoseconds < length else {
      return nil
    }
    return rule
  }

  /// How often a conversation changed hands, in all of the run.
  public var moves: Int { lanes.transfers.count }

  /// Whose conversation of a number it is; nil if there is none.
  public func customer(_ number: Int) -> Customer? {
    customers.first { $0.number == number }
  }
}
