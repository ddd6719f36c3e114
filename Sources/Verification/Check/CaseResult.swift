import Engine
public import Scenarios

/// What came of a case.
public struct CaseResult: Sendable {
  /// The path of its file.
  public let file: String
  /// The behaviour in one sentence.
  public let name: String
  /// The rule that it comes from.
  public let why: String?
  /// How many automatic decisions were taken.
  public let decisions: UInt64
  /// A hash of every change of an assignee: when, whom, from whom, to whom, by what and why.
  public let fingerprint: UInt64
  /// What came otherwise than expected, in the order of time; the first one explained.
  public let differences: [CaseDifference]
  /// Whether the engine found itself in a state that must not be.
  public let brokeInvariant: Bool

  /// Whether everything came as expected.
  public var passes: Bool { differences.isEmpty }
}

extension CaseFile {
  /// Plays the timeline and the timers, and compares what comes of it with what is expected.
  ///
  /// - Parameter timerLimit: how many timers may go off before the case is given up.
  public func play(timerLimit: Int = 1_000_000) -> CaseResult {
    let player = CasePlayer(self, timerLimit: timerLimit)
    player.play()
    return CaseResult(
      file: file, name: name, why: why, decisions: player.core.decisionCount,
      fingerprint: player.fingerprint.value, differences: player.differences,
      brokeInvariant: player.brokeInvariant)
  }
}

/// A hash of numbers in their order, the same on every machine.
struct RollingHash {
  private(set) var value: UInt64 = 0x9E37_79B9_7F4A_7C15

  mutating func mix(_ number: UInt64) {
    value = (value ^ number) &* 0xD6E8_FEB8_6659_FD93
    value ^= value &>> 32
  }
}
