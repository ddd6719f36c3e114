import Measurement

/// Sentences about times: what waiting for each answer would have hidden, how late the generator was.
struct LoadTimings: Sendable {
  let step: LoadStep

  /// The latency is told to differ from what a waiting client sees where it is so many times as long.
  private static let much = 2.0

  /// Where a client that waits for each answer would have seen less than half of the latency.
  private var hidden: (name: String, latency: Double, service: Double)? {
    guard let all = step.all, let service = step.service else { return nil }
    let at999 = all.meant(0.999).flatMap { time in service.at(0.999).map { (time, $0) } }
    if let (time, seen) = at999, time > seen * Self.much {
      return ("99.9 % of the events within", time, seen)
    }
    if let time = all.longest, let seen = service.longest, time > seen * Self.much {
      return ("the slowest event within", time, seen)
    }
    return nil
  }

  /// Whether waiting for each answer would have shown something else.
  var isHidden: Bool { hidden != nil }

  /// What is called coordinated omission, in one plain sentence; nil where it makes no difference.
  var omission: String? {
    guard let hidden else { return nil }
    return "A client that sends only after each answer would have seen \(hidden.name) "
      + "\(wallTime(hidden.service)) instead of \(wallTime(hidden.latency)): while the engine stands "
      + "still it does not send, and so does not meet those who wait (coordinated omission)."
  }

  /// How late the generator was.
  var lateness: String {
    let late = step.lateness
    guard late.count > 0, let longest = late.longest else {
      return "How late the generator was is not known."
    }
    if longest <= 0 { return "The generator sent every event when it was due." }
    guard let most = late.meant(0.99) else {
      return "The generator sent every event at most \(wallTime(longest)) late."
    }
    return "The generator sent 99 % of its events at most \(wallTime(most)) late, the latest "
      + "\(wallTime(longest)) late."
  }
}
