import Dispatch
import Engine
import Testing

/// The records of effects say what the effects say, whether their details are kept or not.
@Suite("The records of effects")
struct EffectRecordTests {
  private static let first = ContactID(0)

  /// An answer, a hand-over, a comment and a close: effects that the record tells, and others.
  private static var events: [EngineEvent] {
    [
      .contactWrites(first, on: Workspace.direct, text: "hello"),
      .sends(first, text: "hi", by: .user(Workspace.ana)),
      .assigns(first, to: Workspace.ben, by: .user(Workspace.ana)),
      .comments(first, text: "a riddle", mentions: [], by: .user(Workspace.ben)),
      .assigns(first, to: nil, by: .user(Workspace.ben)),
      .sends(first, text: "automatic", by: .program(.api)),
      .closes(first, by: .user(Workspace.ben), note: nil),
      .contactWrites(first, on: Workspace.direct, text: "again"),
    ]
  }

  /// What an engine hands out as records, in words.
  private func told(omitting omitted: Omissions) async -> [String] {
    let queue = QueueExecutor()
    var core = Workspace().core
    core.omit(omitted)
    let engine = EngineActor(core, on: queue.asUnownedSerialExecutor())
    for event in Self.events { await engine.handle(event, at: .zero) }
    var told: [String] = []
    for place in await engine.effectPlaces {
      let record = await engine.record(at: place)
      switch record.kind {
      case .sentByUser, .sent:
        let message = await engine.message(of: record)
        #expect(record.contact == message.contact && record.channel == UInt16(message.channel.raw))
        told.append(words(for: await engine.effect(of: record)))
      case .other, .timerArmed, .timerCancelled:
        told.append(words(for: await engine.effect(of: record)))
      case .opened, .openedForUser, .assigned:
        told.append("\(record.kind) \(record.contact) \(name(record.assignee))")
      default: told.append("\(record.kind) \(record.contact)")
      }
    }
    await engine.removeEffects()
    #expect(await engine.effectPlaces.isEmpty)
    withExtendedLifetime(queue) {}
    return told
  }

  private func name(_ user: UserID?) -> String { user.map(\.description) ?? "nobody" }

  /// An effect in the words of its record.
  private func words(for effect: EngineEffect) -> String {
    switch effect {
    case .conversationOpened(let opening):
      return "\(EffectRecord.Kind.opened) \(opening.contact) \(name(opening.assignee))"
    case .conversationClosed(let contact, _, _): return "\(EffectRecord.Kind.closed) \(contact)"
    case .assigneeChanged(let entry):
      return "\(EffectRecord.Kind.assigned) \(entry.contact) \(name(entry.to))"
    default: return "\(effect)"
    }
  }

  @Test(arguments: [[], .details] as [Omissions])
  func `tells every effect in its order`(_ omitted: Omissions) async {
    var core = Workspace().core
    for event in Self.events { core.handle(event, at: .zero) }
    var expected: [String] = []
    while let effect = core.next() { expected.append(words(for: effect)) }
    #expect(expected.count > Self.events.count)
    #expect(await told(omitting: omitted) == expected)
  }
}
