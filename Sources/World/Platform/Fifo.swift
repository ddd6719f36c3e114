import Engine
import VirtualTime

/// A queue of small numbers that grows: what is to be done next at this instant.
///
/// Mostly that is one thing, and it stands apart from those behind it.
struct Fifo: ~Copyable {
  /// What is next; `none` when the queue is empty.
  private var first = Fifo.none
  private var others = FlatTable<UInt32>(count: 16)
  private var head = 0
  private var tail = 0

  private static let none = UInt32.max

  var isEmpty: Bool { @inline(__always) get { first == Self.none } }

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if first == Self.none { first = number } else { appendBehind(number) }
  }

  /// Takes out what is next, where there is something.
  @inline(__always)
  mutating func removeFirst() -> UInt32 {
    let number = first
    first = Self.none
    if head != tail { advance() }
    return number
  }

  @inline(never)
  private mutating func advance() {
    first = others[head]
    head += 1
    if head == tail {
      head = 0
      tail = 0
    }
  }

  @inline(never)
  private mutating func appendBehind(_ number: UInt32) {
    if tail == others.capacity { makeRoom() }
    others[tail] = number
    tail += 1
  }

  private mutating func makeRoom() {
    // Half of it is over: the rest moves to the front.
    if head > tail / 2 {
      for place in head..<tail { others[place - head] = others[place] }
      tail -= head
      head = 0
    } else {
      others.resize(to: 2 * tail)
    }
  }
}

/// What is left to do at an instant besides the engine's effects, in this order.
struct Errands: ~Copyable {
  /// Which of the three kinds there are.
  private(set) var kinds: UInt8 = 0
  /// Contacts who are to be laid before somebody.
  private var toBePlaced = Fifo()
  /// Agents who look for work.
  private var awake = Fifo()
  /// Contacts who are done, to be let go.
  private var leaving = Fifo()

  /// One thing to do, and whose.
  enum Errand {
    case place(ContactNumber)
    case wake(UserID)
    case leave(ContactNumber)
  }

  var isEmpty: Bool { @inline(__always) get { kinds == 0 } }

  @inline(__always)
  mutating func place(_ contact: ContactNumber) {
    kinds |= 1
    toBePlaced.append(contact.raw)
  }

  @inline(__always)
  mutating func wake(_ agent: UserID) {
    kinds |= 2
    awake.append(agent.raw)
  }

  @inline(__always)
  mutating func leave(_ contact: ContactNumber) {
    kinds |= 4
    leaving.append(contact.raw)
  }

  /// Takes out what is next, where there is something.
  @inline(__always)
  mutating func next() -> Errand {
    if kinds & 1 != 0 {
      let contact = ContactNumber(toBePlaced.removeFirst())
      if toBePlaced.isEmpty { kinds &= ~1 }
      return .place(contact)
    }
    if kinds & 2 != 0 {
      let agent = UserID(awake.removeFirst())
      if awake.isEmpty { kinds &= ~2 }
      return .wake(agent)
    }
    let contact = ContactNumber(leaving.removeFirst())
    if leaving.isEmpty { kinds &= ~4 }
    return .leave(contact)
  }
}

/// A pile of contacts that grows: the last one put down is taken first.
struct Pile: ~Copyable {
  private var numbers = FlatTable<ContactNumber>(count: 16)
  private var count = 0

  @inline(__always)
  mutating func append(_ number: ContactNumber) {
    if count == numbers.capacity { numbers.resize(to: 2 * count) }
    numbers[count] = number
    count &+= 1
  }

  @inline(__always)
  mutating func removeLast() -> ContactNumber? {
    if count == 0 { return nil }
    count &-= 1
    return numbers[count]
  }
}

/// The doors of those who have a small number at present; grows with the numbers.
struct DoorTable<A: _Concurrency.Actor>: ~Copyable {
  private var doors = FlatTable<Near<A>?>(count: 0)

  subscript(index: Int) -> Near<A>? {
    @inline(__always) get {
      UInt(bitPattern: index) < UInt(bitPattern: doors.capacity) ? doors[index] : nil
    }
  }

  @inline(__always)
  mutating func set(_ door: Near<A>, at index: Int) {
    if index >= doors.capacity { grow(to: index + 1) }
    doors[index] = door
  }

  @inline(__always)
  mutating func clear(_ index: Int) { doors[index] = nil }

  @inline(never)
  private mutating func grow(to count: Int) {
    let old = doors.capacity
    doors.resize(to: max(count, 2 * old, 64))
    for index in old..<doors.capacity { doors[index] = nil }
  }
}
