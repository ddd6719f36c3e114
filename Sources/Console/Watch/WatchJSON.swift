/// An hour as the page is told it; rows are short lists, since there are thousands.
///
/// Times are seconds after `from`, and may lie before or after the hour. `hours` are `[from, words]`, a
/// side's `way` is an index into `ways`: name, hue and mark. Its lists:
///
///     customers  [key, number, wrote, answered | null, ended | null, how]; how: 0 closed, 1 gave up,
///                2 open. `key` is the same for the same first message on both sides; `number` need not be
///     spans      [key, what, begin, end, agent]; what: 0 agent writes, 1 waits, nobody writes,
///                2 customer's turn, 3 wraps up
///     away       [agent, begin, end]
///     moves      [at, key, from agent, to agent]
///     given      [at, key, agent]
///     left       [at, key, agent | -1]: customers who gave up
struct WatchJSON: Encodable {
  /// One value of a row.
  enum Cell: Encodable {
    case number(Int)
    /// Seconds, to a tenth.
    case seconds(Double)
    case text(String)
    case none

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .number(let number): try container.encode(number)
      case .seconds(let seconds): try container.encode((seconds * 10).rounded() / 10)
      case .text(let text): try container.encode(text)
      case .none: try container.encodeNil()
      }
    }
  }

  typealias Row = [Cell]

  /// One way's half of the hour.
  struct Side: Encodable {
    var way: Int
    /// The transfer's wait in seconds, and words.
    var rule: Row?
    var customers: [Row] = []
    var spans: [Row] = []
    var away: [Row] = []
    var moves: [Row] = []
    var given: [Row] = []
    var left: [Row] = []

    private enum Key: CodingKey { case way, rule, customers, spans, away, moves, given, left }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(way, forKey: .way)
      // What is missing is said: null and not left out.
      try container.encode(rule, forKey: .rule)
      try container.encode(customers, forKey: .customers)
      try container.encode(spans, forKey: .spans)
      try container.encode(away, forKey: .away)
      try container.encode(moves, forKey: .moves)
      try container.encode(given, forKey: .given)
      try container.encode(left, forKey: .left)
    }
  }

  var revision: Int
  var left: Int
  var right: Int
  var run: Int
  var runs: Int
  var from: Int
  var length: Int
  var hours: [Row]
  var ways: [String]
  var agents: [String]
  /// Seconds and words; nil without a goal on first answers.
  var goal: Row?
  var longest: Int
  var at: Int
  /// The key of the customer selected first.
  var select: Int?
  var html: [String: String]
  var sides: [Side]

  private enum Key: CodingKey {
    case revision, left, right, run, runs, from, length, hours, ways, agents, goal, longest, at,
      select,
      html, sides
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(revision, forKey: .revision)
    try container.encode(left, forKey: .left)
    try container.encode(right, forKey: .right)
    try container.encode(run, forKey: .run)
    try container.encode(runs, forKey: .runs)
    try container.encode(from, forKey: .from)
    try container.encode(length, forKey: .length)
    try container.encode(hours, forKey: .hours)
    try container.encode(ways, forKey: .ways)
    try container.encode(agents, forKey: .agents)
    try container.encode(goal, forKey: .goal)
    try container.encode(longest, forKey: .longest)
    try container.encode(at, forKey: .at)
    try container.encode(select, forKey: .select)
    try container.encode(html, forKey: .html)
    try container.encode(sides, forKey: .sides)
  }
}
