/// The room that a name has: columns of a terminal or pixels of a drawing.
struct NameRoom {
  private let size: Double
  private let ellipsis: String
  private let width: (Character) -> Double

  /// Room for so many columns.
  static func columns(_ count: Int, ellipsis: String = "…") -> NameRoom {
    NameRoom(size: Double(count), ellipsis: ellipsis) { Double(displayWidth(of: $0)) }
  }

  /// Room for so many pixels; names in drawings are bold, which takes a little more.
  static func pixels(_ pixels: Double, size: Double = 12) -> NameRoom {
    NameRoom(size: pixels / (size * 1.05), ellipsis: "…", width: estimatedEms)
  }

  private init(size: Double, ellipsis: String, width: @escaping (Character) -> Double) {
    self.size = size
    self.ellipsis = ellipsis
    self.width = width
  }

  /// The name without its end, if it is too long.
  func withoutEnd(_ name: String) -> String {
    var taken = 0.0
    for character in name {
      taken += width(character)
      guard taken <= size else {
        return prefix(name, size - self.taken(ellipsis)).withoutTrailingSpaces + ellipsis
      }
    }
    return name
  }

  /// The name without its middle, if it is too long: what counts things stands at the end.
  func withoutMiddle(_ name: String) -> String {
    guard taken(name) > size else { return name }
    let room = size - taken(ellipsis)
    var end = String(prefix(String(name.reversed()), room * 0.6).reversed())
    // Whole words, if there is room for one.
    if let word = end.firstIndex(of: " ") { end = String(end[word...]) }
    return prefix(name, room - taken(end)).withoutTrailingSpaces + ellipsis + end
  }

  /// The name without its end, and a number behind it.
  func numbered(_ name: String, _ number: Int) -> String {
    let ending = "\(ellipsis)\(number)"
    return prefix(name, size - taken(ending)) + ending
  }

  private func taken(_ text: String) -> Double { text.reduce(0) { $0 + width($1) } }

  private func prefix(_ text: String, _ room: Double) -> String {
    var taken = 0.0
    return String(
      text.prefix { character in
        taken += width(character)
        return taken <= room
      })
  }
}

/// Names that fit and can still be told apart.
///
/// What is too long loses its end. Names that would look alike then lose their middle instead, and
/// only those that still do are numbered.
func shortNames(_ names: [String], in room: NameRoom) -> [String] {
  var short = names.map(room.withoutEnd)
  var counts: [String: Int] = [:]
  for name in short { counts[name, default: 0] += 1 }
  for place in short.indices where counts[short[place]] != 1 {
    short[place] = room.withoutMiddle(names[place])
  }
  var taken: Set<String> = []
  for place in short.indices {
    var number = 2
    while !taken.insert(short[place]).inserted {
      short[place] = room.numbered(names[place], number)
      number += 1
    }
  }
  return short
}

/// Names in at most so many columns that can still be told apart.
func shortNames(_ names: [String], columns: Int, ellipsis: String = "…") -> [String] {
  shortNames(names, in: .columns(columns, ellipsis: ellipsis))
}

/// Names as headings of narrow columns: words under each other, all with as many lines.
///
/// - Parameters:
///   - names: The names of all columns, so that they can be told apart.
///   - columns: How wide a line may be.
///   - most: How many lines there may be.
///   - ellipsis: What stands for what is left out.
/// - Returns: The lines of each name, empty ones first.
func headings(
  _ names: [String], columns: Int, most: Int = 3, ellipsis: String = "…"
) -> [[String]] {
  var lines: [[String]] = []
  // Words leave lines partly empty: so much less than the whole room holds a name.
  for room in stride(from: columns * most, through: columns, by: -1) {
    lines = shortNames(names, columns: room, ellipsis: ellipsis).map {
      balanced($0, columns: columns)
    }
    if lines.allSatisfy({ $0.count <= most }) { break }
  }
  let height = lines.map(\.count).max() ?? 0
  return lines.map { Array(repeating: "", count: height - $0.count) + $0 }
}

/// A text in lines of much the same length, no more of them than it takes.
func balanced(_ text: String, columns: Int) -> [String] {
  var best = wrapped(text, columns: columns)
  let longest = text.split(separator: " ").map { displayWidth(String($0)) }.max() ?? 0
  for narrower in stride(from: columns - 1, through: max(1, longest), by: -1) {
    let lines = wrapped(text, columns: narrower)
    guard lines.count == best.count else { break }
    best = lines
  }
  return best
}
