import Dispatch
import Engine
import Testing

/// A serial executor of the test's own: the engine runs where it is put.
final class QueueExecutor: SerialExecutor, @unchecked Sendable {
  let queue = DispatchQueue(label: "engine")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// The actor around the core (ARCHITECTURE.md 3): same answers, on the executor it was given.
@Suite struct EngineActorTests {
  @Test func `the engine runs on the executor it is given and answers as the core does`() async {
    let executor = QueueExecutor()
    let engine = EngineActor(
      EngineCore(settings: WorkspaceSettings()), on: executor.asUnownedSerialExecutor())
    var core = EngineCore(settings: WorkspaceSettings())
    await engine.keepJournal()
    let events: [EngineEvent] = [
      .userAdded(UserID(0), UserProfile(name: "ana")),
      .contactWrites(ContactID(0), on: ChannelID(0), text: "hello"),
      .sends(ContactID(0), text: "hi", by: .user(UserID(0))),
      .closes(ContactID(0), by: .user(UserID(9)), note: nil),
    ]
    for (index, event) in events.enumerated() {
      let time = EngineTime.at(.seconds(Int64(index)))
      core.handle(event, at: time)
      var expected: [EngineEffect] = []
      while let effect = core.next() { expected.append(effect) }
      #expect(await engine.effects(of: event, at: time) == expected)
    }
    #expect(await engine.core.events?.entries.count == events.count)
    #expect(await engine.core.assignee(of: ContactID(0)) == UserID(0))
    withExtendedLifetime(executor) {}
  }

  @Test func `only the outermost caller empties the queue and nothing is lost or reordered`() {
    var core = EngineCore(settings: WorkspaceSettings())
    core.handle(.userAdded(UserID(0), UserProfile(name: "ana")), at: .zero)
    core.handle(.contactWrites(core.nextContact, on: ChannelID(0), text: ""), at: .zero)
    let isOutermost = core.mayDrain()
    #expect(isOutermost)
    var seen: [String] = []
    while let effect = core.next() {
      switch effect {
      case .contactCreated: seen.append("created")
      case .conversationOpened(let opening):
        seen.append("opened")
        core.handle(.sends(opening.contact, text: "hi", by: .user(UserID(0))), at: .zero)
        let mayDrainWithin = core.mayDrain()
        #expect(!mayDrainWithin)
        seen.append("answered")
      case .assigneeChanged: seen.append("assigned")
      case .sendMessage: seen.append("sent")
      default: seen.append("\(effect)")
      }
    }
    #expect(seen == ["created", "opened", "answered", "assigned", "sent"])
    let mayDrainAgain = core.mayDrain()
    #expect(mayDrainAgain)
  }
}
