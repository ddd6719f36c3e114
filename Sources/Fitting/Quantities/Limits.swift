import Statistics

extension HistoryFit {
  /// Something that the history cannot tell, and what the scenario has in its place.
  public struct Gap: Sendable, Hashable, Codable {
    /// What is not known, such as `who gave up`.
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
        "the seconds of its times",
        "Times are cut to the minute, so lengths are taken as known to within a minute either way.")
    }
    if populations.allSatisfy({ $0.patience == nil }) {
      add("who gave up", "Contacts wait for ever.")
    } else {
      add(
        "how long those who were answered would have waited",
        "Their patience counts as longer than their wait.")
    }
    peopleGaps(&gaps)
    workGaps(&gaps)
    if populations.allSatisfy({ $0.questions == nil }) {
      add("how many messages a conversation has", "Every conversation has one question.")
    } else if thinkTime == nil,
      populations.contains(where: { ($0.questions?.mean.estimate ?? 1) > 1 })
    {
      add(
        "the time from an answer to the next question",
        "The next question follows at once.")
    }
    if !history.tellsContacts {
      add(
        "who of its contacts wrote before",
        "Nobody writes again: every conversation is an arrival of its own.")
    } else if laterReturns > 0 {
      let horizon = LawText.duration(Double(frame.returnHorizon) / 1_000, digits: 3)
      add(
        "whether who writes again after more than \(horizon) comes back or comes anew",
        "Such conversations count as arrivals (n = \(grouped(laterReturns))): they come when the office is "
          + "open, which the profile knows and a law of returns does not.")
    }
    add(
      "delays and failures of channels",
      "Channels deliver at once and lose nothing.")
    if !history.isUTC, history.zone == nil {
      add(
        "from which clock its times are",
        "The hours of the scenario are the hours of the file, as UTC; --time-zone names their zone."
      )
    }
    return gaps
  }

  private func peopleGaps(_ gaps: inout [Gap]) {
    if let nameless {
      gaps.append(
        Gap(
          unknown: "who answered",
          assumed: workIs == .responses
            ? "There are \(grouped(nameless)) agents, as many as conversations waited for an answer at once, "
              + "so that nobody waits beyond the times of the file."
            : "There are \(grouped(nameless)) agents, as many as conversations were worked on at once."
        ))
      return
    }
    gaps.append(
      Gap(
        unknown: "who was on shift",
        assumed:
          "A shift reaches from the first thing that an agent did on a day to the last, each a mean "
          + "gap between two actions longer, in steps of 15 min. Each day of the week has the shifts of "
          + "that day of the file on which the number of agents, hour by hour, was nearest to the average."
      ))
    gaps.append(
      away == nil
        ? Gap(
          unknown: "breaks and absences during a shift",
          assumed: "They look like having nothing to do: nobody is away during a shift.")
        : Gap(
          unknown: "absences while nobody waits",
          assumed: "Agents are away as often at other times; up to 3 min counts as work after a "
            + "conversation."))
    if case .automatic(let logic, let share) = assignment, share < 0.9 {
      gaps.append(
        Gap(
          unknown: "by which rule conversations were assigned",
          assumed: "They are assigned by \(logic.rawValue), which would have done "
            + "\(Int((share * 100).rounded())) % of the assignments."))
    }
  }

  /// Why there are several populations, and what they share.
  var populationRemarks: [String] {
    var remarks: [String] = []
    if !channelTraits.isEmpty {
      remarks.append(
        "Channels with \(ChannelDivision.enough) or more conversations that differ in "
          + channelTraits.joined(separator: ", ") + " have populations of their own.")
    }
    func told(_ what: String, _ outcome: SharedLaws.Outcome) {
      func probability(_ value: Double) -> String {
        value < 0.001 ? "p < 0.001" : "p = \(LawText.number(value, digits: 2))"
      }
      switch outcome {
      case .single: return
      case .shared(let value):
        remarks.append(
          value >= SharedLaws.level
            ? "Populations do not differ in \(what) (\(probability(value))): one law for all."
            : "Populations differ too little in \(what) to need laws of their own "
              + "(\(probability(value))): one law for all.")
      case .different(let value):
        remarks.append(
          "Populations differ in \(what) (\(probability(value))): each has its own law.")
      }
    }
    told("their patience", laws.patienceOutcome)
    told("the number of their questions", laws.questionsOutcome)
    return remarks
  }

  /// Why populations have teams of their own.
  var divisionSentence: String? {
    guard teams.isDivided else { return nil }
    return "Populations that have hardly an agent in common have a team of their own: "
      + teams.teams.map { team in
        team.populations.map { populations[$0].name }.joined(separator: " and ")
      }.joined(separator: "; ") + "."
  }

  private func workGaps(_ gaps: inout [Gap]) {
    let pair: (String, String)? =
      switch workIs {
      case .services: nil
      case .idleAgents:
        (
          "when an agent began on an answer",
          "The reply time is taken from the first answers of agents who had nothing else open "
            + "(\(grouped(workCount)) of them), who begin at once."
        )
      case .replies:
        (
          "when an agent began on an answer",
          "Hardly anybody ever had nothing else open, so an agent is taken to begin when the conversations "
            + "before are answered; later questions, which the file does not show, make the reply times "
            + "longer than they are."
        )
      case .responses:
        (
          "what of the time to an answer is waiting",
          "All of it is taken as work."
        )
      case .nothing: ("how long answers take", "An answer takes 1 min.")
      }
    if let pair { gaps.append(Gap(unknown: pair.0, assumed: pair.1)) }
    if history.kind == .events {
      gaps.append(
        Gap(
          unknown: "when nobody worked on an open case",
          assumed: "All of its time counts as work, and agents have many cases in hand at once."))
    }
    if wrapUp == nil, wrapUpCount >= 10 {
      gaps.append(
        Gap(
          unknown: "work after the last answer",
          assumed:
            "Conversations are closed long after it, which is waiting: there is no such work."))
    }
  }
}
