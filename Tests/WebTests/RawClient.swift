import Glibc

/// A connection that sends whatever bytes it is told to, and reads whatever comes.
final class RawClient: @unchecked Sendable {
  let socket: Int32

  init?(port: UInt16) {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard connected == 0 else {
      close(socket)
      return nil
    }
    var one: Int32 = 1
    setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
    timeout(seconds: 10)
  }

  deinit { close(socket) }

  func timeout(seconds: Int) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  }

  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = bytes[sent...].withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// What comes next; empty at the end, nil when nothing comes in time.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = recv(socket, &buffer, buffer.count, 0)
    if count < 0 { return errno == EAGAIN ? nil : [] }
    return Array(buffer.prefix(count))
  }

  private var rest: [UInt8] = []

  struct Answer {
    var status: Int
    var head: String
    var body: String
  }

  /// Reads one answer of a known length.
  func answer() -> Answer? {
    while true {
      if let end = Self.find([13, 10, 13, 10], in: rest) {
        let head = String(decoding: rest[..<end], as: UTF8.self)
        let length =
          head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
          .flatMap { Int($0.dropFirst(15).drop { $0 == " " }) } ?? 0
        if rest.count >= end + 4 + length {
          let body = String(decoding: rest[(end + 4)..<(end + 4 + length)], as: UTF8.self)
          rest.removeFirst(end + 4 + length)
          let status = Int(head.split(separator: " ").dropFirst().first ?? "") ?? 0
          return Answer(status: status, head: head, body: body)
        }
      }
      guard let more = read(), !more.isEmpty else { return nil }
      rest += more
    }
  }

  /// Reads until a text has come, or nothing comes any more.
  func text(until wanted: String) -> String {
    var all = String(decoding: rest, as: UTF8.self)
    rest = []
    while !all.contains(wanted), let more = read(), !more.isEmpty {
      all += String(decoding: more, as: UTF8.self)
    }
    return all
  }

  /// Whether the other side closes within the time that reading waits.
  func isClosedByOther() -> Bool {
    while let more = read() { if more.isEmpty { return true } }
    return false
  }

  private static func find(_ mark: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= mark.count else { return nil }
    return (0...(bytes.count - mark.count)).first { Array(bytes[$0..<($0 + mark.count)]) == mark }
  }
}
