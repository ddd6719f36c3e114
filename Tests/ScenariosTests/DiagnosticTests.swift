import Testing

@testable import Measurement
@testable import Scenarios

@Suite struct `Rendered diagnostics` {
  private func span(_ text: String, _ line: Int, _ from: Int, _ to: Int) -> SourceSpan {
    SourceSpan(
      source: SourceFile(name: "Scenarios/desk.yaml", text: text),
      start: SourcePosition(line: line, column: from), end: SourcePosition(line: line, column: to))
  }

  @Test func `a problem is shown with its line, a caret and what helps`() {
    let diagnostic = Diagnostic(
      at: span("a: 1\n  least open: {logic: least-open}\n", 2, 23, 33),
      "unknown logic 'least-open'", hint: "did you mean 'least_open'?",
      note: "known: round_robin, least_open")
    #expect(
      diagnostic.rendered() == """
        Scenarios/desk.yaml:2:23: error: unknown logic 'least-open'
            2 |   least open: {logic: least-open}
              |                       ^^^^^^^^^^ did you mean 'least_open'?
              known: round_robin, least_open
        """)
    #expect(
      diagnostic.description
        == "Scenarios/desk.yaml:2:23: error: unknown logic 'least-open', "
        + "known: round_robin, least_open, did you mean 'least_open'?")
  }

  @Test func `carets stand under wide, combining and hidden characters`() {
    let text = "名e\u{301}\u{202E}\tx: bad"
    let rendered = Diagnostic(at: span(text, 1, 8, 11), "no").rendered()
    #expect(
      rendered == """
        Scenarios/desk.yaml:1:8: error: no
            1 | 名e\u{301}\\u{202E} x: bad
              |             \u{20} ^^^
        """)
  }

  @Test func `control characters of a file never reach the terminal`() {
    let diagnostic = Diagnostic(
      at: span("\u{1B}[31mred", 1, 1, 2), "what \u{1B}[2J \u{9B} is\nthis")
    let rendered = diagnostic.rendered() + diagnostic.description
    #expect(!rendered.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x9B })
    #expect(rendered.contains(#"what \u{1B}[2J \u{9B} is\nthis"#))
  }

  @Test(arguments: [(1, 5), (500, 505), (980, 1000), (998, 1001)])
  func `a long line is cut around the caret`(from: Int, to: Int) {
    let text = String((0..<1000).map { Character(String($0 % 10)) })
    let lines = Diagnostic(at: span(text, 1, from, to), "no").rendered(width: 80)
      .split(separator: "\n").map(String.init)
    #expect(lines.allSatisfy { $0.count <= 80 })
    // The first caret stands under the digit of its column.
    let caret = lines[2].distance(
      from: lines[2].startIndex, to: lines[2].firstIndex(of: "^") ?? lines[2].endIndex)
    let shown = lines[1][lines[1].index(lines[1].startIndex, offsetBy: caret)]
    #expect(String(shown) == String((from - 1) % 10))
  }

  @Test func `a place outside the text is shown without harm`() {
    for (line, column) in [(0, 0), (99, 1), (1, 99), (-5, -5)] {
      let rendered = Diagnostic(at: span("ab", line, column, column + 3), "no").rendered()
      #expect(rendered.contains("^"))
    }
  }

  @Test func `problems are sorted by place and repetitions dropped`() {
    let text = "a\nb\nc\n"
    let bag = Diagnostics([
      Diagnostic(at: span(text, 3, 1, 2), "third"), Diagnostic(at: span(text, 1, 1, 2), "first"),
      Diagnostic(.warning, at: span(text, 2, 1, 2), "second"),
      Diagnostic(at: span(text, 3, 1, 2), "third"),
    ])
    #expect(bag.all.map(\.message) == ["first", "second", "third"])
    #expect(bag.errors.count == 2)
    #expect(bag.warnings.count == 1)
  }
}

@Suite struct `Nearest name` {
  @Test(arguments: [
    ("least-open", "least_open"), ("leastopen", "least_open"), ("Round Robin", "round_robin"),
    ("radnom", "random"), ("longest_idel", "longest_idle"), ("stciky", "sticky"),
  ])
  func `a slip finds what was meant`(written: String, meant: String) {
    let known = ["round_robin", "least_open", "random", "longest_idle", "sticky"]
    #expect(nearestName(to: written, in: known) == meant)
  }

  @Test(arguments: ["", "x", "weighted", "zzzzzzzz", String(repeating: "a", count: 10_000)])
  func `something else finds nothing`(written: String) {
    #expect(nearestName(to: written, in: ["round_robin", "least_open", "random"]) == nil)
  }

  @Test func `a swap of neighbours is one slip`() {
    #expect(editDistance(Array("abcd".utf8), Array("abdc".utf8)) == 1)
    #expect(editDistance(Array("abcd".utf8), Array("dcba".utf8)) == 3)
    #expect(editDistance([], Array("abc".utf8)) == 3)
  }
}
