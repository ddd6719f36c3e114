/// Conversations in the order in which they came; entries that are no longer true are passed over.
struct Line {
  struct Entry: BitwiseCopyable {
    var person: UInt32
    var visit: UInt16
  }

  private var entries = ContiguousArray<Entry>()
  private var head = 0

  mutating func append(_ entry: Entry) { entries.append(entry) }

  mutating func removeFirst() -> Entry? {
    guard head < entries.count else { return nil }
    let entry = entries[head]
    head += 1
    if head == entries.count {
      entries.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1_024, head * 2 > entries.count {
      entries.removeFirst(head)
      head = 0
    }
    return entry
  }
}
