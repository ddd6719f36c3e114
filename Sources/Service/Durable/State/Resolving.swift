import Engine

/// An event with everything that it names looked up.
struct ResolvedEvent: Sendable {
  var event: EngineEvent
  /// The contact that it names first, which it may make.
  var contact: String?
  /// The contact that goes up in it.
  var absorbed: String?
  /// A report about a message that is not on its way.
  var unknownMessage: UInt64?
}

/// Ids that nothing ever has: the engine refuses events about them.
enum NobodysID {
  static let contact = ContactID(.max)
  static let absorbed = ContactID(.max - 1)
  static let user = UserID(.max - 1)
  static let team = TeamID(.max - 1)
}

/// Names that come up in the same request before they are used.
struct ComingNames: Sendable {
  private(set) var users: Set<String> = []
  private(set) var teams: Set<String> = []
  /// Whether all of the request was looked at, so that what comes is no longer compared with itself.
  var isComplete = false

  /// Notes what an event is about to make.
  mutating func note(_ event: EngineEvent) {
    switch event {
    case .userAdded(_, let profile): users.insert(profile.name)
    case .teamAdded(_, let name): teams.insert(name)
    default: break
    }
  }
}

/// Looks up what a draft names, in a workspace as it stands.
struct Resolving {
  let draft: EventDraft
  let names: WorkspaceNames
  let coming: ComingNames

  // MARK: Names

  func user(_ name: String) throws(BadRequest) -> UserID {
    if let user = names.users[name] { return user }
    if coming.users.contains(name) { return NobodysID.user }
    throw .unknown("user", name, among: names.users.names)
  }

  func user() throws(BadRequest) -> UserID { try user(try draft.needed(.user)) }

  func team(_ name: String) throws(BadRequest) -> TeamID {
    if let team = names.teams[name] { return team }
    if coming.teams.contains(name) { return NobodysID.team }
    throw .unknown("team", name, among: names.teams.names)
  }

  func channel() throws(BadRequest) -> ChannelID {
    try known("channel", try draft.needed(.channel), names.channels)
  }

  func tag(_ name: String) throws(BadRequest) -> TagID { try known("tag", name, names.tags) }

  func field(_ name: String) throws(BadRequest) -> FieldID {
    try known("field", name, names.fields)
  }

  func workflow(_ name: String) throws(BadRequest) -> WorkflowID {
    try known("workflow", name, names.workflows)
  }

  /// What has a name that the scenario gives, and no event can add to.
  private func known<ID: EntityID>(
    _ noun: String, _ name: String, _ all: WorkspaceNames.Named<ID>
  ) throws(BadRequest) -> ID {
    guard let id = all[name] else { throw .unknown(noun, name, among: all.names) }
    return id
  }

  /// Whoever does it: a user or a program.
  func actor() throws(BadRequest) -> Actor {
    let user = try draft.text(.user)
    let program = try draft.text(.program)
    switch (user, program) {
    case (let name?, nil): return .user(try self.user(name))
    case (nil, let name?):
      guard let source = Source(name: name), Source.integrations.contains(source) else {
        throw .unknown("program", name, among: Source.integrations.map(\.description))
      }
      return .program(source)
    default:
      throw BadRequest(
        422, "missing_key",
        "\(draft.kind.name) needs either 'user' or 'program': who does it")
    }
  }

  func fieldEntries() throws(BadRequest) -> [FieldEntry] {
    try draft.entries(.fields).map { (entry) throws(BadRequest) in
      FieldEntry(try field(entry.name), entry.value)
    }
  }

  func tagList() throws(BadRequest) -> [TagID] {
    try draft.texts(.tags).map { (name) throws(BadRequest) in try tag(name) }
  }

  func status(_ choices: [ActivityStatus] = ActivityStatus.allCases) throws(BadRequest)
    -> ActivityStatus?
  {
    try draft.choice(.status, choices.map { ($0.description, $0) })
  }

  func run() throws(BadRequest) -> RunID { try id(try draft.needed(.run), as: .run) }

  /// An id as it is printed: `run-3`, or `run-3.2` for the third run in its place.
  private func id<ID: SlotID>(_ text: String, as key: MemberKey) throws(BadRequest) -> ID {
    let parts = text.dropFirst(ID.noun.utf8.count + 1).split(
      separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { UInt32($0) }
    guard text.hasPrefix(ID.noun + "-"), numbers.count == parts.count,
      (1...2).contains(parts.count)
    else {
      throw BadRequest(
        422, "bad_value",
        "'\(key.name)' takes an id such as '\(ID.noun)-3', got '\(BadRequest.shortened(text))'")
    }
    return ID(slot: Int(numbers[0]), generation: numbers.count == 2 ? numbers[1] : 0)
  }

  // MARK: What administrators and hosts say

  func profile(_ name: String) throws(BadRequest) -> UserProfile {
    guard names.users[name] == nil, coming.isComplete || !coming.users.contains(name) else {
      throw BadRequest(422, "name_taken", "there is a user '\(name)' already")
    }
    try Self.check(name: name)
    let limit = try draft.whole(.limit, 0...1_000_000).map { Int32(truncatingIfNeeded: $0) }
    return UserProfile(
      name: name,
      role: try draft.choice(.role, UserProfile.Role.allCases.map { ($0.rawValue, $0) }) ?? .agent,
      sees: try draft.choice(.sees, UserProfile.Visibility.allCases.map { ($0.rawValue, $0) })
        ?? .all,
      weight: Int32(truncatingIfNeeded: try draft.whole(.weight, 1...1_000_000) ?? 1),
      limit: limit, status: try status() ?? .online)
  }

  func newTeam() throws(BadRequest) -> String {
    let name = try draft.needed(.team)
    guard names.teams[name] == nil, coming.isComplete || !coming.teams.contains(name) else {
      throw BadRequest(422, "name_taken", "there is a team '\(name)' already")
    }
    try Self.check(name: name)
    return name
  }

  static func check(name: String) throws(BadRequest) {
    guard !name.isEmpty, name.utf8.count <= EventDraft.nameLimit else {
      throw BadRequest(
        422, "bad_value",
        "a name has 1 to \(EventDraft.nameLimit) bytes, got \(name.utf8.count)")
    }
  }

  func publications() throws(BadRequest) -> [Publication] {
    try draft.texts(.workflows).map { (name) throws(BadRequest) in
      let id = try workflow(name)
      return Publication(id, names.definitions[id.index])
    }
  }

  func decision() throws(BadRequest) -> AssignmentDecision {
    let word = try draft.choice(.decision, ["assign", "wait", "leave"].map { ($0, $0) })
    // Whom nobody needs is looked at too: what stands there is a name or it is wrong.
    _ = try draft.text(.user)
    switch word {
    case "assign":
      guard draft.value(.user) != nil else {
        throw BadRequest(422, "missing_key", "the decision 'assign' needs the key 'user'")
      }
      return .assign(try user())
    case "wait": return .wait
    default: return .leave
    }
  }

  func answer() throws(BadRequest) -> (status: Int32, body: JSON) {
    let status = try draft.whole(.status, 100...599) ?? 200
    return (Int32(truncatingIfNeeded: status), draft.value(.body) ?? .null)
  }

  /// A timer, as only the workspace itself writes it.
  func timer() throws(BadRequest) -> TimerKey {
    let of = try draft.text(.of) ?? ""
    switch try draft.needed(.timer) {
    case "run": return .run(try id(of, as: .of))
    case "auto_close": return .autoClose(try id(of, as: .of))
    case "snooze": return .snooze(try id(of, as: .of))
    case "inactivity": return .inactivity(try user(of))
    case "queues": return .queues
    case let other:
      throw .unknown(
        "timer", other, among: ["run", "auto_close", "snooze", "inactivity", "queues"])
    }
  }
}
