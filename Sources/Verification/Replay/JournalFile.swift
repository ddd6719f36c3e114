import Engine
import FoundationEssentials

/// An engine's journal as a file: what the administrator set, then every event in a line of its own.
///
/// The first line is `switchboard-journal 1`, a checksum and the header as JSON. Every other line is a
/// checksum of the rest of the line, a rolling hash over all effects up to and with those of this event, and
/// the event as JSON; the last one says `end` and how many events there are. So a file that was cut off is
/// recognised, and whoever plays it again knows of each event whether the same came of it.
public struct JournalFile: Sendable {
  /// What run it is of.
  public struct Header: Codable, Sendable, Equatable {
    /// The version of the program that wrote it.
    public var version: String
    /// The scenario's name.
    public var scenario: String
    /// The strategy's name.
    public var strategy: String
    /// Which run of the strategy, from 1 on.
    public var replication: Int
    /// The root of all randomness.
    public var seed: UInt64

    /// Describes a run.
    public init(
      version: String, scenario: String, strategy: String, replication: Int, seed: UInt64
    ) {
      self.version = version
      self.scenario = scenario
      self.strategy = strategy
      self.replication = replication
      self.seed = seed
    }
  }

  /// What run it is of.
  public let header: Header
  /// What the engine was told.
  public let recording: EngineRecording
  /// The hash over all effects after each event.
  let hashes: [UInt64]
  /// What is missing at the end of the file, in words; nil of a whole one.
  public private(set) var loss: String?

  static let mark = "switchboard-journal 1 "

  private struct Opening: Codable {
    var run: Header
    var settings: WorkspaceSettings
    var opening: [EngineEvent]
  }

  // MARK: Writing

  /// The file's text.
  public static func text(_ header: Header, _ recording: EngineRecording) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    func json(_ value: some Encodable) throws -> String {
      String(decoding: try encoder.encode(value), as: UTF8.self)
    }
    let opening = Opening(
      run: header, settings: recording.settings, opening: recording.opening)
    var lines = [mark + checked(try json(opening))]
    var player = RecordingPlayer(recording)
    var hash = RollingHash()
    for entry in recording.journal.entries {
      for effect in player.play(entry) { hash.mix(Digest(effect).value) }
      lines.append(checked(hexadecimal(hash.value) + " " + (try json(entry))))
    }
    lines.append(checked("end \(recording.journal.entries.count)"))
    return lines.joined(separator: "\n") + "\n"
  }

  private static func checked(_ text: String) -> String {
    hexadecimal(UInt64(checksum(text.utf8)), digits: 8) + " " + text
  }

  // MARK: Reading

  /// Why a file is no journal.
  public struct Unreadable: Error, CustomStringConvertible {
    /// The line, from 1 on.
    public let line: Int
    /// What is wrong.
    public let why: String
    /// The line and what is wrong there.
    public var description: String { "line \(line): \(why)" }
  }

  /// Whether a file begins as a journal does, of whatever format.
  public static func isJournal(_ text: String) -> Bool { text.hasPrefix("switchboard-journal ") }

  /// Reads a journal; one that was cut off is read up to its last whole record.
  public init(text: String) throws(Unreadable) {
    guard Self.isJournal(text) else {
      throw Unreadable(line: 1, why: "this is no journal: it does not begin with '\(Self.mark)'")
    }
    guard text.hasPrefix(Self.mark) else {
      throw Unreadable(line: 1, why: "the journal has another format; this version reads format 1")
    }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // What follows the last end of line is nothing in a whole file.
    let rest = lines.removeLast()
    let decoder = JSONDecoder()
    guard let first = lines.first?.dropFirst(Self.mark.count),
      let body = Self.body(first),
      let opening = try? decoder.decode(Opening.self, from: Data(body.utf8))
    else {
      throw Unreadable(line: 1, why: "the header is damaged; without it nothing can be played")
    }
    var entries: [Journal.Entry] = []
    var hashes: [UInt64] = []
    var isWhole = false
    for (index, line) in lines.enumerated().dropFirst() {
      guard let body = Self.body(line) else {
        // A record that was being written is the last there is; in the middle it was damaged.
        guard index == lines.count - 1, rest.isEmpty else {
          throw Unreadable(line: index + 1, why: "the record is damaged: its checksum is another")
        }
        break
      }
      if body.hasPrefix("end ") {
        isWhole = Int(body.dropFirst(4)) == entries.count
        break
      }
      guard let hash = UInt64(body.prefix(16), radix: 16),
        let entry = try? decoder.decode(
          Journal.Entry.self, from: Data(body.dropFirst(17).utf8))
      else { throw Unreadable(line: index + 1, why: "this version knows no such event") }
      entries.append(entry)
      hashes.append(hash)
    }
    header = opening.run
    recording = EngineRecording(
      settings: opening.settings, opening: opening.opening, journal: Journal(entries))
    self.hashes = hashes
    if !isWhole {
      let count = "recovered to the last whole one: \(entries.count) events"
      loss =
        rest.isEmpty && Self.body(lines.last ?? "") != nil
        ? "the journal has no last line, as if it was still being written; \(count)"
        : "the journal ends in the middle of a record; \(count)"
    }
  }

  /// What a line says; nil if its checksum is another.
  private static func body(_ line: Substring) -> Substring? {
    guard let sum = UInt32(line.prefix(8), radix: 16), line.dropFirst(8).first == " " else {
      return nil
    }
    let body = line.dropFirst(9)
    return checksum(body.utf8) == sum ? body : nil
  }
}

/// A number with all its digits to the base of sixteen.
func hexadecimal(_ number: UInt64, digits: Int = 16) -> String {
  let text = String(number, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}

/// CRC-32 as IEEE 802.3 has it.
func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
  var sum = UInt32.max
  for byte in bytes { sum = sum >> 8 ^ checksums[Int((sum ^ UInt32(byte)) & 0xFF)] }
  return ~sum
}

private let checksums: [UInt32] = (0..<256).map { byte in
  (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
}
