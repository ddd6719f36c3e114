import Glibc

/// The few calls to the system that result folders need, each with the system's error.
///
/// Strings are passed as C strings for the length of a call only, buffers by their own count: that
/// is all the unsafe code of this module.
enum FileSystem {
  /// The number that the system gave for a failure.
  struct Failure: Error {
    var code: Int32

    static var last: Failure { Failure(code: errno) }
    static var taken: Failure { Failure(code: EEXIST) }

    var isFull: Bool { code == ENOSPC || code == EDQUOT }
    var isTaken: Bool { code == EEXIST }
    var isNotAllowed: Bool { code == EACCES || code == EPERM || code == EROFS }

    var reason: String {
      guard let text = unsafe strerror(code) else { return "error \(code)" }
      return unsafe String(cString: text).lowercased()
    }
  }

  /// What stands at a path, symbolic links not followed.
  enum Kind {
    case nothing
    case folder
    case other
  }

  static func kind(of path: String) throws(Failure) -> Kind {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT { return .nothing }
      throw .last
    }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .other
  }

  /// Whether a folder stands at a path, or at the end of the links there.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The path without symbolic links; nil if nothing is there.
  static func resolved(_ path: String) -> String? {
    guard let found = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(found) }
    return unsafe String(cString: found)
  }

  static func makeFolder(_ path: String) throws(Failure) {
    guard unsafe mkdir(path, 0o777) == 0 else { throw .last }
  }

  /// Makes a folder and those above it; folders that exist are fine.
  static func makeFolders(_ path: String) throws(Failure) {
    if path.isEmpty || path == "/" || path == "." { return }
    if unsafe mkdir(path, 0o777) == 0 { return }
    let code = errno
    var status = stat()
    if code == EEXIST {
      guard unsafe stat(path, &status) == 0 else { throw .last }
      guard status.st_mode & S_IFMT == S_IFDIR else { throw Failure(code: ENOTDIR) }
      return
    }
    guard code == ENOENT else { throw Failure(code: code) }
    try makeFolders(parent(of: path))
    guard unsafe mkdir(path, 0o777) == 0 || errno == EEXIST else { throw .last }
  }

  /// When a file is waited for until it is on the disk.
  enum Settling {
    case now
    /// It is on its way there, and somebody flushes it: of many files, all go together.
    case later
  }

  /// Writes a new file and waits until it is on the disk, or leaves that to `flush(file:)`.
  static func write(
    _ bytes: some Collection<UInt8>, to path: String, settling: Settling = .now
  ) throws(Failure) {
    try append(bytes, to: path, flags: O_CREAT | O_EXCL, settling: settling)
  }

  /// Writes a file as a whole or not at all: under a hidden name first, then to its place.
  ///
  /// - Parameter permissions: Those that it gets; nil for the usual ones.
  static func replace(
    _ path: String, with bytes: some Collection<UInt8>, permissions: mode_t? = nil
  ) throws(Failure) {
    let draft = parent(of: path) + "/" + DraftName.next().text
    do throws(Failure) {
      removeFile(draft)
      try write(bytes, to: draft)
      if let permissions { unsafe chmod(draft, permissions) }
      try rename(draft, to: path)
    } catch {
      removeFile(draft)
      throw error
    }
  }

  /// Writes at the end of a file that is there, or as the flags say.
  static func append(
    _ bytes: some Collection<UInt8>, to path: String, flags: Int32 = 0, settling: Settling = .now
  ) throws(Failure) {
    let file = unsafe open(path, O_WRONLY | O_CLOEXEC | O_APPEND | flags, 0o666)
    guard file >= 0 else { throw .last }
    // A text stands in one piece of memory, and is written from there; nothing is copied first.
    let sent = bytes.withContiguousStorageIfAvailable { unsafe send($0, to: file) }
    var failure = unsafe sent ?? Array(bytes).withUnsafeBufferPointer { unsafe send($0, to: file) }
    switch settling {
    case .now: failure = failure ?? settle(file)
    case .later: sendOff(file)
    }
    if close(file) != 0, failure == nil, errno != EINTR { failure = .last }
    if let failure { throw failure }
  }

  /// Waits until a file is on the disk.
  static func flush(file path: String) throws(Failure) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .last }
    let failure = settle(file)
    close(file)
    if let failure { throw failure }
  }

  /// Waits until an open file is on the disk; what has none to be on is no failure.
  private static func settle(_ file: Int32) -> Failure? {
    fsync(file) != 0 && errno != EINVAL ? .last : nil
  }

  /// Begins to bring an open file to the disk; where the system cannot, `flush(file:)` does it all.
  private static func sendOff(_ file: Int32) {
    // glibc declares this only for its own dialect of C, so the symbol is looked up.
    typealias SendOff = @convention(c) (Int32, Int64, Int64, UInt32) -> Int32
    guard let symbol = unsafe dlsym(nil, "sync_file_range") else { return }
    let withoutWaiting: UInt32 = 2  // SYNC_FILE_RANGE_WRITE of linux/fs.h
    _ = unsafe unsafeBitCast(symbol, to: SendOff.self)(file, 0, 0, withoutWaiting)
  }

  /// Writes all bytes to an open file; gives why it could not, if so.
  private static func send(_ bytes: UnsafeBufferPointer<UInt8>, to file: Int32) -> Failure? {
    var sent = 0
    while sent < bytes.count {
      let written = unsafe Glibc.write(
        file, bytes.baseAddress.map { unsafe $0 + sent }, bytes.count - sent)
      if written > 0 {
        sent += written
      } else if errno != EINTR {
        return .last
      }
    }
    return nil
  }

  /// A file's text; nil if it cannot be read or is longer than the limit.
  static func text(at path: String, limit: Int = 1 << 20) -> String? {
    bytes(at: path, limit: limit).map { String(decoding: $0, as: UTF8.self) }
  }

  /// A file's bytes; nil if it cannot be read or is longer than the limit.
  static func bytes(at path: String, limit: Int) -> [UInt8]? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = unsafe chunk.withUnsafeMutableBytes { all in
        unsafe read(file, all.baseAddress, all.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }

  /// 64 bits over a file's bytes, in hexadecimal; nil where it cannot be read.
  ///
  /// In the manner of FNV-1a, but eight bytes at a step: a program has a hundred million, and byte by byte
  /// that is most of a short command.
  static func digest(of path: String) -> String? {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var code: UInt64 = 0xCBF2_9CE4_8422_2325
    var words = [UInt64](repeating: 0, count: 1 << 13)
    while let count = fill(&words, from: file) {
      let used = (count + 7) / 8
      unsafe words.withUnsafeBufferPointer { words in
        var index = 0
        while index < used {
          unsafe code = (code ^ words[index]) &* 0x100_0000_01B3
          // A product carries upwards only.
          code ^= code &>> 32
          index &+= 1
        }
      }
      // The last ones, or none at all: how many there were counts too.
      if count < 8 * words.count { return String(code ^ UInt64(count), radix: 16) }
    }
    return nil
  }

  /// Reads what comes next in a file, and zeros beyond its end.
  ///
  /// Returns how many bytes were read; nil where that fails.
  private static func fill(_ words: inout [UInt64], from file: Int32) -> Int? {
    unsafe words.withUnsafeMutableBytes { all -> Int? in
      guard let start = all.baseAddress else { return nil }
      var count = 0
      while count < all.count {
        let more = unsafe read(file, start + count, all.count - count)
        if more < 0, errno == EINTR { continue }
        guard more >= 0 else { return nil }
        guard more > 0 else { break }
        count += more
      }
      unsafe memset(start + count, 0, all.count - count)
      return count
    }
  }

  /// 64 bits of FNV-1a over bytes, in hexadecimal.
  static func digest(of bytes: [UInt8], from start: Int = 0) -> String {
    var code: UInt64 = 0xCBF2_9CE4_8422_2325
    let all = bytes.span
    for place in start..<all.count { code = (code ^ UInt64(all[place])) &* 0x100_0000_01B3 }
    return String(code, radix: 16)
  }

  /// Names in a folder, or those wanted, in order, without `.` and `..`.
  static func entries(
    of path: String, wanted: (String) -> Bool = { _ in true }
  ) throws(Failure) -> [String] {
    guard let folder = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { characters in
          unsafe String(cString: characters)
        }
      }
      if name != ".", name != "..", wanted(name) { names.append(name) }
    }
    return names.sorted()
  }

  static func rename(_ from: String, to target: String) throws(Failure) {
    guard unsafe Glibc.rename(from, target) == 0 else { throw .last }
  }

  /// Swaps two folders in one step; false where the system or its file system cannot.
  static func exchange(_ one: String, _ other: String) -> Bool {
    // glibc declares this only for its own dialect of C, so the symbol is looked up.
    typealias Exchange =
      @convention(c) (
        Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
      ) -> Int32
    guard let symbol = unsafe dlsym(nil, "renameat2") else { return false }
    let exchange = unsafe unsafeBitCast(symbol, to: Exchange.self)
    let inOneStep: UInt32 = 2  // RENAME_EXCHANGE of linux/fs.h
    return unsafe exchange(AT_FDCWD, one, AT_FDCWD, other, inOneStep) == 0
  }

  /// Removes a folder and what is in it, as far as possible; symbolic links are not followed.
  static func removeTree(_ path: String) {
    guard let kind = try? kind(of: path), kind != .nothing else { return }
    guard kind == .folder else {
      unsafe unlink(path)
      return
    }
    for name in (try? entries(of: path)) ?? [] { removeTree(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// Removes a file or a link; a folder stays.
  static func removeFile(_ path: String) { unsafe unlink(path) }

  /// Removes a folder in which nothing is.
  static func removeEmptyFolder(_ path: String) { unsafe rmdir(path) }

  /// Whether a volume is mounted at a path without links: such a folder cannot change its name.
  static func isMountPoint(_ path: String) -> Bool {
    guard let place = resolved(path), let table = bytes(at: "/proc/self/mountinfo", limit: 1 << 20)
    else { return false }
    return isMountPoint(place, in: table)
  }

  /// The same by a table of mounts, in the form of `/proc/self/mountinfo`.
  static func isMountPoint(_ place: String, in table: [UInt8]) -> Bool {
    let wanted = mountName(of: place)
    return table.split(separator: UInt8(ascii: "\n")).contains { line in
      let fields = line.split(separator: UInt8(ascii: " "), maxSplits: 5)
      return fields.count > 4 && fields[4].elementsEqual(wanted)
    }
  }

  /// A path as the table of mounts writes it: blanks and their kin as `\040`.
  private static func mountName(of path: String) -> [UInt8] {
    path.utf8.flatMap { byte -> [UInt8] in
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\\"):
        let digits = String(byte, radix: 8)
        return Array(("\\" + String(repeating: "0", count: 3 - digits.utf8.count) + digits).utf8)
      default: return [byte]
      }
    }
  }

  /// Whether a process of that number runs, whoever started it.
  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

  /// Tells this machine from others that write to the same disk.
  static let machine: String = {
    var name = [CChar](repeating: 0, count: 256)
    unsafe gethostname(&name, 255)
    var code: UInt32 = 0x811C_9DC5
    for character in name where character != 0 {
      code = (code ^ UInt32(UInt8(bitPattern: character))) &* 0x0100_0193
    }
    return String(code, radix: 16)
  }()

  /// Makes the names in a folder last; file systems that cannot are not an error.
  static func flush(folder path: String) {
    let folder = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return }
    fsync(folder)
    close(folder)
  }

  /// The folder that a path lies in.
  static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The last part of a path.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  static var processNumber: Int32 { getpid() }
}
