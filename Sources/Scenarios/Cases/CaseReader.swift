import Engine

extension CaseFile {
  /// Reads a case file; everything wrong with it is thrown at once.
  public static func load(_ path: String) throws(Diagnostics) -> CaseFile {
    let problems = Problems()
    let node = Node.read(file: path, problems)
    return try finished(node, path, problems)
  }

  /// Reads a case from a text.
  public static func read(_ source: SourceFile) throws(Diagnostics) -> CaseFile {
    let problems = Problems()
    let node = Node.read(source, problems)
    return try finished(node, source.name, problems)
  }

  /// Reads a case from a tree; everything wrong with the file is thrown, also what was wrong before.
  static func finished(
    _ node: Node?, _ file: String, _ problems: Problems
  ) throws(Diagnostics) -> CaseFile {
    if let node {
      let reader = CaseReader(Reading(problems))
      if var found = reader.caseFile(node, file), !problems.hasErrors {
        found.warnings = problems.diagnostics
        return found
      }
    }
    throw problems.diagnostics
  }
}

/// Reads a case file.
final class CaseReader {
  let reading: Reading
  let names = WorkspaceNames()
  let marks = MarkCollector()
  var settings = WorkspaceSettings()
  var users: [CaseFile.User] = []
  var teams: [CaseFile.Team] = []
  var deliveries: [String: CaseFile.Delivery] = [:]
  var windows: [String: EngineDuration] = [:]
  var contacts: [CaseFile.Contact] = []
  var contactNames = NameTable()
  var segmentNames = NameTable()
  /// Users who came with an entry so far.
  var joined: Set<Int> = []
  /// Contacts that a message or the workspace has brought in so far.
  var arrived: Set<Int> = []

  init(_ reading: Reading) {
    self.reading = reading
    names.isOpen = true
  }

  func caseFile(_ node: Node, _ file: String) -> CaseFile? {
    guard let top = ValueReader(node, reading).mapping(CaseKeys.top) else { return nil }
    let name = top["case"].flatMap { $0.filledText("what the case shows", limit: 300) }
    let why = top.optional("why") { $0.text("where the case comes from", limit: 1_000) }
    readCalendar(top)
    // Channel 0 is where contacts write who name none.
    _ = names.channels.intern("direct")
    let workspace = top["workspace"].flatMap { $0.mapping(CaseKeys.workspace) }
    if let workspace { readWorkspace(workspace) }
    let entries = top["timeline"].flatMap { $0.list(of: "entries") }
    for entry in entries ?? [] { announce(entry) }
    let workflows = readWorkflows(top["workflows"])
    if let segments = workspace?["segments"] { readSegments(segments) }
    let timeline = self.timeline(entries ?? [])
    let expectations = top["expect"].flatMap { self.expectations($0) }
    guard let name, let why, workspace != nil, let expectations else { return nil }
    finishSettings()
    if !reading.problems.hasErrors { publish(workflows) }
    return CaseFile(
      file: file, name: name, why: why, settings: settings, users: users, teams: teams,
      deliveries: names.channels.names.map { deliveries[$0] ?? CaseFile.Delivery() },
      contacts: contacts,
      workflows: workflows, marks: marks.marks, timeline: timeline, expectations: expectations)
  }

  private func readCalendar(_ top: Mapping) {
    let standard = LocalTime(seconds: Int64(daysSince1970(2026, 11, 23)) * 86_400 + 9 * 3_600)
    let start = top.optional("start", else: standard) { $0.localTime() } ?? standard
    let zone = top.optional("time_zone", else: TimeZoneRules()) { $0.timeZone() }
    names.timeZones = [zone ?? TimeZoneRules()]
    settings.epoch = names.timeZones[0].instant(of: start)
  }

  private func readWorkspace(_ mapping: Mapping) {
    settings.read(mapping, names)
    for (name, value) in mapping["users"]?.named("a user") ?? [] {
      checkReserved(name)
      _ = names.users.intern(name.text)
      users.append(user(name, value))
    }
    for (name, value) in mapping["teams"]?.named("a team") ?? [] {
      checkReserved(name)
      _ = names.teams.intern(name.text)
      let members = value.list(of: "users") ?? []
      teams.append(CaseFile.Team(name: name.text, members: members.compactMap { user($0) }))
      for (index, member) in members.enumerated() {
        if let user = member.scalarText,
          members[..<index].contains(where: { $0.scalarText == user })
        {
          member.error("\(quoted(user)) is listed twice")
        }
      }
    }
    checkTeams(mapping)
    if teams.count > settings.limits.teams, let value = mapping["teams"] {
      value.error("\(teams.count) teams, the limit is \(settings.limits.teams)")
    }
    for (name, value) in mapping["channels"]?.named("a channel") ?? [] {
      guard let channel = value.mapping(CaseKeys.channel) else { continue }
      _ = names.channels.intern(name.text)
      windows[name.text] = channel["window"].flatMap { $0.positiveDuration("a window") }
      deliveries[name.text] = channel["delivery"].flatMap { $0.delivery() }
    }
    for (name, value) in mapping["contacts"]?.named("a contact") ?? [] {
      checkReserved(name)
      readContact(name, value)
    }
  }

  /// A user belongs to at most one team (INV-11).
  private func checkTeams(_ mapping: Mapping) {
    var team: [String: String] = [:]
    for (name, value) in mapping["teams"]?.named("a team") ?? [] {
      guard case .list(let members) = value.node.content else { continue }
      for member in members {
        guard case .scalar(let scalar) = member.content else { continue }
        if let other = team[scalar.text], other != name.text {
          reading.problems.error(
            member.span, "\(quoted(scalar.text)) is in the team \(quoted(other)) already",
            hint: "a user belongs to at most one team")
        }
        team[scalar.text] = name.text
      }
    }
  }

  private func checkReserved(_ name: Name) {
    if [CaseFile.unknown, "nobody"].contains(name.text) {
      reading.problems.error(name.span, "the name '\(name.text)' has a meaning of its own here")
    }
  }

  private func user(_ name: Name, _ value: ValueReader) -> CaseFile.User {
    var user = CaseFile.User(profile: UserProfile(name: name.text))
    guard value.isMapping else {
      if let status = status(value) { user.profile.status = status }
      return user
    }
    guard let mapping = value.mapping(CaseKeys.user) else { return user }
    user.openConversations =
      mapping["open"].flatMap { $0.whole("open", in: 0...10_000) } ?? 0
    readProfile(mapping, &user.profile)
    return user
  }

  func readProfile(_ mapping: Mapping, _ profile: inout UserProfile) {
    mapping.set("status", &profile, \.status) { status($0) }
    mapping.set("limit", &profile, \.limit) {
      $0.whole("limit", in: 0...1_000_000).map { .some(Int32($0)) }
    }
    mapping.set("weight", &profile, \.weight) {
      $0.whole("weight", in: 1...1_000_000).map { Int32($0) }
    }
    mapping.set(choice: "role", &profile, \.role)
    mapping.set(choice: "sees", &profile, \.sees)
  }

  func status(_ value: ValueReader) -> ActivityStatus? {
    value.choice(
      "activity status",
      ["online": .online, "busy": .busy, "away": .busy, "offline": .offline])
  }

  private func readContact(_ name: Name, _ value: ValueReader) {
    let number = contact(name.text)
    arrived.insert(number)
    contacts[number].existsBefore = true
    guard let mapping = value.mapping(CaseKeys.contact) else { return }
    readProfile(mapping, of: number)
    contacts[number].profile.assignee = mapping["assignee"].flatMap { user($0) }
    contacts[number].profile.earlierConversations = UInt32(
      mapping["conversations"].flatMap { $0.whole("conversations", in: 0...1_000_000) } ?? 0)
  }

  func readProfile(_ mapping: Mapping, of contact: Int) {
    contacts[contact].profile.fields += mapping["fields"].map { fields($0) } ?? []
    contacts[contact].profile.tags += (mapping["tags"]?.oneOrMore(of: "tags") ?? []).compactMap {
      $0.filledText("a tag", limit: 200).map(names.tag)
    }
  }

  /// The number of a contact, who is added when first mentioned.
  func contact(_ name: String) -> Int {
    let number = contactNames.intern(name)
    if number == contacts.count { contacts.append(CaseFile.Contact(name: name)) }
    return number
  }

  func fields(_ value: ValueReader) -> [FieldEntry] {
    (value.named("a field") ?? []).compactMap { name, value in
      names.setFields.insert(name.text)
      let field = names.field(name.text)
      return fieldValue(value, name.text).map { FieldEntry(field, $0) }
    }
  }

  private func readWorkflows(_ value: ValueReader?) -> [WorkflowDefinition] {
    guard let value, let entries = value.named("a workflow") else { return [] }
    for entry in entries { _ = names.workflows.intern(entry.name.text) }
    return WorkflowReader(reading, names: names, limits: settings.limits, marks: marks)
      .workflows(entries)
  }

  private func readSegments(_ value: ValueReader) {
    settings.segments = WorkflowReader(
      reading, names: names, limits: settings.limits, marks: marks
    ).segments(value)
    for segment in settings.segments { _ = segmentNames.intern(segment.name) }
  }

  private func finishSettings() {
    settings.fields = names.fieldDefinitions
    settings.tags = names.tags.names
    settings.services = names.services.names
    settings.timeZones = names.timeZones
    settings.channels = names.channels.names.map {
      ChannelDefinition(name: $0, window: windows[$0])
    }
  }

  /// Asks the engine whether it would publish the workflows.
  private func publish(_ workflows: [WorkflowDefinition]) {
    let errors = EngineCore.problems(
      of: workflows, settings: settings, userCount: users.count { !$0.joinsLater },
      teamCount: teams.count { !$0.isFoundedLater })
    reading.problems.add(errors, marks.marks)
  }
}

extension Problems {
  /// Adds what the engine says about workflows, at the places that their marks lead to.
  func add(_ errors: [DefinitionError], _ marks: SourceMarks) {
    for problem in errors {
      let step = problem.step.map { " (\($0))" } ?? ""
      let place = problem.path.isEmpty ? "" : ", \(problem.path)\(step)"
      let message = "workflow '\(problem.workflow)'\(place): \(problem.problem)"
      if let span = marks[problem.mark] { error(span, message) }
    }
  }
}
