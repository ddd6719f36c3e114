import Engine
import Sampling
import Scenarios
import VirtualTime

/// When faults begin and end, each by draws of its own.
///
/// No events of the kernel: a run stops at these instants, between two events, and goes on. So what
/// changes nothing in a run leaves no trace in it.
struct FaultClock {
  /// The next thing that a fault does.
  struct Change {
    /// The position of the fault in the model.
    var fault: Int
    var begins: Bool
    var at: Instant
    /// When what begins will be over; in the distant future if it lasts to the end of the run.
    var until: Instant
  }

  private struct Course {
    let fault: FaultSettings
    var next: Change
    var onset: RandomStream
    var length: RandomStream
  }

  private var courses: [Course] = []

  init(_ faults: [FaultSettings], _ streams: RandomStreams) {
    for (number, fault) in faults.enumerated() {
      let entity = nameCode(fault.name)
      var onset = streams.stream(.faultOnset, of: entity)
      let first = fault.at?.nanoseconds ?? fault.every?.sampleNanoseconds(&onset) ?? 0
      let change = Change(
        fault: number, begins: true, at: Instant(nanoseconds: first), until: .distantFuture)
      courses.append(
        Course(
          fault: fault, next: change, onset: onset, length: streams.stream(.faultLength, of: entity)
        ))
    }
  }

  /// The next change; of one instant the ends come first, then the order of the file.
  ///
  /// What agents do, and the engine's next stop, wait while the engine is down.
  mutating func next(engineIsBack back: Instant) -> Change? {
    var earliest: Int?
    for index in courses.indices {
      let change = courses[index].next
      if change.begins, courses[index].fault.kind.needsEngine {
        courses[index].next.at = max(change.at, back)
      }
      if earliest.map({ precedes(index, $0) }) ?? true { earliest = index }
    }
    guard let earliest, courses[earliest].next.at != .distantFuture else { return nil }
    return advance(&courses[earliest])
  }

  private func precedes(_ index: Int, _ other: Int) -> Bool {
    let (one, two) = (courses[index].next, courses[other].next)
    return one.at != two.at ? one.at < two.at : !one.begins && two.begins
  }

  /// Takes a fault's next change and finds out the one after it.
  private func advance(_ course: inout Course) -> Change {
    var change = course.next
    var over = change.at
    if change.begins, course.fault.kind.hasLength {
      // Nobody says how long: a restart takes no time, all else does not end.
      let standard = course.fault.kind.isRestart ? 0 : SampledTime.never
      let length = course.fault.length?.sampleNanoseconds(&course.length) ?? standard
      change.until = change.at.advanced(byNanoseconds: length)
      // Who is put out for good may come back with a shift, and be put out again.
      if course.fault.kind.hasEnd || length != SampledTime.never { over = change.until }
    }
    if change.begins, course.fault.kind.hasEnd, over > change.at {
      course.next.begins = false
      // The engine is back before what has waited for it comes.
      let isKnown = course.fault.kind.isRestart && over != .distantFuture
      course.next.at = isKnown ? over.advanced(byNanoseconds: -1) : over
    } else {
      course.next.begins = true
      let pause = course.fault.every?.sampleNanoseconds(&course.onset) ?? SampledTime.never
      course.next.at = over.advanced(byNanoseconds: pause)
    }
    return change
  }
}

extension FaultSettings.Kind {
  /// Whether it can come only while the engine is there.
  fileprivate var needsEngine: Bool {
    switch self {
    case .agentsDrop, .logOut, .logIn, .engineRestarts: true
    default: false
    }
  }

  /// Whether one length is drawn for all of it.
  fileprivate var hasLength: Bool {
    switch self {
    case .agentsDrop, .logIn: false
    default: true
    }
  }

  /// Whether something is to be done when it is over.
  fileprivate var hasEnd: Bool {
    switch self {
    case .agentsDrop, .logOut, .logIn: false
    default: true
    }
  }

  fileprivate var isRestart: Bool { if case .engineRestarts = self { true } else { false } }
}
