import Measurement
import Scenarios
import Testing

@Suite struct `Values to vary` {
  @Test(arguments: [
    ("agents=4..8", ["4", "5", "6", "7", "8"]),
    ("agents=4..9:2", ["4", "6", "8"]),
    ("agents=12", ["12"]),
    ("teams.support.agents=2,4..5,9", ["2", "4", "5", "9"]),
    ("logic=round_robin, least_open", ["round_robin", "least_open"]),
    ("after=1 min..3 min", ["1 min", "2 min", "3 min"]),
    ("after=1..61 min:20 min", ["1 min", "21 min", "41 min", "61 min"]),
    ("volume=80%..120%:20%", ["80%", "100%", "120%"]),
    ("x=0.1..0.3:0.1", ["0.1", "0.2", "0.3"]),
    ("x=-1..1", ["-1", "0", "1"]),
    ("x=1..2:0.25", ["1", "1.25", "1.5", "1.75", "2"]),
    ("text=\"a, b\",c", ["\"a, b\"", "c"]),
    (
      "reply={lognormal: {median: 1 min, p90: 2 min}},{exponential: 2 min}",
      [
        "{lognormal: {median: 1 min, p90: 2 min}}", "{exponential: 2 min}",
      ]
    ),
    ("file=../a.csv", ["../a.csv"]),
  ])
  func `lists and ranges are read`(text: String, values: [String]) throws {
    let variation = try Variation(parsing: text)
    #expect(variation.values == values)
    #expect(text.hasPrefix(variation.name + "="))
  }

  @Test(arguments: [
    ("agents", "expected name=values, such as agents=4..40"),
    ("=4", "the name before '=' is missing"),
    ("agents=", "a value of 'agents' is missing"),
    ("agents=1,,2", "a value of 'agents' is missing"),
    ("agents=8..4", "a range goes upwards; did you mean '4..8'?"),
    ("agents=4..8:0", "the step of a range is more than 0"),
    ("agents=4..8:x", "the step 'x' of a range is no number"),
    ("agents=1,1", "'agents' takes the value '1' twice"),
    ("agents=1..3,2", "'agents' takes the value '2' twice"),
    ("agents=1..10000000", "the range has more than 10000 values; give it a step, such as ':10'"),
    (
      "after=1 min..2 h",
      "the ends and the step of a range have one unit: '1 min..2 h'; did you mean '1 h..2 h'?"
    ),
    ("a=\"x", "a quote is not closed"),
    ("a={x", "a bracket is not closed"),
    ("a=1..99999999999999999999", "a number of the range is too large: '1..99999999999999999999'"),
    (
      "a=-1152921504606846975..1152921504606846975",
      "the range has more than 10000 values; give it a step, such as ':10'"
    ),
  ])
  func `what is wrong is told`(text: String, message: String) {
    #expect(throws: GrammarError.self) { try Variation(parsing: text) }
    do {
      _ = try Variation(parsing: text)
    } catch {
      #expect("\(error)" == message)
    }
  }
}
