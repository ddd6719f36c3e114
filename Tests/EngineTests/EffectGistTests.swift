import Dispatch
import Engine
import Testing

/// The gist of effects says what the effects say, whether their details are kept or not.
@Suite("The gist of effects")
struct EffectGistTests {
  private static let first = ContactID(0)

  /// An answer, a hand-over, a comment and a close: effects that the gist tells, and others.
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

  /// What an engine hands out as gists, in words.
  private func told(omitting omitted: Omissions) async -> [String] {
    let queue = QueueExecutor()
    var core = Workspace().core
    core.omit(omitted)
    let engine = Engine(core, on: queue.asUnownedSerialExecutor())
    for event in Self.events { await engine.handle(event, at: .zero) }
    var told: [String] = []
    for place in await engine.effectPlaces {
      let gist = await engine.gist(at: place)
      switch gist.kind {
      case .sentByUser, .other: told.append(words(for: await engine.effect(of: gist)))
      default: told.append("\(gist.kind) \(gist.contact) \(gist.number)")
      }
      if gist.kind == .sentByUser {
        #expect(gist.contact == Self.first && gist.channel == UInt16(Workspace.direct.raw))
      }
      if !omitted.contains(.details), gist.kind != .other {
        #expect(words(for: await engine.effect(at: place)) == told.last)
      }
    }
    await engine.removeEffects()
    #expect(await engine.effectPlaces.isEmpty)
    withExtendedLifetime(queue) {}
    return told
  }

  /// An effect in the words of its gist.
  private func words(for effect: PlainEffect) -> String {
    func number(_ user: UserID?) -> Int32 { user.map { Int32($0.raw) } ?? -1 }
    switch effect {
    case .conversationOpened(let opening):
      return "\(EffectGist.Kind.opened) \(opening.contact) \(number(opening.assignee))"
    case .conversationClosed(let contact, _, _): return "\(EffectGist.Kind.closed) \(contact) 0"
    case .assigneeChanged(let entry):
      return "\(EffectGist.Kind.assigned) \(entry.contact) \(number(entry.to))"
    case .sendMessage(let message, _): return "\(message)"
    case .other: return "other"
    default: return "\(effect)"
    }
  }

  @Test(arguments: [[], .details] as [Omissions])
  func `tells every effect in its order`(_ omitted: Omissions) async {
    var core = Workspace().core
    for event in Self.events { core.handle(event, at: .zero) }
    var expected: [String] = []
    while let effect = core.nextPlain() { expected.append(words(for: effect)) }
    #expect(expected.count > Self.events.count)
    #expect(await told(omitting: omitted) == expected)
  }
}
