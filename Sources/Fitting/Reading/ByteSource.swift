import Glibc

/// Why a file is not read at all.
struct FileRefusal: Error {
  let message: String
  var hint: String?
}

/// The bytes of a file as UTF-8, piece by piece: an export may be larger than the memory.
///
/// What a spreadsheet saves as "Unicode text" is UTF-16 and is decoded on the way.
struct ByteSource: ~Copyable {
  private enum Encoding { case utf8, utf16(isBig: Bool) }

  private var file: Int32 = -1
  private var encoding = Encoding.utf8
  /// What was read to find out the encoding, and what of UTF-16 awaits its other half.
  private var pending: [UInt8] = []
  private var isAtEnd = false
  /// What was found that a reader should know.
  private(set) var note: String?

  /// The largest file: about twenty million rows of the platform's export.
  static let limit = 8 << 30

  /// Opens a regular file; symbolic links are followed, pipes and devices refused instead of waited for.
  init(_ path: String) throws(FileRefusal) {
    guard !path.utf8.contains(0) else {
      throw FileRefusal(message: "cannot be read: the name contains a NUL character")
    }
    file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard file >= 0 else {
      throw FileRefusal(message: "cannot be read: " + Self.reason(errno))
    }
    var status = stat()
    guard unsafe fstat(file, &status) == 0 else {
      throw FileRefusal(message: "cannot be read: " + Self.reason(errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileRefusal(
        message: status.st_mode & S_IFMT == S_IFDIR
          ? "is a folder, expected a CSV file" : "is not a regular file")
    }
    guard status.st_size <= Self.limit else {
      throw FileRefusal(
        message: "is larger than 8 GB", hint: "export a shorter time: some weeks are plenty")
    }
    try sniff()
  }

  deinit { if file >= 0 { close(file) } }

  private static func reason(_ code: Int32) -> String {
    switch code {
    case ENOENT: "there is no such file"
    case EACCES, EPERM: "reading it is not permitted"
    default: unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
  }

  /// Looks at the first bytes: a byte order mark, UTF-16 without one, or what is no text at all.
  private mutating func sniff() throws(FileRefusal) {
    pending = try readBytes(upTo: 4)
    guard !pending.isEmpty else {
      throw FileRefusal(
        message: "is empty", hint: "expected a header line and a line for each conversation")
    }
    if pending.starts(with: [0xEF, 0xBB, 0xBF]) {
      pending.removeFirst(3)
    } else if pending == [0xFF, 0xFE, 0, 0] || pending == [0, 0, 0xFE, 0xFF] {
      throw FileRefusal(
        message: "is UTF-32, expected UTF-8", hint: "save it as \"CSV UTF-8\"")
    } else if pending.starts(with: [0xFF, 0xFE]) {
      begin(isBig: false, dropping: 2)
    } else if pending.starts(with: [0xFE, 0xFF]) {
      begin(isBig: true, dropping: 2)
    } else if pending.count == 4, pending[1] == 0, pending[3] == 0, pending[0] != 0 {
      begin(isBig: false, dropping: 0)
    } else if pending.count == 4, pending[0] == 0, pending[2] == 0, pending[1] != 0 {
      begin(isBig: true, dropping: 0)
    } else if pending.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
      throw FileRefusal(
        message: "is a spreadsheet or another ZIP file, expected CSV",
        hint: "save the sheet as \"CSV UTF-8\"")
    } else if pending.starts(with: [0x1F, 0x8B]) {
      throw FileRefusal(message: "is compressed, expected CSV", hint: "unpack it with gunzip")
    } else if pending.starts(with: Array("%PDF".utf8)) {
      throw FileRefusal(message: "is a PDF, expected CSV")
    }
  }

  private mutating func begin(isBig: Bool, dropping count: Int) {
    encoding = .utf16(isBig: isBig)
    pending.removeFirst(count)
    note = "the file is UTF-16 and was decoded"
  }

  private mutating func readBytes(upTo count: Int) throws(FileRefusal) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count, !isAtEnd {
      // The buffer is ours and `count - filled` bytes of it are free.
      let got = unsafe bytes.withUnsafeMutableBytes { all in
        unsafe read(file, all.baseAddress.map { unsafe $0 + filled }, all.count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw FileRefusal(message: "cannot be read: " + Self.reason(errno)) }
      if got == 0 { isAtEnd = true }
      filled += got
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// Appends the next piece; false at the end.
  mutating func append(to buffer: inout [UInt8], about count: Int) throws(FileRefusal) -> Bool {
    var piece = pending
    pending = []
    piece += try readBytes(upTo: count)
    guard !piece.isEmpty else { return false }
    guard case .utf16(let isBig) = encoding else {
      buffer += piece
      return true
    }
    decode(piece, isBig: isBig, to: &buffer)
    return true
  }

  /// Decodes whole units; half of a pair at the end waits for the next piece.
  private mutating func decode(_ piece: [UInt8], isBig: Bool, to buffer: inout [UInt8]) {
    func unit(_ at: Int) -> UInt32 {
      let (a, b) = (UInt32(piece[at]), UInt32(piece[at + 1]))
      return isBig ? a << 8 | b : b << 8 | a
    }
    var at = 0
    while at + 1 < piece.count {
      var code = unit(at)
      var width = 2
      if (0xD800..<0xDC00).contains(code) {
        guard at + 3 < piece.count || isAtEnd else { break }
        let low = at + 3 < piece.count ? unit(at + 2) : 0
        if (0xDC00..<0xE000).contains(low) {
          code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
          width = 4
        }
      }
      Self.append(code, to: &buffer)
      at += width
    }
    if !isAtEnd { pending = Array(piece[at...]) }
  }

  private static func append(_ code: UInt32, to buffer: inout [UInt8]) {
    let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
    if scalar.value < 0x80 {
      buffer.append(UInt8(scalar.value))
    } else {
      buffer += Array(String(Character(scalar)).utf8)
    }
  }
}
