/// What the sender of a load test sends to: the engine in this process, or a service behind HTTP.
protocol LoadSide: AnyObject, Sendable {
  /// What it tells the crowd.
  var notices: Mailbox<LoadNotice> { get }
  /// What was measured of seconds that are over.
  var seconds: SecondBox { get }
  /// Operations that are through.
  var carriedOut: Int { get }
  /// Whether the sender looks for news itself, now and then, and is not woken by each: where the clients and
  /// perhaps the service share the machine with it.
  var isPolled: Bool { get }
  /// What is wrong beyond repair, so that the test ends; nil if nothing is.
  var failure: String? { get }

  /// Takes a batch; the sender's array is empty afterwards.
  func send(_ batch: inout ContiguousArray<LoadOperation>)
  /// Carries out what was sent and ends; returns when all is told.
  func finish() -> LoadSideReport
}

/// What a side says at its end.
struct LoadSideReport {
  /// Events that were refused.
  var refusedCount = 0
  /// What must not be and was.
  var violations: [String] = []
  /// Why the measurement counts for nothing; nil if it counts.
  var invalid: String?
  /// How long the engine stood still where a test wanted it to, in nanoseconds.
  var stoppedFor: Int64?
}
