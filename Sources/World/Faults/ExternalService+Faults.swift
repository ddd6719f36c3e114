import Engine
import Sampling
import Scenarios

/// A service that is down, slow, babbling, or sends callers round in circles.
extension ExternalService {
  /// A fault that the service has at present.
  struct Trouble {
    /// The position of the fault in the model.
    let number: Int
    /// What names its draws, beside the call's own name.
    let code: UInt64
    let kind: FaultSettings.Kind
  }

  /// What becomes of a call.
  enum Fate {
    case usual
    case fails
    case isGarbled
  }

  /// How many redirects a caller follows before it gives up.
  private static let mostRedirects: Int64 = 10

  func begins(_ fault: FaultSettings, number: Int) {
    ends(number: number)
    troubles.append(Trouble(number: number, code: nameCode(fault.name), kind: fault.kind))
    troubles.sort { $0.number < $1.number }
  }

  func ends(number: Int) { troubles.removeAll { $0.number == number } }

  /// What the faults of the service do to a call: how long it takes, and how it ends.
  ///
  /// Who is not there can neither be slow nor babble; who sends round in circles does not answer.
  func disturb(_ entity: UInt64, _ turn: UInt16, latency: Int64) -> (latency: Int64, fate: Fate) {
    if troubles.contains(where: { if case .serviceDown = $0.kind { true } else { false } }) {
      exchange.faults.counts.failedCalls += 1
      return (0, .fails)
    }
    var latency = latency
    var fate = Fate.usual
    for trouble in troubles {
      switch trouble.kind {
      case .serviceSlow(_, let slowness):
        exchange.faults.counts.slowCalls += 1
        latency = slowed(latency, by: slowness, trouble, entity, turn)
      case .serviceRedirects: fate = .fails
      case .serviceGarbage(_, let share):
        var chance = exchange.streams.stream(
          .faultyCall, of: entity ^ trouble.code, turn: turn)
        if fate == .usual, chance.chance(share) { fate = .isGarbled }
      default: break
      }
    }
    switch fate {
    case .usual: break
    case .isGarbled: exchange.faults.counts.garbledCalls += 1
    case .fails:
      exchange.faults.counts.failedCalls += 1
      let (sum, overflow) = latency.multipliedReportingOverflow(by: Self.mostRedirects)
      latency = overflow ? SampledTime.never : sum
    }
    return (latency, fate)
  }

  private func slowed(
    _ latency: Int64, by slowness: FaultSettings.Slowness, _ trouble: Trouble, _ entity: UInt64,
    _ turn: UInt16
  ) -> Int64 {
    switch slowness {
    case .times(let times):
      return latency == SampledTime.never
        ? latency : SampledTime.nanoseconds(Double(latency) / 1e9 * times)
    case .latency(let other):
      var stream = exchange.streams.stream(
        .faultyCallLatency, of: entity ^ trouble.code, turn: turn)
      return other.sampleNanoseconds(&stream)
    }
  }

  /// What a babbling service says instead: no JSON at all, something else than was asked for, members of
  /// another kind or nested where none should be.
  func garbage(instead members: [JSON.Member], _ stream: inout RandomStream) -> JSON {
    switch stream.integer(below: 4) {
    // Whoever cannot read a body has nothing.
    case 0: return .null
    case 1: return .list(members.map(\.value))
    case 2: return .object(members.map { JSON.Member($0.name, .list([$0.value])) })
    default:
      return .object(
        members.map { member in
          switch member.value {
          case .number: JSON.Member(member.name, .text("<html>"))
          default: JSON.Member(member.name, .number(-1))
          }
        })
    }
  }
}
