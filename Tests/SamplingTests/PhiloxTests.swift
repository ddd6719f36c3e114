import Testing

@testable import Sampling

@Suite struct `Philox 4x32-10` {
  @Test func `gives the published words`() throws {
    let rows = try ReferenceTable("rng.csv").rows.filter { $0["generator"] == "philox4x32-10" }
    #expect(rows.count == 4)
    for row in rows {
      let words = try #require(row["case"]).split { !$0.isHexDigit && $0 != "x" }
        .filter { $0.hasPrefix("0x") }.compactMap { UInt32($0.dropFirst(2), radix: 16) }
      try #require(words.count == 6)
      let block = Philox.block(
        at: Philox.Words(words[0], words[1], words[2], words[3]),
        key: UInt64(words[4]) | UInt64(words[5]) << 32)
      let expected = ["out1", "out2", "out3", "out4"].compactMap { name in
        row[name].flatMap { UInt32($0.dropFirst(2), radix: 16) }
      }
      #expect([block.w0, block.w1, block.w2, block.w3] == expected, "\(row)")
    }
  }
}
