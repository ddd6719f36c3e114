import Foundation
import Glibc

/// Whether the long versions of tests are wanted.
let isLongServing = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] == "1"

/// The built program as a child, which never outlives this object.
final class BuiltProgram: @unchecked Sendable {
  private let process = Process()
  private let folder: URL
  private let outFile: URL
  private let errFile: URL

  /// The test bundle lies beside the program that was built with it.
  private static let url: URL = {
    let own = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    return own.deletingLastPathComponent().appendingPathComponent("switchboard")
  }()

  /// How it came out.
  struct Outcome: Sendable {
    /// The exit code, or minus the signal; nil if it had to be killed because it did not end.
    var code: Int32?
    var out: String
    var err: String
  }

  /// Starts it; held to the rights of files even if its user is the one who may do everything.
  init(
    _ words: [String], environment: [String: String] = [:], isHeldToRights: Bool = false
  ) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("switchboard-served-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    outFile = folder.appendingPathComponent("out")
    errFile = folder.appendingPathComponent("err")
    for file in [outFile, errFile] { try Data().write(to: file) }
    if isHeldToRights, getuid() == 0 {
      process.executableURL = URL(filePath: "/usr/bin/setpriv")
      process.arguments = ["--bounding-set=-all", "--inh-caps=-all", Self.url.path] + words
    } else {
      process.executableURL = Self.url
      process.arguments = words
    }
    process.environment = [
      "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ].merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: outFile)
    process.standardError = try FileHandle(forWritingTo: errFile)
    try process.run()
  }

  deinit {
    kill()
    try? FileManager.default.removeItem(at: folder)
  }

  var pid: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }
  var out: String { (try? String(contentsOf: outFile, encoding: .utf8)) ?? "" }
  var err: String { (try? String(contentsOf: errFile, encoding: .utf8)) ?? "" }

  /// Sends a signal.
  func send(_ signal: Int32) { if process.isRunning { Glibc.kill(pid, signal) } }

  /// Kills it as nobody can prevent, and waits until it is gone.
  func kill() {
    send(SIGKILL)
    while process.isRunning { usleep(500) }
  }

  /// Waits for its end, and kills it if that takes too long.
  func outcome(within seconds: Double = 20) -> Outcome {
    let isOver = waits(seconds) { !self.process.isRunning }
    kill()
    let isSignal = process.terminationReason == .uncaughtSignal
    return Outcome(
      code: isOver ? (isSignal ? -process.terminationStatus : process.terminationStatus) : nil,
      out: out, err: err)
  }

  /// Runs it to its end.
  static func run(
    _ words: String..., environment: [String: String] = [:], within seconds: Double = 20
  ) throws -> Outcome {
    try BuiltProgram(words, environment: environment).outcome(within: seconds)
  }
}

/// Waits until something holds; false if it does not in time.
func waits(_ seconds: Double, until holds: () -> Bool) -> Bool {
  let end = steadySeconds() + seconds
  while !holds() {
    if steadySeconds() > end { return false }
    usleep(1_000)
  }
  return true
}

/// Seconds of a clock that nobody sets.
func steadySeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Numbers of chance that a seed gives again (SplitMix64).
struct ServedDice: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed &>> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed &>> 31
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
