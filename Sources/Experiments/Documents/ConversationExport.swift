import Engine
public import Scenarios
public import World

/// The platform's own export of conversations (PLATFORM.md 6.3): thirty columns in its order, so that
/// whatever reads the platform's files reads these.
public struct ConversationExport: Sendable {
  /// The header, each column with what stands in it.
  public static let columns: KeyValuePairs<String, String> = [
    "Conversation ID": "The conversation's number, quoted: spreadsheets lose digits of it.",
    "DateTime Conversation Started": "When it was opened, on the workspace's clock.",
    "DateTime Conversation Resolved": "When it was closed; empty while it is open.",
    "Contact ID": "The contact's number, quoted.",
    "Assignee": "Who has the contact now.",
    "Number of Outgoing Messages": "Messages to the contact.",
    "Number of Incoming Messages": "Messages of the contact.",
    "DateTime First Response": "When a user answered for the first time.",
    "Conversation Category": "The category of the closing note.",
    "Closing Note Summary": "Its summary.",
    "Closed By": "The user who closed it.",
    "First Response Time": "From opening to the first response.",
    "Resolution Time": "From opening to closing.",
    "First Assignee": "Who was assigned first in it.",
    "Closed By Source": "What closed it.",
    "Closed By Team": "The team of the user who closed it.",
    "Opened By Source": "What opened it.",
    "Opened By Channel": "The channel that it was opened on, a number; empty without one.",
    "First Assignment Timestamp": "When somebody was assigned first in it.",
    "First Response By": "The user who answered first.",
    "Last Assignment Timestamp": "When somebody was assigned last.",
    "Last Assignee": "Who that was.",
    "Time to First Assignment":
      "From opening to the first assignment; empty if the contact had an assignee.",
    "First Assignment to First Response Time": "From the first assignment to the first response.",
    "Last Assignment to Response Time": "From the last assignment to the response after it.",
    "First Assignment to Close Time": "From the first assignment to closing.",
    "Last Assignment to Close Time": "From the last assignment to closing.",
    "Average Response Time": "The mean over all responses.",
    "Number of Assignments": "Changes of the assignee.",
    "Number of Responses": "Answers of users to what the contact wrote.",
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
  /// The header, each column with what stands in it.
  public static let columns: KeyValuePairs<String, String> = [
    "strategy": "The strategy.",
    "replication": "The run, counted from 1.",
    "at_s": "When, from the start of the run.",
    "conversation": "The conversation, as in the export; empty without an open one.",
    "contact": "The contact, as in the export.",
    "from": "Who had the contact; empty for nobody.",
    "to": "Who has it now; empty for nobody.",
    "source": "By which way.",
    "actor": "By whom: a user, a workflow, a program.",
    "reason": "Why.",
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
