import Engine
import Measurement
import Scenarios
import VirtualTime

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

  /// Tells the reports of one of the frequent effects; of the others they are told when those are carried out.
  func report(_ effect: EffectRecord) {
    let place = effect.contact.slot
    switch effect.kind {
    case .opened: reports?.opened(place, assignee: effect.assignee?.index)
    case .openedForUser:
      reports?.opened(place, assignee: nil)
      reportAssigned(effect)
    case .assigned: reportAssigned(effect)
    case .closed: if let record = account(of: effect) { reportClosed(record) }
    case .answeredAndClosed:
      guard let record = account(of: effect) else { return }
      for fate in [ReportRecorder.Fate.sent, .delivered] {
        reports?.outgoing(
          fate, to: place, on: Int(effect.channel), by: record.closedByUser?.index,
          kind: Source.user.number)
      }
      reportClosed(record)
    case .sentByUser, .sent, .timerArmed, .timerCancelled, .runStarted, .runWaits, .runEnded,
      .other:
      break
    }
  }

  private func reportAssigned(_ effect: EffectRecord) {
    reports?.assigned(
      effect.contact.slot, to: effect.assignee?.index, source: effect.source.number, by: nil)
  }

  private func account(of effect: EffectRecord) -> ConversationRecord? {
    effect.account.map { closedConversation($0, of: effect.contact) }
  }

  /// The account of a contact's conversation that was closed just now.
  func closedConversation(_ account: ClosedConversation, of contact: ContactID)
    -> ConversationRecord
  {
    let lost = repliesMayFail ? known[contact.slot]?({ $0.doomed }) ?? [] : []
    return engine((account, lost)) { $0.closedConversation($1.0, lost: $1.1) }
  }

  /// A conversation is over, and this is its account.
  func reportClosed(_ record: ConversationRecord) {
    reports?.closed(reported(record))
  }

  /// What the reports take from an account.
  private func reported(_ record: ConversationRecord) -> ReportedConversation {
    let openedDay = openedDays.day(of: record.openedAt)
    let closedDay = record.closedAt == .never ? nil : closedDays.day(of: record.closedAt)
    return ReportedConversation(record, opened: openedDay, closed: closedDay)
  }

  /// The reports at the end of the run, the open conversations included.
  func finishedReports() -> ResultDocument.Reports? {
    guard reports != nil else { return nil }
    for record in openRecords { reports?.stillOpen(reported(record)) }
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
  /// What the reports take from an account of which they know the days.
  fileprivate init(_ record: ConversationRecord, opened: Int, closed: Int?) {
    self.init(of: record.contact.raw, at: record.contact.slot)
    let course = record.course
    func after(_ start: EngineTime, _ time: EngineTime) -> Int64? {
      start == .never || time == .never ? nil : (time - start).nanoseconds
    }
    openedDay = opened
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
    guard let closed, let source = record.closedBy else { return }
    closing = Closing(
      on: closed, after: (record.closedAt - record.openedAt).nanoseconds, source: source.number,
      user: record.closedByUser?.index, team: record.closedByTeam?.index,
      category: record.category)
  }
}
