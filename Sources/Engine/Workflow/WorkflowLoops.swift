/// Finds workflows that would start each other for ever (PLATFORM.md 3.1, "workflow loop detected").
///
/// Only what is certain is refused: steps that every contact reaches at once, before any branch, wait,
/// question or call. What depends on conditions is left to the guard at run time.
struct WorkflowLoops {
  private let workflows: [WorkflowDefinition?]

  init(_ workflows: [WorkflowDefinition?]) { self.workflows = workflows }

  /// A way from a workflow back to itself: the numbers in turn, the first one again at the end.
  func loop(through start: Int) -> [Int]? {
    var cameFrom = [Int](repeating: -1, count: workflows.count)
    var reached = [start]
    var next = 0
    while next < reached.count {
      let workflow = reached[next]
      next += 1
      for target in startedAtOnce(by: workflow) {
        if target == start {
          var way = [start, workflow]
          while let last = way.last, last != start { way.append(cameFrom[last]) }
          return way.reversed()
        }
        guard cameFrom[target] < 0 else { continue }
        cameFrom[target] = workflow
        reached.append(target)
      }
    }
    return nil
  }

  /// The workflows that are started by the steps everybody takes at once.
  private func startedAtOnce(by index: Int) -> [Int] {
    guard let workflow = workflows[index], workflow.status == .published else { return [] }
    var started: [Int] = []
    // Opening what is open, closing what is closed and adding a tag that is there start nobody.
    var isOpen: Bool? =
      switch workflow.trigger {
      case .conversationOpened: true
      case .conversationClosed: false
      default: nil
      }
    var tags: [TagID: TagAction] = [:]
    if case .contactTagUpdated(let list, let action?) = workflow.trigger, list.count == 1 {
      tags[list[0]] = action
    }
    steps: for step in workflow.steps {
      switch step.action {
      case .updateTag(let add, let remove):
        for (list, action) in [(add, TagAction.added), (remove, .removed)] {
          for tag in list where tags.updateValue(action, forKey: tag) != action {
            started += listeners(to: .tag(tag, action))
          }
        }
      case .updateField(let field, _): started += listeners(to: .field(field))
      case .openConversation:
        if isOpen == false { started += listeners(to: .opening) }
        isOpen = true
      case .closeConversation(let category, _):
        if isOpen == true { started += listeners(to: .closing(category?.literal)) }
        isOpen = false
      case .triggerWorkflow(let target, nil):
        if workflows.indices.contains(target.index), workflows[target.index] != nil {
          started.append(target.index)
        }
        break steps
      case .triggerWorkflow: break steps
      case .sendMessage where step.onFailure == nil, .addComment: continue
      case .assignTo(let assignment):
        switch assignment.target {
        case .user, .unassign: continue
        case .team, .workspace: break steps
        }
      case .wait(.duration(.zero)): continue
      default: break steps
      }
    }
    return started
  }

  private enum Cause {
    case tag(TagID, TagAction)
    case field(FieldID)
    case opening
    case closing(String?)
  }

  private func listeners(to cause: Cause) -> [Int] {
    workflows.indices.filter { index in
      // Who was ever enrolled is refused, so nothing goes round.
      guard let workflow = workflows[index], workflow.status == .published,
        !workflow.oncePerContact
      else { return false }
      switch (cause, workflow.trigger) {
      case (.tag(let tag, let action), .contactTagUpdated(let tags, let wanted)):
        return (tags.isEmpty || tags.contains(tag)) && (wanted == nil || wanted == action)
      case (.field(let field), .contactFieldUpdated(let fields)):
        return fields.isEmpty || fields.contains(field)
      case (.opening, .conversationOpened(let sources)):
        return sources.isEmpty || sources.contains(.workflow)
      case (.closing(let category), .conversationClosed(let sources, let categories)):
        return (sources.isEmpty || sources.contains(.workflow))
          && (categories.isEmpty || category.map { categories.contains($0) } ?? false)
      default: return false
      }
    }
  }
}
