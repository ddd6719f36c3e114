import Statistics

extension HistoryFit {
  /// Something that the history cannot tell, and what the scenario has in its place.
  public struct Gap: Sendable, Hashable, Codable {
    /// What is not known, as a sentence.
    public var unknown: String
    /// What is assumed, as a sentence.
    public var assumed: String
  }

  /// What the history cannot tell.
  public var gaps: [Gap] {
    var gaps: [Gap] = []
    func add(_ unknown: String, _ assumed: String) {
      gaps.append(Gap(unknown: unknown, assumed: assumed))
    }
    if history.resolution >= 60_000 {
      add(
        "Times are cut to the minute.",
        "Lengths of time are taken as known to within a minute either way.")
    }
    if populations.allSatisfy({ $0.patience == nil }) {
      add("The file does not say who gave up.", "Contacts wait for ever.")
    } else {
      add(
        "The patience of those who were answered is only known to be longer than their wait.",
        "They are taken into account as such.")
    }
    peopleGaps(&gaps)
    workGaps(&gaps)
    if populations.allSatisfy({ $0.questions == nil }) {
      add("Messages are not counted.", "Every conversation has one question.")
    } else if thinkTime == nil, populations.contains(where: { ($0.questions?.mean.estimate ?? 1) > 1 }) {
      add(
        "The time from an answer to the next question is not seen.",
        "The next question follows at once.")
    }
    if !history.tellsContacts {
      add(
        "Contacts cannot be told from each other.",
        "Nobody writes again: every conversation is an arrival of its own.")
    }
    add(
      "Delays and failures of channels are not seen.",
      "Channels deliver at once and lose nothing.")
    if !history.isUTC {
      add(
        "The file does not say which clock its times are from.",
        "The hours of the scenario are the hours of the file, as UTC.")
    }
    return gaps
  }

  private func peopleGaps(_ gaps: inout [Gap]) {
    if let nameless {
      gaps.append(
        Gap(
          unknown: "The file does not say who answered.",
          assumed: quantities.workIs == .responses
            ? "There are \(grouped(nameless)) agents, as many as conversations waited for an answer at once, "
              + "so that nobody waits beyond the times of the file."
            : "There are \(grouped(nameless)) agents, as many as conversations were worked on at once."))
      return
    }
    gaps.append(
      Gap(
        unknown: "Who was on shift is told only from the first and the last thing that each agent "
          + "did on a day.",
        assumed: "A shift reaches from the median of the first to the median of the last, each a mean "
          + "gap between two actions longer, in steps of 15 min; on each day of the week as many agents "
          + "as were there on average, those who were there most often."))
    gaps.append(
      away == nil
        ? Gap(
          unknown: "Breaks and absences during a shift cannot be told from having nothing to do.",
          assumed: "Nobody is away during a shift.")
        : Gap(
          unknown: "Absences are seen only where somebody waited and an agent did not begin.",
          assumed: "Agents are away as often at other times; up to 3 min counts as work after a "
            + "conversation."))
    if case .automatic(let logic, let share) = assignment, share < 0.9 {
      gaps.append(
        Gap(
          unknown: "By which rule conversations were assigned cannot be told: "
            + "\(logic == .roundRobin ? "taking turns" : "the fewest open contacts") explains "
            + "\(Int((share * 100).rounded())) % of the assignments.",
          assumed: "They are assigned by \(logic.rawValue)."))
    }
  }

  private func workGaps(_ gaps: inout [Gap]) {
    let pair: (String, String)? =
      switch quantities.workIs {
      case .services: nil
      case .idleAgents:
        (
          "When an agent began on an answer is not in the file.",
          "The reply time is taken from the first answers of agents who had nothing else open "
            + "(\(grouped(quantities.work.count)) of them), who begin at once."
        )
      case .replies:
        (
          "When an agent began on an answer is not in the file, and hardly anybody ever had nothing "
            + "else open.",
          "An agent is taken to begin when the conversations before are answered; later questions, "
            + "which are not in the file, make the reply times longer than they are."
        )
      case .responses:
        (
          "Waiting and work cannot be told apart.",
          "The reply time is the whole time to the answer."
        )
      case .nothing: ("How long answers take is not in the file.", "An answer takes 1 min.")
      }
    if let pair { gaps.append(Gap(unknown: pair.0, assumed: pair.1)) }
    if history.kind == .events {
      gaps.append(
        Gap(
          unknown: "From taking a case up to its end there are hours in which nobody works on it.",
          assumed: "All of it counts as work, and agents have many cases in hand at once."))
    }
    if wrapUp == nil, quantities.wrapUp.count >= 10 {
      gaps.append(
        Gap(
          unknown: "Conversations are closed long after the last answer, which is waiting and not work.",
          assumed: "There is no work after the last answer."))
    }
  }
}
