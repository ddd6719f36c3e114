import Scenarios

/// Rows that each are a message: who sent it, to or from whom, when.
struct MessageRows {
  /// The columns of the platform's message export that are used (PLATFORM.md 6.3).
  static let names: [(ColumnMap.Role, String)] = [
    (.at, "Date & Time"), (.sender, "Sender Type"), (.contact, "Contact ID"),
    (.channel, "Channel ID"), (.agent, "Sender ID"),
  ]

  /// Who sends.
  enum Sender { case contact, agent, program }

  private struct Message {
    var thread: UInt64
    var at: Int64
    var order: Int
    var sender: Sender
    var agent: Int32
    var channel: Int32
  }

  /// Without an id of the conversation, a silence of so long ends one: a day.
  static let silence: Int64 = 86_400_000

  /// Reads all rows of a table.
  static func read(
    _ table: inout ExportTable, _ columns: ColumnMap?, into history: inout History
  ) throws(Diagnostics) {
    let map = columns ?? ColumnMap(names)
    func place(_ role: ColumnMap.Role, isNeeded: Bool) -> ExportTable.Place? {
      guard let source = map[role] else {
        if isNeeded {
          table.problems.error("messages need '\(role.rawValue)': \(role.rawValue)=NAME")
        }
        return nil
      }
      if columns == nil, !isNeeded { return table.place(of: source.columns[0]) }
      return table.place(of: source)
    }
    let at = place(.at, isNeeded: true)
    let sender = place(.sender, isNeeded: true)
    let id = place(.id, isNeeded: false)
    let contact = place(.contact, isNeeded: id == nil)
    let agent = place(.agent, isNeeded: false)
    let channel = place(.channel, isNeeded: false)
    let only = place(.only, isNeeded: false)
    for (role, _) in map.sources
    where ![.at, .sender, .id, .contact, .agent, .channel, .only].contains(role) {
      table.problems.error(
        "'\(role.rawValue)' does not go with rows that are messages (--messages)")
    }
    guard table.problems.errorCount == 0, let sender else { throw table.problems.diagnostics }

    var agents = NameTable(limit: 10_000)
    var channels = NameTable(limit: 1_000)
    var messages: [Message] = []
    while try table.advance() {
      if let only, !table.holds(only) {
        history.notSelected += 1
        continue
      }
      let time = table.moment(at, "a message") {
        for index in messages.indices { messages[index].at = FileClock.turned(messages[index].at) }
        history.turnActions()
      }
      guard let time else { continue }
      let cell = table.rows.cells[sender.columns[0]]
      guard let who = Self.sender(table.rows.text(of: cell)) else {
        table.problems.error(
          table.rows, at: Int(cell.start), to: Int(cell.end),
          "expected who sent the message, found \(quoted(table.rows.text(of: cell)))",
          hint: "known: contact, user, agent, workflow, broadcast, api, bot, ai_agent, echo")
        continue
      }
      let person = who == .agent ? table.name(agent, &agents, "agent") : -1
      messages.append(
        Message(
          thread: id == nil ? table.key(contact) : mixed(table.key(id), 1), at: time,
          order: messages.count, sender: who, agent: person,
          channel: table.name(channel, &channels, "channel")))
      if person >= 0 { history.actions.append((person, time)) }
    }
    history.tellsContacts = contact != nil && id == nil
    history.agents = agents.names
    history.channels = channels.names
    assemble(messages, byID: id != nil, into: &history)
  }

  private static func sender(_ text: String) -> Sender? {
    switch trimmed(text).lowercased() {
    case "contact", "customer", "client": .contact
    case "user", "agent", "human", "operator": .agent
    case "workflow", "broadcast", "api", "bot", "ai_agent", "ai agent", "echo", "system",
      "automation":
      .program
    default: nil
    }
  }

  /// Puts messages together to conversations and to the gaps between them.
  private static func assemble(
    _ messages: [Message], byID: Bool, into history: inout History
  ) {
    let sorted = messages.sorted { ($0.thread, $0.at, $0.order) < ($1.thread, $1.at, $1.order) }
    var exchange = History.Exchange()
    var thread = ThreadCourse()
    var last: (thread: UInt64, at: Int64)?
    for message in sorted {
      let isNew =
        last.map { $0.thread != message.thread || !byID && message.at - $0.at > silence } ?? true
      if isNew { thread.finish(into: &history, &exchange) }
      last = (message.thread, message.at)
      thread.take(
        message.sender, message.at, message.agent, message.channel,
        contact: byID ? 0 : message.thread)
    }
    thread.finish(into: &history, &exchange)
    history.exchange = exchange
    history.conversations.sort { ($0.opened, $0.contact) < ($1.opened, $1.contact) }
  }
}

/// The course of one conversation, message by message.
private struct ThreadCourse {
  private var row: PastConversation?
  /// The contact's first message that is not answered yet.
  private var waitingSince: Int64?
  private var lastAnswer: Int64?
  private var questions: Int32 = 0
  private var answers: Int32 = 0
  private var thinkTimes: [Int64] = []
  private var responses: [Int64] = []

  mutating func take(
    _ sender: MessageRows.Sender, _ at: Int64, _ agent: Int32, _ channel: Int32, contact: UInt64
  ) {
    switch sender {
    case .program: return
    case .contact:
      if row == nil {
        row = PastConversation(opened: at)
        row?.contact = contact
        row?.channel = channel
      }
      guard waitingSince == nil else { return }
      waitingSince = at
      questions += 1
      if let lastAnswer { thinkTimes.append(at - lastAnswer) }
    case .agent:
      lastAnswer = at
      guard let since = waitingSince, row != nil else { return }
      waitingSince = nil
      answers += 1
      if row?.responded == PastConversation.never {
        row?.responded = at
        row?.agent = agent
      } else {
        responses.append(at - since)
      }
    }
  }

  mutating func finish(into history: inout History, _ exchange: inout History.Exchange) {
    defer { self = ThreadCourse() }
    guard var found = row else { return }
    found.incoming = questions
    found.responses = answers
    history.conversations.append(found)
    exchange.questions.append(questions)
    exchange.thinkTimes += thinkTimes
    exchange.laterResponses += responses
  }
}
