import Measurement
import VirtualTime

/// What is special about a contact, in worlds that have such contacts.
struct Peculiarity {
  /// Whether it is junk: it wants nothing and answers nothing.
  var isJunk = false
  /// Whether an agent has blocked it.
  var isBlocked = false
  /// Whether it is a person's second contact, on another channel.
  var isSecond = false
  /// Whether it went up in the person's first contact.
  var isMerged = false
  /// How far the broadcast is that the contact was sent.
  var broadcast = BroadcastStage.none
  /// Whether that broadcast was sent after the warm-up.
  var isCounted = false
  /// The person's other contact; the greatest number where there is none.
  var partner = ContactNumber.nobody
  /// The visit in which agents who grab have seen the contact last.
  var seenVisit = UInt32.max
  /// When the contact was last given to somebody.
  var assignedAt = Instant.distantPast

  /// How far somebody is who writes first.
  var outreach = Outreach.none
  /// Whether the contact is about to write because of that.
  var willWrite = false
  /// The agent who wrote first.
  var writer = AgentNumber.nobody

  /// The conversation in which it was decided last whether shortcuts are used, and of which it was.
  var decidedOpening: UInt16 = 0
  var decided: UInt16 = 0

  /// Which of the contact's replies, counted from 1, is a rating; 0 where none is.
  var rated: UInt16 = 0

  /// How far a broadcast is with one contact.
  enum BroadcastStage: UInt8 {
    /// There is none, it failed, or nothing more comes of it.
    case none
    /// The message is on its way.
    case underWay
    /// The contact will write back.
    case replying
  }
}
