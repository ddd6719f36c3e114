import Glibc
import VirtualTime

extension Benchmark {
  static let twoThreads = Benchmark(
    name: "two-threads", summary: "two replications of mm100 on two threads, against one by one"
  ) { settings in
    var wall = [Double.infinity, .infinity]
    var processor = [Double.infinity, .infinity]
    var events: UInt64 = 0
    for _ in 0..<settings.repeats {
      for threads in 1...2 {
        let (seconds, used) = stopwatch(CLOCK_MONOTONIC) {
          stopwatch(CLOCK_PROCESS_CPUTIME_ID) {
            inParallel(count: 2, threads: threads) { number in
              QueueModel.run(
                servers: 100, load: 0.95, customers: settings.customers, seed: UInt64(number + 1))
            }
          }
        }
        events = used.result.reduce(0) { $0 + $1.events }
        wall[threads - 1] = min(wall[threads - 1], seconds)
        processor[threads - 1] = min(processor[threads - 1], used.seconds)
      }
    }
    // The second figure does not depend on whether both processors were free: threads that do not
    // get in each other's way need the same processor time together as one after the other.
    let speedup = CommandLineTool.fixed(wall[0] / wall[1], 2)
    let overhead = CommandLineTool.fixed(processor[1] / processor[0], 2)
    return [
      Row(
        name: "two-threads", events: events, seconds: wall[1],
        note: "\(speedup) times one thread, for \(overhead) times the processor time")
    ]
  }
}
