import Foundation
import Testing

@testable import World

/// The whole stack with the real engine against numbers that were computed without it.
///
/// Every quantity must lie within the 99.9 % interval of Student's t over 20 replications; one that
/// does not is run again under a second seed, which decides: a false alarm is one in a million.
/// `SWITCHBOARD_LONG=1 swift test -c release -Xswiftc -enable-testing --filter ExactModelTests`
/// runs every row at a length that tells 2 %, `SWITCHBOARD_LONG=0.1` at a tenth of it; otherwise a few
/// rows are run at a short one.
@Suite(.serialized)
struct ExactModelTests {
  static let long = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"]
  static let isLong = long != nil
  static let effort = long.flatMap { Double($0) } ?? 1

  /// Rows of every kind with short memories.
  static let quick = [
    "ec05", "ea05", "mg03", "rr009", "rd005", "jsq05", "cc007", "md05", "aw002", "re005",
  ]

  @Test(arguments: ExactModel.tables)
  func `a table's exact values lie within the intervals`(table: String) throws {
    let models = try ExactModel.models(table).filter { model in
      Self.isLong || Self.quick.contains { model.name.contains(" \($0)") }
    }
    for model in models {
      let length = Self.isLong ? ExactModel.Length.long(model, effort: Self.effort) : .short(model)
      var findings = try model.findings(length, seed: nameCode(model.name))
      var note = ""
      if findings.contains(where: { !$0.isInside }) {
        note = " (second seed)"
        for (index, second) in try model.findings(length, seed: nameCode(note + model.name))
          .enumerated()
        where !findings[index].isInside {
          findings[index] = second
        }
      }
      for finding in findings {
        #expect(
          finding.isInside,
          """
          \(model.name): \(finding.quantity.metric) is \(finding.mean) with an error of \
          \(finding.error), exactly \(finding.quantity.exact), z \(finding.z)
          """)
      }
      print(model.name + note + ": " + findings.map(\.text).joined(separator: "; "))
      fflush(nil)
    }
    print("\(table): \(models.count) rows covered")
    #expect(!models.isEmpty || !Self.isLong)
  }
}

extension ExactModel.Finding {
  /// `wait.mean 12.31 +-0.20 of 12.4, z -0.45`.
  fileprivate var text: String {
    let numbers = [mean, error, quantity.exact].map { String(format: "%.5g", $0) }
    return "\(quantity.metric) \(numbers[0]) +-\(numbers[1]) of \(numbers[2]), z "
      + String(format: "%.2f", z)
  }
}
