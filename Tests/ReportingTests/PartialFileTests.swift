import Foundation
import Testing

@testable import Reporting

/// Shares as files: whole, belonging together, or refused by name.
@Suite struct `Files of shares` {
  private let folder: String

  init() throws {
    folder =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("shares-\(UUID().uuidString)").path
  }

  private func clean() { try? FileManager.default.removeItem(atPath: folder) }

  private static let origin = PartialFile.Origin(
    version: "1.2", words: ["switchboard", "compare", "desk.yaml", "--seed", "7"],
    scenario: "abc", seed: 7, libm: "m", gsl: "2.7", timeZone: "z")

  private func file(
    _ share: Int, of count: Int = 3, round: Int = 1, pieces: Int = 10,
    _ change: (inout PartialFile.Origin) -> Void = { _ in }
  ) -> PartialFile {
    var origin = Self.origin
    change(&origin)
    let range = pieces * (share - 1) / count..<pieces * share / count
    return PartialFile(
      origin: origin, place: PartialFile.Place(round: round, share: share, of: count),
      pieces: pieces, range: range,
      made: range.map { ($0, Array("run \($0)".utf8)) })
  }

  private func problems(
    _ folders: [String]? = nil, allowsMissing: Bool = false
  ) -> [String] {
    do throws(PartialSet.Problems) {
      _ = try PartialSet(in: folders ?? [folder], allowsMissing: allowsMissing)
      return []
    } catch {
      return error.lines
    }
  }

  @Test func `give back every piece`() throws {
    defer { clean() }
    for share in 1...3 { _ = try file(share).write(into: folder) }
    _ = try file(1, of: 1, round: 2, pieces: 4).write(into: folder)
    let set = try PartialSet(in: [folder])
    #expect(set.origin == Self.origin)
    #expect(set.roundCount == 2)
    #expect(set.pieces(1) == 10)
    #expect(set.pieces(2) == 4)
    #expect(set.pieces(3) == nil)
    for piece in 0..<10 { #expect(set.bytes(1, piece) == Array("run \(piece)".utf8)) }
    #expect(set.bytes(1, 10) == nil)
    #expect(set.bytes(1, -1) == nil)
    #expect(set.bytes(3, 0) == nil)
    #expect(set.missing.isEmpty)
    let before = try PartialSet(in: [folder], before: 2)
    #expect(before.roundCount == 1)
  }

  /// Of more shares than there are pieces most are empty, and begin where another begins.
  @Test(arguments: 1...12)
  func `may be more than there are pieces`(shares: Int) throws {
    defer { clean() }
    for share in 1...shares { _ = try file(share, of: shares, pieces: 3).write(into: folder) }
    let set = try PartialSet(in: [folder])
    #expect(set.pieces(1) == 3)
    for piece in 0..<3 { #expect(set.bytes(1, piece) == Array("run \(piece)".utf8)) }
  }

  @Test func `may lie in several folders`() throws {
    defer { clean() }
    let folders = (1...3).map { folder + "/\($0)" }
    for share in 1...3 { _ = try file(share).write(into: folders[share - 1]) }
    #expect(try PartialSet(in: folders).bytes(1, 9) == Array("run 9".utf8))
  }

  @Test func `lie in the order of their shares`() throws {
    let names = (1...120).map { PartialFile.Place(round: 1, share: $0, of: 120).fileName }
    #expect(names == names.sorted())
    #expect(names[6] == "round-1-share-007-of-120.part")
  }

  @Test func `are refused when any byte was changed, or the end is missing`() throws {
    defer { clean() }
    let path = try file(1, of: 1).write(into: folder)
    let whole = try Array(Data(contentsOf: URL(filePath: path)))
    #expect(problems().isEmpty)
    // In the first line a change may leave a share that is whole, but of something else.
    let line = try #require(whole.firstIndex(of: UInt8(ascii: "\n")))
    for place in (line + 1)..<whole.count {
      var broken = whole
      broken[place] ^= 1
      try Data(broken).write(to: URL(filePath: path))
      let found = problems()
      #expect(found.count == 1)
      #expect(found.first?.contains("damaged") == true)
      #expect(found.first?.contains(path) == true)
    }
    for count in 0..<whole.count {
      try Data(whole.prefix(count)).write(to: URL(filePath: path))
      #expect(problems().first?.contains(path) == true)
    }
    for place in 0..<line {
      for change in [UInt8(1), 2, 8, 0x80] {
        var broken = whole
        broken[place] ^= change
        try Data(broken).write(to: URL(filePath: path))
        // Whatever it says now, reading it ends.
        _ = problems(allowsMissing: true)
      }
    }
  }

  @Test func `are refused when one is missing, twice, or of another cut`() throws {
    defer { clean() }
    for share in [1, 3] { _ = try file(share).write(into: folder) }
    #expect(
      problems() == [
        "share 2 of 3 is missing: make it, or merge what there is with --allow-missing"
      ])
    #expect(problems(allowsMissing: true).isEmpty)
    #expect(try PartialSet(in: [folder], allowsMissing: true).missing == ["share 2 of 3"])
    let other = folder + "/other"
    _ = try file(3).write(into: other)
    _ = try file(2).write(into: other)
    let twice = problems([folder, other])
    #expect(twice.count == 1)
    #expect(twice.first?.hasPrefix("share 3 of 3 is there twice: '\(folder)/") == true)
    _ = try file(1, of: 2).write(into: folder)
    #expect(problems().contains { $0.contains("share 1 of 3 of a round of 10 runs, and") })
  }

  @Test func `are refused when nearly all are missing, however many there should be`() throws {
    defer { clean() }
    _ = try file(7, of: PartialFile.Place.most).write(into: folder)
    let found = problems()
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("shares 1, 2, 3, 4, 5, 6, 8, 9, 10, 11 and 999989 more") == true)
  }

  @Test func `are refused when a round before is missing`() throws {
    defer { clean() }
    _ = try file(1, of: 1, round: 2).write(into: folder)
    #expect(problems() == ["round 1 is missing, and there are shares of round 2"])
  }

  @Test(arguments: [
    "version of switchboard", "command", "seed", "scenario", "maths library", "version of GSL",
    "time-zone data",
  ])
  func `are refused when they are of something else`(what: String) throws {
    defer { clean() }
    _ = try file(1).write(into: folder)
    _ = try file(2).write(into: folder)
    let path = try file(3) { origin in
      switch what {
      case "version of switchboard": origin.version = "1.3"
      case "command": origin.words.append("--strict")
      case "seed": origin.seed = 8
      case "scenario": origin.scenario = "abd"
      case "maths library": origin.libm = "n"
      case "version of GSL": origin.gsl = "2.8"
      default: origin.timeZone = "y"
      }
    }.write(into: folder)
    let found = problems()
    #expect(found.contains { $0.contains(path) && $0.contains("its \(what) is") })
  }

  @Test func `are refused when they are of another format, or nothing`() throws {
    defer { clean() }
    #expect(problems().first?.contains("cannot be read") == true)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    #expect(problems().first?.contains("holds no share") == true)
    let path = try file(1, of: 1).write(into: folder)
    let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    try text.replacing("\"format\":2", with: "\"format\":1").write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(problems().first?.contains("has format 1, and this program reads format 2") == true)
  }

  @Test func `are known to be there when they are whole and of the same work`() throws {
    defer { clean() }
    let place = PartialFile.Place(round: 1, share: 2, of: 3)
    #expect(!PartialSet.holds(place, in: folder, of: Self.origin))
    let path = try file(2).write(into: folder)
    #expect(PartialSet.holds(place, in: folder, of: Self.origin))
    var other = Self.origin
    other.seed = 8
    #expect(!PartialSet.holds(place, in: folder, of: other))
    try Data("x".utf8).write(to: URL(filePath: path))
    #expect(!PartialSet.holds(place, in: folder, of: Self.origin))
  }
}
