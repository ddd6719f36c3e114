import FoundationEssentials

/// An older result folder: which of its files a run of ours wrote, and which somebody else put there.
///
/// Only what its manifest names is ours, whatever version wrote it; nothing else is ever removed.
struct OlderResult: Sendable {
  /// The files that our run wrote, as paths within the folder.
  private let own: Set<String>
  /// The folders that these files lie in.
  private let ownFolders: Set<String>
  /// What others put there: the topmost entries, in order.
  let strays: [String]

  init(at folder: String) {
    let text = FileSystem.text(at: folder + "/" + Manifest.fileName) ?? ""
    let listed = Self.files(inManifest: text) + [Manifest.fileName]
    let own = Set(listed.filter(Self.liesWithin))
    let ownFolders = Set(own.flatMap(Self.folders))
    self.own = own
    self.ownFolders = ownFolders
    strays = Self.strays(in: folder, below: "", own, ownFolders)
  }

  /// The files that a manifest of any version names.
  private static func files(inManifest text: String) -> [String] {
    struct Listing: Decodable {
      var files: [String]?
    }
    let listing = try? JSONDecoder().decode(Listing.self, from: Data(text.utf8))
    return listing?.files ?? []
  }

  /// A manifest may be anybody's work: a path that leads out of its folder names nothing of ours.
  private static func liesWithin(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false)
      .allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
  }

  /// The folders above a path, the topmost first.
  private static func folders(of path: String) -> [String] {
    let parts = path.split(separator: "/")
    return (1..<max(1, parts.count)).map { parts.prefix($0).joined(separator: "/") }
  }

  private static func strays(
    in folder: String, below prefix: String, _ own: Set<String>, _ ownFolders: Set<String>
  ) -> [String] {
    var found: [String] = []
    for name in (try? FileSystem.entries(of: folder)) ?? [] {
      let place = prefix + name
      let isFolder = (try? FileSystem.kind(of: folder + "/" + name)) == .folder
      if isFolder, ownFolders.contains(place), !FileSystem.isMountPoint(folder + "/" + name) {
        found += strays(in: folder + "/" + name, below: place + "/", own, ownFolders)
      } else if isFolder || !own.contains(place) {
        found.append(place)
      }
    }
    return found
  }

  /// Moves what others put into the older folder into the new one; the first that cannot be moved
  /// undoes it all and is told.
  func carryOver(from old: String, to new: String) -> Placement.Obstacle? {
    var moved: [String] = []
    for stray in strays {
      do throws(FileSystem.Failure) {
        let place = new + "/" + stray
        guard try FileSystem.kind(of: place) == .nothing else {
          throw FileSystem.Failure.taken
        }
        try FileSystem.makeFolders(FileSystem.parent(of: place))
        try FileSystem.rename(old + "/" + stray, to: place)
        moved.append(stray)
      } catch {
        for stray in moved.reversed() {
          try? FileSystem.rename(new + "/" + stray, to: old + "/" + stray)
        }
        return Placement.Obstacle(name: stray, reason: error.reason)
      }
    }
    return nil
  }

  /// Removes the files that our run wrote, the folders that are empty then, and the folder itself.
  func removeOwnFiles(in folder: String) {
    for file in own.sorted() { FileSystem.removeFile(folder + "/" + file) }
    for inner in ownFolders.sorted(by: >) { FileSystem.removeEmptyFolder(folder + "/" + inner) }
    FileSystem.removeEmptyFolder(folder)
  }
}

/// Two folders that changed places.
struct Swap {
  /// Where the older folder lies now.
  let old: String
  private let draft: String
  private let target: String
  private let isInOneStep: Bool

  /// Gives the draft the target's name; the system does it in one step where it can.
  init(_ draft: String, with target: String) throws(FileSystem.Failure) {
    self.draft = draft
    self.target = target
    isInOneStep = FileSystem.exchange(draft, target)
    old = isInOneStep ? draft : draft + "-old"
    if isInOneStep { return }
    try FileSystem.rename(target, to: old)
    do {
      try FileSystem.rename(draft, to: target)
    } catch {
      try FileSystem.rename(old, to: target)
      throw error
    }
  }

  /// Gives both their names back.
  func takeBack() throws(FileSystem.Failure) {
    if isInOneStep {
      guard FileSystem.exchange(draft, target) else { throw .last }
    } else {
      try FileSystem.rename(target, to: draft)
      try FileSystem.rename(old, to: target)
    }
  }
}
