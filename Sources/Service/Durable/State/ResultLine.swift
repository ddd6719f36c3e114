import Engine

/// What came of an event, as JSON in one line: its number, its time, whom it is about and its effects.
///
/// An effect that does not say `contact` is about the contact of the event.
struct ResultLine {
  private var line = JSONLine(capacity: 384)
  private let contact: String?

  init(_ kind: EventKind, sequence: UInt64, at time: EngineTime, contact: String?) {
    self.contact = contact
    line.begin()
    line.member("sequence", sequence)
    line.name("at")
    line.seconds(time.nanoseconds)
    line.member("type", kind.name)
    if let contact { line.member("contact", contact) }
    line.name("effects")
    line.begin("[")
  }

  /// The line, which ends here.
  mutating func finished() -> [UInt8] {
    if !isRefused { line.end("]") }
    line.end()
    return line.bytes
  }

  private var isRefused = false

  // MARK: Refusals

  mutating func refuse(_ refusal: Refusal, _ resolved: ResolvedEvent, _ state: WorkspaceState) {
    refuse(refusal.name, refusal.told(of: resolved, in: state))
  }

  mutating func refuse(unknownMessage number: UInt64) {
    refuse(
      "unknown_message",
      "no message \(number) is on its way; it never was, or was reported already")
  }

  private mutating func refuse(_ reason: String, _ message: String) {
    line.end("]")
    isRefused = true
    line.name("refused")
    line.begin()
    line.member("reason", reason)
    line.member("message", message)
    line.end()
  }

  // MARK: Effects

  /// Begins an effect: what it is, and whom it is about if that is not the event's contact.
  private mutating func begin(_ kind: StaticString, _ id: ContactID?, _ state: WorkspaceState) {
    line.begin()
    line.name("effect")
    line.word(kind)
    if let id, let name = state.contacts.name(id), name != contact {
      line.member("contact", name)
    }
  }

  private mutating func begin(_ kind: StaticString, ofRun run: RunID, _ state: WorkspaceState) {
    begin(kind, state.core.contact(of: run), state)
    line.member("run", run.description)
  }

  private mutating func member(_ name: StaticString, _ actor: Actor, _ state: WorkspaceState) {
    line.member(name, state.names.told(actor))
  }

  mutating func add(_ effect: EngineEffect, _ state: WorkspaceState) {
    switch effect {
    case .armTimer, .cancelTimer, .decided, .refused: return
    case .conversationOpened(let opening):
      begin("opened", opening.contact, state)
      line.member("conversation", opening.conversation.raw)
      line.member("source", opening.source.description)
      line.member("new", opening.isNew)
      if let user = opening.assignee { line.member("assignee", state.names.users.name(user)) }
    case .conversationClosed(let contact, let conversation, let place):
      begin("closed", contact, state)
      line.member("conversation", conversation.raw)
      let record = state.core.closedConversation(place)
      if let source = record.closedBy { line.member("source", source.description) }
      if !record.category.isEmpty { line.member("category", record.category) }
    case .assigneeChanged(let entry):
      begin("assigned", entry.contact, state)
      line.member("to", orNull: entry.to.map { state.names.users.name($0) })
      line.member("from", orNull: entry.from.map { state.names.users.name($0) })
      line.member("reason", entry.reason.name)
      line.member("by", state.names.told(entry.actor))
      if entry.isAutomatic { line.member("decision", entry.decision) }
    case .sendMessage(let message, let text):
      begin("message", message.contact, state)
      describe(message, state)
      line.member("text", text)
    case .messageRefused(let message, let failure):
      begin("message_refused", message.contact, state)
      describe(message, state)
      line.member("reason", failure.rawValue)
    case .runStarted(let run, let workflow, let contact):
      begin("run_started", contact, state)
      line.member("run", run.description)
      line.member("workflow", state.names.workflows.name(workflow))
    case .runEnded(let run, let workflow, let contact, let reason):
      begin("run_ended", contact, state)
      line.member("run", run.description)
      line.member("workflow", state.names.workflows.name(workflow))
      line.member("reason", reason.rawValue)
    default: addRarer(effect, state)
    }
    line.end()
  }

  private mutating func describe(_ message: OutgoingMessage, _ state: WorkspaceState) {
    line.member("message", message.id.raw)
    line.member("channel", state.names.channels.name(message.channel))
    switch message.sender {
    case .user(let user): line.member("user", state.names.users.name(user))
    case .run(let run): line.member("run", run.description)
    case .program(let source): line.member("program", source.description)
    case .broadcast: line.member("broadcast", true)
    }
  }

  private mutating func addRarer(_ effect: EngineEffect, _ state: WorkspaceState) {
    let names = state.names
    switch effect {
    case .enteredQueue(let contact, let run, let pool):
      begin("queued", contact, state)
      line.member("run", run.description)
      line.member("pool", names.told(pool))
    case .leftQueue(let contact, let run, let exit):
      begin("left_queue", contact, state)
      line.member("run", run.description)
      line.member("reason", exit.rawValue)
    case .callService(let call):
      begin("call", call.contact, state)
      line.member("run", call.run.description)
      line.member("method", call.method)
      line.member("url", call.url)
      line.name("headers")
      line.begin("[")
      for text in call.headers { line.text(text) }
      line.end("]")
      line.member("body", call.body)
    case .askAIAgent(let run, let contact, _):
      begin("ai_agent", contact, state)
      line.member("run", run.description)
    case .askAssignment(let question):
      begin("who_gets_it", ofRun: question.run, state)
      line.member("pool", names.told(question.request.pool))
      line.member("logic", question.request.logic.name)
    case .statusChanged(let user, let before, let now):
      begin("status", nil, state)
      line.member("user", names.users.name(user))
      line.member("from", before.description)
      line.member("to", now.description)
    case .tagChanged(let contact, let tag, let action, let actor):
      begin("tag", contact, state)
      line.member("tag", names.tags.name(tag))
      line.member("action", action.rawValue)
      member("by", actor, state)
    case .fieldChanged(let contact, let field, let value, let actor):
      begin("field", contact, state)
      line.member("field", names.fields.name(field))
      line.name("value")
      line.value(value)
      member("by", actor, state)
    case .questionAsked(let contact, let run):
      begin("question", contact, state)
      line.member("run", run.description)
    case .commentAdded(let contact, let text, let actor):
      begin("comment", contact, state)
      line.member("text", text)
      member("by", actor, state)
    case .userMentioned(let user, let contact, let actor):
      begin("mention", contact, state)
      line.member("user", names.users.name(user))
      member("by", actor, state)
    default: addRarest(effect, state)
    }
  }

  private mutating func addRarest(_ effect: EngineEffect, _ state: WorkspaceState) {
    switch effect {
    case .contactCreated(let contact): begin("created", contact, state)
    case .contactMerged(_, let other):
      // Its own name leads to the other contact by now.
      begin("merged", nil, state)
      line.member("into", orNull: state.contacts.name(other))
    case .contactForgotten: begin("forgotten", nil, state)
    case .conversationSnoozed(let contact, _, let isSnoozed):
      begin(isSnoozed ? "snoozed" : "unsnoozed", contact, state)
    case .contactBlocked(let contact, let isBlocked):
      begin(isBlocked ? "blocked" : "unblocked", contact, state)
    case .waitCut(let run, let asked, let allowed):
      begin("wait_cut", ofRun: run, state)
      line.name("asked")
      line.seconds(asked.nanoseconds)
      line.name("allowed")
      line.seconds(allowed.nanoseconds)
    case .callRefused(let run, let contact, let domain):
      begin("call_refused", contact, state)
      line.member("run", run.description)
      line.member("domain", domain)
    case .invariantBroken(let violation):
      begin("invariant_broken", nil, state)
      line.member("message", violation.description)
    default: begin("other", nil, state)
    }
  }
}
