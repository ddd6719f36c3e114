public import Engine

/// The rule of a workspace that moves a conversation which nobody answered for so long.
public struct TransferRule: Sendable, Equatable {
  /// How long after the first assignment.
  public let wait: EngineDuration
  /// Whether it moves only to who should answer sooner.
  public let onlyIfSooner: Bool

  /// The first such rule of the workflows that a conversation begins with; nil if there is none.
  init?(_ workflows: [WorkflowDefinition]) {
    for workflow in workflows where workflow.status == .published {
      guard case .conversationOpened = workflow.trigger else { continue }
      var path = Path()
      if let found = path.follow(workflow.steps) {
        (wait, onlyIfSooner) = found
        return
      }
    }
    return nil
  }

  /// What was waited for on a way through the steps.
  private struct Path {
    var hasAssigned = false
    var waited = EngineDuration.zero

    mutating func follow(_ steps: [Step]) -> (EngineDuration, Bool)? {
      for step in steps {
        switch step.action {
        case .assignTo(let settings) where settings.target.pool != nil:
          if hasAssigned, waited > .zero { return (waited, settings.onlyIfSooner) }
          hasAssigned = true
          waited = .zero
        case .wait(.duration(let length)):
          waited = EngineDuration(nanoseconds: waited.nanoseconds &+ length.nanoseconds)
        case .branch(let branches):
          for branch in branches {
            var path = self
            if let found = path.follow(branch.steps) { return found }
          }
        default: break
        }
      }
      return nil
    }
  }
}
