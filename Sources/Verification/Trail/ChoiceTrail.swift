import Engine

/// The choices of a run in their order, and beside each what had come and what the engine had made of it.
///
/// A choice is that a contact goes to a user or to nobody, or that it must wait. As long as codes and
/// choices are those of a record, everything was the same; the first that is not tells where it parted.
struct ChoiceTrail: Sendable, Equatable {
  /// One choice.
  struct Choice: Sendable, Equatable {
    /// When, in seconds.
    var at: Double
    /// Who got the contact: the user's number from 1 on, 0 for nobody, -1 where the contact waits.
    var user: Int
    /// Two characters of a hash over all events up to and with the one that led to it.
    var came: String
    /// Two characters of a hash over all effects before it.
    var made: String
  }

  /// Where a run stood after many more choices than are written down.
  struct Checkpoint: Sendable, Equatable {
    /// After so many choices.
    var choice: Int
    /// When, in seconds.
    var at: Double
    /// The hash over all that came and was made.
    var hash: String
  }

  var choices: [Choice] = []
  /// What follows the choices that are written down, from one to the next.
  var checkpoints: [Checkpoint] = []
  /// How many events of each kind came.
  var events: [String: Int] = [:]
  /// How many effects of each kind the engine made of them.
  var effects: [String: Int] = [:]
  /// The hash over all events and effects.
  var hash = ""

  /// As many events of a run are followed.
  static let mostEvents = 20_000
  /// As many choices are written down.
  static let mostChoices = 1_000
  /// So many choices lie between two checkpoints behind them.
  static let choicesBetweenCheckpoints = 100
}

/// Where in a recording a choice was made.
struct ChoicePlace {
  /// The number of the event in the journal.
  let event: Int
  let contact: ContactID
  /// The number of the decision; 0 where nobody was chosen automatically.
  let decision: UInt64
  let effect: EngineEffect
}

extension ChoiceTrail {
  /// A recording that was followed to its end.
  struct Followed {
    var trail = ChoiceTrail()
    /// Where each choice was made.
    var places: [ChoicePlace] = []
    /// Invariants that did not hold, in words.
    var violations: [String] = []
  }

  /// So many events lie between two looks at all invariants; the cheap ones are looked at at each.
  private static let eventsBetweenLooks = 1_000

  /// Follows a recording, event by event.
  static func followed(_ recording: EngineRecording) -> Followed {
    var found = Followed()
    var came = RollingHash()
    var made = RollingHash()
    var player = RecordingPlayer(recording)
    let last = recording.journal.entries.count - 1
    var count = 0
    for (number, entry) in recording.journal.entries.enumerated() {
      let digest = Digest(entry.event)
      came.mix(UInt64(bitPattern: entry.at.nanoseconds))
      came.mix(digest.value)
      found.trail.events[digest.kind, default: 0] += 1
      for effect in player.play(entry) {
        if let choice = effect.choice {
          count += 1
          let place = ChoicePlace(
            event: number, contact: choice.contact, decision: choice.decision, effect: effect)
          found.add(choice.user, count, at: entry.at, place, came, made)
        }
        if case .invariantBroken(let violation) = effect {
          found.violations.append("\(violation)")
        }
        let digest = Digest(effect)
        made.mix(digest.value)
        found.trail.effects[digest.kind, default: 0] += 1
      }
      if number % eventsBetweenLooks == 0 || number == last {
        found.violations += player.core.checkInvariants().map { "at \(entry.at): \($0)" }
      }
    }
    came.mix(made.value)
    found.trail.hash = hexadecimal(came.value)
    return found
  }

  fileprivate static func code(_ hash: RollingHash) -> String {
    let digits = String(hash.value % 1_296, radix: 36)
    return digits.count < 2 ? "0" + digits : digits
  }
}

extension ChoiceTrail.Followed {
  /// Writes a choice down, or, of those behind the ones that are, now and then where the run stands.
  fileprivate mutating func add(
    _ user: Int, _ count: Int, at time: EngineTime, _ place: ChoicePlace, _ came: RollingHash,
    _ made: RollingHash
  ) {
    let seconds = Double(time.nanoseconds) / 1e9
    if count <= ChoiceTrail.mostChoices {
      trail.choices.append(
        ChoiceTrail.Choice(
          at: seconds, user: user, came: ChoiceTrail.code(came), made: ChoiceTrail.code(made)))
      places.append(place)
    } else if count % ChoiceTrail.choicesBetweenCheckpoints == 0 {
      var hash = came
      hash.mix(made.value)
      hash.mix(UInt64(bitPattern: Int64(user)))
      trail.checkpoints.append(
        ChoiceTrail.Checkpoint(
          choice: count, at: rounded(seconds, digits: 9),
          hash: String(hexadecimal(hash.value).prefix(8))))
    }
  }
}

extension EngineEffect {
  /// What is a choice among the effects.
  fileprivate var choice: (contact: ContactID, user: Int, decision: UInt64)? {
    switch self {
    case .assigneeChanged(let entry):
      (entry.contact, entry.to.map { $0.index + 1 } ?? 0, entry.decision)
    case .enteredQueue(let contact, _, _): (contact, -1, 0)
    default: nil
    }
  }
}
