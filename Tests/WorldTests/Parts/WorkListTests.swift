import Testing
import VirtualTime

@testable import World

extension ContactNumber: ExpressibleByIntegerLiteral {
  /// A contact by number.
  public init(integerLiteral value: UInt32) { self.init(value) }
}

@Suite struct WorkListTests {
  /// A list of contacts that reached it at these instants, in this order.
  private func list(_ entries: (contact: ContactNumber, instant: Instant)...) -> WorkList {
    list(entries)
  }

  private func list(_ entries: [(contact: ContactNumber, instant: Instant)]) -> WorkList {
    var list = WorkList()
    for entry in entries {
      _ = list.append(entry.contact, visit: 0, at: entry.instant, order: UInt64(entry.contact.raw))
    }
    return list
  }

  /// In which order these contacts leave a list.
  private func order(_ entries: [(contact: ContactNumber, instant: Instant)]) -> [ContactNumber] {
    drained(list(entries))
  }

  private func drained(_ list: consuming WorkList) -> [ContactNumber] {
    var contacts: [ContactNumber] = []
    while let entry = list.takeFirst(passing: { _, _ in }) { contacts.append(entry.contact) }
    return contacts
  }

  @Test func `conversations leave in the order of their instants`() {
    #expect(order([(7, 1), (3, 2), (5, 3)]) == [7, 3, 5])
  }

  @Test func `at one instant the older conversation goes first`() {
    #expect(order([(1, 1), (9, 4), (5, 4), (7, 4), (2, 4)]) == [1, 2, 5, 7, 9])
  }

  @Test func `what was given back goes where its instant belongs`() {
    #expect(order([(4, 10), (5, 20), (6, 30), (9, 5)]) == [9, 4, 5, 6])
    #expect(order([(4, 10), (5, 20), (6, 30), (9, 25)]) == [4, 5, 9, 6])
    #expect(order([(4, 10), (5, 20), (6, 30), (1, 20)]) == [4, 1, 5, 6])
    #expect(order([(4, 10), (5, 20), (6, 30), (9, 20)]) == [4, 5, 9, 6])
  }

  @Test func `the newest is at the other end`() {
    var list = list((4, 10), (5, 20), (6, 30))
    #expect(list.takeLast()?.contact == 6)
    #expect(list.takeLast()?.contact == 5)
    #expect(list.count == 1)
  }

  @Test func `anything can be taken out of the middle`() {
    var list = WorkList()
    let places = (0..<5 as Range<Int64>).map {
      list.append(
        ContactNumber(UInt32($0)), visit: 0, at: Instant(nanoseconds: $0), order: UInt64($0))
    }
    list.remove(places[2])
    list.remove(places[0])
    list.remove(places[4])
    #expect(list.count == 2)
    let left = drained(list)
    #expect(left == [1, 3])
  }

  @Test func `a ghost is passed over and told with its place`() {
    var list = WorkList()
    let first = list.append(1, visit: 8, at: 1, order: 1)
    _ = list.append(2, visit: 0, at: 2, order: 2)
    list.haunt(first)
    #expect(list.count == 1)
    var passed: [(ContactNumber, UInt32, Int32)] = []
    let taken = list.takeFirst { passed.append(($0.contact, $0.visit, $1)) }
    #expect(taken?.contact == 2)
    #expect(passed.count == 1)
    #expect(passed[0] == (1, 8, first))
  }

  @Test func `the newest is no ghost`() {
    var list = WorkList()
    _ = list.append(1, visit: 0, at: 1, order: 1)
    list.haunt(list.append(2, visit: 0, at: 2, order: 2))
    #expect(list.takeLast()?.contact == 1)
    #expect(list.takeLast() == nil)
  }

  @Test func `random appends and removals agree with a sorted array`() {
    var list = WorkList()
    var places: [UInt64: Int32] = [:]
    var expected: [(instant: Instant, order: UInt64)] = []
    var random = TestNumbers(417)
    for order in 0..<2_000 as Range<UInt64> {
      if !expected.isEmpty, random.next() % 3 == 0 {
        let index = Int(random.next() % UInt64(expected.count))
        let gone = expected.remove(at: index)
        if let place = places[gone.order] { list.remove(place) }
      } else {
        let back = Int64(random.next() % 3 == 0 ? random.next() % 50 : 0)
        let instant = Instant(nanoseconds: Int64(order / 4) - back)
        places[order] = list.append(
          ContactNumber(UInt32(order)), visit: 0, at: instant, order: order)
        expected.append((instant, order))
      }
    }
    expected.sort { ($0.instant, $0.order) < ($1.instant, $1.order) }
    #expect(list.count == expected.count)
    let left = drained(list)
    #expect(left.map { UInt64($0.raw) } == expected.map(\.order))
  }
}

/// A small generator for tests that try many things; never used for results.
struct TestNumbers {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
