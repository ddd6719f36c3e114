/// A contact as the tables hold it: plain numbers, so that millions of idle ones cost little.
///
/// Most contacts are anonymous: what only some have (fields, tags, texts) is in `ContactDetails`.
struct ContactRow: Equatable, Sendable, Codable {
  var generation: UInt32 = 0
  var flags = Flags()
  var status = ConversationStatus.closed
  /// Runs that wait in a queue; while it is 0 nobody looks for them.
  var queuedRuns: UInt16 = 0
  private var assigneeNumber = UInt32.max
  private var channelNumber = UInt32.max
  private var lastAssigneeNumber = UInt32.max
  /// The first of the contact's runs, -1 without any.
  var firstRun: Int32 = -1
  /// The slot of the open conversation, -1 without one.
  var conversation: Int32 = -1
  /// The slot of the details, -1 without any.
  var details: Int32 = -1
  /// How many conversations began, and in the highest bit whether the latest was a new contact's.
  private var conversationNumber: UInt32 = 0
  var incoming: UInt32 = 0
  var latestConversation = ConversationID(0)
  var lastIncoming = EngineTime.never
  var lastOutgoing = EngineTime.never
  var lastUserOutgoing = EngineTime.never
  /// The same two for the open, or else the latest, conversation.
  var lastOutgoingHere = EngineTime.never
  var lastUserOutgoingHere = EngineTime.never
  /// When the conversation closes by itself; never when no timer runs.
  var autoCloseAt = EngineTime.never
  var enrolments = EnrolmentHistory()

  struct Flags: OptionSet, Sendable, Codable {
    let rawValue: UInt8
    static let exists = Flags(rawValue: 1)
    static let blocked = Flags(rawValue: 2)
    /// Nothing happened since the message that made the contact.
    static let isArriving = Flags(rawValue: 4)
    /// A snooze or a block holds up the auto-close timer.
    static let autoCloseHeld = Flags(rawValue: 8)
  }

  var assignee: UserID? {
    @inline(__always) get { assigneeNumber == .max ? nil : UserID(assigneeNumber) }
    @inline(__always) set { assigneeNumber = newValue?.raw ?? .max }
  }

  /// Who had the contact last, also after an unassignment.
  var lastAssignee: UserID? {
    @inline(__always) get { lastAssigneeNumber == .max ? nil : UserID(lastAssigneeNumber) }
    @inline(__always) set { lastAssigneeNumber = newValue?.raw ?? .max }
  }

  /// How many conversations began, those before the engine's time included.
  var conversations: UInt32 {
    @inline(__always) get { conversationNumber & ~Self.latestWasNew }
    set {
      conversationNumber = conversationNumber & Self.latestWasNew | newValue & ~Self.latestWasNew
    }
  }

  /// What was recorded of the open, or else the latest, conversation: whether the contact was new.
  var wasNew: Bool {
    @inline(__always) get { conversationNumber & Self.latestWasNew != 0 }
    set {
      conversationNumber = newValue ? conversationNumber | Self.latestWasNew : conversations
    }
  }

  private static let latestWasNew: UInt32 = 1 << 31

  var lastChannel: ChannelID? {
    @inline(__always) get { channelNumber == .max ? nil : ChannelID(channelNumber) }
    @inline(__always) set { channelNumber = newValue?.raw ?? .max }
  }

  /// The first eight bytes as one number, to be compared with what is usual.
  @inline(__always) var head: UInt64 {
    UInt64(generation) | UInt64(flags.rawValue) &<< 32 | UInt64(status.rawValue) &<< 40
      | UInt64(queuedRuns) &<< 48
  }

  /// The head of a contact with this id whose conversation is open, and of whom there is no more to say:
  /// not blocked, not snoozed, in no queue.
  @inline(__always) static func usualHead(of contact: ContactID) -> UInt64 {
    contact.raw &>> 32 | UInt64(Flags.exists.rawValue) &<< 32
      | UInt64(ConversationStatus.open.rawValue) &<< 40
  }

  var exists: Bool { @inline(__always) get { flags.contains(.exists) } }
  var isBlocked: Bool { @inline(__always) get { flags.contains(.blocked) } }
  var isOpen: Bool { @inline(__always) get { conversation >= 0 } }

  /// Makes a freed row the row of a contact that is just made; only the generation goes on.
  ///
  /// Whoever was forgotten left no assignee, conversation, run, place in a queue, details or timer.
  @inline(__always)
  mutating func begin() {
    flags = [.exists, .isArriving]
    assigneeNumber = .max
    channelNumber = .max
    lastAssigneeNumber = .max
    firstRun = -1
    conversationNumber = 0
    incoming = 0
    latestConversation = ConversationID(0)
    lastIncoming = .never
    lastOutgoing = .never
    lastUserOutgoing = .never
    lastOutgoingHere = .never
    lastUserOutgoingHere = .never
    autoCloseAt = .never
    enrolments.first.workflow = 0
    enrolments.second.workflow = 0
  }

  /// Notes that a conversation began.
  @inline(__always)
  mutating func begin(_ id: ConversationID, in place: Int, isNew: Bool) {
    conversation = Int32(truncatingIfNeeded: place)
    status = .open
    conversationNumber = conversations &+ 1 | (isNew ? Self.latestWasNew : 0)
    latestConversation = id
    lastOutgoingHere = .never
    lastUserOutgoingHere = .never
  }

  /// Notes a message of the contact.
  @inline(__always)
  mutating func wrote(on channel: ChannelID, at time: EngineTime) {
    incoming &+= 1
    lastIncoming = time
    lastChannel = channel
    noteArrival()
  }

  /// Notes that something happened since the message that made the contact.
  @inline(__always)
  mutating func noteArrival() {
    flags = Flags(rawValue: flags.rawValue & ~Flags.isArriving.rawValue)
  }

  /// Notes a message of a user.
  @inline(__always)
  mutating func answered(at time: EngineTime) {
    lastOutgoing = time
    lastUserOutgoing = time
    lastOutgoingHere = time
    lastUserOutgoingHere = time
  }

  /// Notes the end of the open conversation.
  @inline(__always)
  mutating func end() {
    conversation = -1
    status = .closed
  }
}

/// In which workflows a contact ever was, and how often lately: the first two inline, the rest in the details.
struct EnrolmentHistory: Equatable, Sendable, Codable {
  var first = Enrolment()
  var second = Enrolment()
}

/// A contact's passages through one workflow.
struct Enrolment: Equatable, Sendable, Codable {
  /// The workflow's number plus one; 0 is nobody's.
  var workflow: UInt32 = 0
  /// Passages since the window began.
  var recent: Int32 = 0
  /// When the window began.
  var since = EngineTime.never

  /// Counts a passage and says how many there were within the window.
  mutating func count(at now: EngineTime, within window: EngineDuration) -> Int32 {
    if since == .never || since + window <= now {
      since = now
      recent = 0
    }
    recent = recent == .max ? recent : recent + 1
    return recent
  }
}

/// What only some contacts have.
struct ContactDetails: Equatable, Sendable, Codable {
  var fields: [FieldEntry] = []
  var tags: [TagID] = []
  var lastIncomingText = ""
  var note = ClosingNote()
  var enrolments: [Enrolment] = []
  var snoozedUntil = EngineTime.never
  var sentReplies: [SentReply] = []

  /// Forgets everything but the memory it stood in.
  mutating func clear() {
    // Most contacts have none of these, and emptying what is empty takes its time.
    if !fields.isEmpty { fields.removeAll(keepingCapacity: true) }
    if !tags.isEmpty { tags.removeAll(keepingCapacity: true) }
    if !enrolments.isEmpty { enrolments.removeAll(keepingCapacity: true) }
    if !sentReplies.isEmpty { sentReplies.removeAll(keepingCapacity: true) }
    lastIncomingText = ""
    note = ClosingNote()
    snoozedUntil = .never
  }

  func value(of field: FieldID) -> Value? {
    fields.first { $0.field == field }?.value
  }
}

/// The open conversation of a contact.
struct ConversationRow: Equatable, Sendable, Codable {
  var id = ConversationID(0)
  var openedAt = EngineTime.zero
  private var channelNumber = UInt32.max
  var openedBy = Source.contact
  var isNew = false
  /// Whether its course is kept: decided at its beginning by whether anybody will ask.
  private(set) var hasCourse = false
  /// How it went so far; stale numbers where it is not kept.
  private var keptCourse = ConversationCourse()

  var openedOn: ChannelID? { channelNumber == .max ? nil : ChannelID(channelNumber) }

  /// How it went so far; nothing where that is not kept.
  var course: ConversationCourse { hasCourse ? keptCourse : ConversationCourse() }

  /// Makes a freed row the row of a conversation that begins.
  @inline(__always)
  mutating func begin(
    _ id: ConversationID, at time: EngineTime, by source: Source, on channel: ChannelID?,
    isNew: Bool, keepsCourse: Bool
  ) {
    self.id = id
    openedAt = time
    channelNumber = channel?.raw ?? .max
    openedBy = source
    self.isNew = isNew
    hasCourse = false
    if keepsCourse { keepCourse() }
  }

  /// Keeps the course of a conversation that just began.
  @inline(never)
  mutating func keepCourse() {
    hasCourse = true
    keptCourse = ConversationCourse()
  }

  /// Notes something in the course, where it is kept.
  @inline(__always)
  mutating func note(_ change: (inout ConversationCourse) -> Void) {
    if hasCourse { change(&keptCourse) }
  }
}
