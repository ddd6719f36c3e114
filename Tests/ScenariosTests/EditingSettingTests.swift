import Testing

@testable import Scenarios

/// A text with an edit and what becomes of it.
struct Edit: Sendable {
  let before: String
  let path: String
  let value: String
  let after: String

  init(_ before: String, _ path: String, _ value: String, _ after: String) {
    (self.before, self.path, self.value, self.after) = (before, path, value, after)
  }
}

@Suite struct `Setting a value in a scenario's text` {
  @Test(arguments: [
    // Every style, with what stands around it.
    Edit("a: 12  # c\nb: 1\n", "a", "13", "a: 13  # c\nb: 1\n"),
    Edit("a: '12'\t# c", "a", "it's", "a: 'it''s'\t# c"),
    Edit(
      "a: \"12\" # c\r\nb: 1\r\n", "a", "say \"x\"\n", "a: \"say \\\"x\\\"\\n\" # c\r\nb: 1\r\n"),
    Edit("a: {b: 1, c: [2, x y]}", "a.c[1]", "z", "a: {b: 1, c: [2, z]}"),
    Edit("{\"a\":\"b\",\"c\":1}", "a", "d", "{\"a\":\"d\",\"c\":1}"),
    Edit("{\"a\":\"b\",\"c\":1}", "c", "2", "{\"a\":\"b\",\"c\":2}"),
    Edit("a:\n  - 1\n  -   2   # two\n", "a[1]", "3", "a:\n  - 1\n  -   3   # two\n"),
    Edit("a:\n- 1\n-\n  2\n", "a[1]", "3", "a:\n- 1\n-\n  3\n"),
    Edit("a: one\n  two # c\nb: 1", "a", "x", "a: x # c\nb: 1"),
    Edit("a: |\n  one\n  two\n\nb: 1", "a", "x", "a: x\n\nb: 1"),
    Edit("a: >-\n  one\n  two\n# c\nb: 1", "a", "x", "a: x\n# c\nb: 1"),
    Edit("é: 😀 # é\n日: 本", "é", "ü", "é: ü # é\n日: 本"),
    Edit("a: [wait: 6 min, {b: 1}]", "a[0].wait", "7 min", "a: [wait: 7 min, {b: 1}]"),
    Edit("? a\n: 1\n", "a", "2", "? a\n: 2\n"),
    // JSON stays JSON.
    Edit("{\"a\": 1}", "a", "$b", "{\"a\": \"$b\"}"), Edit("{\"a\": 1}", "a", "2", "{\"a\": 2}"),
    Edit("{\"a\": true}", "a", "false", "{\"a\": false}"),
    // Documents with their marks.
    Edit("%YAML 1.1\n--- # c\na: 1\n...\n", "a", "2", "%YAML 1.1\n--- # c\na: 2\n...\n"),
    Edit("---\n- 1\n- 2\n", "[1]", "3", "---\n- 1\n- 3\n"),
    // Nothing becomes something.
    Edit("a:\nb: 1", "a", "2", "a: 2\nb: 1"), Edit("a:  # c\n", "a", "2", "a: 2  # c\n"),
    Edit("a: {b: , c}", "a.b", "2", "a: {b: 2 , c}"),
    Edit("a: {b: , c}", "a.c", "2", "a: {b: , c: 2}"),
    Edit("- \n- x", "[0]", "y", "- y \n- x"),
    // Quotes where the text asks for them.
    Edit("a: x", "a", "b: c", "a: \"b: c\""), Edit("a: x", "a", "b #c", "a: \"b #c\""),
    Edit("a: x", "a", "b#c", "a: b#c"), Edit("a: x", "a", "", "a: \"\""),
    Edit("a: x", "a", " b", "a: \" b\""), Edit("a: x", "a", "- b", "a: \"- b\""),
    Edit("a: x", "a", "b, c]", "a: b, c]"), Edit("a: [x]", "a[0]", "b, c]", "a: [\"b, c]\"]"),
    Edit("a: x", "a", "*b", "a: \"*b\""), Edit("a: x", "a", "\"b\"", "a: \"\\\"b\\\"\""),
    Edit("a: x", "a", "'", "a: \"'\""), Edit("a: x", "a", "b\nc", "a: \"b\\nc\""),
    Edit("a: 'x'", "a", "b\nc", "a: \"b\\nc\""), Edit("a: x", "a", "\u{7}", "a: \"\\u0007\""),
    Edit("a: x", "a", "{b}", "a: \"{b}\""), Edit("a: x", "a", "| b", "a: \"| b\""),
    Edit("a: x", "a", "first.p90 <= 8 min", "a: first.p90 <= 8 min"),
    Edit("a: x", "a", "$b", "a: $b"), Edit("a: x", "a", "100%", "a: 100%"),
    Edit("a: x", "a", "%1", "a: \"%1\""), Edit("a: x", "a", "---", "a: ---"),
    Edit("a: x", "a", "e\u{301}", "a: e\u{301}"),
    // Maps and lists become a text.
    Edit("a: {b: 1} # c\nd: 1", "a", "x", "a: x # c\nd: 1"),
    Edit(
      "a: # c\n  b: 1\n\n  # inside\n  c: 2 # c\n  # last\n\n# d\nd: 1\n", "a", "x",
      "a: x # c\n\n# d\nd: 1\n"),
    Edit("a:\n- 1\n- 2\nb: 1", "a", "x", "a: x\nb: 1"), Edit("a:\n  b: 1", "a", "x", "a: x"),
    Edit("- a: 1\n  b: 2\n- c", "[0]", "x", "- x\n- c"),
  ])
  func `a text stands where the old one stood`(edit: Edit) {
    #expect(
      edited(edit.before) { text throws(Diagnostics) in
        try text.setting(path(edit.path), toScalar: edit.value)
      } == edit.after)
  }

  @Test(arguments: [
    Edit("a: 12", "a", "13", "a: 13"), Edit("a: 'x' # c", "a", " y \n", "a: y # c"),
    Edit(
      "a: x", "a", "{lognormal: {median: 2 min, p90: 6 min}}",
      "a: {lognormal: {median: 2 min, p90: 6 min}}"),
    Edit("a:\n  b: 1\n  c: 2\nd: 1", "a", "{b: 2}", "a: {b: 2}\nd: 1"),
    Edit("a: [x]", "a[0]", "b, c", "a: [\"b, c\"]"),
    Edit("a: [x]", "a[0]", "[b, 'c']", "a: [[b, 'c']]"),
    Edit("a: {b: 1}", "a", "{}", "a: {}"), Edit("a: x", "a", "\"b\" # c", "a: \"b\""),
  ])
  func `YAML stands as it was given`(edit: Edit) {
    #expect(
      edited(edit.before) { text throws(Diagnostics) in
        try text.setting(path(edit.path), toYAML: edit.value)
      } == edit.after)
  }

  @Test(arguments: [
    Edit("a: 1", "", "x", "f:1:1: error: the file as a whole is changed in the text"),
    Edit(
      "agents: 1", "agent", "x",
      "f:1:1: error: there is no key 'agent' here, did you mean 'agents'?"),
    Edit("a: [1]", "a[1]", "x", "f:1:4: error: there is no item [1] in a list of 1"),
    Edit("a: 1", "a.b", "x", "f:1:4: error: there is nothing below '1' here: 'b'"),
    Edit(
      "a: 1", "a", "b: 1",
      "a:1:1: error: a value of several lines cannot be put in here, write it in brackets, as in {a: 1} or [1, 2]"
    ),
    Edit("a: 1", "a", "[1", "a:1:1: error: this is not YAML: "),
    Edit("a: 1", "a", "", "a:1:1: error: the file is empty"),
    Edit("a: 1", "a", "&x 1", "a:1:1: error: anchors are not used here"),
  ])
  func `what cannot be set is said`(edit: Edit) {
    let result = edited(edit.before) { text throws(Diagnostics) in
      try text.setting(path(edit.path), toYAML: edit.value)
    }
    #expect(result.hasPrefix(edit.after), "\(result)")
  }

  @Test func `two texts are the same only to the byte`() throws {
    let one = try ScenarioText(text: "a: \u{E9}", file: "f")
    let other = try one.setting(path("a"), toScalar: "e\u{301}")
    #expect(one != other && one.text == other.text)
    #expect(try other.setting(path("a"), toScalar: "\u{E9}") == one)
  }
}
