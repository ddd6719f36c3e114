import Experiments
import Foundation
import Glibc

@testable import Console
@testable import Web

/// A page of a folder with some scenarios, served in this process, and a client that speaks plain HTTP with it.
final class ServedPage {
  let folder: URL
  let console: Console
  let server: WebServer
  let token: String

  /// The same folder on the same port by a program that was started anew: another token, nothing open.
  init(after page: ServedPage) throws {
    folder = page.folder
    token = "fedcba9876543210"
    (console, server) = try Self.serve(
      folder, nil, token, port: page.server.port, page.console.surroundings.cache,
      page.console.surroundings.end)
  }

  private static func serve(
    _ folder: URL, _ file: String?, _ token: String, port: UInt16, _ cache: RunCache, _ end: Int
  ) throws -> (Console, WebServer) {
    guard
      let console = Console(
        Console.Settings(folder: folder.path, file: file, threads: 2, version: "test"),
        cache: cache, end: end)
    else { throw Missing() }
    return (
      console, try WebServer(Console.settings(port: port, token: token), routes: console.routes)
    )
  }

  /// `cache`: runs that others made, where it is not the runs that a test is about; they end at `end` by themselves.
  init(
    _ files: [String: String] = [:], file: String? = nil, cache: RunCache = RunCache(),
    end: Int = Looks(asked: nil).usualEnd
  ) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "page-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      let place = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: place, atomically: true, encoding: .utf8)
    }
    token = "0123456789abcdef"
    (console, server) = try Self.serve(folder, file, token, port: 0, cache, end)
  }

  struct Missing: Error {}

  deinit {
    console.end()
    server.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  var cookie: String { "switchboard-\(server.port)=\(token)" }

  /// What came back.
  struct Answer {
    var status: Int
    var head: String
    var body: String

    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
    }
  }

  /// Asks as the page does; `headers` replace those that a browser would send.
  func ask(
    _ method: String, _ path: String, _ body: String = "", headers: [String]? = nil
  ) -> Answer {
    let own = "127.0.0.1:\(server.port)"
    let lines =
      ["\(method) \(path) HTTP/1.1"]
      + (headers ?? ["Host: \(own)", "Origin: http://\(own)", "Cookie: \(cookie)"])
      + ["Connection: close", "Content-Length: \(body.utf8.count)", "", ""]
    return Self.answer(of: send(lines.joined(separator: "\r\n") + body))
  }

  private static func answer(of text: String) -> Answer {
    let parts = text.split(separator: "\r\n\r\n", maxSplits: 1, omittingEmptySubsequences: false)
    let head = String(parts.first ?? "")
    let status = head.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return Answer(status: status, head: head, body: parts.count > 1 ? String(parts[1]) : "")
  }

  /// Sends a text as it is and reads until the other end closes.
  func send(_ text: String) -> String {
    guard let socket = connected() else { return "" }
    defer { close(socket) }
    Self.write(Array(text.utf8), to: socket)
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Follows the events of a sitting until `isEnough` or the time is over; true if it was enough.
  func follow(
    _ sitting: String, seconds: Double = 60, until isEnough: ([String: Any]) -> Bool
  ) -> Bool {
    guard let socket = connected() else { return false }
    defer { close(socket) }
    let request =
      "GET /v1/sittings/\(sitting)/events HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\nCookie: \(cookie)\r\n\r\n"
    Self.write(Array(request.utf8), to: socket)
    var waiting = ""
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      let count = recv(socket, &buffer, buffer.count, 0)
      guard count > 0 else { return false }
      waiting += String(decoding: buffer[..<count], as: UTF8.self)
      while let stop = waiting.range(of: "\n\n") {
        let event = waiting[..<stop.lowerBound]
        waiting = String(waiting[stop.upperBound...])
        guard let start = event.range(of: "data: ") else { continue }
        let text = event[start.upperBound...].split(separator: "\r\n").first.map(String.init) ?? ""
        let found = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        if let found, isEnough(found) { return true }
      }
    }
    return false
  }

  private func connected() -> Int32? {
    let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = server.port.bigEndian
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr)
    let result = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    var limit = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    guard result == 0 else {
      close(socket)
      return nil
    }
    return socket
  }

  private static func write(_ bytes: [UInt8], to socket: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

/// The shipped scenarios, from the checkout.
enum Shipped {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Scenarios")

  /// Every scenario's path and text, in order; case files of the engine are none.
  static let all: [(path: String, text: String)] = {
    let found =
      FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.hasSuffix(".yaml") && !$0.hasPrefix("engine/") }.sorted().compactMap {
      path in
      (try? String(contentsOf: folder.appending(path: path), encoding: .utf8)).map { (path, $0) }
    }
  }()

  static func text(_ path: String) -> String { all.first { $0.path == path }?.text ?? "" }
}
