import Engine

/// A journal played again: the same came of every event, or this is the first of which something else came.
public struct JournalProof: Sendable {
  /// How many events were played.
  public private(set) var events = 0
  /// How many automatic decisions were taken.
  public private(set) var decisions: UInt64 = 0
  /// The hash over all effects.
  public private(set) var hash: UInt64 = 0
  /// The first event of which something else came than the file says, in lines; empty if there is none.
  public private(set) var difference: [String] = []

  /// Plays a journal.
  public init(_ file: JournalFile) {
    var player = RecordingPlayer(file.recording)
    var hash = RollingHash()
    for (number, entry) in file.recording.journal.entries.enumerated() {
      let effects = player.play(entry)
      for effect in effects { hash.mix(Digest(effect).value) }
      events = number + 1
      if hash.value != file.hashes[number] {
        difference = Self.lines(number, entry, effects, file.recording)
        break
      }
    }
    decisions = player.core.decisionCount
    self.hash = hash.value
  }

  private static func lines(
    _ number: Int, _ entry: Journal.Entry, _ effects: [EngineEffect], _ recording: EngineRecording
  ) -> [String] {
    let words = CaseWords(WorkspaceNames(recording.start))
    let clock = RunClock(recording.settings)
    return [
      "event \(number + 1) at \(clock.text(entry.at)) (\(entry.at)): \(words.told(entry.event))",
      "  something else came of it than the journal says; now it is:",
    ] + (effects.isEmpty ? ["    nothing"] : effects.map { "    \(words.told($0, clock))" })
  }
}
