/// Why a workflow cannot be published: which workflow, which step, what is wrong and what is allowed.
public struct DefinitionError: Error, Hashable, Sendable, Codable, CustomStringConvertible {
  /// The name of the workflow.
  public var workflow: String
  /// The way to the step in the tree, as a person counts: `steps[2].branch[1].steps[3]`; empty for the workflow.
  public var path: String
  /// The step's name or id, when it has one.
  public var step: String?
  /// What a file reader attached to the place, -1 without one.
  public var mark: Int32
  /// What is wrong.
  public var problem: Problem

  /// Describes a problem at a place.
  public init(workflow: String, path: String, step: String?, mark: Int32, problem: Problem) {
    self.workflow = workflow
    self.path = path
    self.step = step
    self.mark = mark
    self.problem = problem
  }

  /// What can be wrong with a definition.
  public enum Problem: Hashable, Sendable, Codable {
    /// A workflow needs at least one step.
    case noSteps
    /// More of something than the workspace allows.
    case overLimit(Limit, value: Int, limit: Int)
    /// A duration longer than the workspace allows, or below zero.
    case duration(EngineDuration, longest: EngineDuration)
    /// A jump to a step that the workflow does not have.
    case unknownStep(String)
    /// Two steps with one id.
    case repeatedStep(String)
    /// Something referred to that the workspace does not have.
    case unknown(String)
    /// A step after a branch, which can never be reached.
    case afterBranch
    /// A step without an id after Trigger Another Workflow, which can never be reached.
    case afterTransfer
    /// An entry without conditions that is not the last.
    case elseNotLast
    /// An outcome that this kind of step does not have.
    case outcome(String, of: String)
    /// A setting without a sensible meaning here.
    case setting(String, expected: String)
    /// Steps that start each other for ever without waiting; the names in turn.
    case loop([String])
    /// A call to one of the platform's own domains.
    case ownDomain(String)
    /// Something the engine cannot do.
    case unsupported(String)
  }

  /// A limit of the workspace.
  public enum Limit: String, Hashable, Sendable, Codable {
    /// Steps of a workflow.
    case steps
    /// Branches of a step, Else not counted.
    case branches
    /// Conditions of a branch.
    case conditions
    /// Jumps of a step in one run.
    case jumps
    /// Characters of a message.
    case textLength = "text_length"
    /// Possible answers of a question.
    case choices
    /// Characters of a possible answer.
    case choiceLength = "choice_length"
    /// Headers of a request.
    case headers
    /// Values saved from an answer.
    case mappings
    /// Workflows of the workspace.
    case workflows
    /// Characters of a closing note's category.
    case categoryLength = "category_length"
    /// Characters of a closing note's summary.
    case summaryLength = "summary_length"
    /// Characters of a comment.
    case commentLength = "comment_length"
    /// Lists of steps inside lists of steps.
    case depth
  }

  /// One line: workflow, place, problem and what was expected.
  public var description: String {
    let place = path.isEmpty ? "" : ", \(path)" + (step.map { " (\($0))" } ?? "")
    return "workflow \(workflow)\(place): \(problem)"
  }
}

extension DefinitionError.Problem: CustomStringConvertible {
  /// What is wrong and what was expected.
  public var description: String {
    switch self {
    case .noSteps: "has no steps; a workflow needs at least one"
    case .overLimit(let limit, let value, let most):
      "\(limit.rawValue) is \(value), the limit is \(most)"
    case .duration(let duration, let longest):
      "a duration of \(duration) is not allowed; expected 0 s to \(longest)"
    case .unknownStep(let id): "there is no step with the id \(id) in this workflow"
    case .repeatedStep(let id): "the id \(id) belongs to an earlier step; ids must differ"
    case .unknown(let what): "the workspace has no \(what)"
    case .afterBranch: "can never be reached; a branch is the last step of its list"
    case .afterTransfer:
      "can never be reached; trigger_workflow takes the contact away, and without an id no jump leads here"
    case .elseNotLast: "an entry without conditions is Else and must come last"
    case .outcome(let outcome, let step): "\(step) has no outcome \(outcome)"
    case .setting(let setting, let expected): "\(setting) has no meaning here; expected \(expected)"
    case .loop(let names):
      "workflow loop detected: " + names.joined(separator: " -> ") + "; put a wait or a condition "
        + "between them"
    case .ownDomain(let domain):
      "calls to the platform's own domain \(domain) are refused; they would lead back here"
    case .unsupported(let what): "\(what) is not supported"
    }
  }
}
