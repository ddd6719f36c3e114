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
    var known: [WorkflowDefinition?] = workflows.definitions
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
    workflows.publish(publications, programs, mayPass: mayPass)
    reviewFacts()
    reviewConcerns()
  }

  /// Whether the loop guard lets a contact into a workflow at all.
  private var mayPass: Bool { policies.loopGuard.enrolments > 0 }

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

  /// Stops a workflow: every contact in it is out at once, and publishing again does not bring it back.
  mutating func stop(_ workflow: WorkflowID) throws(Refusal) {
    let index = try known(workflow)
    workflows.stop(index, mayPass: mayPass)
    reviewFacts()
    reviewConcerns()
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
