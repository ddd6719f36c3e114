import Glibc

/// Reads a file that must be a regular one of at most `limit` bytes; its own links are followed if wanted.
///
/// The check and the reading use one descriptor, opened without blocking, so a named pipe or a
/// device is refused instead of waited for, and nothing can be exchanged in between.
public func readRegularFile(
  _ path: String, limit: Int, followsLinks: Bool = true
) throws(FileProblem) -> [UInt8] {
  guard !path.utf8.contains(0) else { throw .cannotOpen("the name contains a NUL character") }
  let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLinks ? 0 : O_NOFOLLOW)
  let descriptor = unsafe open(path, flags)
  guard descriptor >= 0 else {
    if errno == ENOENT { throw .missing }
    throw errno == ELOOP && !followsLinks ? .notRegular : .cannotOpen(systemMessage(errno))
  }
  defer { close(descriptor) }
  var status = stat()
  guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotOpen(systemMessage(errno)) }
  guard status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
  guard status.st_size <= limit else { throw .tooLarge(Int(status.st_size)) }
  return try readAll(descriptor, expecting: Int(status.st_size), limit: limit)
}

private func readAll(
  _ descriptor: Int32, expecting size: Int, limit: Int
) throws(FileProblem) -> [UInt8] {
  var bytes = [UInt8](repeating: 0, count: size + 1)
  var filled = 0
  while true {
    if filled == bytes.count { bytes.append(contentsOf: [UInt8](repeating: 0, count: 65_536)) }
    // The buffer is ours and `count - filled` bytes of it are free.
    let got = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe read(descriptor, buffer.baseAddress.map { unsafe $0 + filled }, buffer.count - filled)
    }
    if got < 0, errno == EINTR { continue }
    guard got >= 0 else { throw .cannotOpen(systemMessage(errno)) }
    if got == 0 { break }
    filled += got
    guard filled <= limit else { throw .tooLarge(filled) }
  }
  bytes.removeLast(bytes.count - filled)
  return bytes
}

/// The path with every symbolic link resolved; nil if nothing is there.
public func resolvedPath(_ path: String) -> String? {
  guard !path.utf8.contains(0), let resolved = unsafe realpath(path, nil) else { return nil }
  defer { unsafe free(resolved) }
  return unsafe String(cString: resolved)
}

/// Whether a file and no folder or device is there.
func isRegularFile(_ path: String) -> Bool {
  var facts = stat()
  return unsafe stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFREG
}

/// Why a file could not be read.
public enum FileProblem: Error {
  /// Nothing is there.
  case missing
  /// The system does not give it, for this reason.
  case cannotOpen(String)
  /// It is a folder, a device or a pipe.
  case notRegular
  /// It has so many bytes, or so many at least.
  case tooLarge(Int)
}

private func systemMessage(_ code: Int32) -> String {
  switch code {
  case EACCES, EPERM: "reading it is not permitted"
  case EISDIR: "it is a folder"
  case ELOOP: "its symbolic links go round in a circle"
  default: unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
  }
}
