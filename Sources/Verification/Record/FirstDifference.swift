import Engine

/// Finds where a run parts from its record, and tells it.
struct FirstDifference {
  /// The strategy's name.
  let strategy: String
  /// What the record says of its first run.
  let recorded: ChoiceTrail
  /// That run, as it is now.
  let recording: EngineRecording

  private let trail: ChoiceTrail
  private let places: [ChoicePlace]
  private let words: CaseWords
  private let clock: RunClock
  /// As many lines of what came or was made are shown.
  private static let mostLines = 8
  /// As many kinds of which there are more or fewer are told beside a place.
  private static let fewChanges = 4
  /// As many candidates are shown who are neither chosen nor recorded.
  private static let mostCandidates = 8

  init(
    strategy: String, recorded: ChoiceTrail, recording: EngineRecording, trail: ChoiceTrail,
    places: [ChoicePlace]
  ) {
    self.strategy = strategy
    self.recorded = recorded
    self.recording = recording
    self.trail = trail
    self.places = places
    words = CaseWords(WorkspaceNames(recording.start))
    clock = RunClock(recording.settings)
  }

  /// The difference; nil if there is none.
  var found: RecordDifference? {
    let common = min(recorded.choices.count, trail.choices.count)
    for index in 0..<common {
      let (old, new) = (recorded.choices[index], trail.choices[index])
      if old.came != new.came { return before(index, "comes") }
      if old.made != new.made { return before(index, "is made of it") }
      if old.user != new.user { return choice(index, recorded: name(old.user), wanted: old.user) }
    }
    if trail.choices.count > common {
      return choice(common, recorded: "no further choice", wanted: 0)
    }
    if recorded.choices.count > common {
      let old = recorded.choices[common]
      return difference(
        "choice \(common + 1)", recorded: "\(name(old.user)) after \(old.at) s at the earliest",
        now: "no further choice")
    }
    let checkpoints = zip(recorded.checkpoints, trail.checkpoints)
    if let (old, new) = checkpoints.first(where: { $0.0 != $0.1 }) { return between(old, new) }
    return trail.hash == recorded.hash ? nil : after(common)
  }

  private func difference(
    _ subject: String, recorded: String, now: String, account: [String] = []
  ) -> RecordDifference {
    RecordDifference(
      kind: .first, strategy: strategy, subject: subject, recorded: recorded, now: now,
      account: account)
  }

  private func name(_ user: Int) -> String {
    switch user {
    case -1: "waits in the queue"
    case 0: "nobody"
    default: words.user(UserID(index: user - 1))
    }
  }

  private func time(_ event: Int) -> String { clock.text(recording.journal.entries[event].at) }

  // A choice that fell otherwise, in the same state.

  private func choice(_ index: Int, recorded: String, wanted: Int) -> RecordDifference {
    let place = places[index]
    var subject = place.decision > 0 ? "decision \(place.decision)" : "choice \(index + 1)"
    subject += " at \(time(place.event)), \(place.contact)"
    let wanted = wanted > 0 ? [UserID(index: wanted - 1)] : []
    let heading =
      "why: all that came and was decided before is as recorded"
      + (wanted.isEmpty ? "" : "; > is whom the record has")
    let before = core(before: place.event)
    let lines = account(of: place).map {
      words.lines(
        of: $0, wanted: wanted, heading: heading, limit: Self.mostCandidates, statuses: before)
    }
    return difference(
      subject, recorded: recorded, now: name(trail.choices[index].user), account: lines ?? [])
  }

  private func account(of place: ChoicePlace) -> DecisionAccount? {
    if place.decision > 0 {
      return recording.start.account(of: place.decision, in: recording.journal)
    }
    guard case .enteredQueue = place.effect else { return nil }
    return core(before: place.event + 1).account(ofWaiting: place.contact)
  }

  /// The workspace as it was before an event.
  private func core(before event: Int) -> EngineCore {
    var player = RecordingPlayer(recording)
    for entry in recording.journal.entries[..<event] { _ = player.play(entry) }
    return player.core
  }

  // Something else, between two choices.

  private func before(_ index: Int, _ what: String) -> RecordDifference {
    let first = index == 0 ? 0 : places[index - 1].event
    let last = places[index].event
    let since = index == 0 ? "the start" : "choice \(index) at \(time(first))"
    let before = index == 0 ? "" : "all choices before (\(index)) are as recorded; "
    let changes = changes.prefix(Self.fewChanges)
    return difference(
      "what \(what) between \(since) and choice \(index + 1) at \(time(last))",
      recorded: "something else", now: "see below",
      account: [before + "now there is"] + lines(first...last)
        + (changes.isEmpty ? [] : ["in the whole run"] + changes))
  }

  private func lines(_ events: ClosedRange<Int>) -> [String] {
    var player = RecordingPlayer(recording)
    var lines: [String] = []
    for (number, entry) in recording.journal.entries[...events.upperBound].enumerated() {
      let effects = player.play(entry)
      guard events.contains(number) else { continue }
      let at = clock.text(entry.at)
      lines.append("    \(at)  \(words.told(entry.event))")
      lines += effects.map { "    \(at)    -> \(words.told($0, clock))" }
    }
    guard lines.count > Self.mostLines else { return lines }
    return lines.prefix(Self.mostLines) + ["    and \(lines.count - Self.mostLines) lines more"]
  }

  /// Something behind the choices that are written down one by one.
  private func between(
    _ old: ChoiceTrail.Checkpoint, _ new: ChoiceTrail.Checkpoint
  ) -> RecordDifference {
    let interval = ChoiceTrail.choicesBetweenCheckpoints
    let changes = changes.prefix(Self.mostLines)
    return difference(
      "choices \(new.choice - interval + 1) to \(new.choice), or what lies between them",
      recorded: "done after \(shortest(old.at)) s", now: "done after \(shortest(new.at)) s",
      account: ["all choices before (\(new.choice - interval)) are as recorded"]
        + (changes.isEmpty ? [] : ["in the whole run"] + changes))
  }

  private func after(_ count: Int) -> RecordDifference {
    difference(
      "what comes or is made of it, but no choice among the first \(count)",
      recorded: "something else", now: changes.isEmpty ? "as many of each kind" : "see below",
      account: Array(changes.prefix(Self.mostLines)))
  }

  /// The kinds of events and effects of which there are more or fewer.
  private var changes: [String] {
    func lines(_ what: String, _ old: [String: Int], _ new: [String: Int]) -> [String] {
      Set(old.keys).union(new.keys).sorted().compactMap { kind in
        let (before, now) = (old[kind] ?? 0, new[kind] ?? 0)
        return before == now ? nil : "    \(what) '\(kind)': recorded \(before), now \(now)"
      }
    }
    return lines("events", recorded.events, trail.events)
      + lines("effects", recorded.effects, trail.effects)
  }
}
