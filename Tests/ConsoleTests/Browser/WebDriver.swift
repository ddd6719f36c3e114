import Foundation
import Glibc

/// A session of Chromium without a window, driven by chromedriver: JSON over plain HTTP (W3C WebDriver).
final class WebDriver: @unchecked Sendable {
  static let chromium = [
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome",
  ].first { FileManager.default.isExecutableFile(atPath: $0) }
  static let chromedriver = ["/usr/bin/chromedriver", "/usr/local/bin/chromedriver"]
    .first { FileManager.default.isExecutableFile(atPath: $0) }
  static let isInstalled = chromium != nil && chromedriver != nil

  /// One session for all tests, as its start takes a second; it ends with the process.
  static let shared: Result<WebDriver, any Error> = Result {
    let driver = try WebDriver()
    atexit { if case .success(let driver) = WebDriver.shared { driver.end() } }
    return driver
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let program = Process()
  /// Closed by the end of this process, however it ends: then the shell below ends chromedriver.
  private let life = Pipe()
  private let port: UInt16
  private var session = ""

  private init() throws {
    port = try Self.freePort()
    program.executableURL = URL(filePath: "/bin/sh")
    program.arguments = [
      "-c", "\"$0\" --port=\"$1\" & child=$!; cat; kill $child", Self.chromedriver ?? "", "\(port)",
    ]
    program.standardInput = life
    program.standardOutput = FileHandle.nullDevice
    program.standardError = FileHandle.nullDevice
    try program.run()
    let end = Date().addingTimeInterval(30)
    while (try? request("GET", "/status")) == nil {
      guard Date() < end else { throw Failure(description: "chromedriver does not answer") }
      usleep(20_000)
    }
    // By the pipe, Chromium ends when chromedriver does.
    let arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
      "--remote-debugging-pipe", "--window-size=1400,900",
    ]
    let wanted: [String: Any] = [
      "browserName": "chrome", "goog:loggingPrefs": ["browser": "ALL"],
      "goog:chromeOptions": ["binary": Self.chromium ?? "", "args": arguments],
    ]
    let found = try request("POST", "/session", ["capabilities": ["alwaysMatch": wanted]])
    guard let id = (found as? [String: Any])?["sessionId"] as? String else {
      throw Failure(description: "no session: \(found)")
    }
    session = id
  }

  private func end() {
    _ = try? request("DELETE", "/session/\(session)")
    try? life.fileHandleForWriting.close()
    program.waitUntilExit()
  }

  /// Asks something of the session.
  @discardableResult
  func ask(_ method: String, _ path: String, _ body: [String: Any] = [:]) throws -> Any {
    try request(method, "/session/\(session)\(path)", body)
  }

  /// A command of the protocol of Chromium's own tools.
  @discardableResult
  func command(_ name: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    let found = try ask("POST", "/goog/cdp/execute", ["cmd": name, "params": parameters])
    return found as? [String: Any] ?? [:]
  }

  // MARK: - HTTP

  private func request(_ method: String, _ path: String, _ body: [String: Any] = [:]) throws -> Any
  {
    let sent =
      method == "POST" ? try JSONSerialization.data(withJSONObject: body) : Data()
    let head =
      "\(method) \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nContent-Type: application/json\r\n"
      + "Connection: close\r\nContent-Length: \(sent.count)\r\n\r\n"
    let answer = try exchange(Array(head.utf8) + Array(sent))
    guard let start = answer.firstRange(of: Data("\r\n\r\n".utf8)) else {
      throw Failure(description: "no answer to \(path)")
    }
    let json = try JSONSerialization.jsonObject(with: answer[start.upperBound...])
    let value = (json as? [String: Any])?["value"] ?? NSNull()
    if let problem = value as? [String: Any], let error = problem["error"] as? String {
      throw Failure(description: "\(path): \(error): \(problem["message"] ?? "")")
    }
    return value
  }

  private func exchange(_ bytes: [UInt8]) throws -> Data {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = Self.address(port)
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard result == 0 else { throw Failure(description: "chromedriver is gone") }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure(description: "chromedriver does not listen") }
      rest = rest.dropFirst(count)
    }
    var answer = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return answer }
      answer.append(contentsOf: buffer[..<count])
      if Self.isWhole(answer) { return answer }
    }
  }

  /// Whether as much has come as the head promises.
  private static func isWhole(_ answer: Data) -> Bool {
    guard let start = answer.firstRange(of: Data("\r\n\r\n".utf8)) else { return false }
    let head = String(decoding: answer[..<start.lowerBound], as: UTF8.self).lowercased()
    guard let length = head.firstMatch(of: /content-length: *(\d+)/).flatMap({ Int($0.1) }) else {
      return false
    }
    return answer.distance(from: start.upperBound, to: answer.endIndex) >= length
  }

  private static func address(_ port: UInt16) -> sockaddr_in {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    return address
  }

  private static func freePort() throws -> UInt16 {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = address(0)
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isNamed = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
      }
    }
    guard isNamed else { throw Failure(description: "no port is free") }
    return UInt16(bigEndian: address.sin_port)
  }
}
