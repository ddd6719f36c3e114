import Glibc
import Testing

@testable import Scenarios

@Suite struct `YAML reader` {
  @Test func `block and flow styles give the same tree`() {
    let block = tree("a: 1\nb:\n  - x\n  - {c: d}\n")
    let flow = tree(#"{"a": "1", "b": ["x", {"c": "d"}]}"#)
    #expect(block.problems.isEmpty && flow.problems.isEmpty)
    #expect(plain(block.root) == "{a: 1, b: [x, {c: d}]}")
    #expect(plain(flow.root) == plain(block.root))
  }

  @Test func `every value knows its place`() {
    let root = tree("a: 1\nb:\n  - x y\n  - {c: 'd e'}\n").root
    #expect(place(root?.value(of: "a")) == "1:4-5")
    guard case .list(let items)? = root?.value(of: "b")?.content else {
      Issue.record("b is no list")
      return
    }
    #expect(place(items[0]) == "3:5-8")
    #expect(place(items[1]) == "4:5-15")
    #expect(place(items[1].value(of: "c")) == "4:9-14")
  }

  @Test(arguments: [
    ("a: no", "no"), ("a: on", "on"), ("a: 1:30", "1:30"), ("a: ~", "~"), ("a: 0x1F", "0x1F"),
    ("a: 2026-11-23 09:00", "2026-11-23 09:00"), ("a: 'no'", "no"), ("a: \"1:30\"", "1:30"),
    ("a:", ""), ("a: |\n  x\n  y\n", "x\ny\n"), ("a: >\n  x\n  y\n", "x y\n"),
    ("{a: 09:00-13:00}", "09:00-13:00"), ("a: it''s", "it''s"), ("a: 'it''s'", "it's"),
    ("a: \"\\x41\\u00e9\\U0001F600\"", "Aé😀"),
  ])
  func `a scalar stays the text that was written`(text: String, expected: String) {
    let result = tree(text)
    #expect(result.problems.isEmpty)
    #expect(plain(result.root?.value(of: "a")) == expected)
  }

  @Test func `JSON's surrogate pairs are characters, lone halves are refused in place`() {
    let pair = tree(#"{"a": "x\uD83D\uDE00\uD83d\ude00y", "b": "z\/"}"#)
    #expect(pair.problems.isEmpty)
    #expect(plain(pair.root) == "{a: x😀😀y, b: z/}")
    #expect(place(pair.root?.value(of: "b")) == "1:42-47")
    let lone = tree(#"{"a": "x\uD83D"}"#)
    #expect(lone.root == nil)
    #expect(lone.problems.count == 1)
    #expect(lone.problems[0].hasPrefix("f:1:"))
  }

  @Test func `what looks like a surrogate pair outside double quotes stays literal`() {
    let text = #"""
      a: '\uD83D\uDE00'
      b: "\uD83D\uDE00 \\uD83D\uD83D\uDE00"
      c: \uD83D\uDE00 # \uD83D\uDE00
      """#
    let result = tree(text)
    #expect(result.problems.isEmpty)
    #expect(
      plain(result.root)
        == #"{a: \uD83D\uDE00, b: 😀 \uD83D😀, c: \uD83D\uDE00}"#)
  }

  @Test(arguments: [
    ("a: 1\nb: 2\na: 3", "f:3:1: error: the key 'a' appears twice; it stands in line 1"),
    ("a: &x 1", "f:1:4: error: anchors are not used here: '&x', use parameters"),
    ("a: *x", "f:1:4: error: aliases are not used here: '*x', use parameters"),
    ("a: !!str 1", "f:1:4: error: tags are not used here: 'tag:yaml.org,2002:str'"),
    ("a:\n  <<: {b: 1}", "f:2:3: error: merge keys are not used here, use parameters"),
    ("a: 1\n---\nb: 2", "f:2:1: error: a second document in the file, write one file for each"),
    ("? [x]\n: 1", "f:1:3: error: a key must be a name, not a list"),
    ("", "f:1:1: error: the file is empty"),
    ("# nothing\n", "f:1:1: error: the file is empty"),
    ("a: [1, 2", "f:1:4: error: this is not YAML"),
    ("a: b: c", "f:1:5: error: this is not YAML: mapping values are not allowed"),
    ("a:\n\t- b", "f:2:1: error: this is not YAML"),
    ("a: 'open", "f:1:4: error: this is not YAML"),
    ("a: \"\\q\"", "f:1:5: error: this is not YAML"),
    ("a: @b", "f:1:4: error: this is not YAML"),
    ("a: 1\nb: x\u{0}y", "f:2:5: error: a NUL character cannot stand in a file"),
    ("a: \u{7}", "f:1:4: error: a control character (07) cannot stand in a file"),
    ("a: \u{85}b: \u{9b}", "f:2:4: error: a control character (9B) cannot stand in a file"),
  ])
  func `each mistake has its message and place`(text: String, expected: String) {
    let problems = tree(text).problems
    #expect(problems.count == 1, "\(problems)")
    #expect(problems.first?.hasPrefix(expected) == true, "\(problems)")
  }

  /// Where the slip was made, not where it was noticed, and what to write.
  @Test(arguments: [
    ("a: 1\nb 2\nc: 3\n", "2:1", "a key needs ': ' after it, and an item of a list '- ' before it"),
    (
      "a:\n  - x\n  -y\n  - z\n", "3:3",
      "a key needs ': ' after it, and an item of a list '- ' before it"
    ),
    ("a:\n  b: {c: 1\n  d: 2\ne: 3\n", "2:6", "this bracket is not closed"),
    ("a: [1, 2\nb: {c: 1}\n", "1:4", "this bracket is not closed"),
    ("a:\n  b: [1, {c: 2\n", "2:10", "this bracket is not closed"),
    ("a: {\n  b: 1,\n  c: 2\n  d: 3\n}\n", "4:4", "separate with a comma, or close the bracket"),
    ("a: {b: 1 c: 2}\n", "1:11", "separate with a comma, or close the bracket"),
    ("a: {b: 1,\n  c: 2]\n", "2:7", "line 1 opened the other kind of bracket"),
    ("a:\n  b: {c: 1}}\n  d: 2\n", "2:12", "there is one bracket too many"),
    ("a: \"x\nb: \"y\"\n", "1:4", "this quote ends only in line 2: close it before"),
    ("a: 'x\nb: y\nc: z\n", "1:4", "this quote is not closed"),
    (
      "a: 'it's here'\n", "1:8",
      "inside '...' a quote is written '', inside \"...\" it is written \\\""
    ),
    ("a:\n\tb: 1\n", "2:1", "indent with spaces, not with tabs"),
    ("a: x\n  b: 2\n", "2:4", "indent this line like its neighbours"),
    ("a: b: c\n", "1:5", "quote a text that contains ': '"),
    (
      "a:\n  b: 1\n c: 2\n", "3:2",
      "indent it like its neighbours, and quote texts with special characters"
    ),
    ("a: 1\n- b\n", "2:1", "a list cannot go on among the keys of a map"),
    ("a: %b\n", "1:4", "quote a text that begins with '%'"),
    ("a: \"\\q\"\n", "1:5", "inside \"...\" a backslash is written \\\\"),
  ])
  func `a slip is shown where it was made, with what to write`(
    text: String, place: String, hint: String
  ) {
    let problems = tree(text).problems
    #expect(problems.count == 1, "\(problems)")
    #expect(
      problems.first?.hasPrefix("f:\(place): error: this is not YAML: ") == true, "\(problems)")
    #expect(problems.first?.hasSuffix(", " + hint) == true, "\(problems)")
  }

  @Test func `all mistakes that leave a tree are reported in one go`() {
    let problems = tree("a: &x 1\nb: *x\nb: 2\nc: !t 3\n").problems
    #expect(problems.map { $0.prefix(5) } == ["f:1:4", "f:2:4", "f:3:1", "f:4:4"])
  }

  @Test(
    arguments: [
      ([0x61, 0x3A, 0x20, 0xFF], "f:1:4: error: invalid UTF-8 (byte FF)"),
      ([0x61, 0x3A, 0x0A, 0xC0, 0x80], "f:2:1: error: invalid UTF-8 (byte C0)"),
      ([0xED, 0xA0, 0x80], "f:1:1: error: invalid UTF-8 (byte ED)"),
      ([0x61, 0xF4, 0x90, 0x80, 0x80], "f:1:2: error: invalid UTF-8 (byte F4)"),
      ([0xFF, 0xFE, 0x61, 0x00], "f:1:1: error: the file is UTF-16, expected UTF-8"),
      ([0x61, 0xE2, 0x82], "f:1:2: error: invalid UTF-8 (byte E2)"),
    ] as [([UInt8], String)])
  func `bytes that are no text are refused in place`(bytes: [UInt8], expected: String) {
    #expect(tree(bytes).problems == [expected])
  }

  @Test func `a line is shown without its line break, whichever that is`() {
    let source = SourceFile(name: "f", text: "a\r\n\r\nb\rc\u{85}d\u{2028}e\n\nf")
    let lines = (1...8).map { String(decoding: source.line($0), as: UTF8.self) }
    #expect(lines == ["a", "", "b", "c", "d", "e", "", "f"])
  }

  @Test func `a byte order mark moves no column`() {
    let result = tree([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))
    #expect(result.problems.isEmpty)
    #expect(place(result.root?.value(of: "a")) == "1:4-5")
  }

  @Test func `64 levels are read and 65 refused`() {
    #expect(tree(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)).root != nil)
    let deep = tree(String(repeating: "[", count: 65) + String(repeating: "]", count: 65))
    #expect(deep.problems == ["f:1:65: error: lists and maps are nested deeper than 64"])
    #expect(tree(String(repeating: "[", count: 100_000)).problems.count == 1)
  }

  @Test func `ten megabytes are the limit`() {
    let text = "a: '" + String(repeating: "x", count: 10_000_000) + "'"
    #expect(tree(text).problems == ["f: error: the file is larger than 10 MB"])
  }

  @Test func `only regular files are read`() throws {
    let problems = Problems()
    #expect(Node.read(file: "/dev/zero", problems) == nil)
    #expect(Node.read(file: "/", problems) == nil)
    #expect(Node.read(file: "/nowhere/at/all.yaml", problems) == nil)
    #expect(Node.read(file: "a\u{0}b", problems) == nil)
    #expect(
      problems.diagnostics.all.map(\.description) == [
        "/dev/zero: error: this is not a regular file",
        "/: error: this is not a regular file",
        "/nowhere/at/all.yaml: error: cannot read the file: there is no such file",
        #"a\u{0}b: error: cannot read the file: the name contains a NUL character"#,
      ])
  }

  @Test func `a named pipe is refused and not waited for`() {
    let path = "/tmp/switchboard-pipe-\(getpid())"
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    let problems = Problems()
    #expect(Node.read(file: path, problems) == nil)
    #expect(problems.all.first?.message == "this is not a regular file")
  }

  @Test func `random bytes and damaged files never stop the reader`() {
    // Texts made of YAML's own punctuation, then single-byte damage to a sound file: a trap would
    // end the test process, and a text without tree must have a problem with a place.
    var numbers = TestNumbers(7)
    let alphabet =
      Array("{}[]:,-?&*!|>'\"%@`#\n\t  ab1\\u\\xD83D".utf8) + [0x00, 0x80, 0xC2, 0xE2, 0xFF]
    let sound = Array(
      "a: [1, {b: 'c', d: \"\\uD83D\\uDE00\"}]\ne:\n  - f: |\n      g\n  - h\n".utf8)
    for round in 0..<3_000 {
      var bytes = sound
      if round % 2 == 0 {
        bytes = (0..<Int.random(in: 0...60, using: &numbers)).map { _ in
          alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)]
        }
      } else {
        for _ in 0...Int.random(in: 0...2, using: &numbers) {
          let index = Int.random(in: 0..<bytes.count, using: &numbers)
          bytes[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)]
        }
      }
      let problems = Problems()
      let root = Node.read(SourceFile(name: "f", bytes: bytes), problems)
      #expect(root != nil || problems.hasErrors)
      for problem in problems.all { #expect(!problem.rendered().isEmpty) }
    }
  }
}
