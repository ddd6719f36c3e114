public import Engine
import Measurement
import World

/// What happened to one conversation of a run, with the engine's own account of each decision.
///
/// The accounts are found by playing the run's journal into an engine again.
public struct ConversationTale: Sendable {
  /// Something that happened.
  public enum Kind: Sendable, Equatable {
    /// The customer writes, the first time or again.
    case writes(ChannelID?, again: Bool)
    /// Something else than the customer opened the conversation.
    case opened(by: Source)
    /// Somebody gets it: from somebody else, or for the first time.
    case assigned(to: Int, from: Int?, AssignmentReason, DecisionAccount?)
    /// A move was thought about, and it stays.
    case stays(DecisionAccount)
    /// Nobody could be chosen, and it waits.
    case waits(DecisionAccount)
    /// Nobody has it any more.
    case unassigned
    /// An agent begins to write; work of so many nanoseconds is thrown away by a move, if it is.
    case begins(Int, thrownAway: Int64?)
    /// An agent's answer to what was written so long before.
    case answers(Int, isFirst: Bool, after: Int64)
    /// The customer gives up.
    case gaveUp
    /// It is closed.
    case closed
  }

  /// Something that happened, and when, in nanoseconds of the run.
  public struct Event: Sendable, Equatable {
    /// When.
    public var at: Int64
    /// What.
    public var kind: Kind
  }

  /// What happened, in its order.
  public private(set) var events: [Event] = []

  /// Tells a conversation of a day.
  public init(of customer: WatchedDay.Customer, in day: WatchedDay) {
    var teller = Teller(customer)
    teller.play(day.run)
    teller.addLanes(of: day)
    if customer.fate == .gaveUp, let ended = customer.ended {
      // In front, for what is done about it at the same instant follows.
      teller.events.insert(Event(at: ended, kind: .gaveUp), at: 0)
    }
    // Of what happens at one instant the engine's order stands, and what agents do follows it.
    events = teller.events.enumerated()
      .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
  }

  /// Follows one conversation through a journal.
  private struct Teller {
    let customer: WatchedDay.Customer
    var events: [Event] = []
    private var isOpen = false
    private var isOver = false
    private var holder: Int?
    /// Since when an answer is owed.
    private var owedSince: Int64?
    private var hasAnswer = false

    init(_ customer: WatchedDay.Customer) { self.customer = customer }

    mutating func play(_ run: JournaledRun) {
      var core = run.start
      core.keepAccounts(of: customer.contact)
      for entry in run.journal.entries {
        core.handle(entry.event, at: entry.at)
        var effects: [EngineEffect] = []
        while let effect = core.next() {
          if effect.contact == customer.contact { effects.append(effect) }
        }
        let accounts = core.takeAccounts()
        if entry.event.contact == customer.contact || !effects.isEmpty || !accounts.isEmpty {
          tell(entry, effects, accounts)
        }
        if isOver { return }
      }
    }

    private mutating func tell(
      _ entry: Journal.Entry, _ effects: [EngineEffect], _ accounts: [DecisionAccount]
    ) {
      let at = entry.at.nanoseconds
      let isOpening = effects.contains { effect in
        if case .conversationOpened(let opening) = effect {
          opening.conversation.raw == UInt64(customer.number)
        } else {
          false
        }
      }
      guard isOpen || isOpening else { return }
      isOpen = true
      tell(entry.event, at, isOpening, effects)
      for effect in effects { tell(effect, at, accounts) }
      let isQueued = effects.contains { if case .enteredQueue = $0 { true } else { false } }
      for account in accounts where account.chosen == nil {
        add(at, isQueued ? .waits(account) : .stays(account))
      }
    }

    private mutating func tell(
      _ event: EngineEvent, _ at: Int64, _ isOpening: Bool, _ effects: [EngineEffect]
    ) {
      switch event {
      case .contactWrites(let contact, let channel, _) where contact == customer.contact,
        .contactSendsAttachment(let contact, let channel) where contact == customer.contact:
        add(at, .writes(channel, again: !isOpening))
        if owedSince == nil { owedSince = at }
      default:
        for case .conversationOpened(let opening) in effects {
          // Who has the contact already has the conversation from the beginning.
          add(at, .opened(by: opening.source))
        }
      }
      for case .conversationOpened(let opening) in effects { holder = opening.assignee?.index }
    }

    private mutating func tell(
      _ effect: EngineEffect, _ at: Int64, _ accounts: [DecisionAccount]
    ) {
      switch effect {
      case .assigneeChanged(let entry):
        guard let user = entry.to?.index else { return add(at, .unassigned) }
        let account =
          entry.isAutomatic
          ? accounts.first { $0.decision == entry.decision && $0.chosen == entry.to } : nil
        let before = entry.from?.index ?? holder
        add(at, .assigned(to: user, from: before == user ? nil : before, entry.reason, account))
        holder = user
      case .sendMessage(let message, _):
        guard case .user(let user) = message.sender, let since = owedSince else { return }
        add(at, .answers(user.index, isFirst: !hasAnswer, after: at - since))
        hasAnswer = true
        owedSince = nil
      case .conversationClosed(_, let conversation, _):
        guard conversation.raw == UInt64(customer.number) else { return }
        add(at, .closed)
        isOver = true
      default: break
      }
    }

    private mutating func add(_ at: Int64, _ kind: Kind) {
      events.append(Event(at: at, kind: kind))
    }

    /// What only the world knows: when agents begin, and which work a move throws away.
    mutating func addLanes(of day: WatchedDay) {
      var last: Int?
      let moves = day.lanes.transfers.filter { $0.conversation == customer.number }
      let spans = day.lanes.spans.filter { $0.conversation == customer.number }
      for span in spans.sorted(by: { $0.from < $1.from }) where span.kind == .working {
        let isLeft = moves.contains { $0.at == span.to && $0.fromLane == span.lane }
        if last != span.lane || isLeft {
          let begin = Int64((span.from * 1e9).rounded())
          let length = Int64((span.to * 1e9).rounded()) - begin
          let goesOn = events.contains { event in
            guard case .answers(let agent, _, _) = event.kind else { return false }
            return isLeft && agent == span.lane && event.at >= begin + length
          }
          add(begin, .begins(span.lane, thrownAway: isLeft && !goesOn ? length : nil))
        }
        last = span.lane
      }
    }
  }
}
