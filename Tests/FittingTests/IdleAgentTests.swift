import Testing

@testable import Fitting

/// Whose answers are taken for the reply time.
@Suite struct `The answers of idle agents` {
  @Test func `have none in them that came beside others`() throws {
    var text = String(shortHeader.dropLast()) + ",First Assignee\n"
    var number = 0
    func clock(_ day: Int, _ second: Int) -> String {
      let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
      return "2026-10-0\(day) \(two(second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }
    func answer(day: Int, from: Int, length: Int) {
      number += 1
      let done = clock(day, from + length)
      text += "\(number),\(clock(day, from)),\(done),\(number),\(done),Anna,Anna\n"
    }
    // A day with one thing at a time, and one with a long case open, besides which all is done at once.
    for place in 0..<150 { answer(day: 5, from: 21_600 + 200 * place, length: 80 + place % 40) }
    answer(day: 6, from: 28_800, length: 28_800)
    for place in 0..<150 { answer(day: 6, from: 29_000 + 100 * place, length: 0) }
    // A day on which two come at once, the shorter before the longer in the file.
    for place in 0..<150 {
      answer(day: 7, from: 21_600 + 300 * place, length: 20)
      answer(day: 7, from: 21_600 + 300 * place, length: 200)
    }
    // A day at whose beginning one comes that is not answered before the file ends.
    number += 1
    text += "\(number),\(clock(8, 21_600)),,\(number),,,Anna\n"
    for place in 0..<150 { answer(day: 8, from: 21_700 + 100 * place, length: 10) }
    let fit = HistoryFit(try TestFile(text).history().history, seed: 1)
    #expect(fit.workIs == .idleAgents)
    #expect(fit.workCount == 151)
  }
}
