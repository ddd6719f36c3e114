/// The frequent instructions of all workflows, laid out flat as plain numbers.
///
/// A step then is a look into a table, where the compiled workflow itself is an object behind several
/// arrays, each of which counts a reference when it is touched. Made anew at every publication; what
/// is not here is looked up in the compiled workflow.
struct ProgramTables: Sendable, Codable {
  /// By the number of the workflow.
  private(set) var programs = RawTable<ProgramRow>()
  private(set) var instructions = RawTable<Instruction>()
  private(set) var assigns = RawTable<AssignInstruction>()
  private(set) var branches = RawTable<BranchRow>()
  private(set) var ways = RawTable<WayRow>()
  private(set) var tests = RawTable<ConditionTest>()

  init() {}

  init(_ workflows: some Sequence<WorkflowRow>) {
    for workflow in workflows { add(workflow) }
  }

  private mutating func add(_ workflow: WorkflowRow) {
    let program = workflow.compiled.program
    programs.append(
      ProgramRow(
        firstInstruction: Int32(instructions.count), firstAssign: Int32(assigns.count),
        firstBranch: Int32(branches.count),
        needsEquipment: program.needsMemory || program.readsContactFields,
        oncePerContact: workflow.definition.oncePerContact, soleAssign: soleAssign(program)))
    for instruction in program.instructions { instructions.append(instruction) }
    for assign in program.assigns { assigns.append(assign) }
    for branch in program.branches {
      branches.append(
        BranchRow(firstWay: Int32(ways.count), wayCount: Int32(branch.ways.count)))
      for way in branch.ways {
        ways.append(
          WayRow(
            firstTest: Int32(tests.count), testCount: Int32(way.conditions.count),
            needsAll: way.needsAll, target: way.target))
        for condition in way.conditions { tests.append(ConditionTest(condition)) }
      }
    }
  }
}

extension ProgramTables {
  /// Where the Assign To step of a workflow is that has no other, or -1: the most frequent of all.
  private func soleAssign(_ program: Program) -> Int32 {
    guard program.instructions.count == 2, case .assign(let index) = program.instructions[0],
      case .end(.completed) = program.instructions[1]
    else { return -1 }
    return Int32(assigns.count) + index
  }
}

/// Where the instructions of a workflow are, and what a run of it needs from its start.
struct ProgramRow: Sendable, Codable {
  var firstInstruction: Int32
  var firstAssign: Int32
  var firstBranch: Int32
  /// Whether a run is given something to remember.
  var needsEquipment: Bool
  var oncePerContact: Bool
  /// Its only step, where that is an Assign To step, or -1.
  var soleAssign: Int32
}

/// Where the ways of a branch are.
struct BranchRow: Sendable, Codable {
  var firstWay: Int32
  var wayCount: Int32
}

/// One way of a branch.
struct WayRow: Sendable, Codable {
  var firstTest: Int32
  var testCount: Int32
  /// Whether all conditions must hold, and not any.
  var needsAll: Bool
  var target: Int32
}

/// A condition that plain numbers answer, or the word that it is another one.
enum ConditionTest: Sendable, Codable {
  /// The conversation has this status, or has not.
  case status(ConversationStatus, Bool)
  /// There is an incoming message, or there is none.
  case incoming(Bool)
  /// There is an outgoing message, or there is none.
  case outgoing(Bool)
  /// Any other condition: the compiled workflow has it.
  case other

  init(_ condition: CompiledCondition) {
    switch (condition.subject, condition.comparison, condition.status) {
    case (.conversationStatus, .equals, let status?): self = .status(status, true)
    case (.conversationStatus, .differs, let status?): self = .status(status, false)
    case (.timeSinceLastIncomingMessage, .exists, _): self = .incoming(true)
    case (.timeSinceLastIncomingMessage, .isMissing, _): self = .incoming(false)
    case (.timeSinceLastOutgoingMessage, .exists, _): self = .outgoing(true)
    case (.timeSinceLastOutgoingMessage, .isMissing, _): self = .outgoing(false)
    default: self = .other
    }
  }
}

extension Program {
  /// Whether a condition looks at what the contact wrote last.
  var readsWords: Bool {
    asks { if case .lastIncomingMessage = $0 { true } else { false } }
  }

  /// Whether a condition looks at when a message went out last.
  var readsOutgoing: Bool {
    asks { if case .timeSinceLastOutgoingMessage = $0 { true } else { false } }
  }

  private func asks(_ isMeant: (CompiledSubject) -> Bool) -> Bool {
    branches.contains { branch in
      branch.ways.contains { way in way.conditions.contains { isMeant($0.subject) } }
    }
  }
}
