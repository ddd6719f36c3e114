import Engine
import World

/// What can be asked of a workspace; each answer is of one moment between commits.
public enum Question: Sendable, Equatable {
  /// How it stands as a whole.
  case state
  /// Everybody who answers.
  case users
  /// One of them, with the contacts at hand.
  case user(String)
  /// One contact.
  case contact(String)
  /// Who waits where.
  case queues
  /// Events of the journal with their results, after a number, at most so many.
  case audit(after: UInt64, limit: Int)
  /// Everything is looked at for what must not be.
  case check
}

/// Answers to questions about a workspace.
struct Answering {
  let name: String
  let state: WorkspaceState
  let store: JournalStore

  /// The most contacts, or events, of one answer.
  static let limit = 1_000

  func reply(to question: Question) -> Reply {
    do throws(BadRequest) {
      var line = JSONLine(capacity: 1_024)
      switch question {
      case .state: tellState(&line)
      case .users: tellUsers(&line)
      case .user(let name): try tell(user: name, &line)
      case .contact(let name): try tell(contact: name, &line)
      case .queues: tellQueues(&line)
      case .audit(let after, let limit): try audit(after, limit, &line)
      case .check: check(&line)
      }
      return Reply(status: 200, body: line.bytes)
    } catch {
      return error.reply
    }
  }

  private func tellState(_ line: inout JSONLine) {
    let core = state.core
    line.begin()
    line.member("workspace", name)
    line.member("scenario", store.meta.opening.name)
    line.member("sequence", state.sequence)
    line.name("at")
    line.seconds(core.now.nanoseconds)
    line.member("contacts", core.contactCount)
    line.member("open", core.openConversationCount)
    line.member("waiting", core.waitingCount)
    line.member("runs", core.runCount)
    line.member("timers", state.timers.count)
    line.member("opened", core.openedCount)
    line.member("closed", core.closedCount)
    line.member("decisions", core.decisionCount)
    line.member("refused", state.refusals)
    line.end()
  }

  private var users: [UserID] {
    (0..<state.core.userCount).map { UserID(index: $0) }.filter {
      state.core.status(of: $0) != nil
    }
  }

  private func members(of user: UserID, _ line: inout JSONLine) {
    let core = state.core
    line.member("user", state.names.users.name(user))
    line.member("status", core.status(of: user)?.description ?? "gone")
    line.member("team", orNull: core.team(of: user).map { state.names.teams.name($0) })
    line.member("open", core.openContacts(of: user))
    line.member("assigned", core.assignedContacts(of: user))
  }

  private func tellUsers(_ line: inout JSONLine) {
    line.begin("[")
    for user in users {
      line.begin()
      members(of: user, &line)
      line.end()
    }
    line.end("]")
  }

  private func tell(user name: String, _ line: inout JSONLine) throws(BadRequest) {
    let core = state.core
    guard let user = state.names.users[name], core.status(of: user) != nil else {
      throw missing(.unknown("user", name, among: users.map { state.names.users.name($0) }))
    }
    line.begin()
    members(of: user, &line)
    line.name("contacts")
    line.begin("[")
    var left = Self.limit
    for contact in core.openContacts where left > 0 && core.assignee(of: contact) == user {
      guard let name = state.contacts.name(contact) else { continue }
      line.text(name)
      left -= 1
    }
    line.end("]")
    line.end()
  }

  private func missing(_ error: BadRequest) -> BadRequest {
    var error = error
    error.status = 404
    return error
  }

  private func tell(contact name: String, _ line: inout JSONLine) throws(BadRequest) {
    let core = state.core
    guard let id = state.contacts.contact(name), let view = core.contact(id) else {
      throw BadRequest(
        404, "unknown_contact", "there is no contact '\(BadRequest.shortened(name))'")
    }
    let names = state.names
    line.begin()
    line.member("contact", state.contacts.name(id) ?? name)
    line.member("status", view.status.description)
    line.member("assignee", orNull: view.assignee.map { names.users.name($0) })
    line.member("conversations", Int(view.conversations))
    line.member("queued", view.isQueued)
    line.member("blocked", view.isBlocked)
    line.member("channel", orNull: view.lastChannel.map { names.channels.name($0) })
    line.name("tags")
    line.begin("[")
    for tag in view.tags { line.text(names.tags.name(tag)) }
    line.end("]")
    line.name("fields")
    line.begin("[")
    for entry in view.fields {
      line.begin()
      line.member("field", names.fields.name(entry.field))
      line.name("value")
      line.value(entry.value)
      line.end()
    }
    line.end("]")
    if let record = core.openConversation(of: id) { tell(record, &line) }
    line.end()
  }

  private func tell(_ record: ConversationRecord, _ line: inout JSONLine) {
    line.name("conversation")
    line.begin()
    line.member("conversation", record.id.raw)
    line.name("opened_at")
    line.seconds(record.openedAt.nanoseconds)
    line.member("source", record.openedBy.description)
    line.member("new", record.isNew)
    line.member("incoming", Int(record.course.incoming))
    line.member("outgoing", Int(record.course.outgoing))
    line.end()
  }

  private func tellQueues(_ line: inout JSONLine) {
    let teams = (0..<state.core.teamCount).map { PoolID.team(TeamID(index: $0)) }
    line.begin("[")
    for pool in [PoolID.workspace] + teams {
      let waiting = state.core.waiting(in: pool)
      line.begin()
      line.member("pool", state.names.told(pool))
      line.member("waiting", waiting.count)
      line.name("contacts")
      line.begin("[")
      for contact in waiting.prefix(Self.limit) {
        if let name = state.contacts.name(contact) { line.text(name) }
      }
      line.end("]")
      line.end()
    }
    line.end("]")
  }

  private func audit(_ after: UInt64, _ limit: Int, _ line: inout JSONLine) throws(BadRequest) {
    let most = Int64(max(1, min(limit, Self.limit)))
    var rows: [JournalRow] = []
    do throws(SQLiteFailure) {
      try store.forEachRow(after: min(after, UInt64(Int64.max)), atMost: most) { row, _ in
        rows.append(row)
        return true
      }
    } catch {
      throw BadRequest(503, "unreadable", "the journal cannot be read: \(error)")
    }
    line.begin("[")
    for row in rows {
      line.begin()
      line.member("sequence", row.sequence)
      line.name("at")
      line.seconds(row.at)
      line.member("key", orNull: row.key)
      line.name("event")
      line.raw(row.event)
      line.name("result")
      line.raw(row.result)
      line.end()
    }
    line.end("]")
  }

  private func check(_ line: inout JSONLine) {
    let violations = state.core.checkInvariants()
    line.begin()
    line.member("holds", violations.isEmpty)
    line.name("violations")
    line.begin("[")
    for violation in violations { line.text(violation.description) }
    line.end("]")
    line.end()
  }
}
