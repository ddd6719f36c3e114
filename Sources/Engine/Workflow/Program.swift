/// A published workflow, compiled: its steps in one flat row, with everything looked up and checked.
struct Program: Sendable, Codable {
  var instructions: ContiguousArray<Instruction> = []
  var sends: [SendInstruction] = []
  var questions: [QuestionInstruction] = []
  var assigns: ContiguousArray<AssignInstruction> = []
  var branches: [BranchInstruction] = []
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
  var ways: [Way] = []

  struct Way: Sendable, Codable {
    var needsAll: Bool
    var conditions: [CompiledCondition]
    var target: Int32
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

/// A program behind one reference, so that a step costs one count and not one for each table.
final class CompiledWorkflow: Sendable, Codable {
  let program: Program

  init(_ program: Program) { self.program = program }
}

/// A workflow as the tables hold it.
struct WorkflowRow: Sendable, Codable {
  var definition: WorkflowDefinition
  var compiled: CompiledWorkflow
  var status: WorkflowDefinition.Status
  /// How often it was published.
  var version: UInt32 = 0
}
