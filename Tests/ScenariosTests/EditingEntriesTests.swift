import Testing

@testable import Scenarios

@Suite struct `Entries of a scenario's text` {
  @Test(arguments: [
    // At the end of a block, with what belongs to the entry before.
    Edit("a: 1 # c\n", "b", "2", "a: 1 # c\nb: 2\n"), Edit("a: 1", "b", "2", "a: 1\nb: 2"),
    Edit("a: 1\r\nc: 1", "b", "2", "a: 1\r\nc: 1\r\nb: 2"),
    Edit("a:\n  x: 1\n\n# d\nd: 1\n", "a.y", "2", "a:\n  x: 1\n  y: 2\n\n# d\nd: 1\n"),
    Edit(
      "a:\n  x: 1\n  # x: 2\n    # y: 2\n", "a.y", "2", "a:\n  x: 1\n  y: 2\n  # x: 2\n    # y: 2\n"
    ),
    Edit(
      "a:\n  x:\n    z: 1\n    # z: 2\nb: 1", "a.y", "2",
      "a:\n  x:\n    z: 1\n    # z: 2\n  y: 2\nb: 1"),
    Edit("a:\n    - x\n    - y\n", "a[2]", "z", "a:\n    - x\n    - y\n    - z\n"),
    Edit("a:\n- x\nb: 1\n", "a[0]", "z", "a:\n- z\n- x\nb: 1\n"),
    Edit("a:\n- x\n- y\nb: 1\n", "a[1]", "z", "a:\n- x\n- z\n- y\nb: 1\n"),
    Edit("- a: 1\n  b:\n  - 2\n- c", "[0].d", "3", "- a: 1\n  b:\n  - 2\n  d: 3\n- c"),
    Edit("- - a\n  - b\n", "[0][0]", "c", "- - c\n  - a\n  - b\n"),
    Edit("a: |\n  x\n\nb: 1\n", "c", "2", "a: |\n  x\n\nb: 1\nc: 2\n"),
    Edit("b: 1\na: |\n  x\n\n", "c", "2", "b: 1\na: |\n  x\nc: 2\n\n"),
    // In brackets.
    Edit("a: {}", "a.b", "2", "a: {b: 2}"), Edit("a: []", "a[0]", "x, y", "a: [\"x, y\"]"),
    Edit("a: {b: 1} # c", "a.c", "{d: 1}", "a: {b: 1, c: {d: 1}} # c"),
    Edit("a: {b: 1, }", "a.c", "2", "a: {b: 1, c: 2, }"),
    Edit("a: {b, }", "a.c", "2", "a: {b, c: 2, }"),
    Edit("a: [x]", "a[0]", "y", "a: [y, x]"), Edit("a: [x, y]", "a[1]", "z", "a: [x, z, y]"),
    Edit(
      "a: {\n  b: 1, # one\n  c: 2 # two\n}\n", "a.d", "3",
      "a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n}\n"),
    Edit(
      "a: {\n  b: 1, # one\n  c: 2, # two\n}\n", "a.d", "3",
      "a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3,\n}\n"),
    Edit("a: [\r\n  x\r\n]", "a[0]", "y", "a: [\r\n  y,\r\n  x\r\n]"),
    Edit("a: {\n  b: 1, c: 2}", "a.d", "3", "a: {\n  b: 1, c: 2, d: 3}"),
    Edit("a: [wait: 1]", "a[1]", "x", "a: [wait: 1, x]"),
    Edit("{\r\n\t\"a\": 1\r\n}", "b", "[2]", "{\r\n\t\"a\": 1,\r\n\t\"b\": [2]\r\n}"),
    // Beside comments and marks.
    Edit("a:\n# of x\n- x\n", "a[0]", "z", "a:\n- z\n# of x\n- x\n"),
    Edit("# the file\n- x\n", "[0]", "z", "# the file\n- z\n- x\n"),
    Edit("--- # c\na: 1\n...\n", "b", "2", "--- # c\na: 1\nb: 2\n...\n"),
    // Into nothing.
    Edit("a:\nb: 1", "a.c", "2", "a:\n  c: 2\nb: 1"),
    Edit("a: # c\n", "a[0]", "x", "a: # c\n  - x\n"),
    Edit("a:\n  b:", "a.b.c", "2", "a:\n  b:\n    c: 2"),
    // Keys that need quotes.
    Edit("a: 1", "\"b: c\"", "2", "a: 1\n\"b: c\": 2"),
    Edit("a: {}", "a.\"b, [c]\"", "2", "a: {\"b, [c]\": 2}"),
    Edit("a: {}", "a.09:00", "2", "a: {09:00: 2}"),
    // Nothing that can be done.
    Edit("a: 1", "a", "2", "f:1:1: error: the key 'a' is there already, choose another name"),
    Edit("a: [1]", "a[2]", "2", "f:1:4: error: a list of 1 has no place [2]"),
    Edit("a: 1", "a.b", "2", "f:1:4: error: a key such as 'b' can only be added to a map"),
    Edit("a: {}", "a[0]", "2", "f:1:4: error: an item can only be added to a list"),
    Edit("a: 1", "b.c", "2", "f:1:1: error: there is no key 'b' here, did you mean 'a'?"),
    Edit(
      "a: [wait: 1]", "a[0].b", "2",
      "f:1:5: error: this value is written in a way that the form cannot change, change it in the text"
    ),
  ])
  func `one is added`(edit: Edit) {
    #expect(
      edited(edit.before) { text throws(Diagnostics) in
        try text.inserting(path(edit.path), yaml: edit.value)
      } == edit.after)
  }

  @Test func `one is added after another, and a text gets the quotes that it needs`() {
    #expect(
      edited("a:\n  b: 1\n  c: 2\n") { text throws(Diagnostics) in
        try text.inserting(path("a.d"), scalar: "x: y", after: "b")
      } == "a:\n  b: 1\n  d: \"x: y\"\n  c: 2\n")
    #expect(
      edited("a: {b: 1, c: 2}") { text throws(Diagnostics) in
        try text.inserting(path("a.d"), scalar: "x", after: "b")
      } == "a: {b: 1, d: x, c: 2}")
    #expect(
      edited("a: {b: 1}") { text throws(Diagnostics) in
        try text.inserting(path("a.d"), scalar: "x", after: "c")
      } == "f:1:4: error: there is no key 'c' here")
  }

  @Test(arguments: [
    ("a: 1\nb: 2\nc: 3", "b", "a: 1\nc: 3"), ("a: 1\nb: 2\nc: 3", "c", "a: 1\nb: 2"),
    ("a: 1\r\nb: 2\r\n", "b", "a: 1\r\n"), ("a: 1\r\nb: 2\r\n", "a", "b: 2\r\n"),
    ("# of a\na: 1 # c\n# of b\nb: 2\n", "a", "# of a\n# of b\nb: 2\n"),
    (
      "x:\n  # of a\n  a:\n    # in a\n    b: 1\n    # in a\n  # of c\n  c: 1\n", "x.a",
      "x:\n  # of a\n  # of c\n  c: 1\n"
    ),
    ("x:\n  a: 1\n\n  b: 2\n\ny: 1\n", "x.b", "x:\n  a: 1\n\n\ny: 1\n"),
    ("x:\n  a: 1\ny: 1\n", "x.a", "x: {}\ny: 1\n"), ("x:\n- a\ny: 1\n", "x[0]", "x: []\ny: 1\n"),
    ("- a: 1\n  b: 2\n- c", "[0].a", "- b: 2\n- c"), ("- a: 1\n- b", "[0].a", "- {}\n- b"),
    ("a:\n- x\n- y # c\n- z", "a[1]", "a:\n- x\n- z"), ("- - a\n  - b\n", "[0][0]", "- - b\n"),
    ("a: |\n  x\n\nb: 1\n", "a", "\nb: 1\n"),
    ("a: |\n  x\nb: 1", "b", "a: |\n  x\n"),
    ("a: {b: 1, c: 2, d: 3} # c", "a.b", "a: {c: 2, d: 3} # c"),
    ("a: {b: 1, c: 2, d: 3} # c", "a.c", "a: {b: 1, d: 3} # c"),
    ("a: {b: 1, c: 2, d: 3} # c", "a.d", "a: {b: 1, c: 2} # c"),
    ("a: {b: 1, c: 2, }", "a.c", "a: {b: 1, }"), ("a: [x, ]", "a[0]", "a: [ ]"),
    ("a: {b: 1}", "a.b", "a: {}"), ("a: [b: 1, c]", "a[0]", "a: [c]"),
    ("a: {b, c}", "a.b", "a: {c}"),
    ("a: {\n  b: 1, # one\n  # of c\n  c: 2 # two\n}", "a.b", "a: {\n  # of c\n  c: 2 # two\n}"),
    ("a: {\n  b: 1, # one\n  # of c\n  c: 2 # two\n}", "a.c", "a: {\n  b: 1 # one\n  # of c\n}"),
    ("a: {\n  b: 1,\n  c: 2\n}", "a.c", "a: {\n  b: 1\n}"),
    ("a: {\n  b: 1, # one\n  c: 2, # two\n}", "a.c", "a: {\n  b: 1, # one\n}"),
    (
      "a: 1", "a",
      "f:1:4: error: this value is written in a way that the form cannot change, change it in the text"
    ),
    (
      "a: [b: 1]", "a[0].b",
      "f:1:8: error: this value is written in a way that the form cannot change, change it in the text"
    ),
    ("a: 1", "b", "f:1:1: error: there is no key 'b' here, did you mean 'a'?"),
  ])
  func `one is removed`(before: String, at: String, after: String) {
    #expect(
      edited(before) { text throws(Diagnostics) in try text.removing(path(at)) } == after)
  }

  @Test(arguments: [
    Edit("a: 1 # c\nb: 2", "a", "c", "c: 1 # c\nb: 2"), Edit("'a': 1", "a", "it's", "'it''s': 1"),
    Edit("{\"a\":1}", "a", "b", "{\"b\":1}"),
    Edit("a: {b: 1, c}", "a.c", "d, e", "a: {b: 1, \"d, e\"}"),
    Edit("a:\n  b: 1", "a", "x: y", "\"x: y\":\n  b: 1"), Edit("a: 1", "a", "a", "a: 1"),
    Edit("a: 1", "a", "- b", "\"- b\": 1"), Edit("a: 1", "a", "<<", "\"<<\": 1"),
    Edit("a: 1\nb: 2", "a", "b", "f:1:1: error: the key 'b' is there already, choose another name"),
    Edit("- a", "[0]", "b", "f:1:3: error: an item of a list has no key"),
  ])
  func `one gets another name`(edit: Edit) {
    #expect(
      edited(edit.before) { text throws(Diagnostics) in
        try text.renaming(path(edit.path), to: edit.value)
      } == edit.after)
  }

  @Test(arguments: [
    Edit("a: 1 # c\nb: 2", "a", "c", "a: 1 # c\nc: 1\nb: 2"),
    Edit("s:\n  a: {x: 1}\n", "s.a", "b", "s:\n  a: {x: 1}\n  b: {x: 1}\n"),
    Edit(
      "s:\n  'a':\n    x: 1 # one\n    y: 2 # two\n\nt: 1", "s.a", "b",
      "s:\n  'a':\n    x: 1 # one\n    y: 2 # two\n  'b':\n    x: 1 # one\n    y: 2\n\nt: 1"),
    Edit("s: {a: {x: 1}, b: 2}", "s.a", "c: d", "s: {a: {x: 1}, \"c: d\": {x: 1}, b: 2}"),
    Edit("- a: |\n    x\n  b: 1", "[0].a", "c", "- a: |\n    x\n  c: |\n    x\n  b: 1"),
    Edit("a:\nb: 1", "a", "c", "a:\nc:\nb: 1"),
    Edit("a: 1", "a", "a", "f:1:1: error: the key 'a' is there already, choose another name"),
  ])
  func `one is copied`(edit: Edit) {
    #expect(
      edited(edit.before) { text throws(Diagnostics) in
        try text.duplicating(path(edit.path), as: edit.value)
      } == edit.after)
  }

  @Test(arguments: [
    ("a: 1 # a\nb: 2 # b\nc: 3 # c", "a", 2, "b: 2 # b\nc: 3 # c\na: 1 # a"),
    ("a: 1\r\nb:\r\n  x: 2\r\nc: 3", "c", 0, "c: 3\r\na: 1\r\nb:\r\n  x: 2"),
    ("# all\n\n# of a\na: 1\n\n# of b\nb: 2\n", "b", 0, "# all\n\n# of b\nb: 2\n\n# of a\na: 1\n"),
    ("# the file\na: 1\n# of b\nb: 2\n", "b", 0, "# the file\n# of b\nb: 2\na: 1\n"),
    ("- a: 1\n  b: 2\n- c", "[0].b", 0, "- b: 2\n  a: 1\n- c"),
    ("- a: 1\n  b: 2\n- c", "[1]", 0, "- c\n- a: 1\n  b: 2"),
    ("- a\n- b\n- c", "[2]", 1, "- a\n- c\n- b"),
    ("a: {b: 1, c: [2],  d: 3}", "a.b", 1, "a: {c: [2], b: 1,  d: 3}"),
    ("a: {\n  b: 1,\n  c: 2\n}", "a.c", 0, "a: {\n  c: 2,\n  b: 1\n}"),
    ("a: [x, y]", "a[0]", 0, "a: [x, y]"),
    (
      "a: {\n  b: 1, # one\n  c: 2\n}", "a.c", 0,
      "f:3:6: error: this value is written in a way that the form cannot change, change it in the text"
    ),
    ("a: [x, y]", "a[0]", 2, "f:1:4: error: there are 2 entries, so there is no place [2]"),
  ])
  func `one is moved`(before: String, at: String, to: Int, after: String) {
    #expect(
      edited(before) { text throws(Diagnostics) in try text.moving(path(at), to: to) } == after)
  }
}

@Suite struct `Changed lines` {
  @Test(arguments: [
    ("", "", 0), ("a\n", "a\n", 0), ("a\n", "b\n", 1), ("a\nb\nc\n", "a\nx\nc\n", 1),
    ("a\nb\nc\n", "a\nc\n", 1), ("a\nc\n", "a\nb\nb\nc\n", 2), ("", "a\nb", 2), ("a", "a\n", 1),
    ("a\r\n", "a\n", 1), ("a\nb\nc\nd\ne\n", "x\nb\nc\nd\ny\n", 2),
    // Moved: gone in one place and new in another.
    ("a\nb\nc\nd\n", "b\nc\nd\na\n", 2), ("a\nb\nc\nd\n", "x\ny\nc\nz\n", 3),
    ("\u{E9}\n", "e\u{301}\n", 1),
  ])
  func `are counted`(old: String, new: String, count: Int) {
    #expect(LineChanges(from: old, to: new).count == count)
    #expect(LineChanges(from: new, to: old).count == count)
  }

  @Test func `of two texts that have nothing in common are counted without comparing all pairs`() {
    let old = (0..<5_000).map { "old \($0)\n" }.joined()
    let new = (0..<6_000).map { "new \($0)\n" }.joined()
    #expect(LineChanges(from: "a\n" + old + "b\n", to: "a\n" + new + "b\n").count == 6_000)
  }
}
