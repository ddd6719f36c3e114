import Engine
import Scenarios
import VirtualTime

/// The engine stopped, and started again from what it wrote down.
extension Exchange {
  /// The engine is written down and gone; until it is back one is there that knows nothing.
  func stopEngine(until back: Instant) {
    faults.counts.restarts += 1
    do {
      faults.snapshot = try engine({ actor in Result { try EngineSnapshot(of: actor.core) } }).get()
    } catch {
      return notes.violations.append("the engine cannot be written down: \(error)")
    }
    engine(EngineCore(settings: plan.model.settings)) { $0.resume($1) }
    downUntil = back
  }

  /// The engine is read back, and goes on as if nothing had been.
  func startEngine() {
    guard let snapshot = faults.snapshot else { return }
    faults.snapshot = nil
    downUntil = Exchange.notDown
    let stray = engine { $0.core.eventCount }
    if stray > 0 { notes.violations.append("\(stray) events reached the engine while it was down") }
    do {
      let core = try snapshot.read()
      notes.violations += core.checkInvariants().map(\.description)
      engine(core) { $0.resume($1) }
    } catch {
      notes.violations.append("the engine cannot be read back: \(error)")
    }
  }

  /// Whether the engine is stopped.
  var isDown: Bool { @inline(__always) get { downUntil != Exchange.notDown } }

  /// When the engine is back that was never gone.
  static let notDown = Instant.distantPast

  /// What comes for the engine while it is down comes when it is back, in the same order.
  @discardableResult
  func postpone(_ event: Event) -> TimerHandle {
    faults.counts.heldEvents += 1
    return kernel.schedule(event, at: downUntil)
  }
}

/// What goes wrong in a run, as far as it concerns more than one actor.
struct FaultState {
  var counts = FaultCounts()
  /// What the engine wrote down before it stopped.
  var snapshot: EngineSnapshot?
}
