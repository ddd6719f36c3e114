import Measurement
import Sampling
import Scenarios
import VirtualTime

/// Answers that are written with help: Respond AI, snippets.
///
/// Whether an answer is belongs to the question, as the work on it does: whoever answers it, and whatever
/// strategy leads it there, draws the same.
extension Agent {
  /// What the work on the next answer to a contact is multiplied with; 1 where it was begun before.
  @inline(never)
  func helpFactor(_ contact: Near<Contact>) -> Double {
    guard let (entity, turn) = contact({ $0.freshQuestion }) else { return 1 }
    var factor = 1.0
    var isHelped = false
    for assist in traits.style.assists {
      var chance = exchange.streams.stream(
        .assistance, of: entity ^ nameCode(assist.name), turn: turn)
      guard chance.chance(assist.share) else { continue }
      isHelped = true
      factor *= assist.factor
    }
    if exchange.isCounting {
      exchange.links.answersBegun += 1
      if isHelped { exchange.links.answersHelped += 1 }
    }
    return factor
  }

  /// Work that takes so many times as long; what never ends stays so.
  static func scaled(_ work: Int64, by factor: Double) -> Int64 {
    let scaled = (Double(work) * factor).rounded()
    return work == SampledTime.never || scaled >= 9e18 ? SampledTime.never : Int64(scaled)
  }
}

extension Contact {
  /// The name of the open question's draws, if nobody began on it; nil also for junk.
  var freshQuestion: (entity: UInt64, turn: UInt16)? {
    state.workLeft < 0 && !isJunk ? (entity, state.question) : nil
  }
}
