import Engine
import Sampling
import Scenarios
import VirtualTime

/// What is known of a contact before it writes, and how it answers a workflow's questions.
extension Contact {
  /// What the engine is told of a contact besides its first message; nil when there is nothing.
  func profile() -> ContactProfile? {
    guard exchange.hasProfiles[population] else { return nil }
    let plan = exchange.plan.model.populations[population]
    var profile = ContactProfile(isArriving: true)
    var known = exchange.streams.stream(.known, of: entity)
    if plan.knownShare > 0, known.chance(plan.knownShare) {
      profile.isArriving = false
      profile.earlierConversations = 1
      profile.assignee = knownAssignee(plan)
      state.assignee = profile.assignee.map { Int32($0.index) } ?? -1
    }
    var draws = exchange.streams.stream(.fields, of: entity)
    for field in plan.fields {
      if let value = field.values[field.shares.choose(&draws)] {
        profile.fields.append(FieldEntry(field.field, .text(value)))
      }
    }
    return profile
  }

  /// The agent whom a known contact is still assigned to: any of them, each as likely.
  private func knownAssignee(_ plan: Population) -> UserID? {
    guard plan.assignedShare > 0, !exchange.agents.isEmpty else { return nil }
    var stream = exchange.streams.stream(.knownAssignee, of: entity)
    guard stream.chance(plan.assignedShare) else { return nil }
    return UserID(index: stream.integer(below: exchange.agents.count))
  }

  // MARK: - Questions of a workflow

  /// A workflow asks: some never answer, some not validly, most after a while.
  func isAsked() {
    let answers = exchange.plan.model.populations[population].answers
    questionsAsked &+= 1
    var never = exchange.streams.stream(.answerText, of: entity, turn: questionsAsked)
    if answers.never > 0, never.chance(answers.never) { return }
    var stream = exchange.streams.stream(.answerDelay, of: entity, turn: questionsAsked)
    let delay = answers.after.sampleNanoseconds(&stream)
    guard delay != SampledTime.never else { return }
    pending += 1
    kernel.schedule(
      Event(to: target, kind: ContactEvent.answersQuestion.rawValue, subject: index),
      afterNanoseconds: delay)
  }

  /// The contact answers a workflow's question.
  func answersQuestion() {
    pending -= 1
    guard let id else { return exchange.letGoIfDone(self) }
    let answers = exchange.plan.model.populations[population].answers
    var valid = exchange.streams.stream(.answerValidity, of: entity, turn: questionsAsked)
    let channel = ChannelID(index: Int(channel))
    if valid.chance(answers.valid) {
      exchange.handle(.contactWrites(id, on: channel, text: "customer@example.com"))
    } else {
      // A picture is no valid answer to any question.
      exchange.handle(.contactSendsAttachment(id, on: channel))
    }
    exchange.letGoIfDone(self)
  }
}
