/// A named measurement.
struct Benchmark: Sendable {
  let name: String
  /// What is done, in one line.
  let summary: String
  /// Measures and gives the rows to print.
  let measure: @Sendable (Settings) -> [Row]
}

/// What the command line says.
struct Settings: Sendable {
  /// How many customers, or events where there are no customers.
  var customers = 1_000_000
  /// How often each side is run; the least time counts.
  var repeats = 5
  /// Whether the plain C loops are left out, for a look at what takes the time.
  var isAlone = false
}

/// One line of the table.
struct Row: Sendable {
  var name: String
  var events: UInt64
  var seconds: Double
  /// The plain C loop's time for the same work, where there is one.
  var plainSeconds: Double?
  /// The most memory that the process held meanwhile.
  var peakBytes: Int?
  /// What else is worth saying.
  var note = ""
}
