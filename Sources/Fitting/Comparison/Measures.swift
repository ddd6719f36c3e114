/// What is laid side by side of one stretch of time, recorded or simulated.
public struct Measures: Sendable {
  /// How many conversations were opened in each hour of the stretch.
  public var hours: [Int]
  /// How many conversations each agent answered.
  public var handled: [Int]
  /// Conversations opened.
  public var opened = 0
  /// Of whom so many gave up.
  public var gaveUp = 0
  /// Waits or first responses, in seconds, sorted.
  public var waits: [Double] = []
  /// From opening to closing, in seconds; the sum and the number.
  public var resolutions = (sum: 0.0, count: 0)

  /// Measures conversations opened in a stretch; agents beyond `agents` are not counted.
  public init(
    _ rows: [PastConversation], from start: Int64, length: Int64, agents: Int, waits kind: WaitKind
  ) {
    hours = [Int](repeating: 0, count: max(1, Int((length + 3_599_999) / 3_600_000)))
    handled = [Int](repeating: 0, count: agents)
    for row in rows where row.opened >= start && row.opened < start + length {
      hours[Int((row.opened - start) / 3_600_000)] += 1
      opened += 1
      if row.gaveUp { gaveUp += 1 }
      let end = kind == .wait ? row.started : row.responded
      if !row.gaveUp || kind == .firstResponse, end != PastConversation.never, end >= row.opened {
        waits.append(Double(end - row.opened) / 1_000)
      }
      if !row.gaveUp, row.closed != PastConversation.never {
        resolutions.sum += Double(row.closed - row.opened) / 1_000
        resolutions.count += 1
      }
      if row.agent >= 0, Int(row.agent) < agents,
        !row.gaveUp || row.responded != PastConversation.never
      {
        handled[Int(row.agent)] += 1
      }
    }
    waits.sort()
  }

  /// What is known of waiting.
  public enum WaitKind: String, Sendable, Codable {
    /// Until an agent begins.
    case wait
    /// Until the first answer is there.
    case firstResponse = "first_response"
  }

  var meanWait: Double? {
    waits.isEmpty ? nil : waits.reduce(0, +) / Double(waits.count)
  }

  var p90Wait: Double? {
    guard !waits.isEmpty else { return nil }
    return waits[min(waits.count - 1, Int(Double(waits.count) * 0.9))]
  }

  var meanResolution: Double? {
    resolutions.count == 0 ? nil : resolutions.sum / Double(resolutions.count)
  }

  var gaveUpShare: Double? { opened == 0 ? nil : Double(gaveUp) / Double(opened) }
}
