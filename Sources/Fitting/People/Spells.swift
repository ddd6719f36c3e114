/// A time during which an agent had something to do for one conversation.
struct Spell {
  /// The position of the conversation in the history.
  var row: Int
  /// When the agent got it.
  var from: Int64
  /// When the answer was there; never if it was not.
  var done: Int64
  /// When it was out of the agent's hands.
  var release: Int64
  /// How many other conversations the agent had open when it came; -1 if that is not known.
  var others: Int32 = -1
}

/// What an agent's spells say, one after the other as they began.
struct SpellWalk {
  /// How many are worked on at once; the rest wait, first in first out.
  var slots: Int
  /// The total speed by the number in hand, from one on; the last holds for more.
  var speeds: [Double]

  /// What is counted on the way.
  struct Tally {
    /// Milliseconds with so many in hand.
    var exposure: [Double] = []
    /// Answers with so many in hand.
    var answers: [Int] = []
    /// How often the answered one was the oldest, the second oldest, ...
    var ranks: [Int] = []

    fileprivate mutating func add(exposure milliseconds: Double, _ inHand: Int) {
      while exposure.count <= inHand { exposure.append(0) }
      exposure[inHand] += milliseconds
    }

    fileprivate mutating func addAnswer(_ inHand: Int, rank: Int) {
      while answers.count <= inHand { answers.append(0) }
      answers[inHand] += 1
      while ranks.count <= rank { ranks.append(0) }
      ranks[rank] += 1
    }
  }

  /// What came of one spell.
  struct Outcome {
    /// When work on it began.
    var started: Int64
    /// The work that it took, in milliseconds at the speed of a single one.
    var work: Double
  }

  /// Goes through the spells of one agent, ordered by `from`.
  func walk(_ spells: [Spell], _ tally: inout Tally) -> [Outcome] {
    var outcomes = spells.map { Outcome(started: $0.from, work: 0) }
    // Ends in their order: first the answer, then the release.
    let answers = spells.indices.filter { spells[$0].done != PastConversation.never }
      .sorted { (spells[$0].done, $0) < (spells[$1].done, $1) }
    let releases = spells.indices.sorted { (spells[$0].release, $0) < (spells[$1].release, $1) }
    var inHand: [Int] = []
    var (nextFrom, nextAnswer, nextRelease) = (0, 0, 0)
    var now = spells.first?.from ?? 0
    while nextRelease < releases.count {
      var at = spells[releases[nextRelease]].release
      if nextAnswer < answers.count { at = min(at, spells[answers[nextAnswer]].done) }
      if nextFrom < spells.count { at = min(at, spells[nextFrom].from) }
      advance(from: now, to: at, inHand, spells, &outcomes, &tally)
      now = max(now, at)
      if nextFrom < spells.count, spells[nextFrom].from <= at {
        inHand.append(nextFrom)
        if inHand.count > slots { outcomes[nextFrom].started = PastConversation.never }
        nextFrom += 1
      } else if nextAnswer < answers.count, spells[answers[nextAnswer]].done <= at {
        let rank = inHand.firstIndex(of: answers[nextAnswer])
        if let rank { tally.addAnswer(inHand.count, rank: rank + 1) }
        nextAnswer += 1
      } else {
        if let place = inHand.firstIndex(of: releases[nextRelease]) {
          inHand.remove(at: place)
          if place < slots, inHand.count >= slots {
            let follows = inHand[slots - 1]
            if outcomes[follows].started == PastConversation.never {
              outcomes[follows].started = at
            }
          }
        }
        nextRelease += 1
      }
    }
    for index in spells.indices where outcomes[index].started == PastConversation.never {
      let end =
        spells[index].done != PastConversation.never ? spells[index].done : spells[index].release
      outcomes[index].started = end
    }
    return outcomes
  }

  private func advance(
    from: Int64, to: Int64, _ inHand: [Int], _ spells: [Spell], _ outcomes: inout [Outcome],
    _ tally: inout Tally
  ) {
    guard to > from, !inHand.isEmpty else { return }
    let length = Double(to - from)
    tally.add(exposure: length, inHand.count)
    let active = min(inHand.count, slots)
    let total = speeds[min(active, speeds.count) - 1]
    let share = length * total / Double(active)
    for index in inHand.prefix(active) {
      // After the answer the agent is busy with it, but no longer with the answer.
      if spells[index].done == PastConversation.never || spells[index].done > from {
        outcomes[index].work += share
      }
    }
  }
}
