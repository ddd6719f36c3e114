/// What a run does after a step.
enum Flow {
  /// On to the next instruction.
  case next
  /// On to another one.
  case to(Int32)
  /// The run is at its end.
  case end(ExitReason)
  /// Nothing more within this event: the run waits, or is over.
  case stop
}

extension EngineCore {
  /// So many steps without a pause are a loop, whatever the counters of jumps say.
  static let longestBurst = 100_000

  /// Takes a run as far as it goes within this event.
  @inline(never)
  mutating func execute(_ place: Int) {
    let run = runs.handle(place)
    let workflow = workflows.handle(Int(run.row.workflow))
    let outer = agenda.executing
    agenda.executing = Int32(truncatingIfNeeded: place)
    var counter = run.row.counter
    var left = Self.longestBurst
    loop: while true {
      left &-= 1
      run.row.counter = counter
      guard left > 0 else {
        end(place, .loopGuard)
        break
      }
      switch perform(workflow.element.program.instructions[Int(counter)], run, place, workflow) {
      case .next: counter &+= 1
      case .to(let target): counter = target
      case .stop: break loop
      case .end(let reason):
        let slot = Int(run.row.contact)
        finish(run, place, contacts.handle(slot), slot, reason)
        break loop
      }
    }
    agenda.executing = outer
    tellWaiting(run, place)
  }

  /// The same for a workflow whose only step this is.
  @inline(__always)
  mutating func executeSole(
    _ step: RowHandle<AssignInstruction>, _ place: Int, _ contact: RowHandle<ContactRow>,
    _ slot: Int
  ) {
    let run = runs.handle(place)
    if case .next = carryOut(step, run, place, contact, slot) {
      finish(run, place, contact, slot, .completed)
    } else {
      tellWaiting(run, place)
    }
  }

  /// Says that a run began that goes on beyond the event, if that was not said yet.
  @inline(__always)
  private mutating func tellWaiting(_ run: RowHandle<RunRow>, _ place: Int) {
    if !run.row.isTold, run.row.state != .free {
      tell(run, place, contactID(Int(run.row.contact)))
    }
  }

  @inline(__always)
  private mutating func perform(
    _ instruction: Instruction, _ run: RowHandle<RunRow>, _ place: Int,
    _ workflow: ElementHandle<WorkflowRow>
  ) -> Flow {
    switch instruction {
    case .assign(let index):
      let step = workflow.element.program.assigns.handle(Int(index))
      let slot = Int(run.row.contact)
      return carryOut(step, run, place, contacts.handle(slot), slot)
    case .branch(let index):
      let target = branch(Int(index), workflow, run, place)
      return target == nowhere ? .end(.noBranch) : .to(target)
    case .wait(let duration):
      return pause(run, place, for: duration)
    case .end(let reason): return .end(reason)
    default:
      return performInGeneral(instruction, place, workflow)
    }
  }

  @inline(never)
  private mutating func performInGeneral(
    _ instruction: Instruction, _ place: Int, _ workflow: ElementHandle<WorkflowRow>
  ) -> Flow {
    let slot = Int(runs[place].contact)
    let actor = Actor.workflow(WorkflowID(index: Int(runs[place].workflow)))
    switch instruction {
    case .send(let index): return send(Int(index), workflow, place)
    case .comment(let index):
      let comment = workflow.element.program.comments[Int(index)]
      addComment(slot, text: render(comment.text, place), mentions: comment.mentions, by: actor)
    case .jump(let index):
      return jump(Int(index), workflow.element.program.jumps[Int(index)], place)
    case .open:
      if !contacts[slot].isOpen {
        open(slot, source: .workflow, actor: actor, channel: nil)
      }
    case .close(let index):
      close(slot, by: actor, workflow.element.program.closings[Int(index)], place)
    case .tags(let index):
      let update = workflow.element.program.tagUpdates[Int(index)]
      for tag in update.add { change(slot, tag, .added, by: actor) }
      for tag in update.remove { change(slot, tag, .removed, by: actor) }
    case .field(let index):
      let update = workflow.element.program.fieldUpdates[Int(index)]
      let text = render(update.value, place)
      change(slot, update.field, text.isEmpty ? nil : .text(text), by: actor)
    case .ask(let index): return ask(workflow.element.program.questions[Int(index)], place)
    case .waitSeconds(let index):
      return pause(place, forSecondsOf: workflow.element.program.waits[Int(index)])
    case .hours(let index): return passHours(workflow.element.program.hours[Int(index)], place)
    case .request(let index): return call(workflow.element.program.requests[Int(index)], place)
    case .row(let index): return addRow(workflow.element.program.rows[Int(index)], place)
    case .agent(let index): return askAgent(workflow.element.program.agents[Int(index)], place)
    case .transfer(let index):
      return transfer(workflow.element.program.transfers[Int(index)], place)
    case .assign, .branch, .wait, .end:
      preconditionFailure("a frequent instruction came the way of the rare ones")
    }
    return .next
  }

  mutating func close(
    _ slot: Int, by actor: Actor, _ step: CloseInstruction, _ place: Int
  ) {
    guard contacts[slot].isOpen else { return }
    let category = step.category.map { accepted(category: render($0, place)) } ?? ""
    let summary = step.summary.map { render($0, place) } ?? ""
    let hasNote = !category.isEmpty || !summary.isEmpty
    close(
      slot, source: .workflow, actor: actor,
      note: hasNote ? ClosingNote(category: category, summary: summary) : nil)
  }

  /// A category as the workspace allows it.
  ///
  /// The step never requires one (PLATFORM.md 2.3), so one that turns out to be outside the list is left
  /// out, and the conversation closes all the same.
  private func accepted(category: String) -> String {
    guard category.count <= settings.limits.categoryLength else { return "" }
    let isListed = settings.categories.isEmpty || settings.categories.contains(category)
    return isListed ? category : ""
  }

  private mutating func send(
    _ index: Int, _ workflow: ElementHandle<WorkflowRow>, _ place: Int
  ) -> Flow {
    // Each setting by itself: a copy of the step would copy and count all that it holds.
    let text = words(index, workflow, place)
    let channel = workflow.element.program.sends[index].channel
    let onFailure = workflow.element.program.sends[index].onFailure
    guard
      let message = sendAutomatic(
        Int(runs[place].contact), text: text, sender: .run(runID(place)), channel: channel)
    else {
      if onFailure != nowhere { return .to(onFailure) }
      end(place, .sendFailed)
      return .stop
    }
    guard onFailure != nowhere else { return .next }
    // Only the channel knows whether the failure steps are due, so the run waits for its word.
    runs[place].state = .sending
    runs[place].message = message
    return .stop
  }

  /// The words that a step sends.
  @inline(__always)
  private mutating func words(
    _ index: Int, _ workflow: ElementHandle<WorkflowRow>, _ place: Int
  ) -> String {
    if workflow.element.program.sends[index].variants.isEmpty,
      let literal = workflow.element.program.sends[index].text.literal
    {
      return literal
    }
    return render(words(of: workflow.element.program.sends[index], place), place)
  }

  /// What a step says on the channel that its message takes.
  @inline(never)
  private mutating func words(of step: SendInstruction, _ place: Int) -> CompiledText {
    guard !step.variants.isEmpty else { return step.text }
    let channel = step.channel ?? contacts[Int(runs[place].contact)].lastChannel
    return step.variants.first { $0.channel == channel }?.text ?? step.text
  }

  /// A message of a run did not arrive, as the channel says.
  mutating func sendFailed(_ place: Int, message: MessageID) {
    var target = nowhere
    if runs[place].message == message {
      let workflow = workflows.handle(Int(runs[place].workflow))
      switch (runs[place].state, workflow.element.program.instructions[Int(runs[place].counter)]) {
      case (.sending, .send(let index)):
        target = workflow.element.program.sends[Int(index)].onFailure
      case (.asking, .ask(let index)):
        target = workflow.element.program.questions[Int(index)].onFailure
      default: break
      }
    }
    guard target != nowhere else {
      end(place, .sendFailed)
      return
    }
    stopWaiting(place)
    proceed(place, at: target)
  }

  /// Gives up what a run waits for, with its timer.
  mutating func stopWaiting(_ place: Int) {
    guard runs[place].deadline != .never else { return }
    runs[place].deadline = .never
    effects.cancelTimer(.run(runID(place)))
  }

  mutating func jump(_ index: Int, _ step: JumpInstruction, _ place: Int) -> Flow {
    runs[memoryOf: place].jumps(index, atMost: step.atMost) ? .to(step.target) : .next
  }

  @inline(__always)
  private mutating func pause(
    _ run: RowHandle<RunRow>, _ place: Int, for duration: EngineDuration
  ) -> Flow {
    guard duration > .zero else { return .next }
    if !run.row.isTold, concerns.isDisjoint(with: [.details, .passingRuns, .generalRules]) {
      beginWaiting(run, place, until: now + duration)
    } else {
      wait(run, place, .waiting, until: now + duration)
    }
    return .stop
  }

  /// Lets a run wait of whom nothing was told yet: that it began and its timer are one effect.
  @inline(__always)
  private mutating func beginWaiting(
    _ run: RowHandle<RunRow>, _ place: Int, until deadline: EngineTime
  ) {
    run.row.state = .waiting
    run.row.deadline = deadline
    run.row.isTold = true
    effects.runWaits(
      RunID(slot: place, generation: run.row.generation), until: deadline,
      contactID(Int(run.row.contact)))
  }

  /// Lets a run wait for something with a time after which it waits no longer.
  mutating func wait(_ place: Int, _ state: RunState, until deadline: EngineTime) {
    wait(runs.handle(place), place, state, until: deadline)
  }

  /// The same where the row is at hand.
  @inline(__always)
  mutating func wait(
    _ run: RowHandle<RunRow>, _ place: Int, _ state: RunState, until deadline: EngineTime
  ) {
    run.row.state = state
    run.row.deadline = deadline
    let id = RunID(slot: place, generation: run.row.generation)
    effects.armTimer(.run(id), at: deadline)
  }

  private mutating func pause(_ place: Int, forSecondsOf operand: CompiledOperand) -> Flow {
    let seconds = value(of: operand, place)?.number ?? 0
    guard let asked = EngineDuration(seconds: seconds), asked > .zero else { return .next }
    let allowed = min(asked, settings.limits.wait)
    if allowed < asked {
      effects.append(.waitCut(runID(place), asked: asked, allowed: allowed))
    }
    return pause(runs.handle(place), place, for: allowed)
  }

  private mutating func passHours(_ step: HoursInstruction, _ place: Int) -> Flow {
    let zone = settings.timeZones[Int(step.timeZone)]
    if step.hours.contains(zone.local(now, epoch: settings.epoch)) { return .next }
    if step.outside != nowhere { return .to(step.outside) }
    end(place, .noBranch)
    return .stop
  }

  mutating func transfer(_ step: TransferInstruction, _ place: Int) -> Flow {
    let contact = contactID(Int(runs[place].contact))
    let target = workflows.handle(step.workflow.index)
    let counter =
      step.step.flatMap { id in target.element.program.entries.first { $0.id == id }?.counter } ?? 0
    end(place, .transferred)
    agenda.add(.transfer(contact, step.workflow, counter))
    return .stop
  }

  /// The time is up for what a run waited for.
  mutating func deadlinePassed(_ place: Int) {
    let run = runs.handle(place)
    guard run.row.state != .waiting else {
      run.row.deadline = .never
      proceed(place)
      return
    }
    deadlinePassedInGeneral(place)
  }

  @inline(never)
  private mutating func deadlinePassedInGeneral(_ place: Int) {
    let workflow = workflows.handle(Int(runs[place].workflow))
    let instruction = workflow.element.program.instructions[Int(runs[place].counter)]
    let state = runs[place].state
    if state == .queued {
      let run = runID(place)
      pollIfDue()
      // Served, it is gone, goes on, or waits somewhere else by now.
      guard live(run) != nil, runs[place].state == .queued, runs[place].deadline <= now else {
        return
      }
      if waitForAnybody(place) { return }
      leave(place, exit: .timedOut)
    }
    runs[place].deadline = .never
    switch (state, instruction) {
    case (.queued, .assign(let index)):
      takeOrEnd(
        place, workflow.element.program.assigns[Int(index)].onTimeout, .timeoutWithoutBranch)
    case (.asking, .ask(let index)):
      takeOrEnd(
        place, workflow.element.program.questions[Int(index)].onTimeout, .timeoutWithoutBranch)
    case (.calling, _): serviceEnded(place, status: 0, body: nil)
    case (.withAIAgent, .agent(let index)):
      aiAgentEnded(place, workflow.element.program.agents[Int(index)], .idle)
    default:
      preconditionFailure("a run in the state \(state) has a deadline at \(instruction)")
    }
  }

  /// Goes on with an outcome's own steps, or ends the run where it has none.
  mutating func takeOrEnd(_ place: Int, _ target: Int32, _ reason: ExitReason) {
    if target != nowhere {
      proceed(place, at: target)
    } else {
      runs[place].state = .ready
      end(place, reason)
    }
  }

  /// The Assign To step that a run is at.
  func assignStep(of place: Int) -> AssignInstruction? {
    let workflow = workflows.handle(Int(runs[place].workflow))
    guard case .assign(let index) = workflow.element.program.instructions[Int(runs[place].counter)]
    else {
      return nil
    }
    return workflow.element.program.assigns[Int(index)]
  }
}
