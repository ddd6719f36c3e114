extension EngineCore {
  /// Does everything that follows from a change until nothing is left: runs, queues, triggers, in this order.
  @inline(__always)
  mutating func settle() {
    if agenda.isUnsettled || desk.mayServe { settleAll() }
  }

  @inline(never)
  private mutating func settleAll() {
    while true {
      if agenda.hasReady {
        continueReady()
      } else if desk.mayServe, serveQueues() == .served {
        continue
      } else if let occasion = agenda.nextOccasion() {
        fire(occasion)
      } else {
        break
      }
    }
    if agenda.hasQueued { announceQueued() }
    agenda.settle()
    checkSettled()
  }

  /// Lets the runs go on that something happened to.
  mutating func continueReady() {
    while let run = agenda.nextRun() {
      if let place = live(run), runs[place].state == .ready { execute(place) }
    }
  }

  /// Lets a run go on with the step after the one it waited at, when its turn comes.
  @inline(__always)
  mutating func proceed(_ place: Int) { proceed(place, at: runs[place].counter &+ 1) }

  /// Lets a run go on at an instruction, when its turn comes.
  @inline(__always)
  mutating func proceed(_ place: Int, at counter: Int32) {
    let run = runs.handle(place)
    run.row.counter = counter
    run.row.state = .ready
    agenda.add(runID(place))
  }
}
