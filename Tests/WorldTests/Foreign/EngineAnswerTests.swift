import Testing

@testable import World

/// What programs write, word by word: their lines are read here and nowhere else.
@Suite struct `Lines of foreign engines` {
  private func answer(_ text: String) throws -> EngineAnswer {
    try EngineAnswer(Array(text.utf8)[...])
  }

  private func problem(_ text: String) -> String {
    do {
      return "\(try answer(text))"
    } catch let problem as EngineAnswerProblem {
      return problem.what
    } catch {
      return "\(error)"
    }
  }

  @Test func `the usual lines are understood`() throws {
    #expect(try answer(#"{"line":3,"decisions":[]}"#) == EngineAnswer(line: 3))
    #expect(
      try answer(
        #" { "decisions" : [ {"to":4,"assign":4294967299} , {"leave":7},{"wake_at":5000000000}],"line": 12 } "#
      )
        == EngineAnswer(
          line: 12,
          decisions: [.assign(run: 4_294_967_299, user: 4), .leave(run: 7), .wakeAt(5_000_000_000)])
    )
    let hello = try answer(
      #"{"line":1,"protocol":1,"name":"A \"name\"","wants":["opened","closed"],"decisions":[]}"#)
    #expect(hello.version == 1)
    #expect(hello.wants == ["opened", "closed"])
  }

  @Test(arguments: [
    ("", "expected an object, found the end of the line"),
    ("hello", "expected an object, found 'hello'"),
    (#"{"line":1"#, "expected ',' or '}', found the end of the line"),
    (#"{"line":1} {"#, "expected nothing more, found '{'"),
    (#"{"line":-1}"#, "'line' takes a whole number from 0 on, found '-1}'"),
    (#"{"line":1.5}"#, "'line' takes a whole number from 0 on, found '.5}'"),
    (#"{"line":99999999999999999999}"#, "the number under 'line' is too large"),
    (
      #"{"lines":1}"#,
      "unknown key 'lines', expected line, decisions, and once protocol, name, wants"
    ),
    (
      #"{"decisions":[{"assign":1}]}"#,
      "a decision is one of {assign: RUN, to: USER}, {leave: RUN}, {wake_at: TIME}"
    ),
    (
      #"{"decisions":[{"assign":1,"to":2,"leave":1}]}"#,
      "a decision is one of {assign: RUN, to: USER}, {leave: RUN}, {wake_at: TIME}"
    ),
    (
      #"{"decisions":[{"give":1}]}"#,
      "a decision has the key 'give', expected assign with to, or leave, or wake_at"
    ),
    (#"{"name":"x"#, "a text has no end"),
  ])
  func `a line that makes no sense is told what was expected`(text: String, expected: String) {
    #expect(problem(text) == expected)
  }

  @Test func `what is written is JSON whatever people are called`() {
    var line = LineWriter()
    line.text("Ana \"the\\one\"\u{1}\u{1F}\n")
    line.member("n", -9_007_199_254_740_993)
    line.member("zero", 0)
    line.member("none", Int?.none)
    line.member("yes", true)
    let text = String(decoding: line.bytes, as: UTF8.self)
    #expect(
      text
        == #""Ana \"the\\one\"\u0001\u001f\u000a","n":-9007199254740993,"zero":0,"none":null,"yes":true"#
    )
  }
}
