import Measurement

/// What a study says in a terminal: its own blocks, then where everything is and how to repeat it.
public struct StudyAnswer<S: Study>: Sendable {
  private let study: S
  private let style: TerminalStyle
  private let environment: Manifest.Environment?
  private let folder: String?

  /// An answer; without the environment neither time nor threads are named.
  public init(
    of study: S, style: TerminalStyle, environment: Manifest.Environment? = nil,
    folder: String? = nil
  ) {
    self.study = study
    self.style = style
    self.environment = environment
    self.folder = folder
  }

  /// The whole answer, each line ended by a line feed.
  public var text: String {
    let frame = AnswerFrame(style)
    var blocks: [[String]] = []
    if let partial = study.head.partial {
      let isMissing = partial.hasPrefix("because ")
      blocks.append(
        wrapped((isMissing ? "partial " : "interrupted ") + partial, columns: frame.columns))
    }
    blocks += study.blocks(style).filter { !$0.isEmpty }
    blocks.append(tail(frame))
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func tail(_ frame: AnswerFrame) -> [String] {
    let head = study.head
    var counts = "\(frame.counted(head.runs, "run")), \(roundCount(head.events)) events"
    if let environment {
      counts += " in \(fixed(max(0, environment.wallTime), environment.wallTime < 100 ? 1 : 0)) s"
      counts += " on \(frame.counted(environment.threads, "thread"))"
    }
    var lines = [counts]
    if let folder {
      let names = [Page.fileName] + study.tables.map(\.name) + [Manifest.fileName]
      let shown = frame.safe(folder) + (folder.hasSuffix("/") ? "" : "/")
      lines.append(
        shown + "  " + names.joined(separator: "  ")
          + (head.partial == nil ? "" : " (partial: true)"))
    }
    lines.append("seed \(head.seed)   fingerprint \(frame.safe(head.fingerprint))")
    return lines
      + CommandText(words: head.repeatedBy)
      .lines(columns: frame.columns, first: "repeat: ", indent: spaces(8)).map { frame.ascii($0) }
  }

  /// The answer as JSON, keys in alphabetical order, ended by a line feed.
  public func json() throws(ResultJSONError) -> String {
    try ResultJSON.text(
      encoding: ForPrograms(
        study: study, verdict: study.verdict, folder: folder,
        files: [Page.fileName] + study.tables.map(\.name) + [
          ResultJSON.fileName, Manifest.fileName,
        ]),
      isPretty: true)
  }

  private struct ForPrograms: Encodable {
    var study: S
    var verdict: String
    var folder: String?
    var files: [String]
  }
}

/// The width of an answer and the words that every answer uses.
struct AnswerFrame: Sendable {
  /// Laid out for 100 columns, for 80, or for what there is.
  let columns: Int
  private let glyphs: Glyphs

  init(_ style: TerminalStyle) {
    glyphs = Glyphs(style)
    columns = style.columns >= 100 ? 100 : max(40, min(80, style.columns))
  }

  func safe(_ text: String) -> String { glyphs.safe(text) }
  func ascii(_ text: String) -> String { glyphs.ascii(text) }

  /// `1 run`, `1,020 runs`.
  func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    grouped(Int64(count)) + " " + (count == 1 ? noun : plural ?? noun + "s")
  }

  /// A word in capitals, then a paragraph beside it.
  func labelled(_ label: String, _ text: String) -> [String] {
    let margin = displayWidth(label) + 2
    // A little short of the edge, where a hundred columns are hard to read.
    let lines = wrapped(paragraph(text), columns: min(columns, 96) - margin)
    return lines.enumerated().map { place, line in
      let shown = String(line.map { $0 == "\u{A0}" ? " " : $0 })
      return (place == 0 ? label.padded(to: margin) : spaces(margin)) + shown
    }
  }

  /// Words that this terminal can show; spaces that do not break stay, to be made plain after wrapping.
  private func paragraph(_ text: String) -> String {
    text.split(separator: "\u{A0}", omittingEmptySubsequences: false)
      .map { safe(String($0)) }.joined(separator: "\u{A0}")
  }

  /// Rows as wide as their widest cells; the first columns to the left, the others to the right.
  func table(_ rows: [[String]], left: Int = 1) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { displayWidth($0[column]) }.max() ?? 0
    }
    return rows.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        line += "  "
        line +=
          column < left ? cell.padded(to: widths[column]) : cell.leading(to: widths[column])
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// What was asked of which scenario: its name, and facts beside it or below.
  func header(_ name: String, _ facts: [String]) -> [String] {
    let name = safe(name)
    let indent = displayWidth(name) + 3
    let isBeside = indent <= columns * 3 / 8
    let margin = isBeside ? indent : 2
    let lines = facts.flatMap { wrapped(safe($0), columns: columns - margin) }
      .map { spaces(margin) + $0 }
    guard isBeside, let first = lines.first else {
      return wrapped(name, columns: columns) + lines
    }
    return [name + "   " + first.dropFirst(margin)] + lines.dropFirst()
  }
}
