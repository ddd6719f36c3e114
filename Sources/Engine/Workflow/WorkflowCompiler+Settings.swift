extension WorkflowCompiler {
  mutating func lower(_ message: SendMessage, _ step: Step, at place: Place, depth: Int) {
    checkLength(message.text, .textLength, settings.limits.textLength, at: place)
    if let channel = message.channel, channel.index >= settings.channels.count {
      report(.unknown("\(channel)"), at: place)
    }
    for variant in message.variants {
      checkLength(variant.text, .textLength, settings.limits.textLength, at: place)
      if variant.channel.index >= settings.channels.count {
        report(.unknown("\(variant.channel)"), at: place)
      }
    }
    let text = text(message.text, at: place)
    let variants = message.variants.map {
      SendInstruction.Variant(channel: $0.channel, text: self.text($0.text, at: place))
    }
    follow(
      step.onFailure, "on_failure", from: place, depth: depth, .sendFailure(program.sends.count))
    append(
      .send(index(program.sends)), \.sends,
      SendInstruction(text: text, channel: message.channel, variants: variants))
  }

  mutating func lower(_ question: AskQuestion, _ step: Step, at place: Place, depth: Int) {
    let number = program.questions.count
    checkLength(question.text, .textLength, settings.limits.textLength, at: place)
    if let timeout = question.timeout { check(timeout, at: place) }
    var choices: [String]?
    switch question.answer {
    case .choice(let list):
      choices = list
      checkChoices(list, at: place)
    case .number(let minimum?, let maximum?) where !(minimum <= maximum):
      report(.setting("min", expected: "a number up to max"), at: place)
    default: break
    }
    var save: QuestionInstruction.Destination?
    switch question.save {
    case .field(let field):
      check(field, at: place)
      save = .field(field)
    case .variable(let name): save = .variable(variable(name))
    case .tags(let tags):
      for tag in tags where tag.index >= settings.tags.count {
        report(.unknown("\(tag)"), at: place)
      }
      if choices?.count != tags.count {
        report(.setting("save", expected: "one tag for each choice"), at: place)
      }
      save = .tags(tags)
    case nil: break
    }
    let text = text(question.text, at: place)
    append(
      .ask(index(program.questions)), \.questions,
      QuestionInstruction(
        text: text, answer: question.answer, save: save,
        timeout: question.timeout ?? settings.limits.wait))
    follow(step.onInvalid, "on_invalid", from: place, depth: depth, .questionInvalid(number))
    follow(step.onTimeout, "on_timeout", from: place, depth: depth, .questionTimeout(number))
    follow(step.onFailure, "on_failure", from: place, depth: depth, .questionFailure(number))
  }

  private mutating func checkChoices(_ choices: [String], at place: Place) {
    let limits = settings.limits
    if choices.isEmpty { report(.setting("choices", expected: "at least one"), at: place) }
    if choices.count > limits.choices {
      report(.overLimit(.choices, value: choices.count, limit: limits.choices), at: place)
    }
    for choice in choices where choice.count > limits.choiceLength {
      report(
        .overLimit(.choiceLength, value: choice.count, limit: limits.choiceLength), at: place)
    }
  }

  mutating func lower(_ assignment: AssignTo, _ step: Step, at place: Place, depth: Int) {
    switch assignment.target {
    case .user(let user) where user.index >= surroundings.userCount:
      report(.unknown("\(user)"), at: place)
    case .team(let team) where team.index >= surroundings.teamCount:
      report(.unknown("\(team)"), at: place)
    default: break
    }
    if let limit = assignment.fewerThan, limit < 0 {
      report(.setting("fewer_than", expected: "0 or more"), at: place)
    }
    if let timeout = assignment.timeout { check(timeout, at: place) }
    if let wait = assignment.logic.stickyWait { check(wait, at: place) }
    let number = program.assigns.count
    // A step's own turn needs a key that no other step has: workflow and place within it.
    let key = UInt64(workflow.raw) &<< 32 | UInt64(number) &+ 1
    program.instructions.append(.assign(Int32(truncatingIfNeeded: number)))
    program.assigns.append(
      AssignInstruction(
        target: assignment.target,
        request: AssignmentRequest(
          pool: assignment.target.pool ?? .workspace, logic: assignment.logic,
          onlyOnline: assignment.onlyOnline, fewerThan: assignment.fewerThan,
          onlyIfSooner: assignment.onlyIfSooner, step: key, contact: ContactID(0)),
        excludeCurrent: assignment.excludeCurrent,
        timeout: assignment.timeout ?? settings.limits.wait))
    follow(step.onTimeout, "on_timeout", from: place, depth: depth, .assignTimeout(number))
  }

  mutating func lower(_ branches: [Branch], at place: Place, depth: Int) {
    let limits = settings.limits
    let number = program.branches.count
    let conditional = branches.count { $0.when != nil }
    if branches.isEmpty { report(.setting("branch", expected: "at least one entry"), at: place) }
    if conditional > limits.branches {
      report(.overLimit(.branches, value: conditional, limit: limits.branches), at: place)
    }
    program.instructions.append(.branch(Int32(truncatingIfNeeded: number)))
    program.branches.append(
      BranchInstruction(firstWay: Int32(truncatingIfNeeded: program.ways.count)))
    for (way, branch) in branches.enumerated() {
      let here = Place(
        path: "\(place.path).branch[\(way + 1)]", step: branch.name ?? place.step,
        mark: branch.mark)
      if branch.when == nil, way + 1 < branches.count { report(.elseNotLast, at: here) }
      let list = branch.when?.list ?? []
      if branch.when != nil, list.isEmpty {
        report(.setting("when", expected: "at least one condition"), at: here)
      }
      if list.count > limits.conditions {
        report(.overLimit(.conditions, value: list.count, limit: limits.conditions), at: here)
      }
      var needsAll = true
      if case .any = branch.when { needsAll = false }
      program.ways.append(
        WayRow(
          firstTest: index(program.conditions), testCount: index(list), needsAll: needsAll))
      program.branches[number].wayCount += 1
      for condition in list.map({ condition($0, at: here) }) {
        program.tests.append(ConditionTest(condition))
        program.conditions.append(condition)
      }
      pending.append(
        PendingList(
          steps: branch.steps, path: "\(here.path).steps", depth: depth + 1,
          entrance: .branch(number, way)))
    }
  }

  mutating func lower(category: Template?, summary: Template?, at place: Place) {
    let limits = settings.limits
    if let category {
      checkLength(category, .categoryLength, limits.categoryLength, at: place)
      if let name = category.literal, !name.isEmpty, !settings.categories.isEmpty,
        !settings.categories.contains(name)
      {
        report(.unknown("category \(name)"), at: place)
      }
    }
    if let summary { checkLength(summary, .summaryLength, limits.summaryLength, at: place) }
    let row = CloseInstruction(
      category: category.map { text($0, at: place) }, summary: summary.map { text($0, at: place) })
    append(.close(index(program.closings)), \.closings, row)
  }

  mutating func lower(
    _ hours: OfficeHours, timeZone: Int32, _ step: Step, at place: Place, depth: Int
  ) {
    if timeZone < 0 || Int(timeZone) >= settings.timeZones.count {
      report(.unknown("time zone \(timeZone)"), at: place)
    }
    switch hours {
    case .weekly(let days, let hours):
      if days.isEmpty { report(.setting("days", expected: "at least one day"), at: place) }
      for part in hours {
        if !(0...1_440).contains(part.from) || !(0...1_440).contains(part.to)
          || part.from == part.to
        {
          report(.setting("hours", expected: "two times between 00:00 and 24:00"), at: place)
        }
      }
    case .range(let from, let to):
      if to <= from { report(.setting("to", expected: "a time after from"), at: place) }
    }
    let number = program.hours.count
    append(
      .hours(index(program.hours)), \.hours, HoursInstruction(hours: hours, timeZone: timeZone))
    follow(step.outside, "outside", from: place, depth: depth, .outside(number))
  }

  mutating func lower(_ request: HTTPRequest, at place: Place) {
    check(request.service, at: place)
    let limits = settings.limits
    if request.headers.count > limits.headers {
      report(
        .overLimit(.headers, value: request.headers.count, limit: limits.headers), at: place)
    }
    if request.save.count > limits.mappings {
      report(.overLimit(.mappings, value: request.save.count, limit: limits.mappings), at: place)
    }
    // An address with parts to fill in is looked at when it is known.
    if let url = request.url.literal, let domain = settings.ownDomain(in: url) {
      report(.ownDomain(domain), at: place)
    }
    let row = RequestInstruction(
      service: request.service, method: request.method, url: text(request.url, at: place),
      hasOpenURL: request.url.literal == nil,
      headers: request.headers.map { .init(name: $0.name, value: text($0.value, at: place)) },
      body: text(request.body, at: place),
      save: request.save.map { .init(variable: variable($0.variable), path: $0.path) },
      status: request.status.map { variable($0) })
    append(.request(index(program.requests)), \.requests, row)
  }

  mutating func lowerTransfer(to target: WorkflowID, step id: String?, at place: Place) {
    let known = surroundings.workflows.indices.contains(target.index)
    if !known || surroundings.workflows[target.index] == nil {
      report(.unknown("\(target)"), at: place)
    } else if let definition = surroundings.workflows[target.index] {
      if definition.trigger != .manual {
        report(
          .setting(
            "workflow",
            expected: "a workflow with the trigger manual; \(definition.name) has "
              + definition.trigger.name), at: place)
      }
      if let id, !Self.hasStep(id, in: definition) { report(.unknownStep(id), at: place) }
    }
    append(
      .transfer(index(program.transfers)), \.transfers,
      TransferInstruction(workflow: target, step: id))
  }

  mutating func lower(_ agent: AIAgent, at place: Place, depth: Int) {
    check(agent.idle, at: place)
    let number = program.agents.count
    append(
      .agent(index(program.agents)), \.agents, AgentInstruction(idle: agent.idle, key: agent.key))
    for (way, outcome) in agent.outcomes.enumerated() {
      if agent.outcomes[..<way].contains(where: { $0.outcome == outcome.outcome }) {
        report(.setting(outcome.outcome.rawValue, expected: "each outcome once"), at: place)
      }
      program.agents[number].ways.append(.init(outcome: outcome.outcome, target: nowhere))
      follow(
        outcome.steps, "on.\(outcome.outcome.rawValue)", from: place, depth: depth,
        .agent(number, way))
    }
  }
}
