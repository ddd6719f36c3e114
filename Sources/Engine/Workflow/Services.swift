extension EngineCore {
  mutating func call(_ step: RequestInstruction, _ place: Int) -> Flow {
    let url = render(step.url, place)
    if step.hasOpenURL, let domain = settings.ownDomain(in: url) {
      return refuseCall(place, step, to: domain)
    }
    let headers = step.headers.flatMap { [$0.name, render($0.value, place)] }
    effects.append(
      .callService(
        ServiceCall(
          run: runID(place), contact: contactID(Int(runs[place].contact)), service: step.service,
          method: step.method, url: url, headers: headers, body: render(step.body, place))))
    wait(place, .calling, until: now + policies.httpTimeout)
    return .stop
  }

  mutating func addRow(_ step: RowInstruction, _ place: Int) -> Flow {
    let lines = step.cells.map { "\($0.column)\t\(render($0.value, place))" }
    effects.append(
      .callService(
        ServiceCall(
          run: runID(place), contact: contactID(Int(runs[place].contact)), service: step.service,
          method: "POST", url: "", headers: [], body: lines.joined(separator: "\n"))))
    wait(place, .calling, until: now + policies.httpTimeout)
    return .stop
  }

  mutating func serviceAnswers(
    _ run: RunID, status: Int32, body: JSON
  ) throws(Refusal) {
    let place = try known(run)
    guard runs[place].state == .calling else { throw .staleRun(run) }
    stopWaiting(place)
    serviceEnded(place, status: status, body: body)
  }

  mutating func serviceFails(_ run: RunID) throws(Refusal) {
    let place = try known(run)
    guard runs[place].state == .calling else { throw .staleRun(run) }
    stopWaiting(place)
    serviceEnded(place, status: 0, body: nil)
  }

  /// One attempt; on failure the run goes on with the mapped variables unset (PLATFORM.md 3.5).
  mutating func serviceEnded(_ place: Int, status: Int32, body: JSON?) {
    let workflow = workflows.handle(Int(runs[place].workflow))
    let isSuccess = (200..<300).contains(status)
    switch workflow.element.program.instructions[Int(runs[place].counter)] {
    case .request(let index):
      keep(workflow.element.program.requests[Int(index)], status, isSuccess ? body : nil, place)
      proceed(place)
    case .row(let index):
      if isSuccess {
        proceed(place)
      } else {
        takeOrEnd(place, workflow.element.program.rows[Int(index)].onFailure, .serviceFailed)
      }
    case let other: preconditionFailure("a run that calls a service is at \(other)")
    }
  }

  /// Keeps what a step saves of an answer; without one its variables are not set.
  mutating func keep(
    _ step: RequestInstruction, _ status: Int32, _ body: JSON?, _ place: Int
  ) {
    guard !step.save.isEmpty || step.status != nil else { return }
    for mapping in step.save {
      runs[memoryOf: place].set(Int(mapping.variable), to: body?.at(mapping.path)?.value)
    }
    if let variable = step.status {
      runs[memoryOf: place].set(Int(variable), to: .number(Double(status)))
    }
  }

  /// A call that would come back here is none: the run goes on as after a failure (PLATFORM.md 3.5).
  private mutating func refuseCall(
    _ place: Int, _ step: RequestInstruction, to domain: String
  ) -> Flow {
    effects.append(
      .callRefused(runID(place), contactID(Int(runs[place].contact)), domain: domain))
    keep(step, 0, nil, place)
    return .next
  }

  mutating func askAgent(_ step: AgentInstruction, _ place: Int) -> Flow {
    effects.append(
      .askAIAgent(runID(place), contactID(Int(runs[place].contact)), key: step.key))
    wait(place, .withAIAgent, until: now + step.idle)
    return .stop
  }

  /// The contact wrote: the AI agent waits for the next message as long as for this one.
  mutating func restartIdle(_ place: Int) {
    let workflow = workflows.handle(Int(runs[place].workflow))
    guard case .agent(let index) = workflow.element.program.instructions[Int(runs[place].counter)]
    else {
      return
    }
    wait(place, .withAIAgent, until: now + workflow.element.program.agents[Int(index)].idle)
  }

  mutating func aiAgentEnds(_ run: RunID, _ outcome: AIAgent.Outcome) throws(Refusal) {
    let place = try known(run)
    let workflow = workflows.handle(Int(runs[place].workflow))
    guard runs[place].state == .withAIAgent,
      case .agent(let index) = workflow.element.program.instructions[Int(runs[place].counter)]
    else { throw .staleRun(run) }
    stopWaiting(place)
    aiAgentEnded(place, workflow.element.program.agents[Int(index)], outcome)
  }

  /// An outcome without steps of its own leads on to the next step after success, and else ends the run.
  mutating func aiAgentEnded(_ place: Int, _ step: AgentInstruction, _ outcome: AIAgent.Outcome) {
    if let way = step.ways.first(where: { $0.outcome == outcome }) {
      proceed(place, at: way.target)
    } else if outcome == .success {
      proceed(place)
    } else {
      takeOrEnd(place, nowhere, outcome == .idle ? .timeoutWithoutBranch : .noBranch)
    }
  }
}

extension TimeZoneRules {
  /// What the clock on the wall shows, where time zero is `epoch` seconds after 1970.
  public func local(_ time: EngineTime, epoch: Int64) -> LocalTime {
    var seconds = time.nanoseconds / 1_000_000_000
    if time.nanoseconds < 0, time.nanoseconds % 1_000_000_000 != 0 { seconds -= 1 }
    let universal = epoch &+ seconds
    var offset = self.offset
    // The last change that is not later; changes are few and in order.
    var low = 0
    var high = changes.count
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].at <= universal { low = middle + 1 } else { high = middle }
    }
    if low > 0 { offset = changes[low - 1].offset }
    return LocalTime(seconds: universal &+ offset)
  }
}

extension OfficeHours {
  /// Whether a time on the wall lies within.
  func contains(_ time: LocalTime) -> Bool {
    switch self {
    case .range(let from, let to): return from <= time && time < to
    case .weekly(let days, let hours):
      let today = days.contains(time.weekday)
      let yesterday = days.contains(LocalTime(seconds: time.seconds &- 86_400).weekday)
      guard !hours.isEmpty else { return today }
      let second = time.secondOfDay
      return hours.contains { part in
        let from = Int64(part.from) * 60
        let to = Int64(part.to) * 60
        if from < to { return today && second >= from && second < to }
        // Over midnight: the night belongs to the day on which it began.
        return today && second >= from || yesterday && second < to
      }
    }
  }
}
