/// A list that is written during an event and wiped afterwards.
///
/// Wiping only forgets how long it was: emptying an array would cost more than all that is written in
/// it. What was written stays in memory until it is written over.
struct Slate<Element: Sendable & Codable>: Sendable {
  private var elements: ContiguousArray<Element> = []
  private(set) var count = 0

  var isEmpty: Bool { count == 0 }

  subscript(index: Int) -> Element {
    @inline(__always) _read {
      precondition(index < count, "what was wiped off a slate cannot be read")
      yield elements[index]
    }
    @inline(__always) _modify {
      precondition(index < count, "what was wiped off a slate cannot be written")
      yield &elements[index]
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count < elements.count {
      elements[count] = element
    } else {
      elements.append(element)
    }
    count &+= 1
  }

  @inline(__always)
  mutating func wipe() { count = 0 }
}

extension Slate: Codable {
  init(from decoder: any Decoder) throws {
    elements = try ContiguousArray(from: decoder)
    count = elements.count
  }

  func encode(to encoder: any Encoder) throws {
    try ContiguousArray(elements.prefix(count)).encode(to: encoder)
  }
}
