import Engine

extension RandomStory {
  /// Takes note of what the engine asks for, so that later events can answer it.
  mutating func note(_ effect: EngineEffect) {
    switch effect {
    case .armTimer(let key, let time):
      timers.removeAll { $0.key == key }
      timers.append((key, time))
    case .cancelTimer(let key): timers.removeAll { $0.key == key }
    case .sendMessage(let message, _): messages.append(message)
    case .callService(let call): calls.append(call.run)
    case .askAIAgent(let run, _, _): agents.append(run)
    case .askAssignment(let question): questions.append(question.run)
    case .contactCreated(let contact): contacts.append(contact)
    default: break
    }
  }

  /// The next event and its time: a timer that is due, or something that somebody does.
  mutating func event(_ core: EngineCore) -> (EngineEvent, EngineTime) {
    var next = now + .milliseconds(Int64(dice.below(4) == 0 ? 0 : dice.below(60_000)))
    // Now and then days go by.
    if dice.chance(2) { next = next + .hours(Int64(dice.below(100))) }
    let due = timers.enumerated().min {
      ($0.element.at, $0.offset) < ($1.element.at, $1.offset)
    }
    if let due, due.element.at <= next {
      timers.remove(at: due.offset)
      now = max(now, due.element.at)
      return (.timerFires(due.element.key), now)
    }
    now = next
    return (happening(core), now)
  }

  private mutating func happening(_ core: EngineCore) -> EngineEvent {
    if settings.asksForAssignments, dice.chance(40) { return decision() }
    // One in twelve makes no sense on purpose.
    if dice.chance(8) { return nonsense() }
    guard let contact = contacts.isEmpty ? nil : dice.pick(contacts) else {
      return .contactWrites(core.nextContact, on: ChannelID(0), text: "hello")
    }
    let user = UserID(index: dice.below(userCount))
    let actor: Actor = dice.chance(80) ? .user(user) : .program(dice.pick([.api, .zapier, .n8n]))
    switch dice.below(50) {
    case 0...4: return .contactWrites(core.nextContact, on: channel(), text: words())
    case 5...9: return .contactWrites(contact, on: channel(), text: words())
    case 10...14: return .sends(contact, text: "hi", by: actor)
    case 15...19: return .closes(contact, by: actor, note: note())
    case 20, 21: return .assigns(contact, to: dice.chance(70) ? user : nil, by: actor)
    case 22, 23: return .choosesStatus(user, dice.pick([.online, .busy]))
    case 24: return .logsOut(user)
    case 25: return .logsIn(user)
    case 26: return .opens(contact, by: actor)
    case 27: return .snoozes(contact, until: dice.chance(70) ? now + .minutes(5) : nil, by: user)
    case 28: return .unsnoozes(contact, by: user)
    case 29: return dice.chance(50) ? .blocks(contact, by: user) : .unblocks(contact, by: user)
    case 30: return .merges(contact, absorbing: dice.pick(contacts), by: user)
    case 31: return .tags(contact, TagID(0), dice.pick([.added, .removed]), by: actor)
    case 32:
      return .setsField(
        contact, dice.pick([.email, .phone]), dice.chance(70) ? .text("q@r.st") : nil, by: actor)
    case 33: return .usesShortcut(contact, name: "escalate", form: [], by: user)
    case 34: return membership(user)
    case 35: return .contactForgotten(contact)
    case 36: return dice.chance(20) ? .workflowStopped(WorkflowID(1)) : .acts(user)
    case 37: return .broadcasts(contact, on: channel(), text: "sale")
    case 38...43: return rarity(core, contact, user, actor)
    case 44, 45: return aiAgentOrImport(core, contact, actor)
    default: return report()
    }
  }

  /// What the host says of somebody it was asked about lately, or of somebody it was never asked about.
  private mutating func decision() -> EngineEvent {
    let lately = questions.suffix(4)
    let run = lately.isEmpty ? RunID(slot: 3, generation: 7) : dice.pick(Array(lately))
    let user = UserID(index: dice.below(userCount + 1))
    return .decides(run, dice.pick([.assign(user), .assign(user), .assign(user), .wait, .leave]))
  }

  /// What the AI agent does besides talking, and rows of imports.
  private mutating func aiAgentOrImport(
    _ core: EngineCore, _ contact: ContactID, _ actor: Actor
  ) -> EngineEvent {
    switch dice.below(3) {
    case 0:
      let row = ContactImport(
        fields: dice.chance(50) ? [FieldEntry(.phone, .text("12345"))] : [],
        tags: dice.chance(50) ? [TagID(index: dice.below(3))] : [])
      return .imports(dice.chance(50) ? contact : core.nextContact, row, by: actor)
    case 1: return .sends(contact, text: "How can I help?", by: .program(.aiAgent))
    default:
      let pool: PoolID = dice.chance(20) ? .workspace : .team(TeamID(index: dice.below(teamCount)))
      let logic = dice.pick([Logic.roundRobin, .leastOpen, Logic(.random)])
      return .distributes(contact, pool, logic, by: .program(.aiAgent))
    }
  }

  /// What happens on the platform's edges: other ways in, programs, imports, publications.
  private mutating func rarity(
    _ core: EngineCore, _ contact: ContactID, _ user: UserID, _ actor: Actor
  ) -> EngineEvent {
    let someone = dice.chance(30) ? core.nextContact : contact
    switch dice.below(12) {
    case 0: return .contactSendsAttachment(someone, on: channel())
    case 1: return .channelGreets(someone, on: channel())
    case 2, 3: return .contactClicksAd(someone, on: channel(), ad: dice.pick(["spring", "autumn"]))
    case 4: return .contactUsesWidget(someone, on: channel())
    case 5:
      return .comments(
        contact, text: "look", mentions: [UserID(index: dice.below(userCount))], by: actor)
    case 6: return .ejects(contact, from: WorkflowID(index: dice.below(6)), by: actor)
    case 7, 8:
      return .webhookArrives(
        contact, name: dice.pick(["order", "refund"]),
        payload: .object([.init("seconds", .number(Double(dice.below(600))))]))
    case 9: return .autoCloseSet(dice.chance(70) ? .minutes(Int64(1 + dice.below(60))) : nil)
    case 10:
      return .contactAdded(
        dice.chance(80) ? core.nextContact : contact,
        ContactProfile(
          fields: [FieldEntry(.email, .text("im@por.ted"))], tags: [TagID(1)],
          earlierConversations: UInt32(dice.below(3)), assignee: dice.chance(50) ? user : nil,
          isArriving: dice.chance(50)))
    default: return dice.chance(20) ? .workflowsPublished(workflows()) : .acts(user)
    }
  }

  private mutating func channel() -> ChannelID { ChannelID(index: dice.below(2)) }
  private mutating func words() -> String { dice.pick(["hello", "5", "me@home.org", "", "no"]) }
  private mutating func note() -> ClosingNote? {
    dice.chance(50) ? ClosingNote(category: "solved") : nil
  }

  private mutating func membership(_ user: UserID) -> EngineEvent {
    let team = TeamID(index: dice.below(teamCount))
    switch dice.below(10) {
    case 0...3: return .teamLoses(team, user)
    case 4...8: return .teamGains(team, user)
    default: return dice.chance(50) ? .userRemoved(user) : .logsIn(user)
    }
  }

  /// What the host reports of something that the engine asked for earlier, perhaps too late.
  private mutating func report() -> EngineEvent {
    switch dice.below(4) {
    case 0 where !calls.isEmpty:
      let run = dice.pick(calls)
      if dice.chance(30) { return .serviceFails(run) }
      return .serviceAnswers(
        run, status: dice.pick([200, 404]),
        body: .object([.init("seconds", .number(Double(dice.below(3_000_000))))]))
    case 1 where !agents.isEmpty:
      return .aiAgentEnds(dice.pick(agents), dice.pick(AIAgent.Outcome.allCases))
    case 2 where !messages.isEmpty: return .messageFailed(dice.pick(messages))
    default:
      return messages.isEmpty
        ? .acts(UserID(0)) : .messageDelivered(messages[max(0, messages.count - 1 - dice.below(3))])
    }
  }

  private mutating func nonsense() -> EngineEvent {
    let nobody = UserID(UInt32(userCount + dice.below(3)))
    let stranger = ContactID(slot: dice.below(60), generation: UInt32(dice.below(3)))
    switch dice.below(10) {
    case 0: return .contactWrites(stranger, on: ChannelID(9), text: "")
    case 1: return .assigns(stranger, to: nobody, by: .user(UserID(0)))
    case 2: return .closes(stranger, by: .user(nobody), note: nil)
    case 3: return .timerFires(.run(RunID(slot: dice.below(20), generation: 0)))
    case 4: return .timerFires(.autoClose(stranger))
    case 5: return .serviceAnswers(RunID(slot: 999, generation: 0), status: 200, body: .null)
    case 6: return .teamGains(TeamID(77), UserID(0))
    case 7: return .choosesStatus(nobody, .online)
    case 8: return .merges(stranger, absorbing: stranger, by: UserID(0))
    default: return .opens(stranger, by: .workspace)
    }
  }
}
