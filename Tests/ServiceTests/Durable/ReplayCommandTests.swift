import Foundation
import Testing

@testable import Service

@Suite struct `The replay of a served journal` {
  private func replay(_ words: String...) throws -> (code: Int32, text: String) {
    let process = Process()
    // The program was built beside the tests.
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("switchboard")
    process.arguments = ["replay"] + words
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let text = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }

  @Test func `says whether it is the same, and tells its conversations`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    _ = workspace.send("[\(writes("a")),\(writes("b"))]")
    desk.clock.advance(seconds: 400)
    _ = workspace.send(#"{"type":"closes","contact":"a","user":"ana"}"#)
    #expect(try replay(desk.journal).code == 3)
    workspace.shutDown()
    let same = try replay(desk.journal, "--conversation", "2", "--at", "30 s")
    #expect(same.code == 0, "\(same.text)")
    #expect(same.text.contains("THE SAME: all 5 events have the results of the journal"))
    #expect(same.text.contains("conversation 2 in the workspace 'Small desk'"))
    #expect(try replay(desk.journal, "--strategy", "x").code == 2)

    try desk.edit("UPDATE events SET result = replace(result, 'ana', 'ben') WHERE sequence = 1")
    let damaged = try replay(desk.journal)
    #expect(damaged.code == 3 && damaged.text.contains("event 1: its checksum is another"))
    let store = try JournalStore(reading: desk.journal)
    var chain = ChainSum.start
    var sums: [Int64] = []
    try store.forEachRow(after: 0) { row, _ in
      chain = chain.after(row)
      sums.append(Int64(bitPattern: chain.value))
      return true
    }
    store.close()
    for (index, sum) in sums.enumerated() {
      try desk.edit("UPDATE events SET chain = \(sum) WHERE sequence = \(index + 1)")
    }
    let other = try replay(desk.journal)
    #expect(other.code == 5, "\(other.text)")
    #expect(other.text.contains("NOT THE SAME: the first 0 events"))
    #expect(other.text.contains("event 1: its result is"))
  }
}
