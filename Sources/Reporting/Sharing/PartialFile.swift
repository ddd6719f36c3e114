import FoundationEssentials

/// A file with one machine's share of the runs of an experiment, which says of itself what it is.
///
/// The first line is JSON, to be looked at with `head -1`: the command that does all of the work on one machine,
/// what decides about the numbers, which share of which round this is, and a checksum of what follows: each
/// piece with its number. It appears under its name only when it is complete.
public struct PartialFile: Sendable {
  /// What shares of one experiment have in common.
  public struct Origin: Codable, Sendable, Equatable {
    /// The program's version.
    public var version: String
    /// The command that does it all on one machine.
    public var words: [String]
    /// A digest of the scenario with all its defaults and of the files that it reads.
    public var scenario: String
    /// The root of all randomness.
    public var seed: UInt64
    /// A digest of what the maths library answers: machines that differ in it give other numbers.
    public var libm: String
    /// The version of GSL.
    public var gsl: String
    /// A digest of the time-zone data.
    public var timeZone: String

    /// Puts the facts together.
    public init(
      version: String, words: [String], scenario: String, seed: UInt64, libm: String, gsl: String,
      timeZone: String
    ) {
      self.version = version
      self.words = words
      self.scenario = scenario
      self.seed = seed
      self.libm = libm
      self.gsl = gsl
      self.timeZone = timeZone
    }

    /// In what another one differs, in words: what it is called, there, here; nil where in nothing.
    public func difference(from other: Origin) -> (what: String, other: String, own: String)? {
      let facts: [(String, String, String)] = [
        ("version of switchboard", other.version, version),
        ("command", other.words.joined(separator: " "), words.joined(separator: " ")),
        ("seed", "\(other.seed)", "\(seed)"),
        ("scenario", other.scenario, scenario), ("maths library", other.libm, libm),
        ("version of GSL", other.gsl, gsl), ("time-zone data", other.timeZone, timeZone),
      ]
      return facts.first { $0.1 != $0.2 }.map { (what: $0.0, other: $0.1, own: $0.2) }
    }
  }

  /// Which part of the work a file holds.
  public struct Place: Codable, Sendable, Hashable {
    /// There are no more shares than these.
    public static let most = 1_000_000

    /// Which round, from 1 on.
    public var round: Int
    /// Which share, from 1 on.
    public var share: Int
    /// Of how many.
    public var of: Int

    /// Names a share.
    public init(round: Int, share: Int, of: Int) {
      self.round = round
      self.share = share
      self.of = of
    }

    /// The name of its file, such as `round-1-share-03-of-12.part`: names in order are shares in order.
    public var fileName: String {
      let digits = "\(of)".count
      let number = "\(share)"
      let padded = String(repeating: "0", count: max(0, digits - number.count)) + number
      return "round-\(round)-share-\(padded)-of-\(of)\(PartialFile.suffix)"
    }
  }

  /// The first line.
  struct Head: Codable, Equatable {
    var switchboard = "partial result"
    var format = PartialFile.currentFormat
    var origin: Origin
    var place: Place
    /// Pieces of the whole round.
    var pieces: Int
    /// The first of this share, and how many follow it.
    var first: Int
    var count: Int
    /// Bytes after the first line, and their digest.
    var bytes: Int
    var digest: String
  }

  /// How its name ends.
  public static let suffix = ".part"
  /// 2: a histogram is one row of numbers.
  static let currentFormat = 2
  /// No file is read that is longer: 1 GB.
  static let limit = 1 << 30
  /// No first line is longer.
  static let headLimit = 1 << 20

  /// What it belongs to.
  public var origin: Origin
  /// Which share it is.
  public var place: Place
  /// How many pieces the round has.
  public var pieces: Int
  /// Those of this share.
  public var range: Range<Int>
  /// The bytes of each piece that was made, ascending.
  public var made: [(piece: Int, bytes: [UInt8])]

  /// Puts the parts together.
  public init(
    origin: Origin, place: Place, pieces: Int, range: Range<Int>,
    made: [(piece: Int, bytes: [UInt8])]
  ) {
    self.origin = origin
    self.place = place
    self.pieces = pieces
    self.range = range
    self.made = made
  }

  /// All bytes of the file.
  func contents() throws -> [UInt8] {
    var rest: [UInt8] = []
    rest.reserveCapacity(made.reduce(0) { $0 + $1.bytes.count + 16 })
    for (piece, bytes) in made {
      rest.append(number: UInt64(piece))
      rest.append(number: UInt64(bytes.count))
      rest += bytes
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let head = try encoder.encode(
      Head(
        origin: origin, place: place, pieces: pieces, first: range.lowerBound, count: range.count,
        bytes: rest.count, digest: FileSystem.digest(of: rest)))
    return Array(head) + [UInt8(ascii: "\n")] + rest
  }

  /// Writes it into a folder, in one step; tells the path.
  public func write(into folder: String) throws(OutputError) -> String {
    let target = folder + "/" + place.fileName
    do {
      let contents = try contents()
      guard contents.count <= Self.limit else {
        throw OutputError.failed(
          path: target, reason: "a share takes 1 GB at most: make more of them")
      }
      try FileSystem.makeFolders(folder)
      DraftName.removeAbandoned(in: folder)
      try FileSystem.replace(target, with: contents)
      FileSystem.flush(folder: folder)
    } catch let error as FileSystem.Failure {
      throw OutputError(error, at: target)
    } catch let error as OutputError {
      throw error
    } catch {
      throw .failed(path: target, reason: "\(error)")
    }
    return target
  }

  /// Where its pieces stand in the bytes of the file, of which so many are the first line; nil where it was damaged.
  ///
  /// Whoever `trusts` the file has compared its digest before.
  static func pieces(
    in all: [UInt8], after start: Int, of head: Head, trusts: Bool = false
  ) -> [Int: Range<Int>]? {
    guard all.count - start == head.bytes,
      trusts || FileSystem.digest(of: all, from: start) == head.digest
    else { return nil }
    let range = head.first..<head.first + head.count
    var place = start
    func number() -> Int? {
      guard all.count - place >= 8 else { return nil }
      var number: UInt64 = 0
      for byte in 0..<8 { number |= UInt64(all[place + byte]) << UInt64(8 * byte) }
      place += 8
      return Int(exactly: number)
    }
    var made: [Int: Range<Int>] = [:]
    while place < all.count {
      guard let piece = number(), range.contains(piece), let count = number(),
        count <= all.count - place,
        made.updateValue(place..<place + count, forKey: piece) == nil
      else { return nil }
      place += count
    }
    return made
  }
}

extension [UInt8] {
  /// Eight bytes, the lowest first.
  fileprivate mutating func append(number: UInt64) {
    for byte in 0..<8 { append(UInt8(truncatingIfNeeded: number >> UInt64(8 * byte))) }
  }
}
