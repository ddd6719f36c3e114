extension EngineCore {
  /// Says everything that is wrong with workflows that are to be published together, in their order.
  ///
  /// For readers of files: the same checks as publishing in a workspace of so many users and teams.
  public static func problems(
    of definitions: [WorkflowDefinition], settings: WorkspaceSettings, userCount: Int,
    teamCount: Int
  ) -> [DefinitionError] {
    let surroundings = WorkflowCompiler.Surroundings(
      userCount: userCount, teamCount: teamCount, workflows: definitions)
    var problems: [DefinitionError] = []
    for (index, definition) in definitions.enumerated() {
      var compiler = WorkflowCompiler(
        definition, as: WorkflowID(index: index), settings: settings, in: surroundings)
      _ = compiler.compile()
      problems += compiler.problems
    }
    problems += loops(through: Array(definitions.indices), in: definitions)
    if definitions.count > settings.limits.workflows, let last = definitions.last {
      problems.append(
        DefinitionError(
          workflow: last.name, path: "", step: nil, mark: last.mark,
          problem: .overLimit(
            .workflows, value: definitions.count, limit: settings.limits.workflows)))
    }
    return problems
  }

  private static func loops(
    through indices: [Int], in workflows: [WorkflowDefinition?]
  ) -> [DefinitionError] {
    let loops = WorkflowLoops(workflows)
    var found: [DefinitionError] = []
    var involved: Set<Int> = []
    for index in indices where !involved.contains(index) {
      guard let definition = workflows[index], let way = loops.loop(through: index) else {
        continue
      }
      involved.formUnion(way)
      found.append(
        DefinitionError(
          workflow: definition.name, path: "", step: nil, mark: definition.mark,
          problem: .loop(way.map { workflows[$0]?.name ?? "" })))
    }
    return found
  }

  /// Publishes workflows that may name each other, or saves drafts; all are taken or none.
  mutating func publish(_ publications: [Publication]) throws(Refusal) {
    var known: [WorkflowDefinition?] = workflows.map { row in
      var definition = row.definition
      definition.status = row.status
      return definition
    }
    for publication in publications {
      let index = publication.id.index
      if index < workflows.count {
        guard workflows[index].status != .published else {
          throw .workflowPublished(publication.id)
        }
        known[index] = publication.definition
      } else {
        guard index == known.count else {
          throw .idOutOfTurn(expected: UInt64(known.count), got: UInt64(publication.id.raw))
        }
        known.append(publication.definition)
      }
    }
    let programs = try compile(publications, in: known)
    for (publication, program) in zip(publications, programs) {
      let row = WorkflowRow(
        definition: publication.definition, compiled: CompiledWorkflow(program),
        status: publication.definition.status)
      if publication.id.index < workflows.count {
        let version = workflows[publication.id.index].version
        workflows[publication.id.index] = row
        workflows[publication.id.index].version = version &+ 1
      } else {
        workflows.append(row)
      }
    }
    listen()
  }

  func compile(
    _ publications: [Publication], in known: [WorkflowDefinition?]
  ) throws(Refusal) -> [Program] {
    let surroundings = WorkflowCompiler.Surroundings(
      userCount: users.count, teamCount: teams.count, workflows: known)
    var problems: [DefinitionError] = []
    var programs: [Program] = []
    for publication in publications {
      var compiler = WorkflowCompiler(
        publication.definition, as: publication.id, settings: settings, in: surroundings)
      programs.append(compiler.compile())
      problems += compiler.problems
    }
    problems += Self.loops(through: publications.map(\.id.index), in: known)
    if known.count > settings.limits.workflows, let last = publications.last {
      problems.append(
        DefinitionError(
          workflow: last.definition.name, path: "", step: nil, mark: last.definition.mark,
          problem: .overLimit(
            .workflows, value: known.count, limit: settings.limits.workflows)))
    }
    guard problems.isEmpty else { throw .badWorkflows(problems) }
    return programs
  }

  /// Notes which published workflows wait for what.
  private mutating func listen() {
    reviewFacts()
    tables = ProgramTables(workflows)
    listeners = Listeners()
    listeners.readsWords = workflows.contains {
      $0.status == .published && $0.compiled.program.readsWords
    }
    listeners.readsOutgoing = workflows.contains {
      $0.status == .published && $0.compiled.program.readsOutgoing
    }
    for (index, workflow) in workflows.enumerated() where workflow.status == .published {
      let number = Int32(truncatingIfNeeded: index)
      switch workflow.definition.trigger {
      case .conversationOpened(let sources):
        let needsMemory = workflow.compiled.program.needsMemory
        listeners.opened.append(
          ConversationListener(number, sources, needsMemory: needsMemory))
      case .conversationClosed(let sources, let categories):
        // The contact whose conversation a merge closes is gone: only who asks for merges is told of the
        // one that remains. Unassigning after any close must not reach a conversation that goes on.
        let heard = sources.isEmpty ? Source.closing.filter { $0 != .merge } : sources
        listeners.closed.append(
          ConversationListener(number, heard, asksForCategory: !categories.isEmpty))
      case .contactTagUpdated: listeners.tag.append(number)
      case .contactFieldUpdated: listeners.field.append(number)
      case .shortcut: listeners.shortcut.append(number)
      case .incomingWebhook: listeners.webhook.append(number)
      case .clickToChatAd: listeners.ad.append(number)
      case .manual: break
      }
    }
    noteArrivals()
    reviewConcerns()
  }

  /// Notes the one workflow that contacts come to on their arrival, if there is one.
  private mutating func noteArrivals() {
    guard listeners.opened.count == 1, let listener = listeners.opened.first,
      listener.accepts(.contact), !listener.needsMemory
    else { return }
    listeners.arrivalWorkflow = listener.workflow
    let program = tables.programs[Int(listener.workflow)]
    guard policies.loopGuard.enrolments > 0, !program.needsEquipment, program.soleAssign >= 0,
      tables.assigns[Int(program.soleAssign)].asksForAnybody
    else { return }
    listeners.passedStep = program.soleAssign
  }

  /// Stops a workflow: every contact in it is out at once, and publishing again does not bring it back.
  mutating func stop(_ workflow: WorkflowID) throws(Refusal) {
    let index = try known(workflow)
    workflows[index].status = .stopped
    listen()
    for place in 0..<runs.count
    where runs[place].state != .free && Int(runs[place].workflow) == index {
      end(place, .stopped)
    }
  }

  mutating func ejects(
    _ contact: ContactID, from workflow: WorkflowID, by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    let index = try known(workflow)
    try accept(actor, for: slot)
    if case .user(let user) = actor { act(user) }
    guard let place = run(of: slot, in: index) else { return }
    end(place, .ejected)
  }
}
