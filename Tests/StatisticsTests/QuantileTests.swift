import Testing

@testable import Statistics

@Suite("Quantile rules")
struct QuantileTests {
  static let rows = ReferenceTable.tools("series").filter {
    $0.text("quantity").hasPrefix("quantile_")
  }

  // The series has six decimals: the table's values are exact but for rounding of the last double.
  @Test(arguments: rows)
  func `agree with the reference series`(_ row: ReferenceRow) throws {
    let sorted = try ReferenceTable.series(row.text("parameters")).sorted()
    let quantity = row.text("quantity")
    let isInterpolated = quantity.contains("type7")
    let digits = quantity.split(separator: " ")[0].split(separator: "_").last
    let p = try #require(digits.flatMap { Double($0) })
    let rule: QuantileRule = isInterpolated ? .interpolated : .nearestRank
    #expect(error(rule.quantile(p, of: sorted), try row.number("value")) < 1e-14)
  }

  @Test(arguments: QuantileRule.allCases)
  func `begin at the smallest and end at the largest value`(_ rule: QuantileRule) {
    #expect(rule.quantile(0, of: [1, 2, 4]) == 1)
    #expect(rule.quantile(1, of: [1, 2, 4]) == 4)
    #expect(rule.quantile(0.5, of: [3]) == 3)
    #expect(rule.quantile(0.5, of: []) == nil)
    #expect(rule.quantile(-0.1, of: [3]) == nil)
    #expect(rule.quantile(.nan, of: [3]) == nil)
  }

  @Test func `do not slip by a rank where a product is just above a whole number`() {
    // 0.07 x 100 is 7.000000000000001 in doubles; the seventh of a hundred is meant.
    let values = (1...100).map(Double.init)
    #expect(QuantileRule.nearestRank.quantile(0.07, of: values) == 7)
    #expect(QuantileRule.nearestRank.quantile(0.071, of: values) == 8)
  }
}
