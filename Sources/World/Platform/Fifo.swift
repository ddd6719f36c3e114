import VirtualTime

/// A queue of small numbers that grows: what is to be done next at this instant.
///
/// Mostly that is one thing, and it stands apart from those behind it.
struct Fifo: ~Copyable {
  /// What is next; `none` when the queue is empty.
  private(set) var first = Fifo.none
  private var others = RawTable<UInt32>(count: 16)
  private var head = 0
  private var tail = 0

  /// No number: all bits are set in it, and in no other.
  static let none = UInt32.max

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if first == Self.none { first = number } else { appendBehind(number) }
  }

  @inline(__always)
  mutating func removeFirst() -> UInt32? {
    let number = first
    if number == Self.none { return nil }
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
  /// Contacts who are to be laid before somebody.
  var toBePlaced = Fifo()
  /// Agents who look for work.
  var awake = Fifo()
  /// Contacts who are done, to be let go.
  var leaving = Fifo()

  var isEmpty: Bool {
    @inline(__always) get { toBePlaced.first & awake.first & leaving.first == Fifo.none }
  }
}

/// A pile of small numbers that grows: the last one put down is taken first.
struct Pile: ~Copyable {
  private var numbers = RawTable<UInt32>(count: 16)
  private var count = 0

  @inline(__always)
  mutating func append(_ number: UInt32) {
    if count == numbers.capacity { numbers.resize(to: 2 * count) }
    numbers[count] = number
    count &+= 1
  }

  @inline(__always)
  mutating func removeLast() -> UInt32? {
    if count == 0 { return nil }
    count &-= 1
    return numbers[count]
  }
}

/// The doors of those who have a small number at present; grows with the numbers.
struct DoorTable<A: Actor>: ~Copyable {
  private var doors = RawTable<Near<A>?>(count: 0)

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
