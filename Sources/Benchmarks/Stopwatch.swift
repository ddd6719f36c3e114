import CPlainLoops
import Glibc

/// What one run of one side gave.
struct Outcome {
  let events: UInt64
  /// A figure that both sides must agree on.
  let check: Double
}

/// Runs both sides in turn and keeps the least time of each.
///
/// In turn, because a shared machine has slow minutes; the least, because whatever disturbs a run
/// makes it longer.
func race(
  _ name: String, _ settings: Settings, kernel: () -> Outcome, plain: () -> Outcome
) -> Row {
  var row = Row(name: name, events: 0, seconds: .infinity, plainSeconds: .infinity)
  for _ in 0..<settings.repeats {
    let (plainSeconds, plainOutcome) = stopwatch { plain() }
    row.plainSeconds = min(row.plainSeconds ?? .infinity, plainSeconds)
    PeakMemory.reset()
    let (seconds, outcome) = stopwatch { kernel() }
    row.peakBytes = PeakMemory.bytes
    row.seconds = min(row.seconds, seconds)
    row.events = outcome.events
    // Times are whole nanoseconds on one side only: now and then two events change places there,
    // and with them their draws, which is still the same work.
    let difference = abs(outcome.check - plainOutcome.check)
    if outcome.events != plainOutcome.events || difference > 0.01 * abs(plainOutcome.check) {
      row.note = "NOT THE SAME WORK: \(outcome) and \(plainOutcome)"
    }
  }
  return row
}

/// How many seconds something takes, unless told otherwise of the calling thread's processor time:
/// other programs on the machine do not lengthen it much.
func stopwatch<Result>(
  _ clock: clockid_t = CLOCK_THREAD_CPUTIME_ID, _ body: () -> Result
) -> (seconds: Double, result: Result) {
  let start = nanoseconds(clock)
  let result = body()
  return (Double(nanoseconds(clock) - start) * 1e-9, result)
}

private func nanoseconds(_ clock: clockid_t) -> Int64 {
  var time = timespec()
  unsafe clock_gettime(clock, &time)
  return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
}

/// The most memory that this process has held, as the system counts it.
enum PeakMemory {
  /// Starts counting anew, where the system allows it.
  static func reset() {
    plain_give_memory_back()
    guard let file = unsafe fopen("/proc/self/clear_refs", "w") else { return }
    unsafe fputs("5", file)
    unsafe fclose(file)
  }

  /// The peak since the last reset.
  static var bytes: Int? {
    guard let file = unsafe fopen("/proc/self/status", "r") else { return nil }
    defer { unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while unsafe fgets(&line, Int32(line.count), file) != nil {
      let text = String(
        decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      if text.hasPrefix("VmHWM:") {
        return text.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
          .flatMap { Int($0) }.map { $0 * 1024 }
      }
    }
    return nil
  }
}
