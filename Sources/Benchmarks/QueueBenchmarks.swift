import CPlainLoops
import VirtualTime

extension Benchmark {
  static let mm1 = queue("mm1", "M/M/1 at 90 % load: one agent actor", servers: 1, load: 0.9)
  static let mm100 = queue(
    "mm100", "M/M/100 at 95 % load: a hundred agent actors", servers: 100, load: 0.95)

  private static func queue(
    _ name: String, _ summary: String, servers: Int, load: Double
  ) -> Benchmark {
    Benchmark(name: name, summary: summary) { settings in
      [
        race(
          name, settings,
          kernel: {
            QueueModel.run(servers: servers, load: load, customers: settings.customers, seed: 1)
          },
          plain: {
            let result = plain_mmc(Int32(servers), load, settings.customers, 1)
            return Outcome(events: result.events, check: result.check)
          })
      ]
    }
  }
}

/// Customers, a desk that lets them wait, and agents that serve them one by one.
enum QueueModel {
  static func run(servers: Int, load: Double, customers: Int, seed: UInt64) -> Outcome {
    let kernel = Kernel(seed: seed)
    let desk = Desk(kernel: kernel, load: load * Double(servers), customers: customers)
    let door = Near(desk, of: kernel)
    let clerks = (0..<servers).map { Clerk(kernel: kernel, number: $0, desk: desk) }
    for clerk in clerks {
      let target = kernel.register(clerk)
      let clerk = Near(clerk, of: kernel)
      clerk(target) { $0.begin($1) }
      door(clerk) { $0.hire($1) }
    }
    door(kernel.register(desk)) { $0.open($1) }
    let ending = kernel.run()
    return withExtendedLifetime(clerks) {
      Outcome(events: ending.events, check: door { $0.waited } * 1e-9 / Double(customers))
    }
  }
}

/// Takes customers in, keeps them in line, and sends them to whoever is idle.
private actor Desk: EventTarget {
  nonisolated let kernel: Kernel
  private let customers: Int
  private let gap: Double
  @safe @exclusivity(unchecked) private var draws: Draws
  @safe @exclusivity(unchecked) private var line = Line()
  @safe @exclusivity(unchecked) private var idle: [Int] = []
  @safe @exclusivity(unchecked) private var clerks: [Near<Clerk>] = []
  @safe @exclusivity(unchecked) private var arrival = Event(to: .nobody, kind: 0)
  private var arrived = 0
  private(set) var waited: Double = 0

  init(kernel: Kernel, load: Double, customers: Int) {
    self.kernel = kernel
    self.customers = customers
    gap = 1 / load
    draws = Draws(seed: kernel.seed)
  }

  func hire(_ clerk: Near<Clerk>) {
    idle.insert(clerks.count, at: 0)
    clerks.append(clerk)
  }

  func open(_ target: Target) {
    arrival = Event(to: target, kind: 0)
    kernel.schedule(arrival, afterNanoseconds: draws.exponential(meanSeconds: gap))
  }

  func receive(_ event: Event) {
    arrived += 1
    if arrived < customers {
      kernel.schedule(arrival, afterNanoseconds: draws.exponential(meanSeconds: gap))
    }
    if let clerk = idle.popLast() {
      serve(by: clerk)
    } else {
      line.append(kernel.now.nanoseconds)
    }
  }

  func freed(_ clerk: Int) {
    if let since = line.removeFirst() {
      waited += Double(kernel.now.nanoseconds - since)
      serve(by: clerk)
    } else {
      idle.append(clerk)
    }
  }

  private func serve(by clerk: Int) {
    clerks[clerk](draws.exponential(meanSeconds: 1)) { $0.start($1) }
  }
}

/// Serves one customer at a time.
private actor Clerk: EventTarget {
  nonisolated let kernel: Kernel
  private let number: Int
  private let desk: Near<Desk>
  private var done = Event(to: .nobody, kind: 1)

  init(kernel: Kernel, number: Int, desk: Desk) {
    self.kernel = kernel
    self.number = number
    self.desk = Near(desk, of: kernel)
  }

  func begin(_ target: Target) {
    done = Event(to: target, kind: 1, subject: UInt32(number))
  }

  func start(_ nanoseconds: Int64) {
    kernel.arm(done, afterNanoseconds: nanoseconds)
  }

  func receive(_ event: Event) {
    desk(number) { $0.freed($1) }
  }
}

/// Who waits, by the instant of arrival: a ring that doubles when it is full.
private struct Line {
  private var ring = [Int64](repeating: 0, count: 1024)
  private var head = 0
  private var count = 0

  mutating func append(_ instant: Int64) {
    if count == ring.count {
      ring = Array(ring[head...] + ring[..<head]) + [Int64](repeating: 0, count: count)
      head = 0
    }
    ring[(head + count) & (ring.count - 1)] = instant
    count += 1
  }

  mutating func removeFirst() -> Int64? {
    guard count > 0 else { return nil }
    let first = ring[head]
    head = (head + 1) & (ring.count - 1)
    count -= 1
    return first
  }
}
