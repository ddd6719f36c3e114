extension Topic {
  /// The page for a terminal: no line is longer than `columns`.
  public func text(columns: Int) -> String {
    var lines = [title, ""] + Self.wrapped(summary + ".", columns)
    for (index, section) in sections.enumerated() {
      let heading = Self.wrapped(Self.raised(section.heading), columns)
      if index > 0 { lines += [""] + heading }
      for block in section.blocks {
        // Entries follow their heading at once; everything else stands apart.
        if case .entries = block, index > 0, lines.last == heading.last {
          lines += block.lines(columns: columns)
        } else {
          lines += [""] + block.lines(columns: columns)
        }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// A heading in capitals, but for what is typed.
  static func raised(_ heading: String) -> String {
    heading.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .map { $0.isMultiple(of: 2) ? $1.uppercased() : String($1) }.joined()
  }

  /// Words without the marks around what is typed: a terminal shows one kind of letter.
  static func plain(_ text: String) -> String {
    text.split(separator: "`", omittingEmptySubsequences: false).joined(separator: "'")
  }

  /// A paragraph broken into lines.
  static func wrapped(_ text: String, _ columns: Int, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = margin
    for word in text.split(separator: " ") {
      if line.count > indent, line.count + 1 + word.count > columns {
        lines.append(line)
        line = margin
      }
      line += (line.count > indent ? " " : "") + word
    }
    return lines + (line.count > indent ? [line] : [])
  }
}

extension Topic.Block {
  /// The part for a terminal.
  func lines(columns: Int) -> [String] {
    switch self {
    case .heading(let text): Topic.wrapped(Topic.raised(text), columns)
    case .text(let paragraph): Topic.wrapped(Topic.plain(paragraph), columns)
    case .entries(let entries): entries.flatMap { $0.lines(columns: columns) }
    case .code(let code, _):
      code.split(separator: "\n", omittingEmptySubsequences: false).map { "    \($0)" }
    }
  }
}

extension Topic.Entry {
  /// The term, what it takes, and below it what it means.
  func lines(columns: Int) -> [String] {
    var first = "  \(term)"
    let takes = Topic.plain(takes)
    let beside =
      takes + (standard.map { takes.isEmpty ? "default \($0)" : "; default \($0)" } ?? "")
    let indent = 26
    guard !beside.isEmpty || first.count + 2 > indent else {
      // A term that takes nothing has its meaning beside it.
      var lines = Topic.wrapped(Topic.plain(about), columns, indent: indent)
      first += String(repeating: " ", count: indent - first.count)
      lines[0] = first + lines[0].dropFirst(indent)
      return lines
    }
    var lines = Topic.wrapped(beside, columns, indent: indent)
    if first.count + 2 <= indent, !lines.isEmpty {
      lines[0] =
        first + String(repeating: " ", count: indent - first.count)
        + lines[0].dropFirst(indent)
    } else {
      lines.insert(first, at: 0)
    }
    return lines + Topic.wrapped(Topic.plain(about), columns, indent: 6)
  }
}
