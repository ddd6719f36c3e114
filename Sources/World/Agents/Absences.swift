import Engine
import Sampling
import Scenarios
import VirtualTime

/// When an agent comes and goes: the shift on the wall clock and the absences drawn for this agent.
///
/// The draws are the agent's own, by name: nobody else in the scenario can change them.
final class Absences {
  private let traits: AgentTraits
  private let clock: WallClock
  private var after: RandomStream
  private var length: RandomStream
  private var looking: RandomStream
  /// The next absence or the return from it.
  var timer = TimerHandle.none
  /// The next look of somebody who is taken for absent.
  var look = TimerHandle.none

  init(_ name: String, _ traits: AgentTraits, streams: RandomStreams, clock: WallClock) {
    self.traits = traits
    self.clock = clock
    let entity = nameCode(name)
    after = streams.stream(.absenceAfter, of: entity)
    length = streams.stream(.absenceLength, of: entity)
    looking = streams.stream(.checkingIn, of: entity)
  }

  /// From being taken for absent to the next look, in nanoseconds.
  func nextLook() -> Int64? { traits.style.checksIn?.sampleNanoseconds(&looking) }

  /// From now to the next absence, in nanoseconds.
  func nextDelay() -> Int64? { traits.style.away?.after.sampleNanoseconds(&after) }

  /// How long the absence lasts, in nanoseconds.
  func nextLength() -> Int64? { traits.style.away?.length.sampleNanoseconds(&length) }

  /// Whether the agent is on shift when it begins, and when that changes; nil without shifts.
  func firstChange(atSecond second: Int64) -> (isOn: Bool, next: Int64?)? {
    traits.shifts == nil ? nil : change(atSecond: second)
  }

  /// Whether the agent is on shift at a second of virtual time, and when that changes.
  func change(atSecond second: Int64) -> (isOn: Bool, next: Int64?) {
    guard let shift = traits.shifts else { return (true, nil) }
    return (
      shift.holds(clock.local(atSecond: second)), clock.nextChange(of: shift, after: second)
    )
  }
}

/// A number for a name: the same in every scenario, whatever stands beside it (FNV-1a, 64 bits).
func nameCode(_ name: String) -> UInt64 {
  var code: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in name.utf8 { code = (code ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return code
}
