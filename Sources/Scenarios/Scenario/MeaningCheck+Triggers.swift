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
    case .shortcut(let name):
      return shortcutNames.contains(name) ? nil : "no agent has '\(name)' under 'shortcuts'"
    case .incomingWebhook(let name): return reason(whyNothingPostsTo: name)
    case .clickToChatAd(let name): return reason(whyNobodyClicks: name)
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

  private func reason(whyNothingPostsTo name: String) -> String? {
    let isPosted = populations.contains {
      if case .webhook(name, _)? = $0.opening?.way { true } else { false }
    }
    return isPosted ? nil : "no population is 'opened_by: {webhook: {name: \(name)}}'"
  }

  private func reason(whyNobodyClicks name: String?) -> String? {
    let ads = populations.compactMap { population -> String? in
      if case .ad(let ad)? = population.opening?.way { ad } else { nil }
    }
    if ads.isEmpty { return "no population is 'opened_by: ctc_ads'" }
    guard let name, !ads.contains(name) else { return nil }
    return "nobody comes through the ad '\(name)'; known: " + ads.joined(separator: ", ")
  }

  /// What opens conversations in this world: contacts who write, whatever else begins some, and workflows
  /// if one has the step.
  private var openers: [Source] {
    let opens = hasStep { if case .openConversation = $0 { true } else { false } }
    var openers: [Source] = opens ? [.contact, .workflow] : [.contact]
    for population in populations {
      guard let source = population.opening?.source, !openers.contains(source) else { continue }
      openers.append(source)
    }
    return openers
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
    if imports.contains(where: { isMeant($0.tags, .added) }) { return true }
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
    let imported = imports.flatMap { part in
      part.fields.map(\.field) + populations[part.population].fields.map(\.field)
    }
    if imported.contains(where: { fields.isEmpty || fields.contains($0) }) { return true }
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
