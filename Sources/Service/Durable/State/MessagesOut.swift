import Engine

/// The messages that went out and of which nobody has reported yet what became of them.
///
/// The latest 65,536: whoever never reports costs no more than that.
struct MessagesOut: Sendable {
  static let limit = 65_536

  /// In the order of their numbers; those that were reported leave a gap until they are the first.
  private var messages: [OutgoingMessage?] = []
  /// Where the first one that counts stands.
  private var head = 0
  /// The number of the one at `head`.
  private var firstNumber: UInt64 = 0

  init() {}

  mutating func add(_ message: OutgoingMessage) {
    let next = firstNumber + UInt64(messages.count - head)
    if head == messages.count || message.id.raw > next + UInt64(Self.limit) {
      messages.removeAll(keepingCapacity: true)
      head = 0
      firstNumber = message.id.raw
    }
    // Numbers of messages that were refused are skipped.
    while firstNumber + UInt64(messages.count - head) < message.id.raw { messages.append(nil) }
    messages.append(message)
    while messages.count - head > Self.limit { dropFirst() }
    if head > Self.limit {
      messages.removeFirst(head)
      head = 0
    }
  }

  private mutating func dropFirst() {
    head += 1
    firstNumber += 1
  }

  private func place(_ number: UInt64) -> Int? {
    guard number >= firstNumber, number - firstNumber < UInt64(messages.count - head) else {
      return nil
    }
    return head + Int(number - firstNumber)
  }

  /// The message of a number.
  subscript(number: UInt64) -> OutgoingMessage? { place(number).flatMap { messages[$0] } }

  /// It was reported.
  mutating func remove(_ number: UInt64) {
    guard let place = place(number) else { return }
    messages[place] = nil
    while head < messages.count, messages[head] == nil { dropFirst() }
  }
}

extension MessagesOut: Codable {
  init(from decoder: any Decoder) throws {
    for message in try decoder.singleValueContainer().decode([OutgoingMessage].self) {
      add(message)
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(messages[head...].compactMap(\.self))
  }
}
