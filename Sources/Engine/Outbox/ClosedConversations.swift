/// The accounts of conversations that closed since the effects were last drained.
///
/// Hardly any host asks for them, so they are kept as plain rows and made into accounts when asked.
struct ClosedConversations: Sendable, Codable {
  private var rows = Slate<Row>()
  private var notes = Slate<ClosingNote>()
  private var replies = Slate<SentReply>()

  /// What is known of a closed conversation besides the words of its note.
  struct Row: Sendable, Codable {
    var contact: ContactID
    var conversation: ConversationRow
    var closedAt: EngineTime
    var closedBy: Source
    var closedByUser: UserID?
    var closedByTeam: TeamID?
    var assignee: UserID?
    /// The place of the note, -1 without one.
    var note: Int32 = -1
    /// Where its replies begin that may still be lost, and how many they are.
    var firstReply: Int32 = 0
    var replyCount: Int32 = 0
  }

  /// Keeps the account of a conversation and says where.
  mutating func append(
    _ row: Row, _ note: ClosingNote?, _ sent: [SentReply]
  ) -> ClosedConversation {
    let place = ClosedConversation(place: Int32(truncatingIfNeeded: rows.count))
    rows.append(row)
    if let note {
      rows[rows.count - 1].note = Int32(truncatingIfNeeded: notes.count)
      notes.append(note)
    }
    if !sent.isEmpty {
      rows[rows.count - 1].firstReply = Int32(truncatingIfNeeded: replies.count)
      rows[rows.count - 1].replyCount = Int32(truncatingIfNeeded: sent.count)
      for reply in sent { replies.append(reply) }
    }
    return place
  }

  /// The account of a conversation, of whose replies these are known to be lost by now.
  func record(_ place: ClosedConversation, lost: [MessageID]) -> ConversationRecord {
    var record = self[place]
    if lost.isEmpty { return record }
    let row = rows[Int(place.place)]
    var sent = (0..<Int(row.replyCount)).map { replies[Int(row.firstReply) + $0] }
    for message in lost { record.course.lose(message, of: &sent) }
    return record
  }

  /// The place of the account kept last.
  var latest: ClosedConversation {
    ClosedConversation(place: Int32(truncatingIfNeeded: rows.count) &- 1)
  }

  subscript(place: ClosedConversation) -> ConversationRecord {
    precondition(place.place >= 0, "the account of this conversation was omitted")
    let row = rows[Int(place.place)]
    let conversation = row.conversation
    let note = row.note >= 0 ? notes[Int(row.note)] : ClosingNote()
    return ConversationRecord(
      id: conversation.id, contact: row.contact, openedAt: conversation.openedAt,
      openedBy: conversation.openedBy, openedOn: conversation.openedOn, isNew: conversation.isNew,
      closedAt: row.closedAt, closedBy: row.closedBy, closedByUser: row.closedByUser,
      closedByTeam: row.closedByTeam, category: note.category, summary: note.summary,
      assignee: row.assignee, course: conversation.course)
  }

  @inline(__always)
  mutating func wipe() {
    rows.wipe()
    notes.wipe()
    replies.wipe()
  }
}
