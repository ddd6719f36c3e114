import Engine

extension Resolving {
  /// An event about a contact.
  func event(of contact: ContactID, at time: EngineTime) throws(BadRequest) -> EngineEvent {
    switch draft.kind {
    case .contactWrites:
      return .contactWrites(contact, on: try channel(), text: try draft.needed(.text))
    case .sends: return .sends(contact, text: try draft.needed(.text), by: try actor())
    case .closes: return .closes(contact, by: try actor(), note: try note())
    case .assigns:
      let user: UserID? =
        switch draft.value(.to) {
        case .null?: nil
        case let value?:
          if case .text(let name) = value {
            try self.user(name)
          } else {
            throw EventDraft.wrongKind("to", "a user's name or null", value)
          }
        case nil: nil
        }
      return .assigns(contact, to: user, by: try actor())
    case .tags:
      let action =
        try draft.choice(.action, TagAction.allCases.map { ($0.rawValue, $0) }) ?? .added
      return .tags(contact, try tag(try draft.needed(.tag)), action, by: try actor())
    case .setsField:
      let value = draft.value(.value) ?? .null
      guard value == .null || value.value != nil else {
        throw EventDraft.wrongKind("value", "a text, number, flag or null", value)
      }
      let field = try field(try draft.needed(.field))
      return .setsField(contact, field, value.value, by: try actor())
    case .comments:
      let mentions = try draft.texts(.mentions).map { (name) throws(BadRequest) in
        try user(name)
      }
      return .comments(
        contact, text: try draft.needed(.text), mentions: mentions, by: try actor())
    case .opens: return .opens(contact, by: try actor())
    default: return try rarerEvent(of: contact, at: time)
    }
  }

  private func note() throws(BadRequest) -> ClosingNote? {
    let category = try draft.text(.category)
    let summary = try draft.text(.summary)
    guard category != nil || summary != nil else { return nil }
    return ClosingNote(category: category ?? "", summary: summary ?? "")
  }

  private func rarerEvent(of contact: ContactID, at time: EngineTime) throws(BadRequest)
    -> EngineEvent
  {
    switch draft.kind {
    case .contactSendsAttachment: return .contactSendsAttachment(contact, on: try channel())
    case .channelGreets: return .channelGreets(contact, on: try channel())
    case .contactUsesWidget: return .contactUsesWidget(contact, on: try channel())
    case .contactClicksAd:
      return .contactClicksAd(contact, on: try channel(), ad: try draft.needed(.ad))
    case .snoozes: return .snoozes(contact, until: try end(after: time), by: try user())
    case .unsnoozes: return .unsnoozes(contact, by: try user())
    case .blocks: return .blocks(contact, by: try user())
    case .unblocks: return .unblocks(contact, by: try user())
    case .usesShortcut:
      let form = try draft.entries(.form).map { FormInput($0.name, $0.value) }
      return .usesShortcut(
        contact, name: try draft.needed(.shortcut), form: form, by: try user())
    case .ejects:
      return .ejects(contact, from: try workflow(try draft.needed(.workflow)), by: try actor())
    case .broadcasts:
      return .broadcasts(contact, on: try channel(), text: try draft.needed(.text))
    case .webhookArrives:
      return .webhookArrives(
        contact, name: try draft.needed(.webhook), payload: draft.value(.payload) ?? .null)
    case .imports:
      let row = ContactImport(fields: try fieldEntries(), tags: try tagList())
      return .imports(contact, row, by: try actor())
    case .distributes: return try distributing(contact)
    case .contactAdded: return .contactAdded(contact, try contactProfile())
    default: return .contactForgotten(contact)
    }
  }

  /// When a snooze ends: a time or a length of time, or never.
  private func end(after time: EngineTime) throws(BadRequest) -> EngineTime? {
    let until = try draft.duration(.until)
    let length = try draft.duration(.for)
    guard until == nil || length == nil else {
      throw BadRequest(422, "bad_value", "snoozes takes either 'until' or 'for'")
    }
    if let length { return time + length }
    return until.map { EngineTime.zero + $0 }
  }

  private func distributing(_ contact: ContactID) throws(BadRequest) -> EngineEvent {
    let pool: PoolID =
      try draft.text(.team).map { (name) throws(BadRequest) in
        .team(try team(name))
      } ?? .workspace
    let logics: [(name: String, choice: Logic)] = [
      ("round_robin", .roundRobin), ("least_open", .leastOpen),
    ]
    let logic = try draft.choice(.logic, logics) ?? .roundRobin
    let programs = [(name: Source.aiAgent.description, choice: Source.aiAgent)]
    return .distributes(
      contact, pool, logic, by: .program(try draft.choice(.program, programs) ?? .aiAgent))
  }

  private func contactProfile() throws(BadRequest) -> ContactProfile {
    ContactProfile(
      fields: try fieldEntries(), tags: try tagList(),
      earlierConversations: UInt32(
        truncatingIfNeeded: try draft.whole(.conversations, 0...1_000_000) ?? 0),
      assignee: try draft.text(.assignee).map { (name) throws(BadRequest) in try user(name) })
  }

  /// An event about users, teams or workflows.
  func workspaceEvent() throws(BadRequest) -> EngineEvent {
    switch draft.kind {
    case .choosesStatus:
      return .choosesStatus(try user(), try status() ?? .online)
    case .logsIn: return .logsIn(try user())
    case .logsOut: return .logsOut(try user())
    case .acts: return .acts(try user())
    case .userRemoved: return .userRemoved(try user())
    case .teamGains: return .teamGains(try team(try draft.needed(.team)), try user())
    case .teamLoses: return .teamLoses(try team(try draft.needed(.team)), try user())
    case .workflowsPublished: return .workflowsPublished(try publications())
    case .workflowStopped: return .workflowStopped(try workflow(try draft.needed(.workflow)))
    default: return .autoCloseSet(try draft.duration(.after))
    }
  }

  /// What a host reports of a run.
  func report(of run: RunID) throws(BadRequest) -> EngineEvent {
    switch draft.kind {
    case .serviceAnswers:
      let answer = try answer()
      return .serviceAnswers(run, status: answer.status, body: answer.body)
    case .serviceFails: return .serviceFails(run)
    case .aiAgentEnds:
      let outcomes = AIAgent.Outcome.allCases.map { (name: $0.rawValue, choice: $0) }
      return .aiAgentEnds(run, try draft.choice(.outcome, outcomes) ?? .others)
    default: return .decides(run, try decision())
    }
  }
}
