import Engine
import Measurement
import Scenarios

extension Features {
  /// The platform's reports are made.
  static let reports = Features(rawValue: 128)
}

/// What the platform's reports are told, in the run of which they are made.
extension Exchange {
  /// Whether the engine is asked for the accounts of closed conversations: elsewhere there are none.
  var keepsAccounts: Bool { ledger != nil || reports != nil }

  /// Something became of a message to a contact.
  @inline(__always)
  func report(_ message: OutgoingMessage, _ fate: ReportRecorder.Fate) {
    if features.contains(.reports) { reported(message, fate) }
  }

  @inline(never)
  private func reported(_ message: OutgoingMessage, _ fate: ReportRecorder.Fate) {
    var user: Int?
    let kind: Int
    switch message.sender {
    case .user(let id): (user, kind) = (id.index, Source.user.number)
    case .run: kind = Source.workflow.number
    case .program(let source): kind = source.number
    case .broadcast: kind = Source.allCases.count
    }
    reports?.outgoing(
      fate, to: message.contact.slot, on: message.channel.index, by: user, kind: kind)
  }

  /// The reports at the end of the run, the open conversations included.
  func finishedReports() -> ResultDocument.Reports? {
    guard reports != nil else { return nil }
    for record in openRecords { reports?.stillOpen(ReportedConversation(record, clock)) }
    return reports?.reports { CivilTime(clock.local(atSecond: 0).later(days: $0)).date }
  }
}

extension Contact {
  /// A message of the contact is there, by which the platform may get to know it.
  @inline(never)
  func reported() {
    exchange.reports?.received(on: channel.index, kind: Source.contact.number)
    if id == nil, !facts.flags.contains(.profile) { exchange.reports?.added(on: channel.index) }
  }
}

extension WorldPlan {
  /// What the rows of the platform's reports are called.
  var reportNames: ReportRecorder.Names {
    ReportRecorder.Names(
      users: model.agents.map(\.name), teamOfUser: model.agents.map { $0.team?.index },
      teams: model.teams.map(\.name), channels: model.channels.map(\.name),
      broadcasts: model.broadcasts.map { ($0.name, $0.channel.index) },
      sources: Source.allCases.map(\.description) + ["broadcast"])
  }
}

extension Actor {
  /// The user's number, if it is one.
  var userNumber: Int? {
    if case .user(let user) = self { return user.index }
    return nil
  }
}

extension Source {
  /// The number of its name among those of the reports.
  var number: Int { Int(rawValue) }
}

extension LocalTime {
  /// The same time some days later.
  fileprivate func later(days: Int) -> LocalTime {
    LocalTime(seconds: seconds + Int64(days) * 86_400)
  }
}

extension ReportedConversation {
  /// What the reports take from an account.
  init(_ record: ConversationRecord, _ clock: WallClock) {
    self.init(of: record.contact.raw, at: record.contact.slot)
    let midnight = clock.firstMidnight
    func day(_ time: EngineTime) -> Int {
      let second = time.nanoseconds / 1_000_000_000
      return Int((clock.local(atSecond: second).seconds - midnight) / 86_400)
    }
    openedDay = day(record.openedAt)
    let course = record.course
    func after(_ start: EngineTime, _ time: EngineTime) -> Int64? {
      start == .never || time == .never ? nil : (time - start).nanoseconds
    }
    openedBy = record.openedBy.number
    channel = record.openedOn?.index
    isNew = record.isNew
    firstResponse = after(record.openedAt, course.firstResponseAt)
    firstResponseBy = course.firstResponseBy?.index
    averageResponse = course.averageResponseTime?.nanoseconds
    responses = Int(course.responses)
    timeToFirstAssignment = after(record.openedAt, course.firstAssignmentAt)
    timeToLastAssignment = after(record.openedAt, course.lastAssignmentAt)
    firstAssignmentToFirstResponse = course.firstAssignmentToFirstResponse?.nanoseconds
    lastAssignmentToResponse = after(course.lastAssignmentAt, course.lastAssignmentResponseAt)
    guard record.closedAt != .never, let source = record.closedBy else { return }
    closing = Closing(
      on: day(record.closedAt), after: (record.closedAt - record.openedAt).nanoseconds,
      source: source.number,
      user: record.closedByUser?.index, team: record.closedByTeam?.index,
      category: record.category)
  }
}
