import Engine

extension MeaningCheck {
  /// Workflows that nothing will start: a scenario's world does less than the platform can.
  func remarksOnTriggers() -> [Remark] {
    guard let first = worlds.first else { return [] }
    return first.model.workflows.indices.compactMap { index in
      let reasons = worlds.map { $0.model.reason(whyNothingStarts: index) }
      guard let reason = reasons.compactMap(\.self).first,
        let where_ = under({ reasons[$0] != nil })
      else { return nil }
      let name = first.model.workflows[index].name
      let place = root.value(of: "workflows")?.entry(name)
      return Remark(
        span: place?.value.value(of: "trigger")?.span ?? place?.keySpan ?? root.span,
        message: "nothing will start the workflow '\(name)'\(where_): \(reason)")
    }
  }
}

extension Model {
  /// Why a workflow's trigger never fires in this world; nil where it may, or is not meant to.
  fileprivate func reason(whyNothingStarts index: Int) -> String? {
    let workflow = workflows[index]
    guard workflow.status == .published else { return nil }
    switch workflow.trigger {
    case .shortcut: return "nobody in a scenario picks a shortcut"
    case .incomingWebhook: return "no other system posts to a webhook in a scenario"
    case .clickToChatAd: return "nobody in a scenario comes through a click-to-chat ad"
    case .conversationOpened(let sources):
      return reason("opened", by: sources, possible: openers)
    case .conversationClosed(let sources, _):
      return reason("closed", by: sources, possible: closers)
    case .contactTagUpdated(let tags, let action):
      return changes(tags, action) ? nil : "no published workflow changes that tag so"
    case .contactFieldUpdated(let fields):
      return changes(fields) ? nil : "no published workflow sets that field"
    case .manual:
      let isNamed = hasStep {
        if case .triggerWorkflow(let target, _) = $0 { target.index == index } else { false }
      }
      return isNamed
        ? nil : "its trigger is manual, and no published workflow has trigger_workflow to it"
    }
  }

  private func reason(_ what: String, by sources: [Source], possible: [Source]) -> String? {
    guard !sources.isEmpty, !sources.contains(where: possible.contains) else { return nil }
    return "no conversation of this scenario is \(what) by "
      + sources.map(\.description).joined(separator: ", ") + "; known: "
      + possible.map(\.description).joined(separator: ", ")
  }

  /// What opens conversations in this world: contacts who write, and workflows if one has the step.
  private var openers: [Source] {
    let opens = hasStep { if case .openConversation = $0 { true } else { false } }
    return opens ? [.contact, .workflow] : [.contact]
  }

  /// What closes conversations in this world.
  private var closers: [Source] {
    var closers: [Source] = [.user]
    if hasStep({ if case .closeConversation = $0 { true } else { false } }) {
      closers.append(.workflow)
    }
    if populations.contains(where: { $0.secondChannel != nil }) { closers.append(.merge) }
    // Who gives up and closes does so by a program of the host.
    if populations.contains(where: { $0.patience != nil && $0.givingUp == .closes }) {
      closers.append(.api)
    }
    if agents.contains(where: { $0.role == .aiAgent }) { closers.append(.aiAgent) }
    if settings.autoClose != nil { closers.append(.autoClose) }
    return closers
  }

  private func changes(_ tags: [TagID], _ action: TagAction?) -> Bool {
    func isMeant(_ list: [TagID], _ kind: TagAction) -> Bool {
      (action == nil || action == kind) && list.contains { tags.isEmpty || tags.contains($0) }
    }
    return hasStep {
      switch $0 {
      case .updateTag(let add, let remove): isMeant(add, .added) || isMeant(remove, .removed)
      case .askQuestion(let question):
        if case .tags(let list)? = question.save { isMeant(list, .added) } else { false }
      default: false
      }
    }
  }

  private func changes(_ fields: [FieldID]) -> Bool {
    // Who absorbs another contact takes over the fields that were not set.
    if populations.contains(where: { $0.secondChannel != nil }) { return true }
    return hasStep {
      switch $0 {
      case .updateField(let field, _): fields.isEmpty || fields.contains(field)
      case .askQuestion(let question):
        if case .field(let field)? = question.save {
          fields.isEmpty || fields.contains(field)
        } else {
          false
        }
      default: false
      }
    }
  }
}
