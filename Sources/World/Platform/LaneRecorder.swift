import Measurement
import VirtualTime

/// Some minutes of one run, a lane for each agent: for the picture of who worked on what.
///
/// Kept only for the replication that is to be shown; everything is cut to the window.
struct LaneRecorder {
  typealias Window = ResultDocument.LaneWindow
  typealias Kind = ResultDocument.LaneKind

  private let from: Instant
  private let to: Instant
  private var current: [ContactNumber: Stretch] = [:]
  private var awaySince: [AgentNumber: Instant] = [:]
  private var spans: [ResultDocument.LaneSpan] = []
  private var transfers: [ResultDocument.LaneTransfer] = []
  /// Of each transfer, whether it will turn out if it helped.
  private var isAwaited: [Bool] = []
  private var departures: [ResultDocument.LaneDeparture] = []
  /// Of each conversation, the name of its customer's random streams.
  private(set) var visitors: [Int: UInt64] = [:]

  private struct Stretch {
    var conversation: Int
    var lane: AgentNumber
    var kind: Kind
    var since: Instant
  }

  init(_ request: LaneRequest) {
    from = Instant(nanoseconds: request.from)
    to = Instant(nanoseconds: request.to)
  }

  /// Whose conversation it is.
  mutating func note(_ conversation: Int, of visitor: UInt64) {
    if conversation > 0 { visitors[conversation] = visitor }
  }

  /// The conversation is with an agent now, in some state, or with nobody.
  mutating func move(
    _ contact: ContactNumber, _ conversation: Int, to lane: AgentNumber, _ kind: Kind?,
    at now: Instant
  ) {
    if let stretch = current.removeValue(forKey: contact) {
      add(stretch.lane, stretch.conversation, stretch.since, now, stretch.kind)
    }
    guard let kind, lane.isSomebody, now < to else { return }
    current[contact] = Stretch(conversation: conversation, lane: lane, kind: kind, since: now)
  }

  /// The conversation moves from one agent to another.
  mutating func transfer(_ conversation: Int, from: AgentNumber, to: AgentNumber, at now: Instant) {
    guard now >= self.from, now < self.to else { return }
    transfers.append(
      ResultDocument.LaneTransfer(
        at: Self.seconds(now), conversation: conversation, fromLane: from.index, toLane: to.index))
    isAwaited.append(false)
  }

  /// The agent that it just moved away from would have answered: it will turn out what that brought.
  mutating func awaitJudgement(_ conversation: Int, at now: Instant) {
    guard now >= from, now < to, transfers.last?.conversation == conversation else { return }
    isAwaited[isAwaited.count - 1] = true
  }

  /// It turns out whether moving the conversation away from an agent helped.
  mutating func judge(_ conversation: Int, leaving agent: AgentNumber, helped: Bool) {
    let move = transfers.indices.first {
      isAwaited[$0] && transfers[$0].conversation == conversation
        && transfers[$0].fromLane == agent.index
    }
    guard let move else { return }
    transfers[move].helped = helped
    isAwaited[move] = false
  }

  /// A customer gives up.
  mutating func departure(_ conversation: Int, lane: AgentNumber, at now: Instant) {
    guard now >= from, now < to else { return }
    departures.append(
      ResultDocument.LaneDeparture(
        at: Self.seconds(now), conversation: conversation, lane: lane.isSomebody ? lane.index : nil)
    )
  }

  /// An agent goes away or comes back.
  mutating func away(_ lane: AgentNumber, _ isAway: Bool, at now: Instant) {
    if let since = awaySince.removeValue(forKey: lane) { add(lane, nil, since, now, .away) }
    if isAway { awaySince[lane] = now }
  }

  /// Whether nothing that comes after the window can change what is in it.
  var isSettled: Bool { !isAwaited.contains(true) }

  /// The window, when the run is over.
  mutating func window(
    _ strategy: String, replication: Int, agents: [String], at end: Instant
  ) -> Window {
    for contact in current.keys.sorted() { move(contact, 0, to: .nobody, nil, at: end) }
    for lane in awaySince.keys.sorted() { away(lane, false, at: end) }
    let ordered = spans.sorted {
      ($0.lane, $0.from, $0.conversation ?? -1, $0.to) < (
        $1.lane, $1.from, $1.conversation ?? -1, $1.to
      )
    }
    return Window(
      strategy: strategy, replication: replication + 1, from: Self.seconds(from),
      to: Self.seconds(to), agents: agents, spans: ordered, transfers: transfers,
      departures: departures)
  }

  /// Seconds since the start, rounded as everything that is written.
  private static func seconds(_ instant: Instant) -> Double { Double(instant.nanoseconds) / 1e9 }

  private mutating func add(
    _ lane: AgentNumber, _ conversation: Int?, _ since: Instant, _ until: Instant, _ kind: Kind
  ) {
    let start = max(since, from)
    let end = min(until, to)
    guard start < end else { return }
    spans.append(
      ResultDocument.LaneSpan(
        lane: lane.index, conversation: conversation, from: Self.seconds(start),
        to: Self.seconds(end), kind: kind))
  }
}
