import Scenarios

/// Rows that each are an event of a case: what happened, by whom, when.
struct EventRows {
  /// What is known of a case so far.
  fileprivate struct Course {
    var first: Int64
    var last: Int64
    var opened = PastConversation.never
    var answered = PastConversation.never
    var closed = PastConversation.never
    var gaveUp = false
    var agent: Int32 = -1
    var closer: Int32 = -1
    var channel: Int32 = -1
    var population: Int32 = -1
    var contact: UInt64 = 0
  }

  /// Reads all rows of a table.
  static func read(
    _ table: inout ExportTable, _ columns: ColumnMap?, into history: inout History
  ) throws(Diagnostics) {
    guard let columns else { throw table.problems.diagnostics }
    for role in [ColumnMap.Role.responded, .left, .id, .sender] where columns[role] != nil {
      table.problems.error("'\(role.rawValue)' does not go with rows that are events (case=...)")
    }
    let key = table.place(of: columns[.case])
    let at = table.place(of: columns[.at])
    let only = table.place(of: columns[.only])
    let opened = table.place(of: columns[.opened])
    let answered = table.place(of: columns[.answered])
    let closed = table.place(of: columns[.closed])
    let gaveUp = table.place(of: columns[.gaveUp])
    let agent = table.place(of: columns[.agent])
    let channel = table.place(of: columns[.channel])
    let population = table.place(of: columns[.population])
    let contact = table.place(of: columns[.contact])
    guard table.problems.errorCount == 0 else { throw table.problems.diagnostics }

    var agents = NameTable(limit: 10_000)
    var channels = NameTable(limit: 1_000)
    var populations = NameTable(limit: 100)
    var positions: [UInt64: Int] = [:]
    var courses: [Course] = []
    while try table.advance() {
      if let only, !table.holds(only) {
        history.notSelected += 1
        continue
      }
      let time = table.moment(at, "an event") {
        for index in courses.indices { courses[index].turnDates() }
        history.turnActions()
      }
      guard let time else { continue }
      let id = table.key(key)
      guard id != 0 else {
        table.problems.error(table.rows, at: table.rows.start, "an event without a case")
        continue
      }
      let person = table.name(agent, &agents, "agent")
      let position = positions[id] ?? courses.count
      if position == courses.count {
        positions[id] = position
        courses.append(Course(first: time, last: time))
      }
      if person >= 0 { history.actions.append((person, time)) }
      courses[position].take(
        time, person,
        isOpening: opened.map { table.holds($0) }, isAnswer: answered.map { table.holds($0) },
        isClosing: closed.map { table.holds($0) }, isLeaving: gaveUp.map { table.holds($0) })
      courses[position].channel = table.name(channel, &channels, "channel")
      courses[position].population = table.name(population, &populations, "population")
      courses[position].contact = table.key(contact)
    }
    finish(&table, courses, into: &history, hasOpening: opened != nil, hasAnswer: answered != nil)
    history.agents = agents.names
    history.channels = channels.names
    history.populations = populations.names
    history.tellsContacts = contact != nil
    history.tellsGivingUp = gaveUp != nil
  }

  private static func finish(
    _ table: inout ExportTable, _ courses: [Course], into history: inout History,
    hasOpening: Bool, hasAnswer: Bool
  ) {
    var omitted = Omitted()
    for course in courses {
      var row = PastConversation(opened: hasOpening ? course.opened : course.first)
      row.started = hasAnswer ? course.answered : course.first
      row.closed = course.closed
      row.gaveUp = course.gaveUp
      if course.gaveUp { row.left = course.last }
      if course.gaveUp { row.closed = course.last }
      row.agent = course.agent
      row.closer = course.closer
      row.channel = course.channel
      row.population = course.population
      row.contact = course.contact
      if let reason = row.fault(slack: 2_000) {
        omitted.add(reason, at: table.start)
      } else {
        history.conversations.append(row)
      }
    }
    if table.problems.errorCount == 0 { omitted.tell(of: courses.count, &table.problems) }
    history.omissions = omitted.all
    history.conversations.sort { ($0.opened, $0.closed) < ($1.opened, $1.closed) }
  }
}

extension EventRows.Course {
  /// Takes an event; a condition that is not given is nil.
  fileprivate mutating func take(
    _ time: Int64, _ person: Int32, isOpening: Bool?, isAnswer: Bool?, isClosing: Bool?,
    isLeaving: Bool?
  ) {
    first = min(first, time)
    last = max(last, time)
    if isOpening == true, opened == PastConversation.never || time < opened { opened = time }
    if isAnswer ?? (person >= 0), answered == PastConversation.never || time < answered {
      answered = time
      agent = person
    }
    if isClosing ?? true, closed == PastConversation.never || time >= closed {
      closed = time
      closer = person
    }
    if isLeaving == true { gaveUp = true }
  }

  fileprivate mutating func turnDates() {
    func turn(_ time: inout Int64) {
      if time != PastConversation.never { time = FileClock.turned(time) }
    }
    turn(&first)
    turn(&last)
    turn(&opened)
    turn(&answered)
    turn(&closed)
  }
}
