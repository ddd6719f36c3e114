import Engine

/// Stories of the usual traffic, for which the engine has quick ways: contacts come and write, users
/// answer and close, waits end, contacts are forgotten, and now and then anything else happens.
extension RandomStory {
  /// A story whose settings concern no usual event.
  static func usual(seed: UInt64) -> RandomStory {
    var story = RandomStory(seed: seed)
    story.settings = usualSettings(seed)
    return story
  }

  /// The settings of a story without what a usual answer or closing would concern.
  static func usualSettings(_ seed: UInt64) -> WorkspaceSettings {
    var settings = RandomStory(seed: seed).settings
    settings.autoClose = nil
    settings.inactivity = nil
    settings.unassignOnClose = false
    settings.closingNotes = .optional
    settings.policies.aiAgentTakeover = .goesOn
    settings.policies.closeEndsRuns = false
    for index in settings.channels.indices { settings.channels[index].window = nil }
    return settings
  }

  /// The events that set a workspace of the usual kind up.
  mutating func usualOpening() -> [EngineEvent] {
    var events: [EngineEvent] = (0..<userCount).map { user in
      .userAdded(
        UserID(index: user),
        UserProfile(name: "user \(user)", limit: dice.chance(30) ? Int32(1 + dice.below(4)) : nil))
    }
    for team in 0..<teamCount { events.append(.teamAdded(TeamID(index: team), name: "t\(team)")) }
    for user in 0..<userCount {
      events.append(.teamGains(TeamID(index: user % teamCount), UserID(index: user)))
    }
    let opened = WorkflowDefinition(
      name: "opened", trigger: .conversationOpened(sources: dice.chance(70) ? [.contact] : []),
      oncePerContact: dice.chance(15), steps: usualSteps())
    events.append(.workflowsPublished([Publication(WorkflowID(0), opened)]))
    return events
  }

  private mutating func usualSteps() -> [Step] {
    let assigning = Step(
      .assignTo(
        AssignTo(
          dice.chance(30) ? .workspace : .team(TeamID(index: dice.below(teamCount))),
          logic: dice.pick([.roundRobin, .leastOpen, Logic(.random)]), onlyOnline: dice.chance(60),
          fewerThan: dice.chance(50) ? Int32(1 + dice.below(4)) : nil,
          timeout: dice.chance(60) ? .minutes(5) : nil)))
    let waiting = Step(.wait(.duration(.seconds(Int64(1 + dice.below(400))))))
    let moving = Step(
      .branch([
        Branch(
          when: .all([Condition(.timeSinceLastOutgoingMessage, .isMissing)]),
          steps: [
            Step(
              .assignTo(
                AssignTo(.workspace, logic: .leastOpen, excludeCurrent: true, onlyIfSooner: false)))
          ])
      ]))
    return dice.pick([
      [assigning], [assigning], [assigning, waiting, moving], [waiting, assigning],
      [assigning, waiting],
    ])
  }

  /// The next event of the usual traffic, or one in eight of any kind.
  mutating func usualEvent(_ core: EngineCore) -> (EngineEvent, EngineTime) {
    let kind = dice.below(16)
    guard kind >= 2, !contacts.isEmpty else { return event(core) }
    let next = now + .milliseconds(Int64(dice.below(60_000)))
    let due = timers.enumerated().min { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }
    if let due, due.element.at <= next {
      timers.remove(at: due.offset)
      spent.append(due.element.key)
      now = max(now, due.element.at)
      return (.timerFires(due.element.key), now)
    }
    now = next
    let contact = dice.pick(contacts)
    let user = core.assignee(of: contact) ?? UserID(index: dice.below(userCount))
    switch kind {
    case 2...5: return (.contactWrites(core.nextContact, on: ChannelID(0), text: "hello"), now)
    case 6, 7: return (.contactWrites(contact, on: ChannelID(0), text: "and?"), now)
    case 8...10: return (.sends(contact, text: "hi", by: .user(user)), now)
    case 11...13: return (.closes(contact, by: .user(user), note: nil), now)
    case 14 where dice.chance(50) && !spent.isEmpty:
      // Of something that is over, whose place in memory another has by now.
      return (.timerFires(dice.pick(spent)), now)
    case 15 where dice.chance(50) && !timers.isEmpty:
      // Too early: the host made a mistake.
      return (.timerFires(dice.pick(timers).key), now)
    case 14: return (.contactForgotten(contact), now)
    default:
      let message =
        messages.last
        ?? OutgoingMessage(
          id: MessageID(1), contact: contact, channel: ChannelID(0), sender: .user(user))
      return (.messageDelivered(message), now)
    }
  }
}
