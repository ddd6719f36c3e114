import Testing

@testable import Reporting

@Suite struct `Text that may be shown` {
  @Test func `what steers a terminal is escaped`() {
    #expect(printable("a\u{1b}[31mb\u{7}\r\n\tc") == "a\\u{1b}[31mb\\u{7}\\u{d}\\u{a}\\u{9}c")
    #expect(printable("\u{202E}exe.txt\u{2066}") == "\\u{202e}exe.txt\\u{2066}")
    #expect(printable("Inês, João & 客服 שלום") == "Inês, João & 客服 שלום")
  }

  @Test(arguments: [
    ("", 0), ("abc", 3), ("João", 4), ("Joa\u{303}o", 4), ("客服中心", 8), ("שלום", 4), ("👩‍👩‍👧", 2),
    ("🇵🇹", 2), ("☎️", 2), ("…", 1), ("ｶﾅ", 2), ("한국", 4),
  ])
  func `a text takes the columns that terminals give it`(text: String, columns: Int) {
    #expect(displayWidth(text) == columns)
  }

  @Test func `a text is cut between graphemes`() {
    #expect(cut("round robin", to: 11) == "round robin")
    #expect(cut("round robin", to: 8) == "round r…")
    #expect(cut("客服中心", to: 5) == "客服…")
    #expect(cut("客服中心", to: 4) == "客…")
    #expect(cut("abcdef", to: 5, ellipsis: "...") == "ab...")
  }

  @Test func `cut names can still be told apart`() {
    let names = shortNames(["strategy number 1", "strategy number 2", "x"], columns: 9)
    #expect(names == ["strate… 1", "strate… 2", "x"])
  }

  @Test func `lines are filled with words and long words are broken`() {
    #expect(wrapped("one two three", columns: 8) == ["one two", "three"])
    #expect(wrapped("abcdefghij kl", columns: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect(wrapped("two   spaces", columns: 20) == ["two   spaces"])
  }
}

@Suite struct `Numbers as text` {
  @Test(arguments: [
    (0.0, 1, "0.0"), (2.25, 1, "2.3"), (-0.04, 1, "0.0"), (-0.05, 1, "-0.1"), (99.95, 1, "100.0"),
    (0.5, 0, "1"), (1234567.0, 0, "1234567"), (1e300, 2, "1e+300"), (-26.7, 1, "-26.7"),
    (0.007, 3, "0.007"),
  ])
  func `decimals are fixed`(value: Double, decimals: Int, text: String) {
    #expect(fixed(value, decimals) == text)
  }

  @Test func `the shortest text reads back as the same number`() {
    var random = FixtureRandom(state: 99)
    var values: [Double] = [
      0, -0.0, .leastNonzeroMagnitude, 1e22, 1e16, 0.1, 1 / 3.0, 123_456_789.25,
    ]
    for _ in 0..<1000 { values.append((random.unit() - 0.5) * 1e6) }
    for value in values { #expect(Double(shortest(value)) == value) }
    #expect(shortest(-0.0) == "0")
    #expect(shortest(1020) == "1020")
  }

  @Test(arguments: [
    (24.0, 2, 0), (9.96, 2, 0), (9.94, 2, 1), (3.1, 1, 1), (0.23, 2, 2), (0.23, 1, 1), (0.0, 1, 1),
    (0.9949, 3, 2), (0.0123, 4, 3),
  ])
  func `a half-width is shown with two digits`(half: Double, most: Int, decimals: Int) {
    #expect(decimalsForTwoDigits(of: half, atMost: most) == decimals)
  }

  @Test(arguments: [
    (0.25, "250 ms"), (71, "1 min 11 s"), (28_800, "8 h"), (5400, "1 h 30 min"),
    (90_000, "1 d 1 h"),
    (0, "0 s"), (300, "5 min"), (1.5, "1.5 s"),
  ])
  func `durations are said as people say them`(seconds: Double, text: String) {
    #expect(spokenDuration(seconds) == text)
  }

  @Test func `clock times have minutes and seconds`() {
    #expect(clockDuration(387) == "6:27")
    #expect(clockDuration(19.4) == "0:19")
    #expect(clockDuration(3725) == "1:02:05")
    #expect(clockDuration(-52) == "-0:52")
  }

  @Test func `counts are grouped and rounded`() {
    #expect(grouped(1_020) == "1,020")
    #expect(grouped(-123_456) == "-123,456")
    #expect(grouped(-1_234_567) == "-1,234,567")
    #expect(roundCount(412) == "412")
    #expect(roundCount(1_204_311) == "1.2 million")
    #expect(roundCount(99_999) == "99,999")
  }
}

@Suite struct `A command to copy` {
  @Test(arguments: [
    ("plain-1.yaml", "plain-1.yaml"), ("look first", "\"look first\""), ("", "\"\""),
    ("a\"b$c", "'a\"b$c'"), ("it's", "'it'\\''s'"), ("a\u{1b}b", "$'a\\U0000001bb'"),
    (">= 80%", "\">= 80%\""),
  ])
  func `words are quoted as a shell reads them back`(word: String, quoted: String) {
    #expect(CommandText.quoted(word) == quoted)
  }

  @Test func `long commands are wrapped at options`() {
    let words = ["switchboard", "run", "a.yaml", "--strategies", "x y", "--seed", "1", "--quiet"]
    let lines = CommandText(words: words).lines(columns: 34, first: "repeat: ", indent: "        ")
    #expect(
      lines == [
        "repeat: switchboard run a.yaml \\", "        --strategies \"x y\" \\",
        "        --seed 1 --quiet",
      ])
  }
}
