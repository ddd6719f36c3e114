/// Turns a workflow's tree of steps into a program and finds everything that is wrong with it.
///
/// Lists are laid out one after another, each closed by an `end`; where a list must be entered from a
/// step before it is laid out, the place is patched afterwards. No recursion: depth costs no stack.
struct WorkflowCompiler {
  let settings: WorkspaceSettings
  let surroundings: Surroundings
  let definition: WorkflowDefinition
  let workflow: WorkflowID

  var program = Program()
  var problems: [DefinitionError] = []
  var pending: [PendingList] = []
  var stepCount = 0
  var jumpTargets: [(jump: Int, id: String, place: Place)] = []

  /// What else there is in the workspace.
  struct Surroundings {
    var userCount: Int
    var teamCount: Int
    /// Every workflow that a step may name, by number; nil where there is none.
    var workflows: [WorkflowDefinition?]
  }

  /// A list of steps that is still to be laid out, and who enters it.
  struct PendingList {
    var steps: [Step]
    var path: String
    var depth: Int
    var entrance: Entrance
  }

  /// Where the first instruction of a list must be written down.
  enum Entrance {
    case start
    case sendFailure(Int)
    case questionInvalid(Int)
    case questionTimeout(Int)
    case questionFailure(Int)
    case assignTimeout(Int)
    case branch(Int, Int)
    case outside(Int)
    case rowFailure(Int)
    case agent(Int, Int)
  }

  /// A step's place in the tree.
  struct Place {
    var path: String
    var step: String?
    var mark: Int32
  }

  /// Lists may be nested this deep, however high the workspace's limits are.
  static let deepest = 64

  init(
    _ definition: WorkflowDefinition, as workflow: WorkflowID, settings: WorkspaceSettings,
    in surroundings: Surroundings
  ) {
    self.definition = definition
    self.workflow = workflow
    self.settings = settings
    self.surroundings = surroundings
  }

  /// Compiles the definition; the program is of use only when there are no problems.
  mutating func compile() -> Program {
    let root = Place(path: "", step: nil, mark: definition.mark)
    if definition.steps.isEmpty { report(.noSteps, at: root) }
    checkTrigger(definition.trigger, at: root)
    pending = [PendingList(steps: definition.steps, path: "steps", depth: 1, entrance: .start)]
    var next = 0
    while next < pending.count {
      let list = pending[next]
      pending[next].steps = []
      next += 1
      layOut(list)
    }
    if stepCount > settings.limits.steps {
      report(.overLimit(.steps, value: stepCount, limit: settings.limits.steps), at: root)
    }
    patchJumps()
    return program
  }

  mutating func report(_ problem: DefinitionError.Problem, at place: Place) {
    problems.append(
      DefinitionError(
        workflow: definition.name, path: place.path, step: place.step, mark: place.mark,
        problem: problem))
  }

  private mutating func layOut(_ list: PendingList) {
    enter(list.entrance, at: Int32(truncatingIfNeeded: program.instructions.count))
    guard list.depth <= Self.deepest else {
      let place = Place(path: list.path, step: nil, mark: list.steps.first?.mark ?? -1)
      report(.overLimit(.depth, value: list.depth, limit: Self.deepest), at: place)
      program.instructions.append(.end(.completed))
      return
    }
    var ending = ExitReason.completed
    for (index, step) in list.steps.enumerated() {
      stepCount += 1
      let place = Place(
        path: "\(list.path)[\(index + 1)]", step: step.name ?? step.id, mark: step.mark)
      if let id = step.id { addEntry(id, at: place) }
      checkOutcomes(of: step, at: place)
      lower(step, at: place, depth: list.depth)
      if index + 1 < list.steps.count {
        checkReach(
          of: list.steps[index + 1], after: step, path: "\(list.path)[\(index + 2)]")
      }
      if case .jumpTo = step.action { ending = .jumpExhausted } else { ending = .completed }
    }
    program.instructions.append(.end(ending))
  }

  private mutating func addEntry(_ id: String, at place: Place) {
    if program.entries.contains(where: { $0.id == id }) {
      report(.repeatedStep(id), at: place)
    }
    program.entries.append(
      EntryPoint(id: id, counter: Int32(truncatingIfNeeded: program.instructions.count)))
  }

  mutating func enter(_ entrance: Entrance, at counter: Int32) {
    switch entrance {
    case .start: break
    case .sendFailure(let index): program.sends[index].onFailure = counter
    case .questionInvalid(let index): program.questions[index].onInvalid = counter
    case .questionTimeout(let index): program.questions[index].onTimeout = counter
    case .questionFailure(let index): program.questions[index].onFailure = counter
    case .assignTimeout(let index): program.assigns[index].onTimeout = counter
    case .branch(let index, let way):
      program.ways[Int(program.branches[index].firstWay) + way].target = counter
    case .outside(let index): program.hours[index].outside = counter
    case .rowFailure(let index): program.rows[index].onFailure = counter
    case .agent(let index, let way): program.agents[index].ways[way].target = counter
    }
  }

  /// Lays a list out later, to be entered through an outcome; without a list there is no such way.
  mutating func follow(
    _ steps: [Step]?, _ name: String, from place: Place, depth: Int, _ entrance: Entrance
  ) {
    guard let steps else { return }
    pending.append(
      PendingList(
        steps: steps, path: "\(place.path).\(name)", depth: depth + 1, entrance: entrance))
  }

  private mutating func patchJumps() {
    for (jump, id, place) in jumpTargets {
      guard let entry = program.entries.first(where: { $0.id == id }) else {
        report(.unknownStep(id), at: place)
        continue
      }
      program.jumps[jump].target = entry.counter
    }
  }

  /// The place of a variable, made when it is new.
  mutating func variable(_ name: String) -> Int32 {
    if let index = program.variables.firstIndex(of: name) { return Int32(index) }
    program.variables.append(name)
    return Int32(program.variables.count - 1)
  }
}
