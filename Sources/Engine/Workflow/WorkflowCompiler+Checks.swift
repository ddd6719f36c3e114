extension WorkflowCompiler {
  mutating func checkTrigger(_ trigger: Trigger, at place: Place) {
    switch trigger {
    case .conversationOpened(let sources):
      for source in sources where !Source.opening.contains(source) {
        report(.setting("source \(source)", expected: names(of: Source.opening)), at: place)
      }
    case .conversationClosed(let sources, let categories):
      for source in sources where !Source.closing.contains(source) {
        report(.setting("source \(source)", expected: names(of: Source.closing)), at: place)
      }
      for category in categories
      where !settings.categories.isEmpty && !settings.categories.contains(category) {
        report(.unknown("category \(category)"), at: place)
      }
    case .contactTagUpdated(let tags, _):
      for tag in tags where tag.index >= settings.tags.count {
        report(.unknown("\(tag)"), at: place)
      }
    case .contactFieldUpdated(let fields): for field in fields { check(field, at: place) }
    case .shortcut(let name), .incomingWebhook(let name):
      if name.isEmpty { report(.setting("name", expected: "a name"), at: place) }
    case .clickToChatAd: break
    case .manual:
      if definition.oncePerContact {
        report(.setting("once_per_contact", expected: "nothing for a manual trigger"), at: place)
      }
    }
  }

  private func names(of sources: [Source]) -> String {
    sources.map(\.description).joined(separator: ", ")
  }

  /// Refuses outcomes that this kind of step does not have: nobody would ever come that way.
  mutating func checkOutcomes(of step: Step, at place: Place) {
    let allowed: [String] =
      switch step.action {
      case .sendMessage, .addSheetRow: ["on_failure"]
      case .askQuestion: ["on_invalid", "on_timeout", "on_failure"]
      // Only who chooses among several waits for somebody.
      case .assignTo(let assignment): assignment.target.pool == nil ? [] : ["on_timeout"]
      case .dateAndTime: ["outside"]
      default: []
      }
    let present = [
      ("on_timeout", step.onTimeout), ("on_invalid", step.onInvalid),
      ("on_failure", step.onFailure), ("outside", step.outside),
    ]
    for (name, steps) in present where steps != nil && !allowed.contains(name) {
      report(.outcome(name, of: step.action.name), at: place)
    }
  }

  /// Refuses a step that no contact comes to: the one before it leads elsewhere, always.
  mutating func checkReach(of step: Step, after former: Step, path: String) {
    let place = Place(path: path, step: step.name ?? step.id, mark: step.mark)
    switch former.action {
    case .branch: report(.afterBranch, at: place)
    // Something may lead to a step with an id, from this workflow or from another.
    case .triggerWorkflow where step.id == nil: report(.afterTransfer, at: place)
    default: break
    }
  }

  mutating func check(_ field: FieldID, at place: Place) {
    if field.index >= settings.fields.count { report(.unknown("\(field)"), at: place) }
  }

  /// Refuses to write into a field what is none of its kind, where that is known by now.
  mutating func check(_ value: Template, of field: FieldID, at place: Place) {
    guard let text = value.literal, !text.isEmpty, field.index < settings.fields.count else {
      return
    }
    let definition = settings.fields[field.index]
    if definition.kind.accept(.text(text)) == nil {
      report(
        .setting(
          "'\(text)' in \(definition.name)", expected: "a value of the kind \(definition.kind)"),
        at: place)
    }
  }

  mutating func check(_ service: ServiceID, at place: Place) {
    if service.index >= settings.services.count { report(.unknown("\(service)"), at: place) }
  }

  mutating func check(_ duration: EngineDuration, at place: Place) {
    if duration < .zero || duration > settings.limits.wait {
      report(.duration(duration, longest: settings.limits.wait), at: place)
    }
  }

  mutating func checkLength(
    _ template: Template, _ limit: DefinitionError.Limit, _ most: Int, at place: Place
  ) {
    let length = template.parts.reduce(0) { sum, part in
      if case .text(let text) = part { sum + text.count } else { sum }
    }
    if length > most { report(.overLimit(limit, value: length, limit: most), at: place) }
  }

  mutating func text(_ template: Template, at place: Place) -> CompiledText {
    if let literal = template.literal { return CompiledText(literal: literal) }
    return CompiledText(
      literal: nil,
      parts: template.parts.map { part in
        switch part {
        case .text(let text): .text(text)
        case .subject(let operand): .operand(self.operand(operand, at: place))
        }
      })
  }

  mutating func operand(_ operand: Operand, at place: Place) -> CompiledOperand {
    switch operand {
    case .contactField(let field):
      check(field, at: place)
      program.readsContactFields = true
      return .contactField(field)
    case .contact(let property):
      program.readsContactFields = true
      return .contact(property)
    case .assignee(let property): return .assignee(property)
    case .conversation(let property): return .conversation(property)
    case .trigger(let name):
      let variable = variable("trigger.\(name)")
      if !program.triggerVariables.contains(where: { $0.variable == variable }) {
        program.triggerVariables.append(TriggerVariable(name: name, variable: variable))
      }
      return .variable(variable)
    case .variable(let name): return .variable(variable(name))
    }
  }

  mutating func condition(_ condition: Condition, at place: Place) -> CompiledCondition {
    let here = Place(
      path: place.path, step: place.step, mark: condition.mark < 0 ? place.mark : condition.mark)
    let comparison = condition.comparison
    let count = condition.operands.count
    if comparison.takesValue, count == 0 || comparison != .isOneOf && count > 1 {
      report(
        .setting("\(comparison.rawValue)", expected: count == 0 ? "a value" : "one value"),
        at: here)
    } else if !comparison.takesValue, count > 0 {
      report(.setting("\(comparison.rawValue)", expected: "no value"), at: here)
    }
    let operands = condition.operands.map { text($0, at: here) }
    let literal = operands.first?.literal
    return CompiledCondition(
      subject: subject(condition.subject, at: here), comparison: comparison, operands: operands,
      number: literal.flatMap(\.decimal),
      status: ConversationStatus.allCases.first { $0.description == literal })
  }

  mutating func subject(_ subject: Subject, at place: Place) -> CompiledSubject {
    switch subject {
    case .contactField(let field): .operand(operand(.contactField(field), at: place))
    case .conversationStatus: .conversationStatus
    case .contactType: .contactType
    case .tags: .tags
    case .assigneeStatus: .assigneeStatus
    case .lastChannel: .lastChannel
    case .lastIncomingMessage: .lastIncomingMessage
    case .timeSinceLastIncomingMessage: .timeSinceLastIncomingMessage
    case .timeSinceLastOutgoingMessage: .timeSinceLastOutgoingMessage
    case .variable(let operand): .operand(self.operand(operand, at: place))
    }
  }

  /// Whether a workflow has a step with an id, wherever it stands.
  static func hasStep(_ id: String, in definition: WorkflowDefinition) -> Bool {
    var lists = [definition.steps]
    while let list = lists.popLast() {
      for step in list {
        if step.id == id { return true }
        lists.append(contentsOf: step.lists)
      }
    }
    return false
  }
}

extension Step {
  /// Every list of steps that this one leads to.
  var lists: [[Step]] {
    var lists = [onTimeout, onInvalid, onFailure, outside].compactMap { $0 }
    switch action {
    case .branch(let branches): lists += branches.map(\.steps)
    case .aiAgent(let agent): lists += agent.outcomes.map(\.steps)
    default: break
    }
    return lists
  }
}
