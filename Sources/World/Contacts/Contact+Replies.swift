public import Engine
public import Sampling
import Scenarios
import VirtualTime

/// How a contact answers a workflow's questions.
extension Contact {
  /// A workflow's question is there: some never answer, some not validly, most after a while; whoever has given
  /// up does not.
  ///
  /// What will be said is settled now: another question may come before the answer is out.
  func asked(_ question: AskQuestion.Answer) {
    if case .rating = question, !state.isOpen,
      let ratings = exchange.plan.model.populations[population].ratings
    {
      return rates(ratings)
    }
    let answers = exchange.plan.model.populations[population].answers
    let turn = UInt16(truncatingIfNeeded: replies.count)
    var words = exchange.streams.stream(.answerText, of: entity, turn: turn)
    var validity = exchange.streams.stream(.answerValidity, of: entity, turn: turn)
    var stream = exchange.streams.stream(.answerDelay, of: entity, turn: turn)
    let isSilent = words.chance(answers.never) || peculiarity.isJunk || state.hasGivenUp
    // A picture is no valid answer to any question.
    replies.append(
      validity.chance(answers.valid) ? question.validReply(of: ordinal, &words) : nil)
    let delay = answers.after.sampleNanoseconds(&stream)
    guard !isSilent, delay != SampledTime.never else { return }
    if exchange.features.contains(.sessions), delay >= leavesPageAt.nanoseconds(since: kernel.now) {
      return
    }
    answersQuestion(after: delay)
  }

  /// The last of the replies will be written.
  func answersQuestion(after delay: Int64) {
    pending += 1
    kernel.schedule(
      Event(
        to: target, kind: ContactEvent.answersQuestion.rawValue, subject: number.raw,
        value: UInt32(replies.count)),
      afterNanoseconds: delay)
  }

  /// The reply is there; one that comes after closing opens a conversation like any message (O1).
  func repliesToWorkflow(_ number: Int) {
    guard let id else { return exchange.letGoIfDone(self) }
    if exchange.features.contains(.ratings) { noteRating(number) }
    says(replies[number], as: id)
  }

  /// Words, or a picture, that ask no question of the contact's own.
  func says(_ words: String?, as id: ContactID) {
    let opens =
      !state.isOpen && !state.isAsking && !isThinking
      && !(exchange.features.contains(.mereAnswers) && exchange.isMereAnswer(words, of: id))
    if opens {
      // Somebody must look at it, though the contact wanted nothing else.
      visitNumber &+= 1
      startVisit()
      state.questionsLeft = 1
      state.asked = kernel.now
      state.needsAgent = true
      armPatience()
    }
    if let words {
      exchange.contactWrites(id, on: channel, text: words, at: kernel.now)
    } else {
      exchange.handle(.contactSendsAttachment(id, on: channel))
    }
    if opens { requestPlacement() } else { exchange.letGoIfDone(self) }
  }

  /// What names the draws of the next call that is made about this contact.
  func nextCall() -> (entity: UInt64, turn: UInt16) {
    calls &+= 1
    return (entity, calls)
  }
}

extension AskQuestion.Answer {
  /// Something that this question accepts; where there is a choice, any, each as likely.
  public func validReply(of contact: UInt64, _ stream: inout RandomStream) -> String {
    switch self {
    case .text: "That is all."
    case .location: "Rua Augusta 1, Lisbon"
    case .email: "customer\(contact)@example.com"
    case .phone: "+351 912 345 678"
    case .url: "https://example.com/orders"
    case .date: "2026-11-23"
    case .choice(let choices):
      choices.isEmpty ? "" : choices[stream.integer(below: choices.count)]
    case .rating: String(stream.integer(below: 5) + 1)
    case .number(let minimum, let maximum): validNumber(minimum, maximum, &stream)
    }
  }

  /// A number within bounds, a whole one where there is any.
  private func validNumber(
    _ minimum: Double?, _ maximum: Double?, _ stream: inout RandomStream
  ) -> String {
    let low = minimum ?? maximum.map { $0 - 100 } ?? 0
    let high = maximum ?? low + 100
    let number = low + stream.uniform() * (high - low)
    let whole = number.rounded(.down)
    let chosen = whole >= low ? whole : number
    return abs(chosen) < 1e15 && chosen == chosen.rounded()
      ? String(Int64(chosen)) : String(chosen)
  }
}
