import Fitting
import Foundation
import Scenarios
import Testing

/// Bytes that mean something to a CSV file, and some that do not.
private let bytes: [UInt8] =
  Array("\",;\n\r\t -:/T0123459Ee+.Z".utf8) + [0, 0xFF, 0xC3, 0x80, 0xFE]

/// Numbers of chance, the same each time (Knuth's linear congruence).
private struct Chance {
  var state: UInt64
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, bound)))
  }
}

@Suite struct `Exports with bytes changed at random` {
  @Test func `are read or refused, and what is read gives a scenario that loads`() throws {
    let good = Array(
      try SimulatedExport.csv(
        SimulatedExport.desk.replacingOccurrences(of: "duration: 8 h", with: "duration: 1 h"),
        seed: 1
      ).utf8)
    var chance = Chance(state: 20_261_123)
    var wasRead = 0
    var wasRefused = 0
    for _ in 0..<(runsLongTests ? 2_000 : 120) {
      var text = good
      for _ in 0...chance.below(4) {
        let place = chance.below(text.count)
        switch chance.below(4) {
        case 0: text[place] = bytes[chance.below(bytes.count)]
        case 1: text.insert(bytes[chance.below(bytes.count)], at: place)
        case 2: text.removeSubrange(place..<min(text.count, place + 1 + chance.below(40)))
        default: text.append(contentsOf: text[place..<min(text.count, place + chance.below(400))])
        }
      }
      let file = try TestFile(text)
      do {
        let history = try History.read(file.path).history
        wasRead += 1
        // Fitting is the slow part: a few are enough.
        guard wasRead % 20 == 1 else { continue }
        let fitted = ScenarioText(HistoryFit(history, seed: 1), name: "x", seed: 1).text
        _ = try Scenario.read(SourceFile(name: "x.yaml", text: fitted))
      } catch {
        #expect(!error.errors.isEmpty)
        wasRefused += 1
      }
    }
    #expect(wasRead > 10 && wasRefused > 10)
  }

  @Test func `with hostile times and numbers never stop the program`() throws {
    for cell in [
      "9999-12-31 23:59:59", "0000-00-00 00:00:00", "2200-12-31 23:59:59", "1970-01-01 00:00:00",
      "99999999999999999999", "-1", "1e308", "NaN",
    ] {
      let text =
        "opened,answered,closed\n\(cell),\(cell),\(cell)\n"
        + "1970-01-01 00:00:00,1970-01-01 00:00:01,2200-01-01 00:00:00\n"
        + "2199-12-31 00:00:00,2199-12-31 00:00:01,2199-12-31 00:00:02\n"
      guard
        let history = try? TestFile(text).history("opened=opened,answered=answered,closed=closed")
          .history
      else { continue }
      let fitted = ScenarioText(HistoryFit(history, seed: 1), name: "x", seed: 1).text
      _ = try Scenario.read(SourceFile(name: "x.yaml", text: fitted))
    }
  }
}
