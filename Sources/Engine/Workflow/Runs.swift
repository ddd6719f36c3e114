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
    let program = tables.programs[workflow]
    if !isFirst, program.oncePerContact { return }
    let place = begin(contact, slot, in: workflow, at: counter)
    guard count <= policies.loopGuard.enrolments else {
      end(place, .loopGuard)
      return
    }
    if program.needsEquipment { equip(place, trigger ?? []) }
    if program.soleAssign >= 0, counter == 0, !concerns.contains(.generalRules) {
      executeSole(tables.assigns.handle(Int(program.soleAssign)), place, contact, slot)
    } else {
      execute(place)
    }
  }

  /// Takes a contact whose first message just came through the workflow that only assigns it.
  ///
  /// The host does without runs that pass, so none is made: only its id goes by. False where there is
  /// no such workflow or nobody to be had at once, and nothing has changed: then `enrol` does it.
  @inline(__always)
  mutating func passes(_ contact: ContactID) -> Bool {
    guard listeners.passedStep >= 0, let place = runs.freedSlot else { return false }
    let row = contacts.handle(contact.slot)
    let step = tables.assigns.handle(Int(listeners.passedStep))
    guard let user = chooseAsUsual(for: row, by: step) else { return false }
    // The last effect is that its conversation was opened.
    effects.replaceLast(EffectRecord(.openedForUser, contact, user: user))
    gain(row, user)
    runs.handle(place).row.generation &+= 1
    row.row.enrolments.first = Enrolment(
      workflow: UInt32(truncatingIfNeeded: listeners.arrivalWorkflow) &+ 1, recent: 1, since: now)
    return true
  }

  /// Gives a run what it must remember from its start.
  @inline(never)
  private mutating func equip(_ place: Int, _ trigger: [FormInput]) {
    let compiled = workflows[Int(runs[place].workflow)].compiled
    let slot = Int(runs[place].contact)
    if compiled.program.needsMemory { remember(trigger, place, compiled.program) }
    if policies.contactFields == .snapshot, compiled.program.readsContactFields {
      let fields =
        contacts[slot].details >= 0 ? details[Int(contacts[slot].details)].fields : []
      memories[memory(of: place)].fields = fields
    }
  }

  mutating func remember(_ trigger: [FormInput], _ place: Int, _ program: Program) {
    let memory = memory(of: place)
    for wanted in program.triggerVariables {
      let input = trigger.last { $0.name == wanted.name }
      set(Int(wanted.variable), to: input?.value, in: memory)
    }
  }

  @inline(__always)
  mutating func begin(
    _ contact: RowHandle<ContactRow>, _ slot: Int, in workflow: Int, at counter: Int32
  ) -> Int {
    let place = runs.take(orAppend: RunRow())
    let first = contact.row.firstRun
    let run = runs.handle(place)
    run.row.begin(
      Int32(truncatingIfNeeded: slot), in: Int32(truncatingIfNeeded: workflow), at: counter,
      before: first)
    if first >= 0 { runs[Int(first)].previous = Int32(truncatingIfNeeded: place) }
    contact.row.firstRun = Int32(truncatingIfNeeded: place)
    if concerns.contains(.passingRuns) { tell(run, place, contactID(slot, contact)) }
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
    let next = run.row.next
    let previous = run.row.previous
    if next >= 0 { runs[Int(next)].previous = previous }
    if previous >= 0 {
      runs[Int(previous)].next = next
    } else {
      contact.row.firstRun = next
    }
    if run.row.memory >= 0 { forgetMemory(of: place) }
    run.row.state = .free
    run.row.deadline = .never
    run.row.generation &+= 1
    runs.release(place)
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

  @inline(never)
  private mutating func forgetMemory(of place: Int) {
    let memory = Int(runs[place].memory)
    memories[memory].clear()
    memories.release(memory)
    runs[place].memory = -1
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
      if place != executing { end(Int(place), .conversationClosed) }
      place = next
    }
  }

  /// The memory of a run, made when there is none.
  mutating func memory(of place: Int) -> Int {
    if runs[place].memory >= 0 { return Int(runs[place].memory) }
    let memory = memories.take(orAppend: RunMemory())
    runs[place].memory = Int32(truncatingIfNeeded: memory)
    return memory
  }

  mutating func set(_ variable: Int, to value: Value?, in memory: Int) {
    while memories[memory].variables.count <= variable { memories[memory].variables.append(nil) }
    memories[memory].variables[variable] = value
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
      let place = detailsSlot(of: slot)
      guard !details[place].enrolments.contains(where: { $0.workflow == key }) else { return }
      details[place].enrolments.append(Enrolment(workflow: key))
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
    let place = detailsSlot(of: slot)
    if let index = details[place].enrolments.firstIndex(where: { $0.workflow == key }) {
      return (details[place].enrolments[index].count(at: now, within: window), false)
    }
    var enrolment = Enrolment(workflow: key)
    let count = enrolment.count(at: now, within: window)
    details[place].enrolments.append(enrolment)
    return (count, true)
  }
}
