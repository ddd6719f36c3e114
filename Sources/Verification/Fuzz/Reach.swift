import Engine

/// What stories reach: which events brought which effects, refusals, ends and choices.
struct Reach {
  /// Such as `closes > leftQueue`.
  private(set) var combinations: Set<String> = []

  /// Notes an event with its effects.
  mutating func note(_ event: EngineEvent, _ effects: [EngineEffect]) {
    let name = Self.label(of: event)
    combinations.insert(name)
    for effect in effects {
      combinations.insert("\(name) > \(Self.label(of: effect))\(Self.detail(of: effect))")
    }
  }

  /// The name of an enumeration's case.
  static func label(of value: some Any) -> String {
    Mirror(reflecting: value).children.first?.label ?? "\(value)"
  }

  /// What tells effects of one kind apart.
  private static func detail(of effect: EngineEffect) -> String {
    switch effect {
    case .refused(let refusal): ": \(refusal.name)"
    case .runEnded(_, _, _, let reason): ": \(reason.rawValue)"
    case .leftQueue(_, _, let exit): ": \(exit.rawValue)"
    case .assigneeChanged(let entry): ": \(entry.reason.name)"
    case .messageRefused(_, let failure): ": \(failure.rawValue)"
    case .decided(let decision): ": \(decision.request.logic.name) \(label(of: decision.answer))"
    default: ""
    }
  }

  /// What there is to be reached at all, whatever brought it.
  static let all: [String] = {
    var names = ExitReason.allCases.map { "runEnded: \($0.rawValue)" }
    names += QueueExit.allCases.map { "leftQueue: \($0.rawValue)" }
    names += AssignmentReason.allCases.map { "assigneeChanged: \($0.name)" }
    names += [SendFailure.windowClosed, .noChannel].map { "messageRefused: \($0.rawValue)" }
    let logics = Logic.plain.map(\.name) + ["sticky"]
    for logic in logics {
      names += ["chosen", "served", "nobody", "waits"].map { "decided: \(logic) \($0)" }
    }
    return names
  }()

  /// What of that a set of combinations lacks.
  static func missing(from reached: Set<String>) -> [String] {
    let effects = Set(
      reached.compactMap { $0.split(separator: ">").last.map { String($0.dropFirst()) } })
    return all.filter { !effects.contains($0) }
  }
}
