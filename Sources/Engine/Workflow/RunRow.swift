/// A contact's passage through a workflow: data and not a task, for it may wait a week.
struct RunRow: Equatable, Sendable, Codable {
  var generation: UInt32 = 0
  var workflow: Int32 = -1
  var contact: Int32 = -1
  /// The instruction that comes next, or that is waited at.
  var counter: Int32 = 0
  var state = RunState.free
  /// Whether the queue entry was announced and its time-out armed.
  var isAnnounced = false
  /// Whether an Assign To step was carried out.
  var hasAssigned = false
  /// Whether it was said that the run began.
  var isTold = false
  var memory: Int32 = -1
  var next: Int32 = -1
  var previous: Int32 = -1
  /// When the run goes on if nothing else happens; never without a timer.
  var deadline = EngineTime.never
  /// When a run in a queue has waited long enough; its deadline may come before (a sticky wait).
  var timeoutAt = EngineTime.never
  /// The message whose fate, or the question whose answer, is waited for.
  var message = MessageID(0)
  var ticket: QueueTicket?

  /// Makes a freed row the row of a run that begins.
  ///
  /// Whoever ended a run left neither timer nor ticket nor memory; what else was waited for says
  /// nothing until something is waited for again.
  @inline(__always)
  mutating func begin(
    _ contact: Int32, in workflow: Int32, at counter: Int32, before next: Int32
  ) {
    self.workflow = workflow
    self.contact = contact
    self.counter = counter
    state = .ready
    isAnnounced = false
    hasAssigned = false
    isTold = false
    self.next = next
    previous = -1
  }
}

/// What a run is doing.
enum RunState: UInt8, Sendable, Codable {
  /// The slot is nobody's.
  case free
  /// It goes on within this very event.
  case ready
  /// A Wait step.
  case waiting
  /// An Assign To step whose pool had nobody.
  case queued
  /// A message whose failure has steps of its own.
  case sending
  /// A question.
  case asking
  /// An HTTP request or a row of a sheet.
  case calling
  /// The AI agent.
  case withAIAgent
}

/// What a run remembers: variables, what came with its trigger, jumps made.
struct RunMemory: Equatable, Sendable, Codable {
  var variables: ContiguousArray<Value?> = []
  var jumps: ContiguousArray<Int32> = []
  /// The contact's fields when the run began, where the policy wants them kept.
  var fields: [FieldEntry] = []

  mutating func set(_ variable: Int, to value: Value?) {
    while variables.count <= variable { variables.append(nil) }
    variables[variable] = value
  }

  func value(of variable: Int) -> Value? {
    variables.indices.contains(variable) ? variables[variable] : nil
  }

  /// Counts a jump, and says whether it may be made once more.
  mutating func jumps(_ jump: Int, atMost most: Int32) -> Bool {
    while jumps.count <= jump { jumps.append(0) }
    guard jumps[jump] < most else { return false }
    jumps[jump] += 1
    return true
  }

  mutating func clear() {
    variables.removeAll(keepingCapacity: true)
    jumps.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
  }
}
