import Foundation
import Glibc
import Synchronization
import Testing
import VirtualTime

@testable import Service

/// A served desk: the small desk's scenario, the built program, and how it is asked.
final class ServedDesk: @unchecked Sendable {
  let program: BuiltProgram
  let port: UInt16
  let token: String?

  struct DidNotStart: Error, CustomStringConvertible {
    var description: String
  }

  /// Starts `serve` with these words on a port that is free, and waits until it listens.
  init(_ words: [String], environment: [String: String] = [:], token: String? = nil) throws {
    let program = try BuiltProgram(
      ["serve"] + words + ["--port", "0"], environment: environment)
    self.program = program
    self.token = token
    _ = waits(20) { !program.isRunning || program.out.contains("\n") }
    guard let line = program.out.split(separator: "\n").first,
      line.hasPrefix("listening on http://"),
      let number = line.split(separator: " ")[2].split(separator: ":").last,
      let port = UInt16(number)
    else {
      throw DidNotStart(description: "serve did not listen: \(program.out)\(program.err)")
    }
    self.port = port
  }

  /// Serves the small desk.
  convenience init(_ desk: TestDesk, _ words: String...) throws {
    try self.init([desk.scenarioFile, "--journal", desk.journal, "--sync", "off"] + words)
  }

  var url: String { "http://127.0.0.1:\(port)" }

  func connection() throws -> HTTPConnection {
    HTTPConnection(try #require(ServiceAddress(url)), token: token)
  }

  /// Asks over a connection of its own.
  func ask(
    _ method: String, _ path: String, body: String = "", key: String? = nil
  ) throws -> (status: Int, text: String) {
    let answer = try #require(
      try connection().ask(method, path, body: Array(body.utf8), key: key),
      "\(method) \(path) was not answered: \(program.err)")
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }

  func post(_ body: String, key: String? = nil) throws -> (status: Int, text: String) {
    try ask("POST", "/v1/events", body: body, key: key)
  }

  /// Looks at everything for what must not be.
  func expectSound(_ path: String = "/v1/check") throws {
    let answer = try ask("GET", path)
    #expect(answer.status == 200)
    #expect(answer.text == #"{"holds":true,"violations":[]}"#)
  }

  /// Ends it as a user does.
  @discardableResult
  func end(_ signal: Int32 = SIGTERM) -> BuiltProgram.Outcome {
    program.send(signal)
    return program.outcome()
  }

  /// Its memory that is not on disk, in bytes.
  var residentBytes: Int {
    let text = (try? String(contentsOfFile: "/proc/\(program.pid)/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}

extension TestDesk {
  var scenarioFile: String { path("scenario.yaml") }
}

/// JSON as Foundation reads it, which knows nothing of ours.
func foundationJSON(_ text: String) throws -> [String: Any] {
  let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
  return try #require(value as? [String: Any])
}

/// Does something in several threads and waits for all.
func inThreads(_ count: Int, _ work: @escaping @Sendable (Int) -> Void) {
  let threads = (0..<count).map { number in SystemThread { work(number) } }
  for thread in threads { thread.join() }
}

/// A count that several threads add to.
final class SharedCount: Sendable {
  private let count = Mutex(0)
  func add(_ more: Int) { count.withLock { $0 += more } }
  var value: Int { count.withLock { $0 } }
}

/// Numbers that several threads note.
final class Samples: Sendable {
  private let numbers = Mutex<[Int]>([])
  func add(_ number: Int) { numbers.withLock { $0.append(number) } }
  var all: [Int] { numbers.withLock { $0 } }
}

/// What several threads complain about.
final class Complaints: Sendable {
  private let texts = Mutex<[String]>([])
  func add(_ more: [String]) { texts.withLock { $0 += more } }
  var all: [String] { texts.withLock { $0 } }
}
