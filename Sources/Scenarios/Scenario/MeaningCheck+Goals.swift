import Engine
import Measurement

extension MeaningCheck {
  /// Goals, and the metric of `precision`, that speak of what cannot happen in any world.
  func remarksOnGoals() -> [Remark] {
    var asked: [(metric: MetricReference, span: SourceSpan, what: String)] = []
    if case .list(let items)? = root.value(of: "goals")?.content, items.count == run.goals.count {
      asked += zip(run.goals, items).map { ($0.metric, $1.span, "the goal '\($0.text)'") }
    }
    if case .precision(let precision) = run.replications,
      let place = root.value(of: "precision")?.value(of: "metric")
    {
      asked.append((precision.metric, place.span, "precision of '\(precision.metric)'"))
    }
    return asked.compactMap { metric, span, what in
      let reasons = worlds.map { world in
        metric.scope.flatMap { emptiness(of: $0, world.model) }
          ?? world.model.part(metric.scope).reason(whyNever: metric.metric)
      }
      guard let reason = reasons.compactMap(\.self).first,
        let where_ = under({ reasons[$0] != nil })
      else { return nil }
      return Remark(
        span: span, message: "\(what) speaks of what cannot happen\(where_): \(reason)")
    }
  }
}

extension MeaningCheck {
  /// Why a part of the conversations has none at all; nil where it may have some.
  private func emptiness(of scope: MetricScope, _ model: Model) -> String? {
    switch scope {
    case .between(let from, let to):
      let stretch = Shift(
        days: Weekday.allCases, hours: [HoursOfDay(from: Int32(from), to: Int32(to))])
      return Presence(run).meets([stretch]) ? nil : "the run never has that time of day"
    case .channel(let name):
      guard let index = model.channels.firstIndex(where: { $0.name == name }) else { return nil }
      let isUsed =
        model.populations.contains { population in
          population.channels.contains { $0.index == index }
            || population.secondChannel?.channel.index == index
        } || model.broadcasts.contains { $0.channel.index == index }
      return isUsed ? nil : "no population writes on that channel"
    case .population, .team: return nil
    }
  }
}

extension Model {
  /// The world as far as a metric of a part of the conversations speaks of it.
  fileprivate func part(_ scope: MetricScope?) -> Model {
    var part = self
    switch scope {
    case .population(let name): part.populations = populations.filter { $0.name == name }
    case .channel(let name): part.channels = channels.filter { $0.name == name }
    case .team, .between, nil: break
    }
    return part
  }

  /// Why what a metric counts never happens here; nil where it can.
  fileprivate func reason(whyNever metric: MetricDefinition) -> String? {
    switch metric {
    case .windowExpired where channels.allSatisfy { $0.window == nil }:
      "no channel has a reply window ('window')"
    case .deliveryFailed
    where channels.allSatisfy {
      $0.failure == 0 && $0.queue == nil && $0.window == nil && !$0.extras.losesMessages
    }:
      "every message is delivered (no channel has 'failure', 'queue' or 'window')"
    case .abandoned where populations.allSatisfy { $0.patience == nil }:
      "nobody gives up (no population has 'patience')"
    case .sameAgent where !hasSecondConversations:
      "nobody opens a second conversation (no population has 'returns')"
    case .cost where styles.allSatisfy { $0.cost == nil }: "no agent has a 'cost'"
    case .spam where populations.allSatisfy { $0.spam == nil }: "no population has 'spam'"
    case .merged where populations.allSatisfy { $0.secondChannel == nil }:
      "no population has a 'second_channel'"
    case .broadcastSent, .broadcastDelivered, .broadcastFailed, .broadcastReplied:
      broadcasts.isEmpty ? "the scenario has no 'broadcasts'" : nil
    case .reassigned, .reassignments, .movesNoSooner, .pingPong, .quickHandovers:
      agents.count == 1 ? "there is one agent only" : nil
    default: reason(whyNoLinksCount: metric)
    }
  }

  /// Whether a contact may write anew after a conversation was closed.
  private var hasSecondConversations: Bool {
    populations.contains { $0.returns != nil || $0.knownShare > 0 }
      || settings.autoClose != nil
      || hasStep { if case .closeConversation = $0 { true } else { false } }
  }
}
