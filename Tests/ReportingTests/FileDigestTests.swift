import Foundation
import Reporting
import Testing

@Suite struct `The digest of a file` {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("file-digest-\(UUID().uuidString)")

  private func digest(_ bytes: [UInt8]) throws -> String? {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("file")
    try Data(bytes).write(to: file)
    return Reporting.digest(ofFile: file.path)
  }

  // Around the eight bytes of a step and the 65,536 of what is read at once.
  @Test(arguments: [0, 1, 7, 8, 9, 65_535, 65_536, 65_537, 131_072])
  func `is another one for another byte and for another length`(length: Int) throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 31 >> 3) }
    let plain = try #require(try digest(bytes))
    #expect(try digest(bytes) == plain)
    var found: Set<String> = [plain]
    let places = Set([0, 1, 6, 7, 8, length / 2, length - 9, length - 8, length - 1])
      .filter(bytes.indices.contains)
    for place in places {
      for bit in 0..<8 {
        var changed = bytes
        changed[place] ^= 1 << UInt8(bit)
        #expect(found.insert(try #require(try digest(changed))).inserted, "bit \(bit) of \(place)")
      }
    }
    for more in 1...9 {
      let longer = bytes + Array(repeating: 0, count: more)
      #expect(found.insert(try #require(try digest(longer))).inserted, "\(more) zeros more")
    }
  }

  @Test func `is none where nothing can be read`() {
    #expect(Reporting.digest(ofFile: folder.appendingPathComponent("missing").path) == nil)
    #expect(Reporting.digest(ofFile: "/") == nil)
  }
}
