extension Diagnostic: CustomStringConvertible {
  /// One line: `file:line:column: error: what, what was expected, did you mean`.
  public var description: String {
    ([heading] + [note, hint].compactMap(\.self).map(escaped)).joined(separator: ", ")
  }

  /// Several lines, as compilers print them: the message, the source line, a caret with the hint.
  ///
  /// - Parameter width: the columns that may be filled; a longer source line is cut around the caret.
  public func rendered(width: Int = 100) -> String {
    var lines = [heading]
    if let span {
      let number = String(span.start.line)
      let gutter = max(5, number.count)
      let excerpt = Excerpt(span, width: max(width, 40) - gutter - 3)
      lines.append(padding(gutter - number.count) + number + " | " + excerpt.text)
      let hint = hint.map { " " + escaped($0) } ?? ""
      lines.append(padding(gutter) + " | " + excerpt.underline + hint)
    } else if let hint {
      lines.append(padding(6) + escaped(hint))
    }
    if let note { lines.append(padding(6) + cut(escaped(note), to: max(width, 40) - 6)) }
    return lines.joined(separator: "\n")
  }

  private var heading: String {
    let place = span.map { ":\($0.start.line):\($0.start.column)" } ?? ""
    return "\(escaped(file))\(place): \(severity): \(escaped(message))"
  }
}

extension Diagnostics: CustomStringConvertible {
  /// Every problem on one line each.
  public var description: String { all.map(\.description).joined(separator: "\n") }

  /// Every problem with its source line, one blank line between them.
  public func rendered(width: Int = 100) -> String {
    all.map { $0.rendered(width: width) }.joined(separator: "\n\n")
  }
}

/// The part of a source line that fits, and the carets under the span.
private struct Excerpt {
  private(set) var text = ""
  private(set) var underline = ""

  init(_ span: SourceSpan, width: Int) {
    // Cells beyond this are never looked at: a line may have ten million characters.
    let reach = 4 * width
    let line = span.source.line(span.start.line)
    let first = max(0, span.start.column - 1)
    let skipped = max(0, first - reach)
    let scalars = String(decoding: line, as: UTF8.self).unicodeScalars.dropFirst(skipped)
    let cells = scalars.prefix(2 * reach).map(cell)
    let hasMore = scalars.count > cells.count
    let start = min(first - skipped, cells.count)
    let last = span.end.line > span.start.line ? Int.max : span.end.column - 1 - skipped
    let end = max(start, min(last, cells.count))

    var from = 0
    var used = cells[..<start].reduce(0) { $0 + $1.width }
    while used > width * 2 / 3, from < start {
      used -= cells[from].width
      from += 1
    }
    var to = from
    var filled = 0
    while to < cells.count, filled + cells[to].width <= width - 2 {
      filled += cells[to].width
      to += 1
    }
    let isCutBefore = from + skipped > 0
    text = isCutBefore ? "…" : ""
    text += cells[from..<to].map(\.text).joined()
    if to < cells.count || hasMore { text += "…" }
    let before = cells[from..<min(start, to)].reduce(isCutBefore ? 1 : 0) { $0 + $1.width }
    let under = start < min(end, to) ? cells[start..<min(end, to)].reduce(0) { $0 + $1.width } : 0
    underline = padding(before) + String(repeating: "^", count: max(1, under))
  }
}

/// A character as it is shown: what to print and how many columns it fills.
private func cell(_ scalar: Unicode.Scalar) -> (text: String, width: Int) {
  if scalar == "\t" { return (" ", 1) }
  if isUnprintable(scalar) {
    let text = escape(scalar)
    return (text, text.count)
  }
  return (String(scalar), columns(of: scalar))
}

/// How many terminal columns a character fills: two for East Asian wide ones and emoji.
private func columns(of scalar: Unicode.Scalar) -> Int {
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
    0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// A text with everything escaped that a terminal would act on or that hides itself.
public func escaped(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isUnprintable) else { return text }
  var result = ""
  for scalar in text.unicodeScalars {
    if isUnprintable(scalar) {
      result += escape(scalar)
    } else {
      result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// A text in quotes for a message, cut if it is long.
func quoted(_ text: String) -> String {
  let head = text.prefix(60)
  return head.endIndex == text.endIndex ? "'\(text)'" : "'\(head)…'"
}

private func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
    .unassigned:
    true
  default: false
  }
}

private func escape(_ scalar: Unicode.Scalar) -> String {
  switch scalar {
  case "\n": "\\n"
  case "\r": "\\r"
  case "\t": "\\t"
  default: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
  }
}

/// A list that is too long for its line, cut behind one of its items.
private func cut(_ list: String, to width: Int) -> String {
  guard list.count > width else { return list }
  let head = list.prefix(width - 5)
  guard let comma = head.lastIndex(of: ",") else { return head + "…" }
  return head[...comma] + " ..."
}

private func padding(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
