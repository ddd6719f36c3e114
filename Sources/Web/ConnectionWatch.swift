import Glibc
import Synchronization
import VirtualTime

/// Cuts off who takes too long: to send a request, or between two.
///
/// A connection that sends a byte a second is never idle, so no time-out of the library ends it.
final class ConnectionWatch: Sendable {
  private struct Entry {
    var socket: Int32
    var deadline: Int64
  }

  private struct Table {
    var last: UInt64 = 0
    var entries: [UInt64: Entry] = [:]
    var cutOff = 0
  }

  private let table = Mutex(Table())
  private let arrival: Int64
  private let idle: Int64

  init(arrival: Int64, idle: Int64) {
    self.arrival = arrival
    self.idle = idle
  }

  var now: Int64 { Alarm.now() }

  /// A connection is there.
  func opened(socket: Int32) -> UInt64 {
    let deadline = now + arrival
    return table.withLock { table in
      table.last += 1
      table.entries[table.last] = Entry(socket: socket, deadline: deadline)
      return table.last
    }
  }

  /// A connection is gone; its socket may be somebody else's from now on.
  func closed(_ number: UInt64) { _ = table.withLock { $0.entries.removeValue(forKey: number) } }

  /// The head of a request is there; its body must follow.
  func begins(_ number: UInt64) { set(number, now + arrival) }
  /// A request is there as a whole: from now on it is we who take the time.
  func arrived(_ number: UInt64) { set(number, .max) }
  /// A request was answered.
  func answered(_ number: UInt64) { set(number, now + idle) }

  private func set(_ number: UInt64, _ deadline: Int64) {
    table.withLock { $0.entries[number]?.deadline = deadline }
  }

  /// Cuts off a connection whatever it is about.
  func cut(_ number: UInt64) {
    table.withLock { table in
      guard let entry = table.entries[number] else { return }
      table.cutOff += 1
      shutdown(entry.socket, Int32(SHUT_RDWR))
    }
  }

  /// How long is waited for the rest of a request whose client has hung up.
  private static let grace: Int64 = 1_000_000_000
  /// `POLLRDHUP`, which the system's header has for its own extensions alone.
  private static let hungUp: Int16 = 0x2000

  /// Cuts off whose time is over.
  func review() {
    let now = now
    table.withLock { table in
      Self.hurry(&table, now)
      for (number, entry) in table.entries where entry.deadline < now {
        // It is closed by its own thread, which then takes it out of the table.
        table.entries[number]?.deadline = .max
        table.cutOff += 1
        shutdown(entry.socket, Int32(SHUT_RDWR))
      }
    }
  }

  /// Leaves little time to those that wait for a client who hung up.
  ///
  /// The library is told of each change of a socket once. Where the last bytes and the end come together it
  /// reads the bytes and does not look for more, so that half a request would hold its place for as long as
  /// a request may take.
  private static func hurry(_ table: inout Table, _ now: Int64) {
    let last = now + grace
    let waiting = table.entries.filter { $0.value.deadline > last && $0.value.deadline < .max }
    var asked = waiting.map { pollfd(fd: $0.value.socket, events: hungUp, revents: 0) }
    guard !asked.isEmpty, unsafe poll(&asked, nfds_t(asked.count), 0) > 0 else { return }
    for (entry, answer) in zip(waiting, asked) where answer.revents != 0 {
      table.entries[entry.key]?.deadline = last
    }
  }

  /// How many there are, and how many were cut off.
  var counts: (open: Int, cutOff: Int) { table.withLock { ($0.entries.count, $0.cutOff) } }
}
