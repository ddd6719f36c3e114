import Foundation
import Testing

@testable import Engine

@Suite struct `The desk against a plain list` {
  @Test(arguments: 0..<20)
  func `chooses and serves the same, whatever happens`(batch: UInt64) {
    // Policies, users, filters and events are drawn from the seed; every answer is compared.
    for seed in batch * 100..<(batch + 1) * 100 {
      var trial = DeskTrial(seed: seed, logics: DeskTrial.logics(for: seed))
      trial.run(steps: 60)
    }
  }

  @Test func `goes on the same from what it wrote down`() throws {
    for seed in 0..<60 as Range<UInt64> {
      var trial = DeskTrial(seed: seed, logics: DeskTrial.logics(for: seed))
      trial.run(steps: 60)
      let text = try JSONEncoder().encode(trial.desk)
      trial.desk = try JSONDecoder().decode(AssignmentDesk.self, from: text)
      let again = try JSONEncoder().encode(trial.desk)
      #expect(text.count == again.count)
      trial.run(steps: 60)
    }
  }
}
