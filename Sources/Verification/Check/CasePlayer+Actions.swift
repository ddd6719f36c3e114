import Engine
import Scenarios

/// What the rows of a timeline are to the engine.
extension CasePlayer {
  /// An id that no contact has.
  private static let nobody = ContactID(.max)

  /// The engine's id of a contact of the case; one that nobody has if the contact is not there.
  func id(_ number: CaseFile.ContactNumber) -> ContactID {
    ledgers.indices.contains(number) ? ledgers[number].id ?? Self.nobody : Self.nobody
  }

  /// The id of a contact that comes: at the first time the next one, with what is known of it.
  private func arriving(_ number: CaseFile.ContactNumber) -> ContactID {
    guard ledgers.indices.contains(number) else { return Self.nobody }
    if let id = ledgers[number].id { return id }
    let id = core.nextContact
    enter(number, as: id)
    var profile = file.contacts[number].profile
    if !profile.fields.isEmpty || !profile.tags.isEmpty {
      profile.isArriving = true
      send(.contactAdded(id, profile))
    }
    return id
  }

  /// The channel that a contact writes on: the one named, the one it used last, or the first.
  private func channel(
    of number: CaseFile.ContactNumber, _ named: ChannelID?
  ) -> ChannelID {
    guard ledgers.indices.contains(number) else { return named ?? ChannelID(0) }
    let channel = named ?? ledgers[number].lastChannel ?? ChannelID(0)
    ledgers[number].lastChannel = channel
    return channel
  }

  /// Carries out one action of a row.
  func carryOut(_ action: CaseFile.Action) {
    about = nil
    if let event = contactEvent(action) ?? handEvent(action) ?? workspaceEvent(action) {
      send(event)
    } else {
      carryOutHostly(action)
    }
    about = nil
  }

  /// What contacts do.
  private func contactEvent(_ action: CaseFile.Action) -> EngineEvent? {
    switch action {
    case .says(let contact, let channel, let text):
      about = contact
      let id = arriving(contact)
      return .contactWrites(id, on: self.channel(of: contact, channel), text: text)
    case .sendsAttachment(let contact, let channel):
      about = contact
      let id = arriving(contact)
      return .contactSendsAttachment(id, on: self.channel(of: contact, channel))
    case .greeted(let contact, let channel):
      about = contact
      let id = arriving(contact)
      return .channelGreets(id, on: self.channel(of: contact, channel))
    case .clicksAd(let contact, let channel, let ad):
      about = contact
      let id = arriving(contact)
      return .contactClicksAd(id, on: self.channel(of: contact, channel), ad: ad)
    case .usesWidget(let contact, let channel):
      about = contact
      let id = arriving(contact)
      return .contactUsesWidget(id, on: self.channel(of: contact, channel))
    default: return nil
    }
  }

  /// What anybody does to contacts.
  private func handEvent(_ action: CaseFile.Action) -> EngineEvent? {
    func on(_ contact: CaseFile.ContactNumber) -> ContactID {
      about = contact
      return id(contact)
    }
    switch action {
    case .opens(let contact, let by): return .opens(on(contact), by: by)
    case .closes(let contact, let by, let note): return .closes(on(contact), by: by, note: note)
    case .assigns(let contact, let user, let by): return .assigns(on(contact), to: user, by: by)
    case .tags(let contact, let tag, let what, let by): return .tags(on(contact), tag, what, by: by)
    case .setsField(let contact, let entry, let field, let by):
      return .setsField(on(contact), field, entry?.value, by: by)
    case .sends(let contact, let text, let by): return .sends(on(contact), text: text, by: by)
    case .comments(let contact, let text, let mentions, let by):
      return .comments(on(contact), text: text, mentions: mentions, by: by)
    case .snoozes(let contact, let until, let by):
      return .snoozes(on(contact), until: until, by: by)
    case .unsnoozes(let contact, let by): return .unsnoozes(on(contact), by: by)
    case .blocks(let contact, let by): return .blocks(on(contact), by: by)
    case .unblocks(let contact, let by): return .unblocks(on(contact), by: by)
    case .merges(let contact, let other, let by):
      return .merges(on(contact), absorbing: id(other), by: by)
    case .usesShortcut(let contact, let name, let form, let by):
      return .usesShortcut(on(contact), name: name, form: form, by: by)
    case .ejects(let contact, let workflow, let by):
      return .ejects(on(contact), from: workflow, by: by)
    case .webhookArrives(let contact, let name, let payload):
      return .webhookArrives(on(contact), name: name, payload: payload)
    case .imports(let contact, let row, let by):
      about = contact
      return .imports(arriving(contact), row, by: by)
    case .distributes(let contact, let pool, let logic, let by):
      return .distributes(on(contact), pool, logic, by: by)
    case .broadcasts(let contact, let channel, let text):
      let id = on(contact)
      let last = ledgers.indices.contains(contact) ? ledgers[contact].lastChannel : nil
      return .broadcasts(id, on: channel ?? last ?? ChannelID(0), text: text)
    default: return nil
    }
  }

  /// What users do for themselves, and administrators to the workspace.
  private func workspaceEvent(_ action: CaseFile.Action) -> EngineEvent? {
    switch action {
    case .chooses(let user, let status): return .choosesStatus(user, status)
    case .logsIn(let user): return .logsIn(user)
    case .logsOut(let user): return .logsOut(user)
    case .acts(let user): return .acts(user)
    case .joins(let user):
      let isKnown = file.users.indices.contains(user.index)
      return .userAdded(
        user, isKnown ? file.users[user.index].profile : UserProfile(name: CaseFile.unknown))
    case .leaves(let user): return .userRemoved(user)
    case .founds(let team):
      let isKnown = file.teams.indices.contains(team.index)
      return .teamAdded(team, name: isKnown ? file.teams[team.index].name : CaseFile.unknown)
    case .teamGains(let team, let user): return .teamGains(team, user)
    case .teamLoses(let team, let user): return .teamLoses(team, user)
    case .publishes(let workflow, let other):
      guard file.workflows.indices.contains(workflow.index),
        file.workflows.indices.contains(other.index)
      else { return .workflowStopped(workflow) }
      var definition = file.workflows[other.index]
      definition.name = file.workflows[workflow.index].name
      definition.status = .published
      return .workflowsPublished([Publication(workflow, definition)])
    case .stops(let workflow): return .workflowStopped(workflow)
    case .setsAutoClose(let duration): return .autoCloseSet(duration)
    default: return nil
    }
  }

  /// What the world around the engine does: it answers requests, or lets messages fail.
  private func carryOutHostly(_ action: CaseFile.Action) {
    switch action {
    case .serviceAnswers(let service, let contact, let status, let body):
      if let run = takeRequest(to: service, about: contact) {
        send(.serviceAnswers(run, status: status, body: body))
      }
    case .serviceFails(let service, let contact):
      if let run = takeRequest(to: service, about: contact) { send(.serviceFails(run)) }
    case .aiAgentEnds(let contact, let outcome):
      about = contact
      guard let index = agents.firstIndex(where: { $0.contact == id(contact) }) else {
        differ(
          row, "the AI agent", expected: "a talk with \(words.contact(contact))", got: "none",
          contact: contact)
        return
      }
      send(.aiAgentEnds(agents.remove(at: index).run, outcome))
    case .broadcastsToSegment(let segment, let channel, let text):
      broadcast(text, to: file.settings.segments[segment].conditions, on: channel)
    case .setsDelivery(let channel, let delivery):
      if deliveries.indices.contains(channel.index) { deliveries[channel.index] = delivery }
    default: break
    }
  }

  /// Whoever is blocked is left out, as the platform does.
  private func broadcast(_ text: String, to segment: Conditions, on channel: ChannelID?) {
    for contact in core.contacts(in: segment, at: now) {
      guard let view = core.contact(contact), !view.isBlocked else { continue }
      about = numbers[contact]
      send(.broadcasts(contact, on: channel ?? view.lastChannel ?? ChannelID(0), text: text))
    }
  }

  /// The run whose request is answered: the oldest one, or the oldest about a contact.
  private func takeRequest(
    to service: ServiceID, about contact: CaseFile.ContactNumber?
  ) -> RunID? {
    about = contact
    let wanted = contact.map { id($0) }
    let index = requests.firstIndex {
      $0.service == service && (wanted == nil || $0.contact == wanted)
    }
    guard let index else {
      let whose = contact.map { " about \(words.contact($0))" } ?? ""
      differ(
        row, "service \(words.service(service))", expected: "an open request\(whose)", got: "none",
        contact: contact)
      return nil
    }
    return requests.remove(at: index).run
  }
}
