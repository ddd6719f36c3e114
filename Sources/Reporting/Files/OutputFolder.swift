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
      try FileSystem.write(file.contents.utf8, to: location, settling: .later)
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

  /// Writes the manifest and gives the folder its name; tells where it is.
  ///
  /// Files of others that lie in an older result folder are carried over. Where one of them cannot be,
  /// the older folder stays as it was and the new one stands beside it.
  public mutating func commit(_ manifest: Manifest) throws(OutputError) -> Placement {
    precondition(!isCommitted, "a result folder is completed once")
    var manifest = manifest
    manifest.files = names.sorted()
    do {
      try FileSystem.write(manifest.text.utf8, to: draft + "/" + Manifest.fileName)
    } catch {
      throw OutputError(error, at: path + "/" + Manifest.fileName)
    }
    for name in names {
      do {
        try FileSystem.flush(file: draft + "/" + name)
      } catch {
        throw OutputError(error, at: path + "/" + name)
      }
    }
    FileSystem.flush(folder: draft)
    try Self.checkReplaceable(target, as: path)
    let placement: Placement
    do {
      placement = try replace()
    } catch {
      throw OutputError(error, at: path)
    }
    FileSystem.flush(folder: FileSystem.parent(of: target))
    return placement
  }

  /// Puts the draft in the place of what is there.
  private mutating func replace() throws(FileSystem.Failure) -> Placement {
    guard try FileSystem.kind(of: target) == .folder else {
      try FileSystem.rename(draft, to: target)
      isCommitted = true
      return Placement(path: path)
    }
    let old = OlderResult(at: target)
    // From here on the hidden name may hold what is not ours: nothing but the older result's own
    // files is removed there.
    isCommitted = true
    let swap: Swap
    do {
      swap = try Swap(draft, with: target)
    } catch {
      FileSystem.removeTree(draft)
      throw error
    }
    if let obstacle = old.carryOver(from: swap.old, to: target) {
      try swap.takeBack()
      let beside = try Self.place(draft, beside: target)
      let name =
        FileSystem.parent(of: path) == "." && !path.hasPrefix("./")
        ? FileSystem.name(of: beside)
        : FileSystem.parent(of: path) + "/" + FileSystem.name(of: beside)
      return Placement(path: name, obstacle: obstacle)
    }
    old.removeOwnFiles(in: swap.old)
    if let rest = try? FileSystem.entries(of: swap.old), let first = rest.first {
      return Placement(
        path: path, leftOver: Placement.LeftOver(path: swap.old, holds: first))
    }
    return Placement(path: path)
  }

  /// Gives a draft the first free name after that of a folder.
  private static func place(
    _ draft: String, beside target: String
  ) throws(FileSystem.Failure) -> String {
    var number = 2
    while true {
      let name = "\(target)-\(number)"
      if try FileSystem.kind(of: name) == .nothing {
        try FileSystem.rename(draft, to: name)
        return name
      }
      number += 1
    }
  }

  /// Refuses anything but a free name, an empty folder and a folder with our manifest.
  private static func checkReplaceable(_ target: String, as path: String) throws(OutputError) {
    do {
      switch try FileSystem.kind(of: target) {
      case .nothing: return
      case .other: throw OutputError.notAFolder(path: path)
      case .folder:
        guard !FileSystem.isMountPoint(target) else { throw OutputError.mountPoint(path: path) }
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

  /// A hidden folder with a name of its own; those of runs that were killed are removed first.
  private static func makeDraft(in parent: String) throws(FileSystem.Failure) -> String {
    DraftName.removeAbandoned(in: parent)
    var attempt = 0
    while true {
      let draft = parent + "/" + DraftName(attempt).text
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
    DraftName.removeAbandoned(in: path)
    for (index, file) in files.enumerated() {
      let draft = path + "/" + DraftName(index).text
      do {
        try FileSystem.write(file.contents.utf8, to: draft)
        try FileSystem.makeFolders(FileSystem.parent(of: path + "/" + file.name))
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
