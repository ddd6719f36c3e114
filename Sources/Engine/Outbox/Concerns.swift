/// What a workspace cares about, in one word.
///
/// A frequent event asks it once for all that it need not look at. Made anew whenever something changes
/// that it is made of.
struct Concerns: OptionSet, Sendable {
  let rawValue: UInt32

  /// Every event is written down.
  static let journal = Concerns(rawValue: 1)
  /// How conversations went and what users did: for accounts, for auto-close and for some logics.
  static let past = Concerns(rawValue: 2)
  /// Conversations close by themselves.
  static let autoClose = Concerns(rawValue: 4)
  /// The desk is told what some logics compare.
  static let facts = Concerns(rawValue: 8)
  /// What contacts wrote last.
  static let words = Concerns(rawValue: 16)
  /// The words of messages that go out.
  static let texts = Concerns(rawValue: 32)
  /// A channel takes no message of ours a while after the contact's last one.
  static let windows = Concerns(rawValue: 64)
  /// A workflow waits for openings.
  static let openings = Concerns(rawValue: 128)
  /// Accounts of closed conversations, because the host or a workflow asks for them.
  static let accounts = Concerns(rawValue: 256)
  /// A workflow waits for closings, or closing takes the assignee away.
  static let closings = Concerns(rawValue: 512)
  /// Who closes must tell something, or may not.
  static let closingNotes = Concerns(rawValue: 1024)
  /// A person's answer ends the talk of the AI agent.
  static let takeovers = Concerns(rawValue: 2048)
  /// Users who do nothing are taken for offline.
  static let inactivity = Concerns(rawValue: 4096)
  /// The host is told of contacts made and forgotten.
  static let contacts = Concerns(rawValue: 8192)
  /// The host is told of runs that are over with the event that began them.
  static let passingRuns = Concerns(rawValue: 16384)
  /// A contact that has an assignee keeps it.
  static let keptAssignees = Concerns(rawValue: 32768)
  /// A copy of the core may share its tables: asked at every event, unless an owner vouches for it.
  static let maybeShared = Concerns(rawValue: 65536)
  /// A user's reply assigns the contact only when it arrives.
  static let arrivals = Concerns(rawValue: 131072)

  /// Closing a conversation ends the contact's runs.
  static let endedRuns = Concerns(rawValue: 262144)
  /// The host asks for more than the gist of the frequent effects.
  static let details = Concerns(rawValue: 524288)

  /// Every rule is taken in its general form: as what the quick ways are compared with, and while the
  /// account of a decision is wanted.
  static let generalRules = Concerns(rawValue: 2_097_152)

  /// A reply may be lost, and somebody may ask whether there was one.
  static let losses = Concerns(rawValue: 1_048_576)

  /// The host is asked who gets a contact.
  static let askedAssignments = Concerns(rawValue: 4_194_304)

  /// What a person's answer may concern.
  static var anyOfAnswers: Concerns {
    [.inactivity, .takeovers, .facts, .autoClose, .windows, .texts, .details, .losses]
  }
  /// What the first message of a new contact may concern.
  static var anyOfArrivals: Concerns {
    [.contacts, .facts, .autoClose, .words, .passingRuns, .details]
  }
  /// What may follow when somebody gets a contact that nobody has.
  static var anyOfAssignments: Concerns {
    [.facts, .autoClose, .details, .generalRules, .askedAssignments]
  }
  /// What keeps a step from choosing at once.
  static var anyOfChoices: Concerns { [.generalRules, .askedAssignments] }
  /// What a person's closing of a conversation may concern.
  static var anyOfClosings: Concerns {
    [.inactivity, .closingNotes, .facts, .autoClose, .closings, .endedRuns, .losses, .details]
  }
}

extension Concerns: Codable {
  /// Reads what was written; nobody vouches for a core that was read.
  init(from decoder: any Decoder) throws {
    let rawValue = try decoder.singleValueContainer().decode(UInt32.self)
    self = Concerns(rawValue: rawValue).union(.maybeShared)
  }

  /// Writes everything but what holds for this copy alone.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(subtracting([.maybeShared, .generalRules]).rawValue)
  }
}

extension EngineCore {
  /// Finds out again what the workspace cares about.
  mutating func reviewConcerns() {
    var found = concerns.intersection([.maybeShared, .generalRules])
    func note(_ concern: Concerns, _ isOne: Bool) { if isOne { found.insert(concern) } }
    let forgetsPast = omitted.isSuperset(of: [.accounts, .unreadWords])
    note(.journal, journal != nil)
    note(.past, !forgetsPast || autoClose != nil || tellsFacts)
    note(.autoClose, autoClose != nil)
    note(.facts, tellsFacts)
    note(.words, !omitted.contains(.unreadWords) || workflows.listeners.readsWords)
    note(.texts, !omitted.contains(.texts))
    note(.windows, settings.channels.contains { $0.window != nil })
    note(.openings, !workflows.listeners.opened.isEmpty)
    note(.accounts, !omitted.contains(.accounts) || !workflows.listeners.closed.isEmpty)
    note(.closings, !workflows.listeners.closed.isEmpty || settings.unassignOnClose)
    note(.closingNotes, settings.closingNotes != .optional)
    note(.takeovers, policies.aiAgentTakeover == .endsRun)
    note(.inactivity, settings.inactivity != nil)
    note(.contacts, !omitted.contains(.contacts))
    note(.passingRuns, !omitted.contains(.passingRuns))
    note(.arrivals, !policies.failedReplyAssigns)
    note(.endedRuns, policies.closeEndsRuns)
    note(.keptAssignees, !policies.overwriteAssignee)
    note(.details, !omitted.contains(.details))
    note(.askedAssignments, settings.asksForAssignments)
    let isAsked = found.contains(.past) || workflows.listeners.readsOutgoing
    note(
      .losses,
      !policies.failedReplyCounts && isAsked && settings.channels.contains(where: \.mayLose))
    concerns = found
  }

  /// An owner vouches that he knows of every copy and says `mayBeCopied` before he lets one be made.
  mutating func keepToOwner() {
    guard concerns.contains(.maybeShared) else { return }
    unshare()
    concerns.remove(.maybeShared)
  }

  /// From now on every rule is taken in its general form.
  mutating func takeGeneralRules() { concerns.insert(.generalRules) }

  /// From now on every event asks whether a copy shares the tables.
  mutating func mayBeCopied() { concerns.insert(.maybeShared) }
}
