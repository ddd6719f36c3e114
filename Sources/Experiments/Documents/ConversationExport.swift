import Engine
public import Scenarios
public import World

/// The platform's own export of conversations (PLATFORM.md 6.3): thirty columns in its order, so that
/// whatever reads the platform's files reads these.
public struct ConversationExport: Sendable {
  /// The header.
  public static let columns = [
    "Conversation ID", "DateTime Conversation Started", "DateTime Conversation Resolved",
    "Contact ID", "Assignee", "Number of Outgoing Messages", "Number of Incoming Messages",
    "DateTime First Response", "Conversation Category", "Closing Note Summary", "Closed By",
    "First Response Time", "Resolution Time", "First Assignee", "Closed By Source",
    "Closed By Team", "Opened By Source", "Opened By Channel", "First Assignment Timestamp",
    "First Response By", "Last Assignment Timestamp", "Last Assignee",
    "Time to First Assignment", "First Assignment to First Response Time",
    "Last Assignment to Response Time", "First Assignment to Close Time",
    "Last Assignment to Close Time", "Average Response Time", "Number of Assignments",
    "Number of Responses",
  ]

  /// One row for each conversation; an empty text where something did not happen.
  public let rows: [[String]]

  /// The rows of one run.
  public init(_ ledger: Ledger, _ scenario: Scenario) {
    let clock = Clock(scenario)
    rows = ledger.conversations.map { Self.row($0, clock) }
  }

  /// Virtual time on the workspace's clock.
  struct Clock {
    private let epoch: Int64
    private let zone: TimeZoneRules

    init(_ scenario: Scenario) {
      epoch = scenario.epoch
      zone = scenario.timeZone
    }

    func text(_ time: EngineTime) -> String {
      guard time != .never else { return "" }
      return CivilTime(zone.local(time, epoch: epoch)).dateAndTime
    }
  }

  private static func row(_ record: ConversationRecord, _ clock: Clock) -> [String] {
    let course = record.course
    func user(_ id: UserID?) -> String { id.map { "\($0.raw + 1)" } ?? "" }
    func length(_ from: EngineTime, _ to: EngineTime) -> String {
      from == .never || to == .never ? "" : CivilTime.length(to - from)
    }
    return [
      number(record.id.raw), clock.text(record.openedAt), clock.text(record.closedAt),
      number(record.contact.raw), user(record.assignee), "\(course.outgoing)",
      "\(course.incoming)", clock.text(course.firstResponseAt), record.category, record.summary,
      user(record.closedByUser), length(record.openedAt, course.firstResponseAt),
      length(record.openedAt, record.closedAt), user(course.firstAssignee),
      record.closedBy.map { "\($0)" } ?? "", record.closedByTeam.map { "\($0.raw + 1)" } ?? "",
      "\(record.openedBy)", record.openedOn.map { "\($0.raw + 1)" } ?? "",
      clock.text(course.firstAssignmentAt), user(course.firstResponseBy),
      clock.text(course.lastAssignmentAt), user(course.lastAssignee),
      length(record.openedAt, course.firstAssignmentAt),
      course.firstAssignmentToFirstResponse.map(CivilTime.length) ?? "",
      length(course.lastAssignmentAt, course.lastAssignmentResponseAt),
      length(course.firstAssignmentAt, record.closedAt),
      length(course.lastAssignmentAt, record.closedAt),
      course.averageResponseTime.map(CivilTime.length) ?? "", "\(course.assignments)",
      "\(course.responses)",
    ]
  }

  /// Sixteen digits, as the platform's ids have.
  static func number(_ raw: UInt64) -> String { "\(firstNumber &+ raw)" }

  /// The number that the engine knows a conversation by: exports show it behind a one and noughts.
  public static func conversation(_ number: UInt64) -> UInt64 {
    number > firstNumber ? number - firstNumber : number
  }

  private static let firstNumber: UInt64 = 1_000_000_000_000_000
}

/// Every change of an assignee in all runs, for `assignments.csv`.
public struct AssignmentExport: Sendable {
  /// The header.
  public static let columns = [
    "strategy", "replication", "at_s", "conversation", "contact", "from", "to", "source", "actor",
    "reason",
  ]

  /// One row of the file.
  public struct Row: Sendable {
    /// When, in seconds since the start.
    public var at: Double
    /// Conversation and contact, as in the export of conversations; empty without an open one.
    public var ids: [String]
    /// From whom, to whom, by which way, by whom and why.
    public var words: [String]
  }

  /// The rows of one run.
  public let rows: [Row]

  /// The entries of a ledger with the names of the scenario.
  public init(_ ledger: Ledger, agents: [String], workflows: [String]) {
    func name(_ id: UserID?) -> String {
      id.map { $0.index < agents.count ? agents[$0.index] : "\($0)" } ?? ""
    }
    func name(_ actor: Actor) -> String {
      switch actor {
      case .contact: "contact"
      case .user(let user): name(user)
      case .workflow(let id): id.index < workflows.count ? workflows[id.index] : "\(id)"
      case .program(let source): "\(source)"
      case .workspace: "workspace"
      }
    }
    rows = ledger.assignments.map { assignment in
      let entry = assignment.entry
      return Row(
        at: Double(assignment.at.nanoseconds) / 1e9,
        ids: [
          entry.conversation.map { ConversationExport.number($0.raw) } ?? "",
          ConversationExport.number(entry.contact.raw),
        ],
        words: [
          name(entry.from), name(entry.to), "\(entry.source)", name(entry.actor),
          entry.reason.name,
        ])
    }
  }
}
