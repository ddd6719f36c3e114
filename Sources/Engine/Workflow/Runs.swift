extension EngineCore {
  /// The contact's run of a workflow, if it is in it.
  @inline(__always)
  func run(of slot: Int, in workflow: Int) -> Int? {
    var place = contacts[slot].firstRun
    while place >= 0 {
      if Int(runs[Int(place)].workflow) == workflow { return Int(place) }
      place = runs[Int(place)].next
    }
    return nil
  }

  /// Enrols a contact in a workflow and takes it as far as it goes; nil when it is refused.
  @inline(never)
  mutating func enrol(
    _ slot: Int, in workflow: Int, at counter: Int32 = 0, trigger: [FormInput]
  ) {
    enrolAsUsual(slot, in: workflow, at: counter, trigger: trigger)
  }

  /// The same for a workflow that remembers nothing of its trigger, from its first step on.
  @inline(never)
  mutating func enrol(_ slot: Int, in workflow: Int) {
    enrolAsUsual(slot, in: workflow, at: 0, trigger: nil)
  }

  @inline(__always)
  private mutating func enrolAsUsual(
    _ slot: Int, in workflow: Int, at counter: Int32, trigger: [FormInput]?
  ) {
    let contact = contacts.handle(slot)
    guard !contact.row.isBlocked else { return }
    if contact.row.firstRun >= 0, let place = run(of: slot, in: workflow) {
      // The same contact is in a workflow once (PLATFORM.md 3.6).
      guard policies.reentry == .restart else { return }
      end(place, .restarted)
    }
    let (count, isFirst) = countEnrolment(
      contact, slot, in: UInt32(truncatingIfNeeded: workflow))
    let program = workflows.handle(workflow)
    if !isFirst, program.element.oncePerContact { return }
    let place = begin(contact, slot, in: workflow, at: counter)
    guard count <= policies.loopGuard.enrolments else {
      end(place, .loopGuard)
      return
    }
    if program.element.needsEquipment { equip(place, trigger ?? []) }
    if program.element.soleAssign >= 0, counter == 0, !concerns.contains(.generalRules) {
      let step = program.element.program.assigns.handle(Int(program.element.soleAssign))
      executeSole(step, place, contact, slot)
    } else {
      execute(place)
    }
  }

  /// Takes a contact whose first message just came through the workflow that only assigns it.
  ///
  /// The host does without runs that pass, so none is made: only its id goes by. Where there is no such
  /// workflow or nobody to be had at once, `enrol` does it.
  @inline(__always)
  mutating func passes(_ contact: ContactID) -> UsualWay {
    guard let step = workflows.passedStep, runs.canPass else { return .declined }
    let row = contacts.handle(contact.slot)
    guard let user = chooseAsUsual(for: row, by: step) else { return .declined }
    // The last effect is that its conversation was opened.
    effects.replaceLast(EffectRecord(.openedForUser, contact, user: user, by: .workflow))
    gainAsUsual(row, user)
    runs.pass()
    row.row.enrolments.first = Enrolment(
      workflow: UInt32(truncatingIfNeeded: workflows.listeners.arrivalWorkflow) &+ 1, recent: 1,
      since: now)
    return .taken
  }

  /// Gives a run what it must remember from its start.
  @inline(never)
  private mutating func equip(_ place: Int, _ trigger: [FormInput]) {
    let workflow = workflows.handle(Int(runs[place].workflow))
    for wanted in workflow.element.program.triggerVariables {
      let input = trigger.last { $0.name == wanted.name }
      runs[memoryOf: place].set(Int(wanted.variable), to: input?.value)
    }
    if policies.contactFields == .snapshot, workflow.element.program.readsContactFields {
      runs[memoryOf: place].fields = contacts[detailsOf: Int(runs[place].contact)].fields
    }
  }

  @inline(__always)
  mutating func begin(
    _ contact: RowHandle<ContactRow>, _ slot: Int, in workflow: Int, at counter: Int32
  ) -> Int {
    let place = runs.begin(of: contact, slot, in: workflow, at: counter)
    if concerns.contains(.passingRuns) {
      tell(runs.handle(place), place, contactID(slot, contact))
    }
    return place
  }

  /// Ends a run, whatever it waits for.
  @inline(never)
  mutating func end(_ place: Int, _ reason: ExitReason) {
    let run = runs.handle(place)
    let slot = Int(run.row.contact)
    finish(run, place, contacts.handle(slot), slot, reason)
  }

  /// The same, in line for the frequent one: a run that came to its end.
  @inline(__always)
  mutating func finish(
    _ run: RowHandle<RunRow>, _ place: Int, _ contact: RowHandle<ContactRow>, _ slot: Int,
    _ reason: ExitReason
  ) {
    let id = RunID(slot: place, generation: run.row.generation)
    if run.row.state != .ready { stop(place, id) }
    runs.end(run, place, of: contact)
    guard run.row.isTold else { return }
    effects.runEnded(
      id, WorkflowID(index: Int(run.row.workflow)), contactID(slot, contact), reason)
  }

  /// Says that a run began.
  @inline(__always)
  mutating func tell(_ run: RowHandle<RunRow>, _ place: Int, _ contact: ContactID) {
    run.row.isTold = true
    effects.runStarted(
      RunID(slot: place, generation: run.row.generation),
      WorkflowID(index: Int(run.row.workflow)), contact)
  }

  /// Gives up what a run waits for that ends.
  @inline(never)
  mutating func stop(_ place: Int, _ id: RunID) {
    switch runs[place].state {
    case .queued: leave(place, exit: .runEnded)
    case .waiting, .asking, .calling, .withAIAgent:
      if runs[place].deadline != .never { effects.cancelTimer(.run(id)) }
    case .free, .ready, .sending: break
    }
  }

  /// Ends all of a contact's runs.
  mutating func endAll(_ slot: Int, _ reason: ExitReason) {
    while contacts[slot].firstRun >= 0 { end(Int(contacts[slot].firstRun), reason) }
  }

  /// What the closing of a conversation does to the contact's runs: little, by default (PLATFORM.md 3.6).
  mutating func closeReachesRuns(_ slot: Int) {
    if policies.queuedConversationCloses == .cancel, contacts[slot].queuedRuns > 0,
      !policies.closeEndsRuns
    {
      unqueue(slot, exit: .conversationClosed, except: -1)
    }
    guard policies.closeEndsRuns else { return }
    var place = contacts[slot].firstRun
    while place >= 0 {
      let next = runs[Int(place)].next
      // The run that closes is not through with its step.
      if place != agenda.executing { end(Int(place), .conversationClosed) }
      place = next
    }
  }

  /// Notes that a contact was in a workflow, without counting it as lately.
  mutating func noteEnrolment(_ slot: Int, in workflow: UInt32) {
    let key = workflow &+ 1
    let enrolments = contacts[slot].enrolments
    if enrolments.first.workflow == key || enrolments.second.workflow == key { return }
    if enrolments.first.workflow == 0 {
      contacts[slot].enrolments.first = Enrolment(workflow: key)
    } else if enrolments.second.workflow == 0 {
      contacts[slot].enrolments.second = Enrolment(workflow: key)
    } else {
      guard !contacts[detailsOf: slot].enrolments.contains(where: { $0.workflow == key }) else {
        return
      }
      contacts[detailsOf: slot].enrolments.append(Enrolment(workflow: key))
    }
  }

  /// Counts an enrolment; says how many there were lately and whether it is the first ever.
  @inline(__always)
  private mutating func countEnrolment(
    _ contact: RowHandle<ContactRow>, _ slot: Int, in workflow: UInt32
  ) -> (count: Int32, isFirst: Bool) {
    let key = workflow &+ 1
    // A contact's first workflow of all; nothing is compared with a window yet.
    guard contact.row.enrolments.first.workflow != 0 else {
      contact.row.enrolments.first = Enrolment(workflow: key, recent: 1, since: now)
      return (1, true)
    }
    return countFurtherEnrolment(slot, in: key)
  }

  @inline(never)
  private mutating func countFurtherEnrolment(
    _ slot: Int, in key: UInt32
  ) -> (count: Int32, isFirst: Bool) {
    let window = policies.loopGuard.within
    let contact = contacts.handle(slot)
    if contact.row.enrolments.first.workflow == key {
      return (contact.row.enrolments.first.count(at: now, within: window), false)
    }
    if contact.row.enrolments.second.workflow == key {
      return (contact.row.enrolments.second.count(at: now, within: window), false)
    }
    if contact.row.enrolments.second.workflow == 0 {
      contact.row.enrolments.second = Enrolment(workflow: key)
      return (contact.row.enrolments.second.count(at: now, within: window), true)
    }
    let earlier = contacts[detailsOf: slot].enrolments.firstIndex { $0.workflow == key }
    if let earlier {
      return (contacts[detailsOf: slot].enrolments[earlier].count(at: now, within: window), false)
    }
    var enrolment = Enrolment(workflow: key)
    let count = enrolment.count(at: now, within: window)
    contacts[detailsOf: slot].enrolments.append(enrolment)
    return (count, true)
  }
}
