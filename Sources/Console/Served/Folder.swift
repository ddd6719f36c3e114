import Glibc
import Scenarios

/// The scenarios of the folder that the page was opened for: nothing outside it is read or written.
struct Folder: Sendable {
  /// Its path, links resolved.
  let path: String

  init?(_ path: String) {
    guard let found = Self.resolved(path) else { return nil }
    self.path = found
  }

  /// Where the files are that a scenario names beside itself.
  func place(of file: String) -> String {
    let below = file.split(separator: "/").dropLast().joined(separator: "/")
    return below.isEmpty ? path : path + "/" + below
  }

  /// So many files are listed, and folders so deep are looked into.
  private static let mostFiles = 500
  private static let depth = 3
  /// The greatest file that is opened.
  static let greatestFile = 1 << 20

  /// Why a file is not read or written.
  enum Refusal: Error {
    case outside
    case gone
    case unreadable(String)
    case changedOnDisk
    case taken
    case unwritable(String)
  }

  /// The YAML files of the folder and those below it, by name, as paths from here.
  func files() -> [String] {
    var found: [String] = []
    collect("", Self.depth, &found)
    return found.sorted()
  }

  private func collect(_ below: String, _ depth: Int, _ found: inout [String]) {
    let place = below.isEmpty ? path : path + "/" + below
    guard let directory = unsafe opendir(place) else { return }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    unsafe closedir(directory)
    // A folder of results holds copies of scenarios, which are nobody's to go on with.
    guard !names.contains("manifest.json") else { return }
    for name in names.sorted() where found.count < Self.mostFiles {
      let relative = below.isEmpty ? name : below + "/" + name
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        if kind(relative) == S_IFREG { found.append(relative) }
      } else if depth > 0, kind(relative) == S_IFDIR {
        collect(relative, depth - 1, &found)
      }
    }
  }

  private func kind(_ relative: String) -> mode_t {
    var facts = stat()
    // A link may lead out of the folder: it is not followed.
    return unsafe lstat(path + "/" + relative, &facts) == 0 ? facts.st_mode & S_IFMT : 0
  }

  /// The path of a file of the folder; nil where the name leads out of it.
  func place(of relative: String) -> String? {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
    guard !relative.utf8.contains(0), !parts.isEmpty,
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.hasPrefix(".") }),
      relative.hasSuffix(".yaml") || relative.hasSuffix(".yml")
    else { return nil }
    let folder = parts.dropLast().joined(separator: "/")
    guard let resolved = Self.resolved(folder.isEmpty ? path : path + "/" + folder),
      resolved == path || resolved.hasPrefix(path + "/"), let name = parts.last
    else { return nil }
    return resolved + "/" + name
  }

  /// The text of a file.
  func read(_ relative: String) throws(Refusal) -> String {
    guard let place = place(of: relative) else { throw .outside }
    let descriptor = unsafe open(place, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else {
      throw errno == ENOENT ? .gone : .unreadable(Self.systemMessage())
    }
    defer { close(descriptor) }
    var facts = stat()
    guard unsafe fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable("it is no file")
    }
    guard facts.st_size <= Self.greatestFile else { throw .unreadable("it is larger than 1 MB") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= Self.greatestFile {
      let count = unsafe Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(Self.systemMessage()) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable("it is no text in UTF-8")
    }
    return text
  }

  /// Writes a file as a whole or not at all; `known` is what it holds as far as the writer knows, nil for a new one.
  func write(_ relative: String, _ text: String, known: String?, anyway: Bool) throws(Refusal) {
    guard let place = place(of: relative) else { throw .outside }
    if !anyway {
      do throws(Refusal) {
        let now = try read(relative)
        guard let known else { throw Refusal.taken }
        guard now.utf8.elementsEqual(known.utf8) else { throw Refusal.changedOnDisk }
      } catch .gone {
        if known != nil { throw .gone }
      }
    }
    var facts = stat()
    let mode = unsafe lstat(place, &facts) == 0 ? facts.st_mode & 0o777 : 0o644
    guard mode & 0o200 != 0 else { throw .unwritable("it may not be changed") }
    let draft = place + ".switchboard-\(getpid())"
    let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .unwritable(Self.systemMessage()) }
    var rest = Array(text.utf8)[...]
    var isWhole = true
    while !rest.isEmpty, isWhole {
      let count = unsafe rest.withUnsafeBytes {
        unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR { continue }
      isWhole = count > 0
      rest = rest.dropFirst(max(0, count))
    }
    isWhole = isWhole && fsync(descriptor) == 0
    isWhole = close(descriptor) == 0 && isWhole
    guard isWhole, unsafe rename(draft, place) == 0 else {
      let why = Self.systemMessage()
      unsafe unlink(draft)
      throw .unwritable(why)
    }
  }

  private static func resolved(_ path: String) -> String? {
    guard !path.utf8.contains(0), let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  private static func systemMessage() -> String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
  }
}
