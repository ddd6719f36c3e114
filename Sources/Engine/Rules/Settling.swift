extension EngineCore {
  /// Does everything that follows from a change until nothing is left: runs, queues, triggers, in this order.
  @inline(__always)
  mutating func settle() {
    if isUnsettled || desk.mayServe { settleAll() }
  }

  /// Notes an occasion, for which workflows begin when its turn comes.
  @inline(__always)
  mutating func note(_ occasion: Occasion) {
    isUnsettled = true
    occasions.append(occasion)
  }

  @inline(never)
  private mutating func settleAll() {
    while true {
      if !ready.isEmpty {
        continueReady()
      } else if desk.mayServe, serveQueues() {
        continue
      } else if let occasion = occasions.next() {
        fire(occasion)
      } else {
        break
      }
    }
    if !namedOccasions.isEmpty { namedOccasions.removeAll(keepingCapacity: true) }
    if !newlyQueued.isEmpty { announceQueued() }
    isUnsettled = false
    checkSettled()
  }

  /// Lets the runs go on that something happened to.
  mutating func continueReady() {
    while let run = ready.next() {
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
    isUnsettled = true
    ready.append(runID(place))
  }
}
