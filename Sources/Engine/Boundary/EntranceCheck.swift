/// Two workspaces that take the same events by different entrances, and must stay the same.
///
/// One goes through `handle`, which knows all cases. The other goes through the entrances that the
/// simulation uses, with an owner who vouches for it, so that the usual event takes its quick way. Both
/// do without the same effects. After every event their effects and all that they know are compared.
public final class EntranceCheck {
  private var general: EngineCore
  private var quick: EngineCore
  /// How many events went straight on, by the name of their entrance; only counted in debug builds.
  public private(set) var straight: [String: Int] = [:]

  /// Begins with a copy each of a workspace.
  public init(_ core: EngineCore, omitting omitted: Omissions = .measuring) {
    general = core
    quick = core
    general.omit(omitted)
    quick.omit(omitted)
    quick.keepToOwner()
    general.takeGeneralRules()
  }

  /// Brings an event to both, and says what differs then; nil where nothing does.
  public func bring(_ event: EngineEvent, at time: EngineTime) -> String? {
    compare(name(of: event), { $0.enter(event, at: time) }, { $0.handle(event, at: time) })
  }

  /// Lets a user answer and close with it: in one event, and in the two that it stands for.
  func bringAnswerAndClosing(
    _ contact: ContactID, on channel: ChannelID, text: String, by user: UserID,
    at time: EngineTime
  ) -> String? {
    compare("answersAndCloses") {
      $0.answersAndCloses(contact, on: channel, text: text, by: user, at: time)
    } _: {
      $0.handle(.sends(contact, text: text, by: .user(user)), at: time)
      $0.handle(.closes(contact, by: .user(user), note: nil), at: time)
    }
  }

  func compare(
    _ name: String, _ enter: (inout EngineCore) -> Void, _ handle: (inout EngineCore) -> Void
  ) -> String? {
    let before = quick.straightCount
    enter(&quick)
    if quick.straightCount != before { straight[name, default: 0] += 1 }
    handle(&general)
    let difference = effectsDiffer() ?? quick.difference(from: general)
    quick.removeEffects()
    general.removeEffects()
    return difference
  }

  private func effectsDiffer() -> String? {
    let told = quick.toldEffects
    let expected = general.toldEffects
    guard told != expected else { return nil }
    let place = zip(told, expected).prefix { $0 == $1 }.count
    func words(_ effects: [String]) -> String {
      place < effects.count ? effects[place] : "nothing more"
    }
    return "effect \(place + 1): \(words(told)) by the quick entrance, \(words(expected)) by handle"
  }

  func name(of event: EngineEvent) -> String {
    switch event {
    case .contactWrites(quick.nextContact, _, _): "newContactWrites"
    case .contactWrites: "contactWrites"
    case .sends: "sends"
    case .closes: "closes"
    case .messageDelivered: "messageDelivered"
    case .contactForgotten: "forget"
    case .timerFires: "timerFires"
    default: "handle"
    }
  }
}

extension EngineCore {
  /// How many events went straight on; release builds do not count.
  fileprivate var straightCount: Int {
    #if DEBUG
      straight.count
    #else
      0
    #endif
  }

  /// Brings an event through the entrance that a host in a hurry has for it, or else through `handle`.
  mutating func enter(_ event: EngineEvent, at time: EngineTime) {
    switch event {
    case .contactWrites(let contact, let channel, let text):
      if contact == nextContact {
        _ = newContactWrites(on: channel, text: text, at: time)
      } else {
        contactWrites(contact, on: channel, text: text, at: time)
      }
    case .sends(let contact, let text, let actor): sends(contact, text: text, by: actor, at: time)
    case .closes(let contact, let actor, let note):
      closes(contact, by: actor, note: note, at: time)
    case .messageDelivered(let message): messageDelivered(message, at: time)
    case .contactForgotten(let contact): forget(contact, at: time)
    case .timerFires(let key): timerFires(key, at: time)
    default: handle(event, at: time)
    }
  }

  /// The effects that wait to be read, in words; those of a record that stands for two one by one.
  fileprivate var toldEffects: [String] {
    effects.records.places.flatMap { words(of: effects.records.element(at: $0)) }
  }

  func words(of record: EffectRecord) -> [String] {
    let contact = record.contact
    switch record.kind {
    case .opened: return ["opened \(contact) \(record.number)"]
    case .assigned: return ["assigned \(contact) \(record.number) by \(record.source)"]
    case .openedForUser:
      return ["opened \(contact) -1", "assigned \(contact) \(record.number) by \(record.source)"]
    case .closed: return ["closed \(contact)\(account(of: record))"]
    case .runStarted, .runEnded: return ["\(record.kind) \(contact)"]
    case .sentByUser:
      // Of the message itself, which no two share, `answeredAndClosed` has kept nothing.
      return ["sentByUser \(contact) \(record.channel)"]
    case .answeredAndClosed:
      return [
        "sentByUser \(contact) \(record.channel)", "closed \(contact)\(account(of: record))",
      ]
    case .runWaits:
      let order = effects.timers.element(at: Int(record.number))
      return ["\(EngineEffect.armTimer(order.key, at: order.at))", "runStarted \(contact)"]
    case .sent, .timerArmed, .timerCancelled, .other: return ["\(effects.whole(record))"]
    }
  }

  /// The account of the conversation that a record says was closed, in words; nothing where none is kept.
  private func account(of record: EffectRecord) -> String {
    record.account.map { ", \(closedConversation($0))" } ?? ""
  }

  /// Which part of a workspace differs from another one that ought to be the same; nil if none does.
  func difference(from other: EngineCore) -> String? {
    let parts: [(name: String, agrees: Bool)] = [
      ("the clock", now == other.now), ("the count of events", eventCount == other.eventCount),
      ("the count of decisions", decisionCount == other.decisionCount),
      ("the count of messages", messageCount == other.messageCount),
      ("users", users.agrees(with: other.users)), ("teams", teams == other.teams),
      ("auto-close", autoClose == other.autoClose && autoCloseSince == other.autoCloseSince),
      ("polling", queuesPolledAt == other.queuesPolledAt),
      ("facts told to the desk", tellsFacts == other.tellsFacts),
      ("what is left to do", agenda.agrees(with: other.agenda)),
    ]
    let found =
      parts.first { !$0.agrees }?.name ?? contacts.difference(from: other.contacts)
      ?? conversations.difference(from: other.conversations) ?? runs.difference(from: other.runs)
      ?? desk.difference(from: other.desk)
    return found.map { "\($0) differ by the quick entrance and by handle" }
  }
}

/// How many events went straight on: for tests of the quick ways, and no part of the workspace.
struct StraightCount: Sendable, Codable {
  var count = 0

  init() {}
  init(from decoder: any Decoder) throws {}
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encodeNil()
  }
}
