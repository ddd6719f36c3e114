import VirtualTime

/// What some channels must remember of each contact: a row for each actor, made anew for each person.
struct ChannelMemory {
  /// What is remembered of one.
  struct Row: BitwiseCopyable {
    /// Whom it is about: the name of the draws without the number of the visit.
    var person = UInt64.max
    /// The visit, by the name of its draws.
    var visit = UInt64.max
    /// When the visitor leaves the page.
    var leaves = Instant.distantFuture
    /// The conversation in which an answer came too late, by its number among the contact's.
    var missed: UInt32 = 0
    /// How many messages the person got in the present burst.
    var burst: Int32 = 0
    /// When that burst began.
    var burstBegan = Instant.start
    /// When the person's last message reached the platform.
    var heard = Instant.distantPast
    /// Until when the person is among those to whom one wrote first.
    var countedUntil = Instant.distantPast
    /// Until when the conversation lasts that was paid for.
    var paidUntil = Instant.distantPast
  }

  private var rows: ContiguousArray<Row> = []

  /// The row of a contact, whose visit has draws of that name.
  subscript(contact: ContactNumber, entity: UInt64) -> Row {
    get {
      let index = contact.index
      guard index < rows.count, rows[index].person == Self.person(entity) else {
        return Row(person: Self.person(entity))
      }
      return rows[index]
    }
    set {
      while rows.count <= contact.index { rows.append(Row()) }
      rows[contact.index] = newValue
    }
  }

  private static func person(_ entity: UInt64) -> UInt64 {
    entity & ~(Contact.entityStep - 1)
  }
}
