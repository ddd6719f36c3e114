import Glibc

/// The files of a folder that may be cases, in the order of their names.
///
/// Folders within are looked into, except those named `expected` (records, not cases) and those that
/// begin with a dot. A symbolic link to a folder is not followed, so there is no going round in circles.
struct CaseFolder {
  /// The paths, each beginning with the folder's.
  private(set) var files: [String] = []
  /// The folders that could not be read, with the reason.
  private(set) var problems: [(path: String, why: String)] = []

  init(_ path: String) {
    let root = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    var waiting = [root]
    while let folder = waiting.popLast() {
      guard let names = list(folder) else { continue }
      let prefix = folder.hasSuffix("/") ? folder : folder + "/"
      var within: [String] = []
      for name in names where !name.hasPrefix(".") {
        if Self.isFolder(prefix + name, followsLinks: false) {
          if name != "expected" { within.append(prefix + name) }
        } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
          files.append(prefix + name)
        }
      }
      waiting += within.reversed()
    }
  }

  /// Whether a path leads to a folder.
  static func isFolder(_ path: String, followsLinks: Bool = true) -> Bool {
    guard !path.utf8.contains(0) else { return false }
    var status = Glibc.stat()
    let answer = unsafe followsLinks ? stat(path, &status) : lstat(path, &status)
    return answer == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The names in a folder, sorted byte by byte; nil if it cannot be read.
  private mutating func list(_ path: String) -> [String]? {
    guard let folder = unsafe opendir(path) else {
      let why = unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
      problems.append((path, why))
      return nil
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      // The name is a C string within the entry, good until the next call.
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      names.append(name)
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
