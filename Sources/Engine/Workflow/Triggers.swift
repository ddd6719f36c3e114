extension EngineCore {
  /// Starts the workflows that an occasion triggers, in the order of their numbers.
  @inline(__always)
  mutating func fire(_ occasion: Occasion) {
    if case .opened(let contact, let source) = occasion {
      if live(contact) != nil { fireOpened(contact, source) }
    } else {
      fireInGeneral(occasion)
    }
  }

  @inline(never)
  private mutating func fireInGeneral(_ occasion: Occasion) {
    switch occasion {
    case .opened: preconditionFailure("a frequent occasion came the way of the rare ones")
    case .closed(let contact, let source, let account): fireClosed(contact, source, account)
    case .tag(let contact, let tag, let action):
      fire(contact, workflows.listeners.tag, with: tagInputs(tag, action)) { trigger in
        guard case .contactTagUpdated(let tags, let wanted) = trigger else { return false }
        return (tags.isEmpty || tags.contains(tag)) && (wanted == nil || wanted == action)
      }
    case .field(let contact, let field):
      let name = settings.fields[field.index].name
      fire(contact, workflows.listeners.field, with: [FormInput("field", .text(name))]) { trigger in
        guard case .contactFieldUpdated(let fields) = trigger else { return false }
        return fields.isEmpty || fields.contains(field)
      }
    case .transfer(let contact, let workflow, let counter):
      guard let slot = try? known(contact), workflows[workflow.index].status == .published else {
        return
      }
      enrol(slot, in: workflow.index, at: counter, trigger: [])
    case .named(let contact, let place): fire(agenda.named(place), contact)
    }
  }

  mutating func fire(_ occasion: NamedOccasion, _ contact: ContactID) {
    switch occasion {
    case .shortcut(let name, let form, let user):
      let inputs = [FormInput("user", .text(users.name(of: user)))] + form
      fire(contact, workflows.listeners.shortcut, with: inputs) { $0 == .shortcut(name: name) }
    case .webhook(let name, let payload):
      fire(contact, workflows.listeners.webhook, with: Self.inputs(of: payload)) {
        $0 == .incomingWebhook(name: name)
      }
    case .ad(let ad):
      fire(contact, workflows.listeners.ad, with: [FormInput("ad", .text(ad))]) { trigger in
        guard case .clickToChatAd(let wanted) = trigger else { return false }
        return wanted == nil || wanted == ad
      }
    }
  }

  /// Notes an occasion that carries texts.
  mutating func occur(_ occasion: NamedOccasion, to slot: Int) {
    agenda.add(occasion, to: contactID(slot))
  }

  /// Starts the workflows that wait for an opening; the contact is there, and may not be after one.
  @inline(__always)
  mutating func fireOpened(_ contact: ContactID, _ source: Source) {
    var index = 0
    while index < workflows.listeners.opened.count {
      let listener = workflows.listeners.opened[index]
      index &+= 1
      guard listener.accepts(source) else { continue }
      if index > 1, live(contact) == nil { return }
      let workflow = Int(listener.workflow)
      if listener.needsMemory {
        enrol(contact.slot, in: workflow, trigger: openingInputs(contact.slot, source))
      } else {
        enrol(contact.slot, in: workflow)
      }
    }
  }

  @inline(never)
  private mutating func openingInputs(_ slot: Int, _ source: Source) -> [FormInput] {
    var inputs = [FormInput("source", .text(source.description))]
    let place = Int(contacts[slot].conversation)
    guard place >= 0 else { return inputs }
    inputs.append(
      FormInput("contact_type", .text(conversations[place].isNew ? "new" : "returning")))
    if let channel = conversations[place].openedOn {
      inputs.append(FormInput("channel", .text(settings.channels[channel.index].name)))
    }
    return inputs
  }

  @inline(never)
  private mutating func fireClosed(
    _ contact: ContactID, _ source: Source, _ account: ClosedConversation
  ) {
    for index in workflows.listeners.closed.indices {
      let listener = workflows.listeners.closed[index]
      guard listener.accepts(source) else { continue }
      guard let slot = try? known(contact) else { return }
      let workflow = Int(listener.workflow)
      if listener.asksForCategory,
        case .conversationClosed(_, let categories) = workflows[workflow].definition.trigger,
        !categories.contains(closed[account].category)
      {
        continue
      }
      let inputs =
        workflows[workflow].program.needsMemory ? closingInputs(source, account) : []
      enrol(slot, in: workflow, trigger: inputs)
    }
  }

  private func closingInputs(_ source: Source, _ account: ClosedConversation) -> [FormInput] {
    let record = closed[account]
    return [
      FormInput("source", .text(source.description)),
      FormInput("category", .text(record.category)), FormInput("summary", .text(record.summary)),
    ]
  }

  /// Starts those listeners whose trigger has its conditions met.
  mutating func fire(
    _ contact: ContactID, _ candidates: [Int32], with inputs: [FormInput],
    where isMet: (Trigger) -> Bool
  ) {
    for workflow in candidates {
      guard let slot = try? known(contact) else { return }
      guard workflows[Int(workflow)].status == .published,
        isMet(workflows[Int(workflow)].definition.trigger)
      else { continue }
      enrol(slot, in: Int(workflow), trigger: inputs)
    }
  }

  private func tagInputs(_ tag: TagID, _ action: TagAction) -> [FormInput] {
    [
      FormInput("tag", .text(settings.tags[tag.index])),
      FormInput("action", .text(action.rawValue)),
    ]
  }

  /// A payload's plain members by their name, those of inner objects by their path: `order.id`.
  private static func inputs(of payload: JSON) -> [FormInput] {
    var inputs: [FormInput] = []
    var open: [(String, JSON)] = [("", payload)]
    while let (path, json) = open.popLast() {
      switch json {
      case .object(let members):
        for member in members.reversed() {
          open.append((path.isEmpty ? member.name : "\(path).\(member.name)", member.value))
        }
      default:
        if let value = json.value, !path.isEmpty { inputs.append(FormInput(path, value)) }
      }
    }
    return inputs
  }

  mutating func usesShortcut(
    _ contact: ContactID, name: String, form: [FormInput], by user: UserID
  ) throws(Refusal) {
    let slot = try known(contact)
    try accept(.user(user), for: slot)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    guard workflows.anyTrigger(of: workflows.listeners.shortcut, is: .shortcut(name: name)) else {
      throw .unknownShortcut(name)
    }
    act(user)
    occur(.shortcut(name, form, user), to: slot)
  }

  mutating func webhookArrives(
    _ contact: ContactID, name: String, payload: JSON
  ) throws(Refusal) {
    let slot = try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    let waiting = workflows.listeners.webhook
    guard workflows.anyTrigger(of: waiting, is: .incomingWebhook(name: name)) else {
      throw .unknownWebhook(name)
    }
    occur(.webhook(name, payload), to: slot)
  }
}
