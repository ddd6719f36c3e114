/// A result folder that appears under its name only when it is complete.
///
/// Files are written into a hidden folder beside it; `commit` gives that folder the name in one step.
/// Whatever goes wrong before leaves an older result as it was. Dropping the value without `commit`
/// removes what was written.
public struct OutputFolder: ~Copyable, Sendable {
  /// The folder as it was asked for.
  public let path: String
  private let target: String
  private let draft: String
  private var names: [String] = []
  private var isCommitted = false

  /// Starts a folder; refuses at once what `commit` would refuse.
  public init(at path: String) throws(OutputError) {
    let place = try Self.prepare(path)
    self.path = place.path
    target = place.target
    draft = place.draft
  }

  private static func prepare(
    _ path: String
  ) throws(OutputError) -> (path: String, target: String, draft: String) {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    guard !trimmed.isEmpty else { throw .failed(path: path, reason: "the name is empty") }
    // A link to a folder is a name of that folder: what it points to is replaced, not the link.
    let target = FileSystem.resolved(trimmed) ?? trimmed
    guard target != "/" else { throw .notOurs(path: path, holds: "the root of the file system") }
    try checkReplaceable(target, as: trimmed)
    let parent = FileSystem.parent(of: target)
    do {
      try FileSystem.makeFolders(parent)
      return (trimmed, target, try makeDraft(in: parent))
    } catch {
      throw OutputError(error, at: trimmed)
    }
  }

  deinit {
    if !isCommitted { FileSystem.removeTree(draft) }
  }

  /// Writes a file of the folder.
  public mutating func write(_ file: ReportFile) throws(OutputError) {
    let location = try location(of: file.name)
    do {
      try FileSystem.write(Array(file.contents.utf8), to: location)
    } catch {
      throw OutputError(error, at: path + "/" + file.name)
    }
  }

  /// Where a file of the folder is to be written by others, until `commit`.
  public mutating func location(of name: String) throws(OutputError) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    precondition(
      !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." },
      "a file of a result lies inside its folder")
    let location = draft + "/" + name
    do {
      try FileSystem.makeFolders(FileSystem.parent(of: location))
    } catch {
      throw OutputError(error, at: path + "/" + name)
    }
    names.append(name)
    return location
  }

  /// Writes the manifest and gives the folder its name.
  ///
  /// Files of others that lie in an older result folder are carried over.
  public mutating func commit(_ manifest: Manifest) throws(OutputError) {
    precondition(!isCommitted, "a result folder is completed once")
    var manifest = manifest
    manifest.files = names.sorted()
    do {
      try FileSystem.write(Array(manifest.text.utf8), to: draft + "/" + Manifest.fileName)
    } catch {
      throw OutputError(error, at: path + "/" + Manifest.fileName)
    }
    FileSystem.flush(folder: draft)
    try Self.checkReplaceable(target, as: path)
    do {
      try replace()
    } catch {
      throw OutputError(error, at: path)
    }
    isCommitted = true
    FileSystem.flush(folder: FileSystem.parent(of: target))
  }

  /// Puts the draft in the place of what is there and removes the latter.
  private func replace() throws(FileSystem.Failure) {
    guard try FileSystem.kind(of: target) == .folder else {
      try FileSystem.rename(draft, to: target)
      return
    }
    if FileSystem.exchange(draft, target) {
      carryOver(from: draft)
      FileSystem.removeTree(draft)
      return
    }
    // Two steps where one is not to be had: a failure of the second takes back the first.
    let aside = draft + "-old"
    try FileSystem.rename(target, to: aside)
    do {
      try FileSystem.rename(draft, to: target)
    } catch {
      try FileSystem.rename(aside, to: target)
      throw error
    }
    carryOver(from: aside)
    FileSystem.removeTree(aside)
  }

  /// Moves what no run of ours wrote from the older folder into the new one.
  private func carryOver(from old: String) {
    let text = FileSystem.text(at: old + "/" + Manifest.fileName) ?? ""
    guard let manifest = Manifest(text) else { return }
    let ours = Set(
      (manifest.files + [Manifest.fileName]).compactMap { $0.split(separator: "/").first })
    for name in (try? FileSystem.entries(of: old)) ?? [] where !ours.contains(name[...]) {
      let place = target + "/" + name
      guard (try? FileSystem.kind(of: place)) == .nothing else { continue }
      try? FileSystem.rename(old + "/" + name, to: place)
    }
  }

  /// Refuses anything but a free name, an empty folder and a folder with our manifest.
  private static func checkReplaceable(_ target: String, as path: String) throws(OutputError) {
    do {
      switch try FileSystem.kind(of: target) {
      case .nothing: return
      case .other: throw OutputError.notAFolder(path: path)
      case .folder:
        let entries = try FileSystem.entries(of: target)
        guard let first = entries.first else { return }
        let manifest = FileSystem.text(at: target + "/" + Manifest.fileName)
        guard let manifest, Manifest.marksOurs(manifest) else {
          throw OutputError.notOurs(path: path, holds: first)
        }
      }
    } catch let error as OutputError {
      throw error
    } catch let error as FileSystem.Failure {
      throw OutputError(error, at: path)
    } catch {
      throw .failed(path: path, reason: "\(error)")
    }
  }

  /// A hidden folder with a name of its own.
  private static func makeDraft(in parent: String) throws(FileSystem.Failure) -> String {
    var attempt = 0
    while true {
      let draft = "\(parent)/.switchboard-\(FileSystem.processNumber)-\(attempt)"
      do {
        try FileSystem.makeFolder(draft)
        return draft
      } catch {
        attempt += 1
        guard error.isTaken, attempt < 1000 else { throw error }
      }
    }
  }
}

extension OutputFolder {
  /// Makes files of an existing result folder again, each replaced in one step; the rest stays.
  public static func refresh(_ files: [ReportFile], at path: String) throws(OutputError) {
    let manifest = FileSystem.text(at: path + "/" + Manifest.fileName)
    guard let manifest, Manifest.marksOurs(manifest) else {
      throw .notOurs(path: path, holds: "no result")
    }
    for (index, file) in files.enumerated() {
      let draft = "\(path)/.switchboard-\(FileSystem.processNumber)-\(index)"
      do {
        try FileSystem.write(Array(file.contents.utf8), to: draft)
        try FileSystem.rename(draft, to: path + "/" + file.name)
      } catch {
        FileSystem.removeTree(draft)
        throw OutputError(error, at: path + "/" + file.name)
      }
    }
    FileSystem.flush(folder: path)
  }
}

extension OutputError {
  init(_ failure: FileSystem.Failure, at path: String) {
    if failure.isFull {
      self = .full(path: path)
    } else if failure.isNotAllowed {
      self = .notAllowed(path: path, reason: failure.reason)
    } else {
      self = .failed(path: path, reason: failure.reason)
    }
  }
}
