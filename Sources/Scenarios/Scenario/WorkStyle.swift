public import Engine
public import Sampling

/// How an agent works.
public struct WorkStyle: Sendable {
  /// How many conversations are worked on at once, and how fast.
  public internal(set) var attention: Attention
  /// Work per answer.
  public internal(set) var replyTime: Distribution
  /// Work after the last answer, before closing.
  public internal(set) var wrapUp: Distribution
  /// Whether a short first message goes out the moment work on a conversation starts.
  public internal(set) var greets: Bool
  /// What a free agent takes from the unassigned inbox.
  public internal(set) var picks: Picks
  /// When the agent is on shift; always if empty.
  public internal(set) var shifts: [Shift]
  /// Absences; none if nil.
  public internal(set) var away: Away?
  /// How the agent stops for an absence or the end of a shift.
  public internal(set) var leaving: Leaving
  /// The share of conversations that the agent forgets to close.
  public internal(set) var forgetsToClose: Double
  /// Whether an answer in hand is still sent when the conversation was moved away.
  public internal(set) var finishesAnyway: Bool
  /// Money for an hour on shift; nothing if nil.
  public internal(set) var cost: Rate?
  /// From being taken for absent to the next look whether there is anything; never if nil.
  public internal(set) var checksIn: Distribution?
  /// Whether the agent takes conversations that somebody else may have; never if nil.
  public internal(set) var grabs: Grabbing?
  /// The views of a custom inbox, in the order in which they are looked through; none if empty.
  public internal(set) var inbox: [InboxView] = []
  /// Help in writing, in the order of the file.
  public internal(set) var assists: [Assist] = []
  /// The shortcuts that the agent uses, in the order of the file.
  public internal(set) var shortcuts: [Shortcut] = []
  /// Whether the platform sees all the time that the agent works on an answer.
  public internal(set) var worksVisibly = true

  /// How many conversations are worked on at once, and how fast.
  public enum Attention: Sendable, Hashable {
    /// One at a time.
    case serial
    /// So many at once, each at full speed.
    case parallel(Int)
    /// The total speed with 1, 2, ... conversations in hand.
    case shared([Double])

    /// The most conversations that are worked on at once.
    public var slots: Int {
      switch self {
      case .serial: 1
      case .parallel(let slots): slots
      case .shared(let speeds): speeds.count
      }
    }

    /// The speed of each of so many conversations in hand: 1 is the speed of a single one.
    public func speed(of inHand: Int) -> Double {
      guard case .shared(let speeds) = self, speeds.indices.contains(inHand - 1) else { return 1 }
      return speeds[inHand - 1] / Double(inHand)
    }
  }

  /// What a free agent takes from the unassigned inbox.
  public enum Picks: String, Sendable, Hashable, CaseIterable {
    /// Nothing: work is assigned.
    case nothing
    /// The conversation whose message has waited longest.
    case oldest
    /// The conversation whose message is the latest.
    case newest
  }

  /// Absences that come again and again.
  public struct Away: Sendable {
    /// From the return to the next absence.
    public let after: Distribution
    /// How long an absence lasts.
    public let length: Distribution
  }

  /// How an agent stops.
  public enum Leaving: String, Sendable, Hashable, CaseIterable {
    /// Finishes the replies in hand, takes nothing new.
    case finishFirst = "finish_first"
    /// Stops at once and goes on at the return.
    case preempt
    /// Stops at once and unassigns; whoever takes it next does what is left.
    case handBack = "hand_back"
  }
}

/// Hours on days of the week.
public struct Shift: Sendable, Hashable {
  /// The days.
  public let days: [Weekday]
  /// The hours of each of them; an end before the start is on the next day.
  public let hours: [HoursOfDay]

  /// Names days and hours.
  public init(days: [Weekday], hours: [HoursOfDay]) {
    self.days = days
    self.hours = hours
  }
}
