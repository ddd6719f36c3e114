import Engine

/// What rows do to many contacts at once, and to workflows as a whole.
extension CaseReader {
  /// A row of an import; it may name contacts for the first time.
  func imports(_ actor: Actor, _ what: ValueReader, _ mapping: Mapping) -> [CaseFile.Action] {
    let row = ContactImport(
      fields: mapping["fields"].map { fields($0) } ?? [],
      tags: (mapping["tags"]?.oneOrMore(of: "tags") ?? []).compactMap {
        $0.filledText("a tag", limit: 200).map(names.tag)
      })
    return (contactNames(in: what) ?? []).map { name in
      let number = contact(name.text)
      arrived.insert(number)
      return .imports(number, row, by: actor)
    }
  }

  /// The AI agent gives contacts to somebody of a team, or of the workspace.
  func distributes(_ actor: Actor?, _ what: ValueReader, _ mapping: Mapping) -> [CaseFile.Action] {
    guard let actor, let within = mapping["within"] else { return [] }
    let pool: PoolID? =
      within.scalarText == "workspace" ? .workspace : team(within).map { .team($0) }
    let logic = mapping.optional("logic", else: Logic.roundRobin) {
      $0.choice("logic of the AI agent", ["round_robin": .roundRobin, "least_open": .leastOpen])
    }
    guard let pool, let logic else { return [] }
    return each(what) { .distributes($0, pool, logic, by: actor) }
  }

  /// A broadcast reaches contacts, or everybody of a segment.
  func broadcasts(_ what: ValueReader, _ mapping: Mapping) -> [CaseFile.Action] {
    guard let (key, to) = mapping.only(of: ["contact", "segment"], subject: "a broadcast") else {
      reading.problems.error(mapping.span, "'broadcast' needs the key 'contact' or 'segment'")
      return []
    }
    let channel = mapping.optional("channel") { self.channel($0) }
    guard let channel, let text = what.text("a broadcast") else { return [] }
    if key == "contact" { return each(to) { .broadcasts($0, on: channel, text: text) } }
    return segment(to).map { [.broadcastsToSegment($0, on: channel, text: text)] } ?? []
  }

  /// A workflow is stopped, or published: as it was, or edited to what another one says.
  func workflowBecomes(
    _ workflow: WorkflowID, _ what: ValueReader, _ mapping: Mapping
  ) -> CaseFile.Action? {
    let isPublished = what.choice(
      "status of a workflow", ["published": true, "stopped": false])
    let other = mapping.optional("as", else: workflow) { self.workflow($0) }
    guard let isPublished, let other else { return nil }
    if !isPublished, let span = mapping.keySpan("as") {
      reading.problems.error(span, "'as' goes with 'becomes: published' only")
    }
    return isPublished ? .publishes(workflow, as: other) : .stops(workflow)
  }
}
