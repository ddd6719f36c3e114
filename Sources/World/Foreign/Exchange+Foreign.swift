import Engine
import Scenarios
import VirtualTime

/// Worlds in which a program of somebody else's decides.
extension Exchange {
  /// What `settle` does, and the program is told and asked in between.
  @inline(never)
  func settleWithForeignDesk(_ desk: ForeignDesk) {
    let now = kernel.now
    while true {
      carryOutEffects(at: now) { tell(desk, $0) }
      let isAsked = desk.consults { run, decision in
        engine((run, decision, self.now)) { $0.decides($1.0, $1.1, at: $1.2) }
      }
      if isAsked { continue }
      if errands.isEmpty { return }
      runErrand(at: now)
    }
  }

  private func tell(_ desk: ForeignDesk, _ record: EffectRecord) {
    switch record.kind {
    case .other: desk.hear(engine(record) { $0.effect(of: $1) })
    case .sent, .sentByUser: desk.hear(engine(record) { $0.message(of: $1) })
    default: break
    }
  }

  /// Introduces the workspace to the program.
  func startForeignDesk(replication: Int, policySeed: UInt64) {
    guard let program = plan.model.engine else { return }
    let desk = ForeignDesk(program, kernel: kernel)
    foreignDesk = desk
    desk.start(.hello(plan.model, replication: replication, policySeed: policySeed))
  }
}

/// Rings when the time comes that a program asked for.
actor ForeignBell: EventTarget {
  nonisolated let kernel: Kernel
  let exchange: Exchange

  init(exchange: Exchange) {
    self.exchange = exchange
    kernel = exchange.kernel
  }

  func receive(_ event: Event) {
    exchange.foreignDesk?.rang()
    exchange.settle()
  }
}
