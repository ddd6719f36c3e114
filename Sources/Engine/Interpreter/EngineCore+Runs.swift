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
  mutating func enrol(
    _ slot: Int, in workflow: Int, at counter: Int32 = 0, trigger: [FormInput] = []
  ) {
    guard !contacts[slot].isBlocked else { return }
    if contacts[slot].firstRun >= 0, let place = run(of: slot, in: workflow) {
      // The same contact is in a workflow once (PLATFORM.md 3.6).
      guard policies.reentry == .restart else { return }
      end(place, .restarted)
    }
    let (count, isFirst) = countEnrolment(slot, in: UInt32(truncatingIfNeeded: workflow))
    if !isFirst, workflows[workflow].definition.oncePerContact { return }
    let place = begin(slot, in: workflow, at: counter)
    guard count <= policies.loopGuard.enrolments else {
      end(place, .loopGuard)
      return
    }
    let compiled = workflows[workflow].compiled
    if compiled.program.needsMemory { remember(trigger, place, compiled.program) }
    if policies.contactFields == .snapshot, compiled.program.readsContactFields {
      let fields =
        contacts[slot].details >= 0 ? details[Int(contacts[slot].details)].fields : []
      memories[memory(of: place)].fields = fields
    }
    execute(place)
  }

  private mutating func remember(_ trigger: [FormInput], _ place: Int, _ program: Program) {
    let memory = memory(of: place)
    for wanted in program.triggerVariables {
      let input = trigger.last { $0.name == wanted.name }
      set(Int(wanted.variable), to: input?.value, in: memory)
    }
  }

  private mutating func begin(_ slot: Int, in workflow: Int, at counter: Int32) -> Int {
    let place = runs.take(orAppend: RunRow())
    let first = contacts[slot].firstRun
    let generation = runs[place].generation
    runs[place] = RunRow()
    runs[place].generation = generation
    runs[place].workflow = Int32(truncatingIfNeeded: workflow)
    runs[place].contact = Int32(truncatingIfNeeded: slot)
    runs[place].counter = counter
    runs[place].state = .ready
    runs[place].next = first
    if first >= 0 { runs[Int(first)].previous = Int32(truncatingIfNeeded: place) }
    contacts[slot].firstRun = Int32(truncatingIfNeeded: place)
    effects.append(.runStarted(runID(place), WorkflowID(index: workflow), contactID(slot)))
    return place
  }

  /// Ends a run, whatever it waits for.
  mutating func end(_ place: Int, _ reason: ExitReason) {
    let row = runs[place]
    let slot = Int(row.contact)
    let id = runID(place)
    switch row.state {
    case .queued: leave(place, exit: .runEnded)
    case .waiting, .asking, .calling, .withAIAgent:
      if row.deadline != .never { effects.append(.cancelTimer(.run(id))) }
    case .free, .ready, .sending: break
    }
    if row.next >= 0 { runs[Int(row.next)].previous = row.previous }
    if row.previous >= 0 {
      runs[Int(row.previous)].next = row.next
    } else {
      contacts[slot].firstRun = row.next
    }
    if row.memory >= 0 {
      memories[Int(row.memory)].clear()
      memories.release(Int(row.memory))
    }
    runs[place].memory = -1
    runs[place].state = .free
    runs[place].deadline = .never
    runs[place].generation &+= 1
    runs.release(place)
    effects.append(.runEnded(id, WorkflowID(index: Int(row.workflow)), contactID(slot), reason))
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
      contacts[slot].enrolments.first.workflow = key
    } else if enrolments.second.workflow == 0 {
      contacts[slot].enrolments.second.workflow = key
    } else {
      let place = detailsSlot(of: slot)
      guard !details[place].enrolments.contains(where: { $0.workflow == key }) else { return }
      details[place].enrolments.append(Enrolment(workflow: key))
    }
  }

  /// Counts an enrolment; says how many there were lately and whether it is the first ever.
  private mutating func countEnrolment(
    _ slot: Int, in workflow: UInt32
  ) -> (count: Int32, isFirst: Bool) {
    let key = workflow &+ 1
    let window = policies.loopGuard.within
    if contacts[slot].enrolments.first.workflow == key {
      return (contacts[slot].enrolments.first.count(at: now, within: window), false)
    }
    if contacts[slot].enrolments.first.workflow == 0 {
      contacts[slot].enrolments.first.workflow = key
      return (contacts[slot].enrolments.first.count(at: now, within: window), true)
    }
    if contacts[slot].enrolments.second.workflow == key {
      return (contacts[slot].enrolments.second.count(at: now, within: window), false)
    }
    if contacts[slot].enrolments.second.workflow == 0 {
      contacts[slot].enrolments.second.workflow = key
      return (contacts[slot].enrolments.second.count(at: now, within: window), true)
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
