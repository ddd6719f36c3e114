/// A published workflow, compiled: its steps in one flat row, with everything looked up and checked.
///
/// What nearly every workflow has (instructions, assignments, branches) stands in raw tables as plain numbers:
/// a step is a look into a table. The rest is looked up in arrays when its step is carried out.
struct Program: Sendable, Codable {
  var instructions = RawTable<Instruction>()
  var assigns = RawTable<AssignInstruction>()
  var branches = RawTable<BranchInstruction>()
  /// The ways of all branches, those of one branch one after another.
  var ways = RawTable<WayRow>()
  /// The conditions of all ways, those of one way one after another: as plain numbers tell them, and whole.
  var tests = RawTable<ConditionTest>()
  var conditions: [CompiledCondition] = []
  var sends: [SendInstruction] = []
  var questions: [QuestionInstruction] = []
  var tagUpdates: [TagInstruction] = []
  var fieldUpdates: [FieldInstruction] = []
  var closings: [CloseInstruction] = []
  var comments: [CommentInstruction] = []
  var jumps: [JumpInstruction] = []
  var waits: [CompiledOperand] = []
  var hours: [HoursInstruction] = []
  var requests: [RequestInstruction] = []
  var rows: [RowInstruction] = []
  var agents: [AgentInstruction] = []
  var transfers: [TransferInstruction] = []
  /// Names of variables by their place in a run's memory.
  var variables: [String] = []
  /// The variables that receive what came with the trigger.
  var triggerVariables: [TriggerVariable] = []
  /// Where the steps with an id begin.
  var entries: [EntryPoint] = []
  var readsContactFields = false

  /// Whether a run needs memory from its start.
  var needsMemory: Bool { !triggerVariables.isEmpty }

  /// The only step, where that is an Assign To step, or -1.
  var soleAssign: Int32 {
    guard instructions.count == 2, case .assign(let index) = instructions[0],
      case .end(.completed) = instructions[1]
    else { return -1 }
    return index
  }

  /// Whether a condition looks at what the contact wrote last.
  var readsWords: Bool {
    conditions.contains { if case .lastIncomingMessage = $0.subject { true } else { false } }
  }

  /// Whether a condition looks at when a message went out last.
  var readsOutgoing: Bool {
    conditions.contains {
      if case .timeSinceLastOutgoingMessage = $0.subject { true } else { false }
    }
  }
}

/// One step of a program: what to do, and where its settings are.
enum Instruction: Sendable, Codable {
  case assign(Int32)
  case branch(Int32)
  case wait(EngineDuration)
  case end(ExitReason)
  case send(Int32)
  case comment(Int32)
  case jump(Int32)
  case open
  case close(Int32)
  case tags(Int32)
  case field(Int32)
  case ask(Int32)
  case waitSeconds(Int32)
  case hours(Int32)
  case request(Int32)
  case row(Int32)
  case agent(Int32)
  case transfer(Int32)
}

/// No instruction: an outcome without steps of its own.
let nowhere: Int32 = -1

struct SendInstruction: Sendable, Codable {
  var text: CompiledText
  var channel: ChannelID?
  /// What is said instead on some channels.
  var variants: [Variant] = []
  var onFailure = nowhere
}

extension SendInstruction {
  struct Variant: Sendable, Codable {
    var channel: ChannelID
    var text: CompiledText
  }
}

struct QuestionInstruction: Sendable, Codable {
  var text: CompiledText
  var answer: AskQuestion.Answer
  var save: Destination?
  var timeout: EngineDuration
  var onInvalid = nowhere
  var onTimeout = nowhere
  var onFailure = nowhere

  enum Destination: Sendable, Codable {
    case field(FieldID)
    case variable(Int32)
    case tags([TagID])
  }
}

struct AssignInstruction: Sendable, Codable {
  var target: AssignTarget
  var request: AssignmentRequest
  var excludeCurrent: Bool
  var timeout: EngineDuration
  var onTimeout = nowhere
  /// Whether anybody of a pool will do who passes the filters.
  private(set) var asksForAnybody: Bool

  init(
    target: AssignTarget, request: AssignmentRequest, excludeCurrent: Bool,
    timeout: EngineDuration, onTimeout: Int32 = nowhere
  ) {
    self.target = target
    self.request = request
    self.excludeCurrent = excludeCurrent
    self.timeout = timeout
    self.onTimeout = onTimeout
    asksForAnybody = !excludeCurrent && !request.isSticky && !request.onlyIfSooner
    switch target {
    case .team, .workspace: break
    case .user, .unassign: asksForAnybody = false
    }
  }
}

struct BranchInstruction: Sendable, Codable {
  var firstWay: Int32
  var wayCount: Int32 = 0
}

/// One way of a branch.
struct WayRow: Sendable, Codable {
  var firstTest: Int32
  var testCount: Int32
  /// Whether all conditions must hold, and not any.
  var needsAll: Bool
  var target = nowhere
}

/// A condition that plain numbers answer, or the word that it is another one.
enum ConditionTest: Sendable, Codable {
  /// The conversation has this status, or has not.
  case status(ConversationStatus, Bool)
  /// There is an incoming message, or there is none.
  case incoming(Bool)
  /// There is an outgoing message, or there is none.
  case outgoing(Bool)
  /// Any other condition: to be looked at whole.
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

struct TagInstruction: Sendable, Codable {
  var add: [TagID]
  var remove: [TagID]
}

struct FieldInstruction: Sendable, Codable {
  var field: FieldID
  var value: CompiledText
}

struct CloseInstruction: Sendable, Codable {
  var category: CompiledText?
  var summary: CompiledText?
}

struct CommentInstruction: Sendable, Codable {
  var text: CompiledText
  var mentions: [UserID]
}

struct JumpInstruction: Sendable, Codable {
  var target: Int32
  var atMost: Int32
}

struct HoursInstruction: Sendable, Codable {
  var hours: OfficeHours
  var timeZone: Int32
  var outside = nowhere
}

struct RequestInstruction: Sendable, Codable {
  var service: ServiceID
  var method: String
  var url: CompiledText
  /// Whether the address is only known at the call.
  var hasOpenURL: Bool
  var headers: [Header]
  var body: CompiledText
  var save: [Mapping]
  var status: Int32?

  struct Header: Sendable, Codable {
    var name: String
    var value: CompiledText
  }

  struct Mapping: Sendable, Codable {
    var variable: Int32
    var path: JSONPath
  }
}

struct RowInstruction: Sendable, Codable {
  var service: ServiceID
  var cells: [Cell]
  var onFailure = nowhere

  struct Cell: Sendable, Codable {
    var column: String
    var value: CompiledText
  }
}

struct AgentInstruction: Sendable, Codable {
  var ways: [Way] = []
  var idle: EngineDuration
  var key: Int32

  struct Way: Sendable, Codable {
    var outcome: AIAgent.Outcome
    var target: Int32
  }
}

struct TransferInstruction: Sendable, Codable {
  var workflow: WorkflowID
  /// The id of a step, or nothing for the start; looked up when the contact goes over.
  var step: String?
}

struct TriggerVariable: Sendable, Codable {
  var name: String
  var variable: Int32
}

struct EntryPoint: Sendable, Codable {
  var id: String
  var counter: Int32
}

/// A text with its parts looked up; most are the same every time.
struct CompiledText: Sendable, Codable {
  var literal: String?
  var parts: [Part] = []

  enum Part: Sendable, Codable {
    case text(String)
    case operand(CompiledOperand)
  }
}

/// An operand with its variable's place.
enum CompiledOperand: Sendable, Codable {
  case contactField(FieldID)
  case contact(ContactProperty)
  case assignee(AssigneeProperty)
  case conversation(ConversationProperty)
  case variable(Int32)
}

/// A condition with its subject looked up and its numbers read.
struct CompiledCondition: Sendable, Codable {
  var subject: CompiledSubject
  var comparison: Comparison
  var operands: [CompiledText]
  /// The first operand as a number, when it always is the same one.
  var number: Double?
  /// The status that the first operand names, when it always names the same one.
  var status: ConversationStatus?
}

/// A subject with its variable's place.
enum CompiledSubject: Sendable, Codable {
  case conversationStatus
  case contactType
  case tags
  case assigneeStatus
  case lastChannel
  case lastIncomingMessage
  case timeSinceLastIncomingMessage
  case timeSinceLastOutgoingMessage
  case operand(CompiledOperand)
}
