import FoundationEssentials
import Synchronization

/// The shares of one experiment, as they lie in some folders: checked as a whole before any is used.
public final class PartialSet: Sendable {
  /// One file.
  struct Entry: Sendable {
    var path: String
    var head: PartialFile.Head
    /// Bytes of the first line.
    var start: Int
  }

  /// What all of them belong to; nil where there is none.
  public var origin: PartialFile.Origin? { rounds.first?.first?.head.origin }
  /// By round, then by the number of the share, and so by the first of their pieces.
  private let rounds: [[Entry]]
  /// Shares that are not there, in words such as `share 3 of 8`.
  public let missing: [String]

  /// What is wrong with the files, each in a line; what cannot be merged.
  public struct Problems: Error, Sendable {
    /// The lines.
    public var lines: [String]
  }

  /// No share at all: to be the first.
  public init() {
    rounds = []
    missing = []
  }

  /// Reads and checks the shares in some folders.
  ///
  /// - Parameters:
  ///   - folders: Where they lie.
  ///   - before: Rounds from this one on are not looked at; nil for all.
  ///   - allowsMissing: Whether shares of the last round may be missing.
  public init(
    in folders: [String], before: Int? = nil, allowsMissing: Bool = false
  ) throws(Problems) {
    var check = PartialCheck()
    for folder in folders { check.read(folder, before: before) }
    check.look(allowsMissing: allowsMissing)
    guard check.problems.isEmpty else { throw Problems(lines: check.problems) }
    rounds = check.rounds
    missing = check.missing
  }

  /// How many rounds there are.
  public var roundCount: Int { rounds.count }

  /// How many pieces a round has; nil where nothing of it is there.
  public func pieces(_ round: Int) -> Int? {
    rounds.indices.contains(round - 1) ? rounds[round - 1].first?.head.pieces : nil
  }

  /// The bytes of a piece; nil where nobody made it.
  public func bytes(_ round: Int, _ piece: Int) -> [UInt8]? {
    guard rounds.indices.contains(round - 1) else { return nil }
    let entries = rounds[round - 1]
    // The last share that begins at the piece or before it.
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].head.first <= piece { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let file = file(entries[low - 1]), let range = file.pieces[piece] else {
      return nil
    }
    return Array(file.bytes[range])
  }

  // MARK: Files in hand

  private struct File: Sendable {
    var path: String
    var bytes: [UInt8]
    var pieces: [Int: Range<Int>]
  }

  /// Pieces are asked for in their order, by a few threads: a few files are enough.
  private static let most = 4
  private let inHand = Mutex<[File]>([])

  private func file(_ entry: Entry) -> File? {
    inHand.withLock { files in
      if let found = files.first(where: { $0.path == entry.path }) { return found }
      guard let bytes = FileSystem.bytes(at: entry.path, limit: PartialFile.limit),
        let pieces = PartialFile.pieces(in: bytes, after: entry.start, of: entry.head, trusts: true)
      else { return nil }
      let file = File(path: entry.path, bytes: bytes, pieces: pieces)
      files.append(file)
      if files.count > Self.most { files.removeFirst() }
      return file
    }
  }
}

/// Looks whether files are shares of one experiment.
private struct PartialCheck {
  var problems: [String] = []
  var rounds: [[PartialSet.Entry]] = []
  var missing: [String] = []
  private var entries: [PartialSet.Entry] = []
  /// What the one file that was read belongs to.
  var onlyOrigin: PartialFile.Origin? { entries.count == 1 ? entries[0].head.origin : nil }

  mutating func read(_ folder: String, before: Int?) {
    let names: [String]
    do {
      names = try FileSystem.entries(of: folder) { $0.hasSuffix(PartialFile.suffix) }
    } catch {
      problems.append("the folder '\(printable(folder))' cannot be read: \(error)")
      return
    }
    if names.isEmpty, before == nil {
      problems.append(
        "'\(printable(folder))' holds no share: expected files that end with "
          + "\(PartialFile.suffix), as --shard writes them")
    }
    for name in names {
      if let before, let round = Self.round(name), round >= before { continue }
      read(file: folder + "/" + name)
    }
  }

  /// The round that the name of a file speaks of.
  static func round(_ name: String) -> Int? {
    let parts = name.split(separator: "-")
    return parts.count > 1 && parts[0] == "round" ? Int(parts[1]) : nil
  }

  mutating func read(file path: String) {
    let shown = printable(path)
    guard let bytes = FileSystem.bytes(at: path, limit: PartialFile.limit) else {
      problems.append("'\(shown)' cannot be read, or is longer than 1 GB")
      return
    }
    let damaged =
      "'\(shown)' is damaged: its bytes are not those that were written; make this share again"
    guard let end = bytes.prefix(PartialFile.headLimit).firstIndex(of: UInt8(ascii: "\n")) else {
      problems.append(damaged)
      return
    }
    struct Format: Decodable { var format: Int }
    let line = Data(bytes[..<end])
    if let format = try? JSONDecoder().decode(Format.self, from: line),
      format.format != PartialFile.currentFormat
    {
      problems.append(
        "'\(shown)' has format \(format.format), and this program reads format "
          + "\(PartialFile.currentFormat); make the share again with this program")
      return
    }
    guard let head = try? JSONDecoder().decode(PartialFile.Head.self, from: line), head.isPossible,
      PartialFile.pieces(in: bytes, after: end + 1, of: head) != nil
    else {
      problems.append(damaged)
      return
    }
    entries.append(PartialSet.Entry(path: path, head: head, start: end + 1))
  }

  mutating func look(allowsMissing: Bool) {
    guard let first = entries.first else { return }
    entries = entries.filter { entry in
      guard let apart = entry.head.origin.difference(from: first.head.origin) else { return true }
      problems.append(
        "'\(printable(entry.path))' belongs to another experiment than '\(printable(first.path))': "
          + "its \(apart.what) is '\(printable(apart.own))', not '\(printable(apart.other))'")
      return false
    }
    let last = entries.map(\.head.place.round).max() ?? 0
    for round in 1...max(1, last) {
      let here = entries.filter { $0.head.place.round == round }
      guard let one = here.first else {
        problems.append("round \(round) is missing, and there are shares of round \(last)")
        return
      }
      look(here, like: one, allowsMissing: allowsMissing && round == last)
    }
  }

  private mutating func look(
    _ here: [PartialSet.Entry], like one: PartialSet.Entry, allowsMissing: Bool
  ) {
    var shares: [Int: PartialSet.Entry] = [:]
    for entry in here {
      let (place, name) = (entry.head.place, printable(entry.path))
      if place.of != one.head.place.of || entry.head.pieces != one.head.pieces {
        problems.append(
          "'\(name)' is share \(place.share) of \(place.of) of a round of \(entry.head.pieces) runs, and "
            + "'\(printable(one.path))' share \(one.head.place.share) of \(one.head.place.of) of one of "
            + "\(one.head.pieces)")
      } else if let other = shares[place.share] {
        problems.append(
          "share \(place.share) of \(place.of) is there twice: '\(printable(other.path))' and '\(name)'"
        )
      } else {
        shares[place.share] = entry
      }
    }
    let of = one.head.place.of
    let absent = (1...of).filter { shares[$0] == nil }
    if !absent.isEmpty {
      let round = one.head.place.round
      let text =
        Self.numbers(absent, of: of)
        + (round > 1 || entries.count > here.count
          ? " of round \(round)" : "")
      missing.append(text)
      if !allowsMissing {
        problems.append(
          "\(text) \(absent.count == 1 ? "is" : "are") missing: make \(absent.count == 1 ? "it" : "them"), or "
            + "merge what there is with --allow-missing")
      }
    }
    // In the order of their numbers: of some that begin with the same piece all but the last are empty.
    rounds.append(shares.keys.sorted().compactMap { shares[$0] })
  }

  /// Such as `share 3 of 8` or `shares 1, 4 and 7 of 8`; of many the first few.
  private static func numbers(_ shares: [Int], of: Int) -> String {
    guard shares.count > 1 else { return "share \(shares[0]) of \(of)" }
    guard shares.count <= 12 else {
      let shown = shares.prefix(10).map { "\($0)" }.joined(separator: ", ")
      return "shares \(shown) and \(shares.count - 10) more of \(of)"
    }
    let all = shares.dropLast().map { "\($0)" }.joined(separator: ", ")
    return "shares \(all) and \(shares[shares.count - 1]) of \(of)"
  }
}

extension PartialFile.Head {
  /// Whether the numbers can be those of a share.
  fileprivate var isPossible: Bool {
    place.round > 0 && (1...PartialFile.Place.most).contains(place.of)
      && (1...place.of).contains(place.share) && pieces >= 0
      && first >= 0 && count >= 0 && first <= pieces && count <= pieces - first && bytes >= 0
  }
}

extension PartialSet {
  /// Whether a folder holds a share already, whole and of this origin.
  public static func holds(
    _ place: PartialFile.Place, in folder: String, of origin: PartialFile.Origin
  ) -> Bool {
    var check = PartialCheck()
    check.read(file: folder + "/" + place.fileName)
    return check.problems.isEmpty && check.onlyOrigin == origin
  }

  /// How many shares of the latest round lie in a folder, by their names.
  public static func count(in folder: String) -> (round: Int, shares: Int) {
    let names =
      (try? FileSystem.entries(of: folder) { $0.hasSuffix(PartialFile.suffix) }) ?? []
    let rounds = names.compactMap { PartialCheck.round($0) }
    let latest = rounds.max() ?? 0
    return (latest, rounds.count { $0 == latest })
  }
}

/// A small file beside shares, for scripts.
public enum ShareNote {
  /// Writes it, in a folder that is made for it.
  public static func write(_ text: String, to path: String) throws(OutputError) {
    do {
      try FileSystem.makeFolders(FileSystem.parent(of: path))
      try FileSystem.replace(path, with: text.utf8)
    } catch {
      throw OutputError(error, at: path)
    }
  }

  /// What it says; nil where it is not there.
  public static func text(at path: String) -> String? { FileSystem.text(at: path, limit: 1 << 26) }

  /// Removes it.
  public static func remove(_ path: String) { FileSystem.removeFile(path) }
}
