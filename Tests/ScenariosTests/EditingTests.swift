import Testing

@testable import Scenarios

/// A path as it is written.
func path(_ text: String) -> ScenarioPath { ScenarioPath(parsing: text) ?? ScenarioPath([]) }

/// The text after an edit, or what it is refused with.
func edited(
  _ text: String, _ edit: (ScenarioText) throws(Diagnostics) -> ScenarioText
) -> String {
  do throws(Diagnostics) {
    return try edit(try ScenarioText(text: text, file: "f")).text
  } catch {
    return error.description
  }
}

@Suite struct `Paths of a scenario` {
  @Test(
    arguments: [
      ("", []), ("agents", [.key("agents")]),
      ("teams.support.agents", [.key("teams"), .key("support"), .key("agents")]),
      ("goals[1]", [.key("goals"), .index(1)]),
      ("strategies.least open.logic", [.key("strategies"), .key("least open"), .key("logic")]),
      ("[0][12].a", [.index(0), .index(12), .key("a")]),
      (#"strategies."v2.1 [new]".logic"#, [.key("strategies"), .key("v2.1 [new]"), .key("logic")]),
      ("\"\".b", [.key(""), .key("b")]), ("\"\"", [.key("")]),
      (#"a."say \"hi\" \\ é😀""#, [.key("a"), .key(#"say "hi" \ é😀"#)]),
    ] as [(String, [ScenarioPath.Step])])
  func `a path reads back as it is written`(text: String, steps: [ScenarioPath.Step]) throws {
    let path = try #require(ScenarioPath(parsing: text))
    #expect(path.steps == steps)
    #expect(path.description == text)
    #expect(ScenarioPath(path.steps) == path)
  }

  @Test func `quotes that are not needed are read all the same`() {
    #expect(path(#"a."09:00""#).description == "a.09:00")
  }

  @Test(arguments: [
    ".", ".a", "a.", "a..b", "a[", "a[]", "a[-1]", "a[01]", "a[+1]", "a[1", "a]", "a[1]b", #"a"b"#,
    #""a"#, #""a"b"#, #""\n""#, #"a\b"#, "[1]a", "[1].", "a[1].[2]", "[９]",
  ])
  func `what is no path is not read`(text: String) {
    #expect(ScenarioPath(parsing: text) == nil)
  }

  @Test func `random keys come back`() {
    var numbers = TestNumbers(3)
    let letters = Array(#".[]"\ aé'😀#:01"#.unicodeScalars)
    for _ in 0..<2_000 {
      let steps = (0..<Int.random(in: 0...4, using: &numbers)).map { _ -> ScenarioPath.Step in
        if Bool.random(using: &numbers) { return .index(Int.random(in: 0...20, using: &numbers)) }
        var key = ""
        for _ in 0..<Int.random(in: 0...5, using: &numbers) {
          key.unicodeScalars.append(letters[Int.random(in: 0..<letters.count, using: &numbers)])
        }
        return .key(key)
      }
      let path = ScenarioPath(steps)
      #expect(ScenarioPath(parsing: path.description) == path, "\(path)")
    }
  }
}

@Suite struct `Values of a scenario's text` {
  private let text = """
    # a desk 😀
    name: 'it''s'  # quoted
    "é 😀": {a: 1, b: [x y, "z"], c: , d}
    agents:
      support:   # the team
        agents: 12	# tab
        reply: {
          median: 2 min,
          p90: 6 min
        }
      none:
    goals:
    - a <= 1
    -
      when: [wait: 6 min]
    long: one
      two
    lines: |
      a

      b

    last: 1
    """

  @Test(
    arguments: [
      ("name", "'it''s'", 2, 7, 2, 14), ("é 😀", #"{a: 1, b: [x y, "z"], c: , d}"#, 3, 9, 3, 38),
      ("é 😀.b[1]", #""z""#, 3, 25, 3, 28), ("é 😀.c", "", 3, 33, 3, 33), ("é 😀.d", "", 3, 37, 3, 37),
      ("agents.support.agents", "12", 6, 13, 6, 15),
      ("agents.support.reply", "{\n      median: 2 min,\n      p90: 6 min\n    }", 7, 12, 10, 6),
      ("agents.none", "", 11, 8, 11, 8),
      ("goals", "- a <= 1\n-\n  when: [wait: 6 min]", 13, 1, 15, 22),
      ("goals[0]", "a <= 1", 13, 3, 13, 9), ("goals[1]", "when: [wait: 6 min]", 15, 3, 15, 22),
      ("goals[1].when[0]", "wait: 6 min", 15, 10, 15, 21),
      ("goals[1].when[0].wait", "6 min", 15, 16, 15, 21), ("long", "one\n  two", 16, 7, 17, 6),
      ("lines", "|\n  a\n\n  b", 18, 8, 21, 4), ("last", "1", 23, 7, 23, 8),
    ] as [(String, String, Int, Int, Int, Int)])
  func `each is found with its place`(
    at: String, expected: String, line: Int, column: Int, lastLine: Int, endColumn: Int
  ) throws {
    let found = try #require(try ScenarioText(text: text, file: "f").value(at: path(at)))
    #expect(found.text == expected)
    #expect(found.lines == line...lastLine)
    #expect(found.firstColumn == column && found.endColumn == endColumn)
  }

  @Test func `kinds, meanings, keys and numbers`() throws {
    let text = try ScenarioText(text: text, file: "f")
    #expect(text.value(at: path("name"))?.kind == .scalar)
    #expect(text.value(at: path("name"))?.scalar == "it's")
    #expect(text.value(at: path("lines"))?.scalar == "a\n\nb\n")
    #expect(text.value(at: path("agents"))?.kind == .map)
    #expect(text.value(at: path("agents"))?.scalar == nil)
    #expect(text.value(at: path("goals"))?.kind == .sequence)
    #expect(text.value(at: path("agents.other")) == nil)
    #expect(text.value(at: path("goals[2]")) == nil)
    #expect(text.value(at: path("name.x")) == nil)
    #expect(text.keys(at: path("agents")) == ["support", "none"])
    #expect(text.keys(at: path("goals")) == [])
    #expect(text.keys(at: path("")).first == "name")
    #expect(text.count(at: path("goals")) == 2)
    #expect(text.count(at: path("agents.support.reply")) == 2)
    #expect(text.count(at: path("name")) == 0)
  }

  @Test func `a byte order mark is kept, and counts as a character`() throws {
    let text = try ScenarioText(text: "\u{FEFF}a: 1\nb: 2", file: "f")
    #expect(text.value(at: path("a"))?.firstColumn == 5)
    #expect(text.value(at: path("b"))?.firstColumn == 4)
    let edited = try text.setting(path("a"), toScalar: "3").setting(path("b"), toYAML: "[4]")
    #expect(Array(edited.text.utf8) == [0xEF, 0xBB, 0xBF] + Array("a: 3\nb: [4]".utf8))
  }

  @Test func `what is no YAML is told as the reader tells it`() {
    for (text, expected) in [
      ("a: [1", "f:1:4: error: this is not YAML"), ("", "f:1:1: error: the file is empty"),
      ("a: &x 1", "f:1:4: error: anchors are not used here"),
      ("a: 1\na: 2", "f:2:1: error: the key 'a' appears twice"),
    ] {
      let result = edited(text) { $0 }
      #expect(result.hasPrefix(expected), "\(result)")
    }
  }
}
