import Glibc

/// What `fuzz` keeps of the stories that it told: so it goes on where it was stopped, and the seeds that
/// reached something new are known.
///
/// Rows are only ever appended, each stretch of seeds in one step, by one program at a time. They hold for
/// the very program that told the stories: another build begins anew, below them.
public struct FuzzFolder {
  /// The folder.
  public let path: String
  private let engine: String
  /// The stretches of seeds that this program told.
  public private(set) var told: [ClosedRange<UInt64>] = []
  /// The combinations that this program reached.
  public private(set) var reached: Set<String> = []
  /// The events and decisions of what was told.
  public private(set) var events = 0
  /// See `events`.
  public private(set) var decisions: UInt64 = 0

  private static let told = WrittenFile.told.name
  private static let corpus = WrittenFile.corpus.name
  private static let limit = 1 << 28

  /// Opens a folder, or makes it; `engine` says which program tells the stories and about what.
  public init(at path: String, engine: String) throws(OutputError) {
    self.path = path
    self.engine = engine
    let names: [String]
    do {
      try FileSystem.makeFolders(path)
      names = try FileSystem.entries(of: path)
    } catch {
      throw OutputError(error, at: path)
    }
    if let stranger = names.first(where: { !Self.mayHold($0) }) {
      throw .notOurs(path: path, holds: stranger)
    }
    read()
  }

  private static func mayHold(_ name: String) -> Bool {
    [told, corpus].contains(name) || name.hasPrefix("seed-") && name.hasSuffix(".yaml")
  }

  /// Keeps a stretch of seeds that was told, with the seeds that reached something new.
  public mutating func keep(
    _ seeds: ClosedRange<UInt64>, events: Int, decisions: UInt64,
    new: [(seed: UInt64, combination: String)]
  ) throws(OutputError) {
    try append(
      new.map { "\(engine),\($0.seed),\($0.combination)\n" }.joined(),
      to: WrittenFile.corpus)
    try append(
      "\(engine),\(seeds.lowerBound),\(seeds.upperBound),\(events),\(decisions)\n",
      to: WrittenFile.told)
    told.append(seeds)
    reached.formUnion(new.map(\.combination))
    self.events += events
    self.decisions += decisions
  }

  /// Writes the case of a seed and tells its path.
  public func write(case yaml: String, of seed: UInt64) throws(OutputError) -> String {
    let file = "\(path)/seed-\(seed).yaml"
    do {
      FileSystem.removeFile(file)
      try FileSystem.write(yaml.utf8, to: file)
    } catch {
      throw OutputError(error, at: file)
    }
    return file
  }

  private func append(_ rows: String, to table: WrittenFile) throws(OutputError) {
    guard !rows.isEmpty else { return }
    let file = "\(path)/\(table.name)"
    let header = table.header.joined(separator: ",") + "\n"
    do {
      let isNew = try FileSystem.kind(of: file) == .nothing
      try FileSystem.append(((isNew ? header : "") + rows).utf8, to: file, flags: O_CREAT)
    } catch {
      throw OutputError(error, at: file)
    }
  }

  /// Reads what this program told; a last line that was cut off is left out.
  private mutating func read() {
    for row in rows(of: Self.told) where row.count == 5 && row[0] == engine {
      guard let from = UInt64(row[1]), let to = UInt64(row[2]), from <= to,
        let events = Int(row[3]), let decisions = UInt64(row[4])
      else { continue }
      told.append(from...to)
      self.events += events
      self.decisions += decisions
    }
    for row in rows(of: Self.corpus) where row.count == 3 && row[0] == engine {
      reached.insert(row[2])
    }
  }

  private func rows(of name: String) -> [[String]] {
    guard let text = FileSystem.text(at: "\(path)/\(name)", limit: Self.limit) else { return [] }
    let whole =
      text.hasSuffix("\n") ? text : text.lastIndex(of: "\n").map { String(text[...$0]) } ?? ""
    return whole.split(separator: "\n").dropFirst().map { line in
      line.split(separator: ",", maxSplits: 5, omittingEmptySubsequences: false).map { String($0) }
    }
  }
}
