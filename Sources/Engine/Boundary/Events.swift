extension EngineCore {
  /// Carries out what the event itself says; each of these checks everything before it changes anything.
  mutating func apply(_ event: EngineEvent) throws(Refusal) {
    switch event {
    case .contactWrites(let contact, let channel, let text):
      try contactWrites(contact, on: channel, text: text)
    case .sends(let contact, let text, let actor):
      try sends(contact, text: text, by: actor)
    case .closes(let contact, let actor, let note):
      try closes(contact, by: actor, note: note)
    case .assigns(let contact, let user, let actor):
      try assigns(contact, to: user, by: actor)
    case .timerFires(let key):
      try timerFires(key)
    case .contactForgotten(let contact):
      try forget(contact)
    case .messageDelivered(let message):
      try messageDelivered(message)
    case .messageFailed(let message):
      try messageFailed(message)
    default:
      try applyInGeneral(event)
    }
  }

  /// The events of which there are few; apart, so that the frequent ones stay together.
  private mutating func applyInGeneral(_ event: EngineEvent) throws(Refusal) {
    switch event {
    case .contactSendsAttachment(let contact, let channel):
      try contactWrites(contact, on: channel, text: nil)
    case .channelGreets(let contact, let channel):
      try channelGreets(contact, on: channel)
    case .contactClicksAd(let contact, let channel, let ad):
      try clicksAd(contact, on: channel, ad: ad)
    case .contactUsesWidget(let contact, let channel):
      try usesWidget(contact, on: channel)
    case .opens(let contact, let actor):
      try opens(contact, by: actor)
    case .tags(let contact, let tag, let action, let actor):
      try tags(contact, tag, action, by: actor)
    case .setsField(let contact, let field, let value, let actor):
      try setsField(contact, field, value, by: actor)
    case .comments(let contact, let text, let mentions, let actor):
      try comments(contact, text: text, mentions: mentions, by: actor)
    case .snoozes(let contact, let until, let user):
      try snoozes(contact, until: until, by: user)
    case .unsnoozes(let contact, let user):
      try unsnoozes(contact, by: user)
    case .blocks(let contact, let user):
      try blocks(contact, by: user)
    case .unblocks(let contact, let user):
      try unblocks(contact, by: user)
    case .merges(let contact, let other, let user):
      try merges(contact, absorbing: other, by: user)
    case .usesShortcut(let contact, let name, let form, let user):
      try usesShortcut(contact, name: name, form: form, by: user)
    case .ejects(let contact, let workflow, let actor):
      try ejects(contact, from: workflow, by: actor)
    case .broadcasts(let contact, let channel, let text):
      try broadcasts(contact, on: channel, text: text)
    case .webhookArrives(let contact, let name, let payload):
      try webhookArrives(contact, name: name, payload: payload)
    case .imports(let contact, let row, let actor):
      try imports(contact, row, by: actor)
    case .distributes(let contact, let pool, let logic, let actor):
      try distributes(contact, in: pool, by: logic, actor)
    case .contactAdded(let contact, let profile):
      try addContact(contact, profile)
    case .serviceAnswers(let run, let status, let body):
      try serviceAnswers(run, status: status, body: body)
    case .serviceFails(let run):
      try serviceFails(run)
    case .aiAgentEnds(let run, let outcome):
      try aiAgentEnds(run, outcome)
    case .decides(let run, let decision):
      try decides(run, decision)
    default:
      try applyToWorkspace(event)
    }
  }

  private mutating func applyToWorkspace(_ event: EngineEvent) throws(Refusal) {
    switch event {
    case .choosesStatus(let user, let status): try choosesStatus(user, status)
    case .logsIn(let user): try logsIn(user)
    case .logsOut(let user): try logsOut(user)
    case .acts(let user): act(try known(user))
    case .userAdded(let user, let profile): try addUser(user, profile)
    case .userRemoved(let user): try removeUser(user)
    case .teamAdded(let team, let name): try addTeam(team, name: name)
    case .teamGains(let team, let user): try join(team, user)
    case .teamLoses(let team, let user): try leave(team, user)
    case .workflowsPublished(let publications): try publish(publications)
    case .workflowStopped(let workflow): try stop(workflow)
    case .autoCloseSet(let duration): try setAutoClose(duration)
    default: preconditionFailure("an event without a handler: \(event)")
    }
  }
}
