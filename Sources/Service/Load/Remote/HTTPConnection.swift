import Glibc

/// Where a service is: `http://127.0.0.1:8080`, perhaps with the path of a workspace.
public struct ServiceAddress: Sendable, Equatable {
  /// The host, without brackets.
  public let host: String
  /// The port.
  public let port: UInt16
  /// What stands before `/events`: `/v1`, or `/v1/workspaces/NAME`.
  public let base: String

  /// Reads an address; nil if it is none that can be spoken to.
  public init?(_ text: String) {
    guard text.hasPrefix("http://") else { return nil }
    let rest = text.dropFirst(7)
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    var name = rest[..<slash]
    var path = rest[slash...]
    while path.last == "/" { path.removeLast() }
    base = path.isEmpty ? "/v1" : String(path)
    var number: UInt16? = 80
    if let colon = name.lastIndex(of: ":"), !name.hasSuffix("]") {
      number = UInt16(name[name.index(after: colon)...])
      name = name[..<colon]
    }
    if name.hasPrefix("["), name.hasSuffix("]") { name = name.dropFirst().dropLast() }
    guard let number, !name.isEmpty, base.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return nil
    }
    host = String(name)
    port = number
  }

  /// The host as the header names it.
  var header: String { (host.contains(":") ? "[\(host)]" : host) + ":\(port)" }
}

/// A connection of a client that waits for each answer before it asks again.
final class HTTPConnection {
  struct Answer {
    var status: Int
    var body: [UInt8]
  }

  private let address: ServiceAddress
  private let token: String?
  private var socket: Int32 = -1
  private var received: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 65_536)

  init(_ address: ServiceAddress, token: String?) {
    self.address = address
    self.token = token
  }

  deinit { disconnect() }

  func disconnect() {
    if socket >= 0 { close(socket) }
    socket = -1
    received = []
  }

  /// Connects; false if nobody listens there.
  func connect() -> Bool {
    disconnect()
    var hints = unsafe addrinfo()
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    guard unsafe getaddrinfo(address.host, "\(address.port)", &hints, &found) == 0 else {
      return false
    }
    defer { unsafe freeaddrinfo(found) }
    var next = unsafe found
    while let info = unsafe next {
      let made = unsafe Glibc.socket(
        info.pointee.ai_family, info.pointee.ai_socktype, info.pointee.ai_protocol)
      if made >= 0 {
        if unsafe Glibc.connect(made, info.pointee.ai_addr, info.pointee.ai_addrlen) == 0 {
          socket = made
          var one: Int32 = 1
          _ = unsafe setsockopt(made, Int32(IPPROTO_TCP), TCP_NODELAY, &one, 4)
          limit(seconds: 30)
          return true
        }
        close(made)
      }
      unsafe next = info.pointee.ai_next
    }
    return false
  }

  /// How long an answer is waited for.
  func limit(seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    _ = unsafe setsockopt(
      socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  /// Asks and waits for the answer; nil if the connection broke, which it is then.
  func ask(_ method: String, _ path: String, body: [UInt8] = [], key: String? = nil) -> Answer? {
    if socket < 0, !connect() { return nil }
    var head = "\(method) \(path) HTTP/1.1\r\nHost: \(address.header)\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    if method == "POST" {
      head += "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n"
    }
    if let key { head += "Idempotency-Key: \(key)\r\n" }
    head += "\r\n"
    guard send(Array(head.utf8) + body), let answer = answer() else {
      disconnect()
      return nil
    }
    return answer
  }

  private func send(_ bytes: [UInt8]) -> Bool {
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { all in
        unsafe Glibc.send(
          socket, all.baseAddress.map { unsafe $0 + sent }, all.count - sent, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  /// Reads some more; false at the end or when nothing comes.
  private func read() -> Bool {
    while true {
      let count = unsafe buffer.withUnsafeMutableBytes { all in
        unsafe recv(socket, all.baseAddress, all.count, 0)
      }
      if count < 0, errno == EINTR { continue }
      isBroken = count == 0 || count < 0 && errno != EAGAIN
      guard count > 0 else { return false }
      received.append(contentsOf: buffer[..<count])
      return true
    }
  }

  private func answer() -> Answer? {
    var searched = 0
    while true {
      if let end = Self.headEnd(received, from: max(0, searched - 3)) {
        guard let status = Self.status(received[..<end]) else { return nil }
        let length = Self.length(received[..<end]) ?? 0
        guard length >= 0, length <= 1 << 28 else { return nil }
        while received.count < end + 4 + length { guard read() else { return nil } }
        let body = Array(received[(end + 4)..<(end + 4 + length)])
        received.removeFirst(end + 4 + length)
        return Answer(status: status, body: body)
      }
      searched = received.count
      guard searched < 1 << 20, read() else { return nil }
    }
  }

  /// The status of a head: `HTTP/1.1 200 ...`.
  private static func status(_ head: ArraySlice<UInt8>) -> Int? {
    guard head.count >= 12, head.starts(with: "HTTP/1.".utf8) else { return nil }
    return number(head.dropFirst(9).prefix(3))
  }

  /// The length of the body that a head tells.
  private static func length(_ head: ArraySlice<UInt8>) -> Int? {
    let name = Array("content-length:".utf8)
    var place = head.startIndex
    while let line = head[place...].firstIndex(of: 10) {
      place = line + 1
      guard head.endIndex - place > name.count else { return nil }
      if zip(head[place...], name).allSatisfy({ $0 | 0x20 == $1 || $0 == $1 }) {
        return number(head[(place + name.count)...].drop { $0 == 0x20 }.prefix { $0 > 0x20 })
      }
    }
    return nil
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard !digits.isEmpty, digits.count < 16 else { return nil }
    return digits.reduce(0) { (sum: Int?, byte) in
      byte &- 0x30 < 10 ? sum.map { $0 * 10 + Int(byte &- 0x30) } : nil
    }
  }

  /// Where the head of an answer ends.
  private static func headEnd(_ bytes: [UInt8], from start: Int) -> Int? {
    var place = start
    while place + 3 < bytes.count {
      if bytes[place] == 13, bytes[place + 1] == 10, bytes[place + 2] == 13,
        bytes[place + 3] == 10
      {
        return place
      }
      place += 1
    }
    return nil
  }

  // MARK: - Events

  /// Whether the other side is gone, and not merely silent.
  private(set) var isBroken = false

  /// Begins to follow events; false if the service does not answer so.
  func follow(_ path: String) -> Bool {
    guard connect() else { return false }
    var head = "GET \(path) HTTP/1.1\r\nHost: \(address.header)\r\nAccept: text/event-stream\r\n"
    if let token { head += "Authorization: Bearer \(token)\r\n" }
    guard send(Array((head + "\r\n").utf8)) else { return false }
    while Self.headEnd(received, from: 0) == nil { guard read() else { return false } }
    return String(decoding: received.prefix(12), as: UTF8.self) == "HTTP/1.1 200"
  }

  /// The next event's data; nil at the end, or when nothing comes for as long as an answer is waited for.
  func nextEvent() -> [UInt8]? {
    while true {
      if let end = received.firstIndex(of: 10) {
        let line = Array(received[..<end])
        received.removeFirst(end + 1)
        if line.starts(with: Array("data: ".utf8)) { return Array(line.dropFirst(6)) }
      } else {
        guard read() else { return nil }
      }
    }
  }
}
