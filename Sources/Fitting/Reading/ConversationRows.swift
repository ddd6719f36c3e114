import Scenarios

/// Rows that each are a conversation: the platform's export, and any file whose columns are named.
struct ConversationRows {
  typealias Place = ExportTable.Place

  /// The columns of the platform's export that are used (PLATFORM.md 6.3).
  static let names = [
    "Conversation ID", "DateTime Conversation Started", "DateTime Conversation Resolved",
    "Contact ID", "DateTime First Response", "Conversation Category", "Closed By",
    "First Assignee", "Opened By Channel", "First Assignment Timestamp", "First Response By",
    "Number of Incoming Messages", "Number of Responses", "Average Response Time",
  ]

  private var opened: Place?
  private var assigned: Place?
  private var started: Place?
  private var responded: Place?
  private var closed: Place?
  private var left: Place?
  private var gaveUp: Place?
  private var only: Place?
  private var id: Place?
  private var contact: Place?
  private var agent: Place?
  private var assignee: Place?
  private var closer: Place?
  private var channel: Place?
  private var population: Place?
  private var incoming: Place?
  private var responses: Place?
  private var average: Place?

  private var agents = NameTable(limit: 10_000)
  private var channels = NameTable(limit: 1_000)
  private var populations = NameTable(limit: 100)
  private var ids = IDCheck()
  private var omitted = Omitted()
  private var notSelected = 0
  private var found: [PastConversation] = []

  /// Reads all rows of a table.
  static func read(
    _ table: inout ExportTable, _ columns: ColumnMap?, into history: inout History
  ) throws(Diagnostics) {
    var rows = ConversationRows()
    if let columns { rows.find(columns, &table) } else { rows.findPlatform(&table) }
    guard table.problems.errorCount == 0 else { throw table.problems.diagnostics }
    while try table.advance() { rows.take(&table) }
    rows.finish(&table, into: &history)
    history.tellsContacts = rows.contact != nil
    history.tellsGivingUp =
      columns == nil ? rows.found.contains(where: \.gaveUp) : rows.gaveUp != nil
  }

  private mutating func find(_ columns: ColumnMap, _ table: inout ExportTable) {
    for role in [ColumnMap.Role.at, .sender] where columns[role] != nil {
      table.problems.error(
        "'\(role.rawValue)' belongs to rows that are events (case=...) or messages (--messages)")
    }
    opened = table.place(of: columns[.opened])
    started = table.place(of: columns[.answered])
    responded = table.place(of: columns[.responded])
    closed = table.place(of: columns[.closed])
    left = table.place(of: columns[.left])
    gaveUp = table.place(of: columns[.gaveUp])
    only = table.place(of: columns[.only])
    id = table.place(of: columns[.id])
    contact = table.place(of: columns[.contact])
    agent = table.place(of: columns[.agent])
    closer = agent
    channel = table.place(of: columns[.channel])
    population = table.place(of: columns[.population])
  }

  private mutating func findPlatform(_ table: inout ExportTable) {
    opened = table.place(of: "DateTime Conversation Started")
    if opened == nil {
      table.tellMissing(
        "DateTime Conversation Started",
        hint: "for another file: --columns opened=NAME,answered=NAME,closed=NAME,agent=NAME")
    }
    closed = table.place(of: "DateTime Conversation Resolved")
    responded = table.place(of: "DateTime First Response")
    assigned = table.place(of: "First Assignment Timestamp")
    id = table.place(of: "Conversation ID")
    contact = table.place(of: "Contact ID")
    agent = table.place(of: "First Response By")
    assignee = table.place(of: "First Assignee")
    closer = table.place(of: "Closed By")
    channel = table.place(of: "Opened By Channel")
    incoming = table.place(of: "Number of Incoming Messages")
    responses = table.place(of: "Number of Responses")
    average = table.place(of: "Average Response Time")
    gaveUp = table.place(of: "Conversation Category")
    gaveUp?.values = [Array("gave_up".utf8)]
  }

  /// Takes the row that the table stands at.
  private mutating func take(_ table: inout ExportTable) {
    if let only, !table.holds(only) {
      notSelected += 1
      return
    }
    var isTurned = false
    var isBad = false
    func read(_ place: Place?, _ table: inout ExportTable, midnightIsAbsent: Bool = true) -> Int64 {
      switch table.time(place, midnightIsAbsent: midnightIsAbsent) {
      case .absent: break
      case .time(let value): return value
      case .turned: isTurned = true
      case .bad: isBad = true
      }
      return PastConversation.never
    }
    var row = PastConversation(opened: read(opened, &table, midnightIsAbsent: false))
    row.assigned = read(assigned, &table)
    row.started = read(started, &table)
    row.responded = read(responded, &table)
    row.closed = read(closed, &table)
    row.left = read(left, &table)
    if isTurned {
      // The month stands first, and it was not known until here.
      for at in found.indices { found[at].turnDates() }
      take(&table)
      return
    }
    if isBad { return }
    if let gaveUp { row.gaveUp = table.holds(gaveUp) }
    row.mendNights(joined: { $0?.columns.count == 2 }(opened))
    if let reason = row.fault(slack: 2_000) {
      omitted.add(reason, at: table.here)
      return
    }
    row.contact = table.key(contact)
    row.agent = table.name(agent, &agents, "agent")
    row.assignee = table.name(assignee, &agents, "agent")
    row.closer = table.name(closer, &agents, "agent")
    row.channel = table.name(channel, &channels, "channel")
    row.population = table.name(population, &populations, "population")
    row.incoming = table.count(incoming)
    row.responses = table.count(responses)
    row.averageResponse = table.length(average)
    if let id {
      let cell = table.rows.cells[id.columns[0]]
      ids.take(table.rows, cell, key: mixed(row.contact, UInt64(bitPattern: row.opened)))
    }
    found.append(row)
  }

  private mutating func finish(_ table: inout ExportTable, into history: inout History) {
    let repeated = ids.repeated(hasContacts: contact != nil, &table.problems)
    if !repeated.isEmpty {
      for at in repeated {
        omitted.add(.twice, at: table.start)
        found[at].opened = PastConversation.never
      }
      found.removeAll { $0.opened == PastConversation.never }
    }
    let counted = table.rowCount - notSelected
    if table.problems.errorCount == 0 { omitted.tell(of: counted, &table.problems) }
    found.sort { ($0.opened, $0.contact) < ($1.opened, $1.contact) }
    history.conversations = found
    history.agents = agents.names
    history.channels = channels.names
    history.populations = populations.names
    history.notSelected = notSelected
    history.omissions = omitted.all
  }
}

extension PastConversation {
  /// Turns day and month around in every time.
  mutating func turnDates() { move(FileClock.turned) }

  /// Times that were put together from the day of the opening and a time after midnight are a day later.
  mutating func mendNights(joined: Bool) {
    guard joined, opened != Self.never else { return }
    func mend(_ time: inout Int64) {
      if time != Self.never, time < opened - 43_200_000 { time += 86_400_000 }
    }
    mend(&started)
    mend(&responded)
    mend(&closed)
    mend(&left)
  }

  /// Why the row cannot be used; nil if it can.
  ///
  /// Clocks of different machines may disagree by `slack` milliseconds: then the later time counts.
  mutating func fault(slack: Int64) -> Omitted.Reason? {
    if opened == Self.never { return .notOpened }
    func follow(_ time: inout Int64) -> Bool {
      guard time != Self.never, time < opened else { return true }
      guard time >= opened - slack else { return false }
      time = opened
      return true
    }
    if !follow(&closed) { return .closedFirst }
    if !follow(&started) || !follow(&responded) { return .answeredFirst }
    _ = follow(&assigned)
    _ = follow(&left)
    let taken = started != Self.never ? started : responded
    if closed != Self.never, taken != Self.never, taken > closed {
      guard taken - closed <= slack else { return .answeredAfterClosing }
      closed = taken
    }
    if gaveUp, left == Self.never, closed == Self.never { return .leftNever }
    return nil
  }
}
