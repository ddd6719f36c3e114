import Engine
import Measurement

/// Time zones by name, from the system's compiled data (RFC 8536).
struct TimeZoneFolder {
  /// The folder with one file a zone.
  let folder: String

  /// Where this system keeps its zones.
  static let system = TimeZoneFolder(folder: "/usr/share/zoneinfo")

  /// The rules of a zone, worked out as far as its clock can matter to a run.
  ///
  /// UTC needs no file, so that a machine without zone data runs most scenarios.
  func rules(_ name: String) throws(ValueProblem) -> TimeZoneRules {
    if name == "UTC" || name == "Etc/UTC" || name == "Z" { return TimeZoneRules(name: "UTC") }
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.allSatisfy { part in
      !part.isEmpty && part != "." && part != ".."
        && part.utf8.allSatisfy { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "-"):
            true
          default: false
          }
        }
    }
    guard isName, let bytes = try? readRegularFile("\(folder)/\(name)", limit: 1_000_000),
      bytes.starts(with: Array("TZif".utf8))
    else { throw unknownZone(name) }
    guard var rules = ZoneFile(bytes)?.rules(until: 2_301) else {
      throw ValueProblem(message: "the time zone data of \(quoted(name)) cannot be read")
    }
    rules.name = name
    return rules
  }

  private func unknownZone(_ name: String) -> ValueProblem {
    let known = names()
    guard !known.isEmpty else {
      return ValueProblem(
        message: "unknown time zone \(quoted(name)); this machine has no time zone data",
        hint: "install the package tzdata, or use UTC")
    }
    // A city alone is what most people write.
    let city = known.first { $0.split(separator: "/").last.map(String.init) == name }
    let meant = city ?? nearestName(to: name, in: known)
    return ValueProblem(
      message: "unknown time zone \(quoted(name))",
      hint: meant.map { "did you mean '\($0)'?" } ?? "for example 'Europe/Lisbon'")
  }

  /// The names in the folder's own list.
  private func names() -> [String] {
    for list in ["tzdata.zi", "zone1970.tab", "zone.tab"] {
      guard let bytes = try? readRegularFile("\(folder)/\(list)", limit: 10_000_000) else {
        continue
      }
      var names: [String] = []
      for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
        let words = line.split { $0 == " " || $0 == "\t" }
        guard words.count >= 3, !line.hasPrefix("#") else { continue }
        if list != "tzdata.zi" {
          names.append(String(words[2]))
        } else if words[0] == "Z" {
          names.append(String(words[1]))
        } else if words[0] == "L" {
          names.append(String(words[2]))
        }
      }
      if !names.isEmpty { return names.sorted() }
    }
    return []
  }
}

/// A compiled zone file, version 2 or later in its 64-bit part, version 1 in its only one.
struct ZoneFile {
  private var transitions: [Int64] = []
  private var types: [UInt8] = []
  private var offsets: [Int64] = []
  private var footer = ""

  init?(_ bytes: [UInt8]) {
    var input = ByteReader(bytes: bytes)
    guard let header = Header(&input) else { return nil }
    if header.version == 0 {
      guard readBlock(&input, header, wordSize: 4) else { return nil }
      return
    }
    guard input.skip(header.size(wordSize: 4)), let second = Header(&input),
      readBlock(&input, second, wordSize: 8)
    else { return nil }
    let rest = input.rest().split(separator: 0x0A, omittingEmptySubsequences: false)
    if rest.count >= 2 { footer = String(decoding: rest[1], as: UTF8.self) }
  }

  private mutating func readBlock(
    _ input: inout ByteReader, _ header: Header, wordSize: Int
  ) -> Bool {
    for _ in 0..<header.transitionCount {
      guard let at = input.integer(wordSize) else { return false }
      transitions.append(at)
    }
    for _ in 0..<header.transitionCount {
      guard let type = input.integer(1) else { return false }
      types.append(UInt8(truncatingIfNeeded: type))
    }
    for _ in 0..<header.typeCount {
      guard let offset = input.integer(4), input.skip(2) else { return false }
      offsets.append(offset)
    }
    let rest =
      header.nameBytes + header.leapCount * (wordSize + 4) + header.standardCount + header.utcCount
    return input.skip(rest) && !offsets.isEmpty
      && types.allSatisfy { Int($0) < offsets.count }
      && zip(transitions, transitions.dropFirst()).allSatisfy { $0 < $1 }
  }

  /// The changes of the clock, the file's own and those its last rule makes until a year.
  func rules(until year: Int) -> TimeZoneRules? {
    var rules = TimeZoneRules(offset: offsets[0])
    for (at, type) in zip(transitions, types) {
      rules.changes.append(TimeZoneRules.Change(at: at, offset: offsets[Int(type)]))
    }
    guard !footer.isEmpty else { return rules }
    guard let rule = PosixZone(footer) else { return nil }
    let last = transitions.last ?? Int64.min
    if transitions.isEmpty { rules.offset = rule.standardOffset }
    guard rule.daylight != nil else { return rules }
    let firstYear =
      last == Int64.min ? 1970 : civilDate(daysSince1970: Int(last.quotientDown(86_400))).year
    for change in rule.changes(years: max(1970, firstYear)...max(firstYear, year))
    where change.at > last {
      rules.changes.append(change)
    }
    return rules
  }

  private struct Header {
    let version: UInt8
    let utcCount: Int
    let standardCount: Int
    let leapCount: Int
    let transitionCount: Int
    let typeCount: Int
    let nameBytes: Int

    init?(_ input: inout ByteReader) {
      guard input.take(4) == Array("TZif".utf8)[...], let version = input.take(1)?.first,
        input.skip(15)
      else { return nil }
      var counts: [Int] = []
      for _ in 0..<6 {
        guard let count = input.integer(4), (0...100_000).contains(count) else { return nil }
        counts.append(Int(count))
      }
      self.version = version
      utcCount = counts[0]
      standardCount = counts[1]
      leapCount = counts[2]
      transitionCount = counts[3]
      typeCount = counts[4]
      nameBytes = counts[5]
    }

    func size(wordSize: Int) -> Int {
      transitionCount * (wordSize + 1) + typeCount * 6 + nameBytes + leapCount * (wordSize + 4)
        + standardCount + utcCount
    }
  }
}

/// Takes big-endian numbers from bytes, nil at the end.
private struct ByteReader {
  let bytes: [UInt8]
  private var at = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
    guard count <= bytes.count - at else { return nil }
    defer { at += count }
    return bytes[at..<(at + count)]
  }

  mutating func skip(_ count: Int) -> Bool { take(count) != nil }

  mutating func rest() -> ArraySlice<UInt8> { bytes[at...] }

  /// A signed number of 1, 4 or 8 bytes.
  mutating func integer(_ size: Int) -> Int64? {
    guard let slice = take(size) else { return nil }
    let value = slice.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    switch size {
    case 4: return Int64(Int32(truncatingIfNeeded: value))
    case 8: return Int64(bitPattern: value)
    default: return Int64(value)
    }
  }
}

extension Int64 {
  /// The quotient rounded towards minus infinity.
  func quotientDown(_ divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
