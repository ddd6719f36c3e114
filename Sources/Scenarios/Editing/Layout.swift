/// Where the values of a text stand, to the byte.
///
/// A node of the reader knows where it begins and, unless it is a block of lines, where it ends. The rest
/// follows from the text between two nodes, where only blanks, line breaks, comments and the signs
/// `:`, `-` and `,` can stand.
struct Layout {
  let source: SourceFile

  /// How a value is written.
  enum Style {
    /// A text without quotes.
    case plain
    /// A text in single quotes.
    case quoted
    /// A text in double quotes.
    case doubleQuoted
    /// A text of several lines below `|` or `>`.
    case lines
    /// Nothing at all: `key:`.
    case empty
    /// A map or list in brackets.
    case flow
    /// A map of one entry without brackets, as an item of a list in brackets: `[wait: 6 min]`.
    case pair
    /// A map or list of which each entry has lines of its own.
    case block
  }

  /// A value and its bytes.
  struct Value {
    let node: Node
    let style: Style
    /// Whether brackets are around it, its own not counted.
    let isInFlow: Bool
    /// Behind the colon or dash that introduces it; where neither stands, its start.
    let introduced: Int
    let start: Int
    let end: Int
  }

  /// An entry of a map or an item of a list.
  struct Part {
    /// The bytes of the key, with its quotes.
    let key: Range<Int>?
    /// Where it begins: its key, its dash, or in brackets the item itself.
    let start: Int
    let value: Value

    var end: Int { max(value.end, key?.upperBound ?? 0) }
  }

  var bytes: [UInt8] { source.bytes }

  /// The whole text as a value.
  func top(_ root: Node) -> Value { value(root, after: 0, isInFlow: false) }

  private func value(_ node: Node, after introduced: Int, isInFlow: Bool) -> Value {
    var start = source.offset(of: node.span.start)
    var end = source.offset(of: node.span.end)
    let style: Style
    switch node.content {
    case .refused: style = .plain
    case .scalar:
      style = start == end ? .empty : Self.style(of: bytes[start])
      if style == .empty { (start, end) = (introduced, introduced) }
      if style == .lines { end = endOfLines(start, end) }
    case .mapping(let entries):
      let isFlow = start < bytes.count && bytes[start] == UInt8(ascii: "{")
      style = isFlow ? .flow : isInFlow ? .pair : .block
      if !isFlow, let last = entries.last { end = entry(last, style, isInFlow: isInFlow).end }
    case .list(let items):
      style = isInFlow || !beginsWithItem(node, items) ? .flow : .block
      if style == .block {
        let parts = blockItems(items, after: introduced)
        start = parts.first?.start ?? start
        end = parts.last?.end ?? end
      }
    }
    return Value(
      node: node, style: style, isInFlow: isInFlow, introduced: introduced, start: start, end: end)
  }

  /// A block of items begins with its first one, a list in brackets before it.
  private func beginsWithItem(_ list: Node, _ items: [Node]) -> Bool {
    guard let first = items.first else { return false }
    return first.span.start == list.span.start && first.span.end == list.span.end
  }

  private static func style(of first: UInt8) -> Style {
    switch first {
    case UInt8(ascii: "'"): .quoted
    case UInt8(ascii: "\""): .doubleQuoted
    case UInt8(ascii: "|"), UInt8(ascii: ">"): .lines
    default: .plain
    }
  }

  /// The end of a text of several lines, without the empty lines after it.
  private func endOfLines(_ start: Int, _ end: Int) -> Int {
    var end = end
    while end > start, isBlank(end - 1) || isBreak(end - 1) { end -= 1 }
    return line(at: end).end
  }

  /// The entries of a map or the items of a list, in the order of the text.
  func parts(of value: Value) -> [Part] {
    let isInFlow = value.isInFlow || value.style == .flow
    switch value.node.content {
    case .scalar, .refused: return []
    case .mapping(let entries):
      return entries.map { entry($0, value.style, isInFlow: isInFlow) }
    case .list(let items) where value.style == .block:
      return blockItems(items, after: value.introduced)
    case .list(let items):
      return items.map { item in
        let start = source.offset(of: item.span.start)
        return Part(
          key: nil, start: start, value: self.value(item, after: start, isInFlow: isInFlow))
      }
    }
  }

  private func entry(_ entry: Node.Entry, _ style: Style, isInFlow: Bool) -> Part {
    let start = source.offset(of: entry.keySpan.start)
    let end = source.offset(of: entry.keySpan.end)
    let next = afterTrivia(end)
    let hasColon = next < bytes.count && bytes[next] == UInt8(ascii: ":")
    return Part(
      key: start..<end, start: start,
      value: value(entry.value, after: hasColon ? next + 1 : end, isInFlow: isInFlow))
  }

  private func blockItems(_ items: [Node], after introduced: Int) -> [Part] {
    var end = introduced
    return items.map { item in
      let dash = afterTrivia(end)
      let part = Part(
        key: nil, start: dash, value: value(item, after: dash + 1, isInFlow: false))
      end = part.end
      return part
    }
  }
}

extension Layout {
  /// The first byte from an offset on that is no blank, line break or comment.
  func afterTrivia(_ offset: Int) -> Int {
    var offset = offset
    while offset < bytes.count {
      if isBlank(offset) {
        offset += 1
      } else if isBreak(offset) {
        offset += SourceFile.breakWidth(at: offset, in: bytes)
      } else if bytes[offset] == UInt8(ascii: "#") {
        offset = line(at: offset).end
      } else {
        break
      }
    }
    return offset
  }

  func isBlank(_ offset: Int) -> Bool {
    bytes[offset] == UInt8(ascii: " ") || bytes[offset] == UInt8(ascii: "\t")
  }

  private func isBreak(_ offset: Int) -> Bool {
    SourceFile.breakWidth(at: offset, in: bytes) > 0
  }

  /// A line: its number, its first byte, and its end without and with the line break.
  struct Line {
    let number: Int
    let start: Int
    let end: Int
    let next: Int
  }

  func line(at offset: Int) -> Line { line(source.position(of: offset).line) }

  private func line(_ number: Int) -> Line {
    let text = source.line(number)
    let width =
      text.endIndex < bytes.count ? SourceFile.breakWidth(at: text.endIndex, in: bytes) : 0
    return Line(
      number: number, start: text.startIndex, end: text.endIndex, next: text.endIndex + width)
  }

  /// The line after another one; nil after the last.
  func line(after line: Line) -> Line? {
    line.next > line.end ? self.line(line.number + 1) : nil
  }

  /// The line before another one; nil before the first.
  func line(before line: Line) -> Line? { line.number > 1 ? self.line(line.number - 1) : nil }

  /// The column of an offset, counted from 0 in characters, as indentation is.
  func column(of offset: Int) -> Int { source.position(of: offset).column - 1 }

  /// Whether only blanks stand before an offset on its line.
  func beginsLine(_ offset: Int) -> Bool {
    (line(at: offset).start..<offset).allSatisfy(isBlank)
  }

  /// Where the lines of an entry of a block end that ends at an offset: with its line, and with comment
  /// lines below that are indented deeper than the entry.
  func endOfBlock(_ offset: Int, column: Int) -> Int {
    var last = line(at: offset)
    var next = line(after: last)
    while let line = next {
      let text = bytes[line.start..<line.end].drop { $0 == UInt8(ascii: " ") }
      if text.first == UInt8(ascii: "#"), text.startIndex - line.start > column {
        last = line
      } else if !text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) {
        break
      }
      next = self.line(after: line)
    }
    return last.end
  }

  /// Where the comment lines begin that stand directly above an entry with its indentation.
  ///
  /// Comments that begin with the file are about the file, so they are no entry's.
  func startOfComments(above offset: Int) -> Int {
    guard beginsLine(offset) else { return offset }
    var start = offset
    let own = line(at: offset)
    var above = line(before: own)
    while let line = above {
      let text = bytes[line.start..<line.end].drop { $0 == UInt8(ascii: " ") }
      guard text.first == UInt8(ascii: "#"), text.startIndex - line.start == offset - own.start
      else { break }
      start = text.startIndex
      above = self.line(before: line)
    }
    return line(at: start).number == 1 ? offset : start
  }

  /// Whether a comment stands between two values.
  func hasComment(_ range: Range<Int>) -> Bool { bytes[range].contains(UInt8(ascii: "#")) }
}
