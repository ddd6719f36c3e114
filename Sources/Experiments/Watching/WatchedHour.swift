import Engine
public import Measurement
import World

/// The same hour of the same run under two ways of assigning, the same customers side by side.
public struct WatchedHour: Sendable {
  /// One way's half.
  public struct Side: Sendable {
    /// Everybody who was without an answer or with an agent in the hour, in the order of keys.
    public var customers: [(key: Int, customer: WatchedDay.Customer)] = []
    /// Who had whom, doing what; times are seconds of the run, not cut to the hour.
    public var spans: [(key: Int, span: ResultDocument.LaneSpan)] = []
    /// When agents were away.
    public var away: [ResultDocument.LaneSpan] = []
    /// Moves from one agent to another in the hour.
    public var moves: [(key: Int, move: ResultDocument.LaneTransfer)] = []
    /// Assignments to an agent in the hour that are no moves.
    public var given: [Given] = []
    /// Customers who gave up in the hour.
    public var left: [(key: Int, departure: ResultDocument.LaneDeparture)] = []

    /// How many of the customers were moved.
    public var movedCustomers: Int { Set(moves.map(\.key)).count }
  }

  /// An assignment to somebody; the time is in seconds of the run.
  public struct Given: Sendable, Equatable {
    /// Whose.
    public var key: Int
    /// When.
    public var at: Double
    /// To whom.
    public var agent: Int
  }

  /// Start in nanoseconds of the run.
  public let from: Int64
  /// End in nanoseconds of the run.
  public private(set) var to: Int64
  /// The two halves; where one way is watched they are the same.
  public private(set) var sides: [Side] = []
  /// Whether the end is earlier than was asked for, since more customers are not shown.
  public private(set) var isShortened = false

  /// As many customers of one way are shown: nobody follows more with the eye.
  static let mostCustomers = 1_000
  /// No less than this is shown, however many they are.
  private static let leastLength: Int64 = 60_000_000_000

  /// Cuts an hour out of two runs.
  public init(_ days: [WatchedDay], from: Int64, to: Int64) {
    self.from = from
    self.to = to
    while self.to - from > Self.leastLength,
      days.contains(where: { Self.numbers(of: $0, from, self.to).count > Self.mostCustomers })
    {
      self.to = max(from + Self.leastLength, from + (self.to - from) / 2)
      isShortened = true
    }
    var keys = Keys()
    sides = days.map { side(of: $0, &keys) }
  }

  /// The same small number for the same first message under every way.
  private struct Keys {
    struct Message: Hashable {
      var visitor: UInt64
      var wrote: Int64
    }

    var known: [Message: Int] = [:]
    var last = 0

    mutating func key(of customer: WatchedDay.Customer) -> Int {
      let message = Message(visitor: customer.visitor, wrote: customer.wrote)
      if let key = known[message] { return key }
      last += 1
      known[message] = last
      return last
    }
  }

  /// The conversations that touch a time: without an answer in it, or with an agent.
  private static func numbers(of day: WatchedDay, _ from: Int64, _ to: Int64) -> Set<Int> {
    var numbers: Set<Int> = []
    for customer in day.customers
    where customer.wrote < to && customer.waitedUntil ?? .max > from {
      numbers.insert(customer.number)
    }
    let (first, last) = (Double(from) / 1e9, Double(to) / 1e9)
    for span in day.lanes.spans where span.from < last && span.to > first {
      if let conversation = span.conversation { numbers.insert(conversation) }
    }
    return numbers
  }

  private func side(of day: WatchedDay, _ keys: inout Keys) -> Side {
    let (first, last) = (Double(from) / 1e9, Double(to) / 1e9)
    let numbers = Self.numbers(of: day, from, to)
    var side = Side()
    var keyOf: [Int: Int] = [:]
    for customer in day.customers where numbers.contains(customer.number) {
      let key = keys.key(of: customer)
      keyOf[customer.number] = key
      side.customers.append((key, customer))
    }
    side.customers.sort { $0.key < $1.key }
    for span in day.lanes.spans where span.from < last && span.to > first {
      if let conversation = span.conversation {
        if let key = keyOf[conversation] { side.spans.append((key, span)) }
      } else {
        side.away.append(span)
      }
    }
    func isInside(_ time: Double) -> Bool { time >= first && time < last }
    for move in day.lanes.transfers where isInside(move.at) {
      if let key = keyOf[move.conversation] { side.moves.append((key, move)) }
    }
    for departure in day.lanes.departures where isInside(departure.at) {
      if let key = keyOf[departure.conversation] { side.left.append((key, departure)) }
    }
    for assignment in day.assignments {
      let at = Double(assignment.at.nanoseconds) / 1e9
      guard isInside(at), let agent = assignment.entry.to?.index,
        let key = assignment.entry.conversation.flatMap({ keyOf[Int($0.raw)] }),
        !side.moves.contains(where: { $0.key == key && $0.move.at == at && $0.move.toLane == agent }
        )
      else { continue }
      side.given.append(Given(key: key, at: at, agent: agent))
    }
    return side
  }
}
