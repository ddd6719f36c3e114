import VirtualTime

extension Benchmark {
  static let twoThreads = Benchmark(
    name: "two-threads", summary: "two replications of mm100 on two threads, against one by one"
  ) { settings in
    var one = Double.infinity
    var two = Double.infinity
    var events: UInt64 = 0
    for _ in 0..<settings.repeats {
      for threads in 1...2 {
        let (seconds, outcomes) = stopwatch(onTheWall: true) {
          inParallel(count: 2, threads: threads) { number in
            QueueModel.run(
              servers: 100, load: 0.95, customers: settings.customers, seed: UInt64(number + 1))
          }
        }
        events = outcomes.reduce(0) { $0 + $1.events }
        if threads == 1 { one = min(one, seconds) } else { two = min(two, seconds) }
      }
    }
    let speedup = CommandLineTool.fixed(one / two, 2)
    return [
      Row(
        name: "two-threads", events: events, seconds: two, note: "\(speedup) times one thread")
    ]
  }
}
