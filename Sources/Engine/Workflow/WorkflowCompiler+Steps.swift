extension WorkflowCompiler {
  /// Lays out one step and sets its lists aside.
  mutating func lower(_ step: Step, at place: Place, depth: Int) {
    switch step.action {
    case .sendMessage(let message): lower(message, step, at: place, depth: depth)
    case .askQuestion(let question): lower(question, step, at: place, depth: depth)
    case .assignTo(let assignment): lower(assignment, step, at: place, depth: depth)
    case .branch(let branches): lower(branches, at: place, depth: depth)
    case .updateTag(let add, let remove):
      for tag in add + remove where tag.index >= settings.tags.count {
        report(.unknown("\(tag)"), at: place)
      }
      append(
        .tags(index(program.tagUpdates)), \.tagUpdates,
        TagInstruction(add: add, remove: remove))
    case .updateField(let field, let value):
      check(field, at: place)
      check(value, of: field, at: place)
      let text = text(value, at: place)
      append(
        .field(index(program.fieldUpdates)), \.fieldUpdates,
        FieldInstruction(field: field, value: text))
    case .openConversation: program.instructions.append(.open)
    case .closeConversation(let category, let summary):
      lower(category: category, summary: summary, at: place)
    case .addComment(let comment, let mentions):
      for user in mentions where user.index >= surroundings.userCount {
        report(.unknown("\(user)"), at: place)
      }
      checkLength(comment, .commentLength, settings.limits.commentLength, at: place)
      let text = text(comment, at: place)
      append(
        .comment(index(program.comments)), \.comments,
        CommentInstruction(text: text, mentions: mentions))
    case .jumpTo(let id, let atMost):
      if atMost < 1 || Int(atMost) > settings.limits.jumps {
        report(.overLimit(.jumps, value: Int(atMost), limit: settings.limits.jumps), at: place)
      }
      jumpTargets.append((program.jumps.count, id, place))
      append(
        .jump(index(program.jumps)), \.jumps,
        JumpInstruction(target: nowhere, atMost: atMost))
    case .wait(.duration(let duration)):
      check(duration, at: place)
      program.instructions.append(.wait(duration))
    case .wait(.seconds(let operand)):
      let operand = self.operand(operand, at: place)
      append(.waitSeconds(index(program.waits)), \.waits, operand)
    case .dateAndTime(let hours, let timeZone):
      lower(hours, timeZone: timeZone, step, at: place, depth: depth)
    case .httpRequest(let request): lower(request, at: place)
    case .triggerWorkflow(let target, let id): lowerTransfer(to: target, step: id, at: place)
    case .addSheetRow(let service, let values):
      check(service, at: place)
      let cells = values.map {
        RowInstruction.Cell(column: $0.column, value: text($0.value, at: place))
      }
      follow(
        step.onFailure, "on_failure", from: place, depth: depth, .rowFailure(program.rows.count))
      append(
        .row(index(program.rows)), \.rows, RowInstruction(service: service, cells: cells))
    case .aiAgent(let agent): lower(agent, at: place, depth: depth)
    }
  }

  func index(_ table: some Collection) -> Int32 { Int32(truncatingIfNeeded: table.count) }

  mutating func append<Table: RangeReplaceableCollection>(
    _ instruction: Instruction, _ table: WritableKeyPath<Program, Table>, _ row: Table.Element
  ) {
    program.instructions.append(instruction)
    program[keyPath: table].append(row)
  }
}
