import Engine
import Scenarios

/// What the reports say of a conversation (PLATFORM.md 6.2).
extension CasePlayer {
  /// A figure of the contact's open conversation, or of the last one that was closed.
  func figure(
    _ figure: CaseFile.Figure, of contact: CaseFile.ContactNumber
  ) -> CaseFile.FigureValue? {
    let closed = ledgers.indices.contains(contact) ? ledgers[contact].closed : nil
    guard let record = core.openConversation(of: id(contact)) ?? closed else { return nil }
    let course = record.course
    switch figure {
    case .firstResponse: return span(from: record.openedAt, to: course.firstResponseAt)
    case .firstResponseBy: return course.firstResponseBy.map { .user($0) }
    case .timeToFirstAssignment: return span(from: record.openedAt, to: course.firstAssignmentAt)
    case .resolution: return span(from: record.openedAt, to: record.closedAt)
    case .assignments: return .count(Int(course.assignments))
    case .responses: return .count(Int(course.responses))
    case .averageResponse: return course.averageResponseTime.map { .duration($0) }
    case .firstAssignmentToFirstResponse:
      return course.firstAssignmentToFirstResponse.map { .duration($0) }
    case .lastAssignmentToResponse:
      return span(from: course.lastAssignmentAt, to: course.lastAssignmentResponseAt)
    case .contactType: return .word(record.isNew ? "new" : "returning")
    }
  }

  private func span(from start: EngineTime, to end: EngineTime) -> CaseFile.FigureValue? {
    start == .never || end == .never ? nil : .duration(end - start)
  }
}

extension CaseWords {
  /// A figure as a case has it.
  func figure(_ value: CaseFile.FigureValue?) -> String {
    switch value {
    case .duration(let duration): "\(duration)"
    case .user(let user): self.user(user)
    case .count(let count): "\(count)"
    case .word(let word): word
    case nil: "none"
    }
  }
}
