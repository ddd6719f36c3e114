import Engine

@testable import Scenarios
@testable import Verification

/// What cases have been through, each thing in a few words: `ask_question email: next`.
///
/// Before every step of a case's workflows, behind it and at the beginning of every list that an outcome
/// leads to, a comment is put that names the place; comments change nothing (INV-17). What a run wrote
/// last tells where it was when it ended.
struct CaseTrace {
  private(set) var seen: Set<String> = []

  private static let sign = "\u{1}"

  /// Plays a case with the comments in its workflows and notes where it comes through.
  mutating func follow(_ file: CaseFile) {
    var settings = file.settings
    settings.limits.steps = 1_000_000
    let marked = CaseFile(
      file: file.file, name: file.name, why: file.why, settings: settings, users: file.users,
      teams: file.teams, deliveries: file.deliveries, contacts: file.contacts,
      workflows: file.workflows.map { workflow in
        var workflow = workflow
        workflow.steps = Self.marked(workflow.steps)
        return workflow
      }, marks: file.marks, timeline: file.timeline, expectations: file.expectations)
    let player = CasePlayer(marked, timerLimit: 1_000_000)
    player.play()
    var places: [Place: String] = [:]
    for (_, effect) in player.story { note(effect, marked, &places) }
  }

  /// A contact's passage through a workflow, of which there is one at a time.
  private struct Place: Hashable {
    var contact: ContactID
    var workflow: WorkflowID
  }

  private mutating func note(
    _ effect: EngineEffect, _ file: CaseFile, _ places: inout [Place: String]
  ) {
    switch effect {
    case .commentAdded(let contact, let text, .workflow(let workflow)):
      guard text.hasPrefix(Self.sign) else { return }
      let parts = text.dropFirst().split(separator: "|").map(String.init)
      let place = Place(contact: contact, workflow: workflow)
      if parts[1] == "enters" {
        // A jump that was carried out leads to the next step's comment.
        if let last = places[place], last.hasPrefix("jump_to") { seen.insert("\(last): jumps") }
        places[place] = parts[0]
      } else {
        seen.insert("\(parts[0]): \(parts[1])")
        places[place] = "nothing"
      }
    case .runStarted(_, let workflow, let contact):
      places[Place(contact: contact, workflow: workflow)] = nil
      seen.insert("trigger \(file.workflows[workflow.index].trigger.name)")
    case .runEnded(_, let workflow, let contact, let reason):
      seen.insert("run ends: \(reason.rawValue)")
      if let step = places.removeValue(forKey: Place(contact: contact, workflow: workflow)) {
        seen.insert("\(step): ends \(reason.rawValue)")
      }
    case .conversationOpened(let opening): seen.insert("opened by \(opening.source)")
    case .assigneeChanged(let entry): seen.insert("assigned: \(entry.reason.name)")
    case .leftQueue(_, _, let exit): seen.insert("leaves the queue: \(exit.rawValue)")
    case .messageRefused(_, let failure): seen.insert("not sent: \(failure.rawValue)")
    default: break
    }
  }

  // The comments.

  private static func marked(_ steps: [Step]) -> [Step] {
    steps.enumerated().flatMap { index, step -> [Step] in
      let name = name(of: step.action)
      var before = comment(name, "enters")
      var step = step
      // A jump must come upon the comment first.
      before.id = step.id
      step.id = nil
      step.onTimeout = step.onTimeout.map { [comment(name, "on_timeout")] + marked($0) }
      step.onInvalid = step.onInvalid.map { [comment(name, "on_invalid")] + marked($0) }
      step.onFailure = step.onFailure.map { [comment(name, "on_failure")] + marked($0) }
      step.outside = step.outside.map { [comment(name, "outside")] + marked($0) }
      switch step.action {
      case .branch(let branches):
        step.action = .branch(
          branches.map { branch in
            var branch = branch
            let way = branch.when == nil ? "else" : "when"
            branch.steps = [comment(name, way)] + marked(branch.steps)
            return branch
          })
        return [before, step]
      case .aiAgent(var agent):
        agent.outcomes = agent.outcomes.map {
          AIAgent.Way(
            $0.outcome, steps: [comment(name, "on \($0.outcome.rawValue)")] + marked($0.steps))
        }
        step.action = .aiAgent(agent)
      // Nobody comes by here any more.
      case .triggerWorkflow: return [before, step]
      default: break
      }
      let isLast = index == steps.count - 1
      return [before, step, comment(name, isLast ? "next, at the end" : "next")]
    }
  }

  private static func comment(_ step: String, _ place: String) -> Step {
    Step(.addComment(Template("\(sign)\(step)|\(place)")))
  }

  /// A step with what makes it behave differently: the kind of answer, whom it assigns and how.
  private static func name(of action: StepAction) -> String {
    switch action {
    case .askQuestion(let question): "\(action.name) \(question.answer.name)"
    case .assignTo(let step):
      switch step.target {
      case .user: "\(action.name) user"
      case .unassign: "\(action.name) unassign"
      case .team: "\(action.name) team \(step.logic.name)"
      case .workspace: "\(action.name) workspace \(step.logic.name)"
      }
    case .triggerWorkflow(_, let step):
      "\(action.name) \(step == nil ? "at the start" : "at a step")"
    default: action.name
    }
  }
}

extension AskQuestion.Answer {
  /// The name in files.
  fileprivate var name: String {
    switch self {
    case .text: "text"
    case .choice: "choice"
    case .number: "number"
    case .date: "date"
    case .phone: "phone"
    case .email: "email"
    case .url: "url"
    case .rating: "rating"
    case .location: "location"
    }
  }
}
