import Engine
import Measurement
import Sampling
import Scenarios
import VirtualTime

/// The rating that a workflow asks for once the conversation is closed (PLATFORM.md 6.4).
extension Contact {
  /// The question is there: some answer after a while, with a rating that depends on the first response.
  func rates(_ ratings: Population.Ratings) {
    let counts = exchange.isCounting
    if counts { exchange.people.csat.asked += 1 }
    let turn = UInt16(truncatingIfNeeded: replies.count)
    var stream = exchange.streams.stream(.rating, of: entity, turn: turn)
    let answers = stream.chance(ratings.answers)
    let response = course.firstResponseTime.map { EngineDuration(nanoseconds: $0) }
    let row = ratings.row(after: response)
    let rating = row.map { $0.ratings[$0.shares.choose(&stream)] } ?? 0
    var delays = exchange.streams.stream(.ratingDelay, of: entity, turn: turn)
    let delay = ratings.after.sampleNanoseconds(&delays)
    replies.append("\(rating)")
    guard answers, rating > 0, delay != SampledTime.never, !peculiarity.isJunk else { return }
    if counts { peculiarity.rated = UInt16(truncatingIfNeeded: replies.count) }
    answersQuestion(after: delay)
  }

  /// The rating is there, if that is the reply of this number.
  func noteRating(_ number: Int) {
    guard Int(peculiarity.rated) == number + 1, let rating = replies[number].flatMap({ Int($0) })
    else {
      return
    }
    peculiarity.rated = 0
    exchange.people.csat.answered += 1
    exchange.people.csat.sum += rating
  }
}

extension Contact {
  /// What the contact wrote of itself is taken for an answer to a workflow, and nobody sees it.
  func isTakenForAnswer(_ words: String) -> Bool {
    guard let id, !state.isOpen, exchange.isMereAnswer(words, of: id) else { return false }
    state.needsAgent = false
    state.asked = .distantPast
    state.questionsLeft = 0
    return true
  }
}

extension Exchange {
  /// Whether what a contact says, whose conversation is closed, is an answer that opens none.
  func isMereAnswer(_ words: String?, of id: ContactID) -> Bool {
    engine((words, id)) { $0.isMereAnswer($1.0, of: $1.1) }
  }
}
