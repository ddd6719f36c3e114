import Testing

@testable import Scenarios

/// Parameters that name each other end at a value, or are told.
@Suite struct ParameterCircleTests {
  private func problems(_ parameters: String, uses: String = "$a") -> [String] {
    scenario(
      """
      name: circles
      duration: 1 h
      contacts: {all: {arrivals: {poisson: 10 per hour}}}
      teams: {all: {agents: 1, reply_time: \(uses)}}
      parameters: {\(parameters)}
      """
    ).problems
  }

  @Test func `a chain ends at its value`() {
    #expect(problems("a: $b, b: $c, c: 1 min") == [])
  }

  @Test func `who leads back to himself is told once, and who leads there too`() {
    let found = problems("a: $b, b: $c, c: $b, d: $d, e: 1 min")
    #expect(found.count == 4, "\(found)")
    for name in ["a", "b", "c", "d"] {
      #expect(found.count { $0.contains("the parameter '\(name)' leads back to itself") } == 1)
    }
  }

  @Test func `a chain of 20,000 names is followed once`() {
    let chain = (0..<20_000).map { "p\($0): $p\($0 + 1)" }.joined(separator: ", ")
    #expect(problems("a: $p0, \(chain), p20000: 1 min") == [])
  }
}
