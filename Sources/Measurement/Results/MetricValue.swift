import Statistics

/// The value of a metric in one replication.
public struct MetricValue: Sendable, Hashable, Codable {
  /// The value in the metric's unit of files.
  public var value: Double

  /// Numerator and denominator, where it is a share or a mean per conversation.
  public var parts: Parts?

  /// The two sums of a ratio.
  public struct Parts: Sendable, Hashable, Codable {
    /// The numerator.
    public var top: Double
    /// The denominator.
    public var bottom: Double
  }

  init(_ value: Double) { self.value = value }

  /// A share or a mean of sums that need not be whole; nothing below means nothing.
  init?(sum top: Double, over bottom: Double) {
    guard bottom > 0 else { return nil }
    value = top / bottom
    parts = Parts(top: top, bottom: bottom)
  }

  init?(_ top: some BinaryInteger, over bottom: some BinaryInteger) {
    guard bottom > 0 else { return nil }
    value = Double(top) / Double(bottom)
    parts = Parts(top: Double(top), bottom: Double(bottom))
  }
}

extension ReplicationResult {
  /// The value of a metric; nothing where it does not apply, such as a p90 of no times.
  ///
  /// Exact bounds and views must have been asked for in the recording plan.
  public func value(of reference: MetricReference) -> MetricValue? {
    if let scope = reference.scope {
      guard let part = parts.first(where: { $0.scope == scope }) else { return nil }
      return reference.limited(to: nil).flatMap { part.result.value(of: $0) }
    }
    if reference.metric.kind == .time { return time(reference) }
    if let parts = parts(reference.metric, reference.isClosedOnly ? closed : all) {
      return MetricValue(parts.top, over: parts.bottom)
    }
    if reference.metric.isOccasional { return occasional(reference.metric) }
    switch reference.metric {
    case .waiting: return MetricValue(sum: waitingSeconds, over: seconds)
    case .busy: return MetricValue(sum: busySeconds, over: onlineSeconds)
    default: return number(reference).map { MetricValue($0) }
    }
  }

  /// The two sums of a share or of a mean per conversation; nothing for other metrics.
  private func parts(
    _ metric: MetricDefinition, _ counts: ConversationCounts
  ) -> (top: Int, bottom: Int)? {
    let conversations = counts.conversations
    switch metric {
    case .abandoned: return (counts.abandoned, conversations)
    case .reassigned: return (counts.reassigned, conversations)
    case .pingPong: return (counts.pingPong, conversations)
    case .windowExpired: return (counts.windowExpired, conversations)
    case .assignments: return (counts.assignments, conversations)
    case .reassignments: return (counts.reassignments, conversations)
    case .movesNoSooner: return (counts.movesNoSooner, conversations)
    case .sameAgent: return (counts.sameAgent, counts.returning)
    case .deliveryFailed: return (counts.messagesLost, counts.messagesSent)
    default: return nil
    }
  }

  /// What only some scenarios have; nothing where nobody counted it.
  private func occasional(_ metric: MetricDefinition) -> MetricValue? {
    guard let occasional else { return nil }
    if let parts = occasional.parts(metric, conversations: all.conversations) {
      return MetricValue(parts.top, over: parts.bottom)
    }
    return occasional.number(metric).map { MetricValue($0) }
  }

  private func number(_ reference: MetricReference) -> Double? {
    switch reference.metric {
    case .opened: return Double(all.conversations)
    case .closed: return Double(closed.conversations)
    case .openAtEnd: return Double(openAtEnd)
    case .unassignedAtEnd: return Double(unassignedAtEnd)
    case .openContacts:
      if reference.statistic == .maximum { return agents.map { Double($0.openMaximum) }.max() }
      return Moments(agents.map(\.openMean)).mean
    case .workloadGini: return Fairness.gini(workload)
    case .workloadJain: return Fairness.jain(workload)
    case .workloadCV: return Fairness.coefficientOfVariation(workload)
    case .cost: return cost
    default: return nil
    }
  }

  /// Conversations handled by each agent who was there at all.
  private var workload: [Double] {
    agents.compactMap {
      $0.onlineSeconds > 0 || $0.conversations > 0 ? Double($0.conversations) : nil
    }
  }

  /// The times of a metric in the view that is asked for; nothing where that was not recorded.
  ///
  /// Asked where they stand, for a view has five histograms and is asked for each metric of each run.
  private func histogram(_ reference: MetricReference) -> Histogram? {
    switch (reference.isOffice, reference.isClosedOnly) {
    case (false, false): times.histogram(of: reference.metric)
    case (true, false): officeTimes?.histogram(of: reference.metric)
    case (false, true): closedTimes?.histogram(of: reference.metric)
    case (true, true): closedOfficeTimes?.histogram(of: reference.metric)
    }
  }

  private func fates(_ reference: MetricReference) -> Fates? {
    switch (reference.isOffice, reference.isClosedOnly) {
    case (false, false): fates
    case (true, false): officeFates
    case (false, true): closedFates
    case (true, true): closedOfficeFates
    }
  }

  /// The times that a metric is read from; nothing where there are none.
  func lengths(of reference: MetricReference) -> Histogram? {
    if let scope = reference.scope {
      guard let part = parts.first(where: { $0.scope == scope }) else { return nil }
      return reference.limited(to: nil).flatMap { part.result.lengths(of: $0) }
    }
    return histogram(reference).flatMap { $0.count > 0 ? $0 : nil }
  }

  private func time(_ reference: MetricReference) -> MetricValue? {
    guard let histogram = histogram(reference) else { return nil }
    if case .within(let bound) = reference.statistic {
      let counts = reference.isClosedOnly ? closed : all
      return fates(reference)?.known(
        reference.metric, histogram, conversations: counts.conversations,
        onePerConversation: reference.isClosedOnly, within: [bound]
      ).first.flatMap {
        MetricValue(Int($0.within.rounded()), over: Int($0.known.rounded()))
      }
    }
    guard histogram.count > 0 else { return nil }
    switch reference.statistic {
    case .mean:
      return MetricValue(sum: Double(histogram.total) / 1e9, over: Double(histogram.count))
    case .deviation: return histogram.standardDeviation.map { MetricValue($0 / 1e9) }
    case .maximum: return histogram.maximum.map { MetricValue(Double($0) / 1e9) }
    case .quantile(let perMille):
      return histogram.quantile(Double(perMille) / 1_000).map { MetricValue(Double($0) / 1e9) }
    case .answeredWithin(let bound):
      return MetricValue(Int(histogram.count(within: bound).rounded()), over: histogram.count)
    case .within, nil: return nil
    }
  }
}
