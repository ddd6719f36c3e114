import Measurement
import Scenarios
import Statistics

/// What a careful reader must know before believing the numbers, in sentences.
struct Remarks {
  let scenario: Scenario
  let result: Campaign.Result

  /// The sentences: what concerns the scenario, then what happened in the runs.
  var sentences: [String] {
    let offered =
      scenario.hasOfferedStrategies
      ? ["The scenario names no strategies: " + DocumentBuilder.offeredStrategies + "."] : []
    return offered + scenario.remarks + nobody + teams + unanswered
  }

  // MARK: - Nobody there

  private func isAbsent(_ outcome: Campaign.Outcome, _ members: Range<Int>? = nil) -> Bool {
    let agents = outcome.result.agents
    return (members ?? agents.indices).allSatisfy {
      agents.indices.contains($0) && (agents[$0].onlineSeconds.mean ?? 0) == 0
    }
  }

  private var nobody: [String] {
    sentence(where: { isAbsent($0) }) {
      "no agent was online at any time\($0), so nobody was answered: look at shifts, start and duration"
    }
  }

  /// Teams of whom nobody was there while others were.
  private var teams: [String] {
    let models = result.outcomes.map { scenario.strategy(named: $0.name)?.model }
    return (models.first??.teams ?? []).flatMap { team -> [String] in
      // Its shifts may have been remarked upon already.
      if scenario.remarks.contains(where: { $0.contains("team '\(team.name)'") }) { return [] }
      return sentence(where: { outcome in
        let members = scenario.strategy(named: outcome.name)?.model.teams
          .first { $0.name == team.name }?.members
        return members.map { isAbsent(outcome, $0) && !isAbsent(outcome) } == true
      }) {
        "no agent of the team '\(team.name)' was online at any time\($0): look at its shift"
      }
    }
  }

  // MARK: - Nothing done

  /// Conversations came, agents were there, and not one was answered.
  private var unanswered: [String] {
    func isIdle(_ outcome: Campaign.Outcome, isAssigned: Bool) -> Bool {
      let counts = outcome.result.counts
      return counts.conversations > 0 && counts.answered == 0 && !isAbsent(outcome)
        && (counts.assignments > 0) == isAssigned
    }
    return sentence(where: { isIdle($0, isAssigned: false) }) {
      "none of the counted conversations was assigned to anybody or answered by an agent\($0): "
        + "look at the triggers and the assign_to steps of the workflows, or at 'picks'"
    }
      + sentence(where: { isIdle($0, isAssigned: true) }) {
        "none of the counted conversations was answered by an agent\($0), though some were assigned: "
          + "look at reply times, patience and shifts"
      }
      + sentence(where: { $0.result.counts.conversations == 0 }) {
        "no conversation that counts was opened\($0): look at arrivals, warmup and duration"
      }
  }

  /// A sentence on the strategies that something holds for; none if it holds for none.
  private func sentence(
    where holds: (Campaign.Outcome) -> Bool, _ words: (String) -> String
  ) -> [String] {
    let names = result.outcomes.filter(holds).map { "'\($0.name)'" }
    if names.isEmpty { return [] }
    let text = words(
      names.count == result.outcomes.count ? "" : " under " + names.joined(separator: ", "))
    return [text.prefix(1).uppercased() + text.dropFirst() + "."]
  }
}

extension DocumentBuilder {
  /// What is compared where a scenario names no strategies.
  public static let offeredStrategies =
    "compared are the two logics that the platform offers, round robin and least open"
}
