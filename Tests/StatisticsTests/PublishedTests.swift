import Foundation
import Testing

@testable import Statistics

/// Values printed in the literature and in other tools, to the digits that they print.
@Suite("Published values")
struct PublishedTests {
  static let rows = ReferenceTable.rows("published")

  @Test(arguments: rows)
  func `are reproduced to their printed digits`(_ row: ReferenceRow) throws {
    let ours = try #require(Self.value(row))
    // Our own value has 12 digits in the table.
    #expect(error(ours, try row.number("our_value")) < 1e-11)
    let printed = row.text("published_value")
    let decimals = printed.split(separator: ".").dropFirst().first?.count ?? 0
    let published = try row.number("published_value")
    let agrees = abs(ours - published) <= 0.5 * pow(10, -Double(decimals))
    // Doubles print 16 digits, of which the last may be off by one.
    let isPrintedDouble = decimals >= 15 && error(ours, published) < 1e-15
    #expect((agrees || isPrintedDouble) == (row.text("agrees_to_printed_digits") == "yes"))
  }

  /// The quantity of a row by our formulas; each source has its own units.
  private static func value(_ row: ReferenceRow) -> Double? {
    let quantity = row.text("quantity")
    let parameters = row.text("parameters")
    let source = row.text("source")
    if source.hasPrefix("pyworkforce") {
      let model = ErlangC(servers: 14, arrivalRate: 100 / 30.0, meanService: 3)
      switch quantity {
      case "erlang_c p_wait": return model?.pWait
      case "service_level 20 s": return model?.serviceLevel(within: 20 / 60.0)
      default: return model?.load
      }
    }
    if source.hasPrefix("Erlang-C step-by-step") {
      if parameters == "A=10;c=12" {
        return ErlangC(servers: 12, arrivalRate: 10, meanService: 1)?.pWait
      }
      let model = ErlangC(servers: 55, arrivalRate: 360 / 1_800.0, meanService: 240)
      switch quantity {
      case "p_wait": return model?.pWait
      case "mean_wait_s": return model?.meanWait
      default: return model?.serviceLevel(within: 20)
      }
    }
    if quantity == "erlang_b" {
      let numbers = parameters.split { !$0.isNumber }.compactMap { Int($0) }
      return ErlangB.blocking(servers: numbers[1], offeredLoad: Double(numbers[0]))
    }
    if source.hasPrefix("Ciw") {
      return ErlangC(servers: 1, arrivalRate: 3, meanService: 0.2)?.meanWait
    }
    if source.hasPrefix("Garnett") {
      let patient = ErlangC(servers: 50, arrivalRate: 0.8, meanService: 60)
      let hasty = ErlangA(servers: 50, arrivalRate: 0.8, meanService: 60, meanPatience: 120)
      switch quantity {
      case "M/M/N mean_wait_s": return patient?.meanWait
      case "M/M/N wait_p90_s": return patient?.wait.quantile(0.9)
      case "M/M/N utilisation": return patient?.load
      case "M/M/N+M p_abandon": return hasty?.pAbandon
      case "M/M/N+M mean_wait_s": return hasty?.meanWait
      case "M/M/N+M mean_queue": return hasty?.meanQueue
      default: return hasty?.utilisation
      }
    }
    let load = parameters.split(separator: ";")[0].dropFirst("lambda=".count)
    let choices = quantity.contains("d=2") ? 2 : 3
    return Double(load).flatMap { Supermarket.meanTime(load: $0, choices: choices) }
  }
}
