public import Statistics

/// The histograms of all times of conversations, in one view of them.
public struct Times: Sendable, Equatable, Codable {
  /// From opening to the start of work.
  public var wait: Histogram
  /// From opening to the first message of a human.
  public var firstResponse: Histogram
  /// From a message of the contact to its answer.
  public var response: Histogram
  /// From opening to closing.
  public var resolution: Histogram
  /// From opening to the first assignment.
  public var timeToAssignment: Histogram

  init(
    wait: Histogram, firstResponse: Histogram, response: Histogram, resolution: Histogram,
    timeToAssignment: Histogram
  ) {
    self.wait = wait
    self.firstResponse = firstResponse
    self.response = response
    self.resolution = resolution
    self.timeToAssignment = timeToAssignment
  }

  /// Empty histograms with the exact bounds that a plan asks for, of all or of a part.
  init(_ plan: RecordingPlan, office: Bool, of scope: MetricScope? = nil) {
    func empty(_ metric: MetricDefinition) -> Histogram {
      Histogram(bounds: plan.bounds(metric, office: office, of: scope))
    }
    wait = empty(.wait)
    firstResponse = empty(.firstResponse)
    response = empty(.response)
    resolution = empty(.resolution)
    timeToAssignment = empty(.timeToAssignment)
  }

  /// The histogram of a time; nothing for what is no time of conversations.
  public func histogram(of metric: MetricDefinition) -> Histogram? {
    switch metric {
    case .wait: wait
    case .firstResponse: firstResponse
    case .response: response
    case .resolution: resolution
    case .timeToAssignment: timeToAssignment
    default: nil
    }
  }

  /// Takes in what another part has seen.
  mutating func merge(_ other: Times) {
    wait.merge(other.wait)
    firstResponse.merge(other.firstResponse)
    response.merge(other.response)
    resolution.merge(other.resolution)
    timeToAssignment.merge(other.timeToAssignment)
  }
}
