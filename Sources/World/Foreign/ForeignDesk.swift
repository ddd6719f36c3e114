import Engine
import Scenarios
import VirtualTime

/// The desk of a world in which somebody else's program decides who gets a conversation.
///
/// It hears what the engine's effects say, writes it down as events, and asks when an answer can matter:
/// when a run came to an Assign To step, when something happened while somebody waits, when the time came
/// for which the program asked. Until then events are kept: many go in one line. What the program says is
/// brought to the engine, which looks whether it may be; what may not be ends the run.
final class ForeignDesk {
  private let engine: ForeignEngine
  private let kernel: Kernel
  private var child: ChildProcess?
  private var lineCount: UInt64 = 0
  private var events = LineWriter()
  private var wants = EngineWants.all
  /// What was asked since the last line, in order; `isMove` where waiting makes no sense.
  private var asked: [(run: UInt64, isMove: Bool)] = []
  /// The runs that wait for somebody, as the program knows; only ever looked up.
  private var waiting: Set<UInt64> = []
  private var isDue = false
  private var isOver = false
  private var alarm = TimerHandle.none
  /// Who receives the alarm that the program asked for.
  var target = Target.nobody
  /// Why the program's part ended before its time, if it did.
  private(set) var failure: EngineFailure?

  /// So many bytes of events are kept for the next line; then they are sent though nobody asks.
  private static let mostKept = 256 << 10

  init(_ engine: ForeignEngine, kernel: Kernel) {
    self.engine = engine
    self.kernel = kernel
  }

  // MARK: Beginning and end

  /// Starts the program and introduces the workspace to it.
  func start(_ hello: LineWriter) {
    do throws(ChildFailure) {
      child = try ChildProcess(engine.command, folder: engine.folder)
    } catch {
      return fail(error.what)
    }
    events = hello
    guard let answer = answer() else { return }
    guard let version = answer.version else {
      return fail("does not say which protocol it speaks: answer the hello with \"protocol\":1")
    }
    guard version == Self.version else {
      return fail("speaks protocol \(version), expected \(Self.version)")
    }
    guard answer.decisions.isEmpty else { return fail("decides something before it was asked") }
    guard let names = answer.wants else { return }
    wants = []
    for name in names {
      guard let known = EngineWants(name: name) else {
        let list = EngineWants.names.joined(separator: ", ")
        return fail("wants to hear of '\(name)', which no event is called; known: \(list)")
      }
      wants.insert(known)
    }
  }

  /// The version of the protocol.
  static let version: UInt64 = 1

  /// The run is over: the program may end by itself for a moment.
  func close() {
    isOver = true
    child?.end(atOnce: false)
  }

  private func fail(_ what: String) {
    guard !isOver else { return }
    isOver = true
    let sentence = "the engine '\(engine.text)' \(what)"
    failure = EngineFailure(what: sentence, lastLines: child?.lastComplaints() ?? [])
    child?.end(atOnce: true)
    kernel.giveUp(sentence)
  }

  // MARK: Hearing

  /// Writes down what an effect tells.
  func hear(_ effect: EngineEffect) {
    switch effect {
    case .askAssignment(let question): hear(question)
    case .conversationOpened(let opening):
      guard begin(.opened, "opened") else { return }
      events.member("contact", opening.contact.raw)
      events.member("conversation", opening.conversation.raw)
      events.member("assignee", opening.assignee?.raw)
      events.member("source", "\(opening.source)")
      finish()
    case .conversationClosed(let contact, let conversation, _):
      guard begin(.closed, "closed") else { return }
      events.member("contact", contact.raw)
      events.member("conversation", conversation.raw)
      finish()
    case .assigneeChanged(let entry): hear(entry)
    case .statusChanged(let user, _, let status):
      guard begin(.status, "status") else { return }
      events.member("user", user.raw)
      events.member("status", "\(status)")
      finish()
    case .leftQueue(let contact, let run, let exit):
      guard waiting.remove(run.raw) != nil, begin(.leftQueue, "left_queue") else { return }
      events.member("run", run.raw)
      events.member("contact", contact.raw)
      events.member("why", exit.rawValue)
      finish()
    default: break
    }
  }

  private func hear(_ question: AssignmentQuestion) {
    let request = question.request
    waiting.insert(question.run.raw)
    asked.append((question.run.raw, request.onlyIfSooner && request.current != nil))
    isDue = true
    open("ask")
    events.member("run", question.run.raw)
    events.member("contact", request.contact.raw)
    events.key("team")
    if case .team(let team) = request.pool { events.number(team.raw) } else { events.raw("null") }
    events.member("logic", request.logic.name)
    events.member("only_online", request.onlyOnline)
    events.member("fewer_than", request.fewerThan)
    events.member("exclude", request.exclude?.raw)
    events.member("current", request.current?.raw)
    events.member("only_if_sooner", request.onlyIfSooner)
    events.member("last_assignee", question.lastAssignee?.raw)
    events.append(UInt8(ascii: "}"))
  }

  /// A change of assignee that the program did not decide itself.
  private func hear(_ entry: AssignmentEntry) {
    if entry.isAutomatic, entry.source == .workflow { return }
    if let user = entry.to {
      guard begin(.assigned, "assigned") else { return }
      events.member("contact", entry.contact.raw)
      events.member("from", entry.from?.raw)
      events.member("to", user.raw)
    } else {
      guard begin(.unassigned, "unassigned") else { return }
      events.member("contact", entry.contact.raw)
      events.member("from", entry.from?.raw)
    }
    events.member("source", "\(entry.source)")
    finish()
  }

  /// A message of ours goes out.
  func hear(_ message: OutgoingMessage) {
    guard begin(.messageOut, "message_out") else { return }
    events.member("contact", message.contact.raw)
    if case .user(let user) = message.sender {
      events.member("user", user.raw)
    } else {
      events.key("user")
      events.raw("null")
    }
    finish()
  }

  /// A contact writes.
  func hearMessage(of contact: ContactID) {
    guard begin(.messageIn, "message_in") else { return }
    events.member("contact", contact.raw)
    finish()
  }

  /// The time came that the program asked for.
  func rang() {
    alarm = .none
    isDue = true
    open("timer")
    events.append(UInt8(ascii: "}"))
  }

  /// Begins an event that the program may not want to hear of.
  private func begin(_ kind: EngineWants, _ name: StaticString) -> Bool {
    guard wants.contains(kind) else { return false }
    open(name)
    return true
  }

  private func open(_ name: StaticString) {
    if !events.isEmpty { events.append(UInt8(ascii: ",")) }
    events.raw("{\"event\":\"")
    events.raw(name)
    events.append(UInt8(ascii: "\""))
    events.member("at", kernel.now.nanoseconds)
  }

  /// Ends an event, which matters at once if anybody waits.
  private func finish() {
    events.append(UInt8(ascii: "}"))
    if !waiting.isEmpty || events.bytes.count > Self.mostKept { isDue = true }
  }

  // MARK: Asking

  /// Asks the program if it is time, and brings what it decides to the engine; whether it was asked.
  func consults(_ decide: (RunID, AssignmentDecision) -> Refusal?) -> Bool {
    guard isDue, !isOver else { return false }
    isDue = false
    guard let answer = answer() else { return false }
    for decision in answer.decisions where !isOver { carryOut(decision, decide) }
    for question in asked where !isOver && waiting.contains(question.run) {
      // Nobody was named: the contact waits, or stays where it is.
      let refusal = decide(RunID(question.run), question.isMove ? .leave : .wait)
      if question.isMove { waiting.remove(question.run) }
      judge(refusal, "leaves run \(question.run) as it is")
    }
    asked.removeAll(keepingCapacity: true)
    return true
  }

  private func carryOut(
    _ decision: EngineAnswer.Decision, _ decide: (RunID, AssignmentDecision) -> Refusal?
  ) {
    switch decision {
    case .assign(let run, let user):
      guard waiting.contains(run) else {
        return fail("assigns run \(run), which does not wait for anybody")
      }
      guard let number = UInt32(exactly: user) else {
        return fail("assigns run \(run) to user \(user), who is not there")
      }
      let refusal = decide(RunID(run), .assign(UserID(number)))
      if refusal == nil { waiting.remove(run) }
      judge(refusal, "assigns run \(run) to user \(user)")
    case .leave(let run):
      guard waiting.contains(run) else {
        return fail("leaves run \(run), which does not wait for anybody")
      }
      let refusal = decide(RunID(run), .leave)
      if refusal == nil { waiting.remove(run) }
      judge(refusal, "leaves run \(run)")
    case .wakeAt(let time):
      let now = kernel.now.nanoseconds
      guard time > UInt64(now) else {
        return fail("wants to be woken at \(time), and it is \(now) already")
      }
      _ = kernel.cancel(alarm)
      alarm = kernel.arm(
        Event(to: target, kind: 0), at: Instant(nanoseconds: Int64(clamping: time)))
    }
  }

  /// What the engine refuses ends the run, unless the program could not know: an earlier decision of the
  /// same answer had ended the wait.
  private func judge(_ refusal: Refusal?, _ what: String) {
    switch refusal {
    case nil, .staleRun: break
    case let refusal?: fail("\(what), which the platform refuses: \(refusal)")
    }
  }

  /// Sends what is written down and reads the answer; nil where there is none, which is told.
  private func answer() -> EngineAnswer? {
    guard let child, !isOver else { return nil }
    lineCount += 1
    var line = LineWriter()
    line.raw("{\"line\":")
    line.number(lineCount)
    line.member("at", kernel.now.nanoseconds)
    line.raw(",\"events\":[")
    line.append(events)
    line.raw("]}\n")
    events.clear()
    do throws(ChildFailure) {
      let kernel = kernel
      let received = try child.exchange(
        line.bytes, within: engine.answerWithin.nanoseconds, isUnwanted: { kernel.hasMail })
      guard let received else {
        // Somebody stopped the run, which ends by itself as soon as the event at hand is through.
        isOver = true
        child.end(atOnce: true)
        return nil
      }
      return read(received)
    } catch {
      fail(error.what)
      return nil
    }
  }

  private func read(_ bytes: ArraySlice<UInt8>) -> EngineAnswer? {
    do throws(EngineAnswerProblem) {
      let answer = try EngineAnswer(bytes)
      guard answer.line == lineCount else {
        let number = answer.line.map { "line \($0)" } ?? "no line"
        fail("answers \(number), expected an answer to line \(lineCount)")
        return nil
      }
      return answer
    } catch {
      let start = String(decoding: bytes.prefix(100), as: UTF8.self)
      fail("wrote what is no answer (\(error.what)): \(start)")
      return nil
    }
  }
}

/// Why a program of somebody else's ended a run.
public struct EngineFailure: Error, Sendable, Hashable {
  /// Which program did what.
  public var what: String
  /// What it complained of last.
  public var lastLines: [String]
}
