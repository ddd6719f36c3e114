import Foundation
import Testing

/// Hostile files, signals and disks: nothing may crash, hang, mix results or leave half of one.
///
/// A quick share by default; with `SWITCHBOARD_LONG` the whole. What once was found has a test of its
/// own elsewhere; here the properties are kept.
@Suite struct FuzzTests {
  private static let isLong = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] != nil

  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The program under a clock: 124 means that it hung.
  private func run(_ words: [String], seconds: Int = 120) throws -> Program.Outcome {
    try Program.run(
      ["\(seconds)", Program.url.path] + words, program: URL(fileURLWithPath: "/usr/bin/timeout"),
      environment: ["SWIFT_BACKTRACE": "enable=no"])
  }

  private static func files(_ folder: String, _ end: String, isDeep: Bool = true) throws -> [String]
  {
    let url = root.appendingPathComponent(folder)
    let names = try FileManager.default.subpathsOfDirectory(atPath: url.path)
    return try names.filter { $0.hasSuffix(end) && (isDeep || !$0.contains("/")) }.sorted().map {
      try String(contentsOf: url.appendingPathComponent($0), encoding: .utf8)
    }
  }

  /// Many broken files in one process; where it ends in another way, those that are to blame.
  private func holds(
    _ command: String, _ texts: [[UInt8]], _ place: Workplace, codes: Set<Int32>
  ) throws {
    for block in stride(from: 0, to: texts.count, by: 50) {
      let paths = try texts[block..<min(block + 50, texts.count)].enumerated().map { number, text in
        let path = place.path("\(command)-\(number).yaml")
        try Data(text).write(to: URL(fileURLWithPath: path))
        return path
      }
      if codes.contains(try run([command] + paths).code) { continue }
      for path in paths {
        let outcome = try run([command, path])
        #expect(
          codes.contains(outcome.code),
          "\(command) ends with \(outcome.code): \(Self.shown(path))")
      }
    }
  }

  private static func shown(_ path: String) -> String {
    (try? Data(contentsOf: URL(fileURLWithPath: path)))?.base64EncodedString() ?? path
  }

  @Test func `broken scenarios are refused or accepted, nothing else`() throws {
    let place = try Workplace()
    var mutation = Mutation(seed: 1)
    let whole = try Self.files("Scenarios", ".yaml", isDeep: false)
    let texts = (0..<(Self.isLong ? 20_000 : 200)).map { mutation.broken(whole[$0 % whole.count]) }
    try holds("validate", texts, place, codes: [0, 3])
  }

  @Test func `broken cases are refused, fail or pass, nothing else`() throws {
    let place = try Workplace()
    var mutation = Mutation(seed: 2)
    let whole = try Self.files("Scenarios/engine", ".yaml")
    let texts = (0..<(Self.isLong ? 20_000 : 200)).map { _ in
      mutation.broken(whole[mutation.below(whole.count)])
    }
    try holds("check", texts, place, codes: [0, 1, 3])
  }

  /// Every key of a schema with the keys that stand beside it.
  private static func keys(_ schema: String) throws -> [(key: String, siblings: Set<String>)] {
    let data = try Data(contentsOf: root.appendingPathComponent(schema))
    var found: [(key: String, siblings: Set<String>)] = []
    func walk(_ value: Any) {
      if let list = value as? [Any] { for item in list { walk(item) } }
      guard let map = value as? [String: Any] else { return }
      if let properties = map["properties"] as? [String: Any] {
        let names = Set(properties.keys)
        for name in names.sorted() { found.append((name, names)) }
      }
      for name in map.keys.sorted() { if let inner = map[name] { walk(inner) } }
    }
    walk(try JSONSerialization.jsonObject(with: data))
    return found
  }

  @Test func `every key of a scenario takes any value or refuses it`() throws {
    try plant("validate", "Scenarios/scenario.schema.json", "Scenarios", codes: [0, 3])
  }

  @Test func `every key of a case takes any value or refuses it`() throws {
    try plant("check", "Scenarios/engine/case.schema.json", "Scenarios/engine", codes: [0, 1, 3])
  }

  private func plant(
    _ command: String, _ schema: String, _ folder: String, codes: Set<Int32>
  ) throws {
    let place = try Workplace()
    var mutation = Mutation(seed: 7)
    let whole = try Self.files(folder, ".yaml", isDeep: command == "check")
    let keys = try Self.keys(schema)
    #expect(keys.count > 50)
    var texts: [[UInt8]] = []
    var planted = Set<String>()
    for (key, siblings) in keys {
      for number in 0..<(Self.isLong ? Mutation.values.count : 2) {
        let chosen = Self.isLong ? number : mutation.below(Mutation.values.count)
        for _ in 0..<20 {
          let text = whole[mutation.below(whole.count)]
          guard
            let broken = mutation.planted(
              key, Mutation.values[chosen], beside: siblings, in: text)
          else { continue }
          texts.append(broken)
          planted.insert(key)
          break
        }
      }
    }
    #expect(planted.count > Set(keys.map(\.key)).count * 3 / 4)
    try holds(command, texts, place, codes: codes)
  }

  @Test func `broken data files are refused or read`() throws {
    let place = try Workplace()
    var mutation = Mutation(seed: 3)
    let data =
      "seconds,arrival\n"
      + (1...60).map { "\($0 * 7 % 50).5,\($0 * 11)" }
      .joined(separator: "\n")
    let scenario = try place.write(
      """
      name: from data
      duration: 10 min
      contacts: {all: {arrivals: {replay: {file: data.csv, column: arrival, unit: s}}}}
      teams:
        all:
          agents: 2
          picks: oldest
          reply_time: {empirical: {file: data.csv, column: seconds, unit: s}}
      """, to: "data.yaml")
    for _ in 0..<(Self.isLong ? 2_000 : 20) {
      let broken = mutation.broken(data)
      try Data(broken).write(to: URL(fileURLWithPath: place.path("data.csv")))
      let outcome = try run([
        "run", scenario, "--replications", "1", "--quiet", "--output", place.path("out"),
      ])
      #expect(
        [0, 3].contains(outcome.code),
        "\(outcome.code) \(outcome.err): \(Data(broken).base64EncodedString())")
    }
  }

  @Test func `scenarios that pass validation run to their end`() throws {
    let place = try Workplace()
    var mutation = Mutation(seed: 4)
    let whole = try Self.files("Scenarios", ".yaml", isDeep: false)
    var ran = 0
    for number in 0..<(Self.isLong ? 3_000 : 60) {
      let text = mutation.broken(whole[number % whole.count], isText: true)
      let path = place.path("maybe.yaml")
      try Data(text).write(to: URL(fileURLWithPath: path))
      guard try run(["validate", path]).code == 0 else { continue }
      let outcome = try run([
        "run", path, "--replications", "1", "--duration", "30 min", "--quiet", "--output",
        place.path("out"),
      ])
      // A change that validation cannot know to be too long for half an hour is refused with its place.
      #expect(
        [0, 3].contains(outcome.code), "\(outcome.code) \(outcome.err): \(Self.shown(path))")
      ran += outcome.code == 0 ? 1 : 0
    }
    #expect(ran > 0)
  }

  @Test func `tampered results are refused or shown`() throws {
    let place = try Workplace()
    let scenario = Self.root.appendingPathComponent("Scenarios/support-desk.yaml").path
    let made = try run([
      "compare", scenario, "--replications", "2", "--duration", "1 h", "--quiet", "--output",
      place.path("r"),
    ])
    #expect(made.code == 0, "\(made.err)")
    let url = URL(fileURLWithPath: place.path("r/result.json"))
    let text = try String(contentsOf: url, encoding: .utf8)
    var mutation = Mutation(seed: 5)
    for _ in 0..<(Self.isLong ? 3_000 : 30) {
      let broken = mutation.tampered(text)
      try Data(broken).write(to: url)
      let outcome = try run(["report", place.path("r")])
      if [0, 3].contains(outcome.code) { continue }
      Issue.record("\(outcome.code) \(outcome.err.prefix(300)); \(mutation.last)")
    }
  }

  @Test func `a signal at any instant leaves a whole result or none`() throws {
    let place = try Workplace()
    let scenario = Self.root.appendingPathComponent("Scenarios/support-desk.yaml").path
    var mutation = Mutation(seed: 6)
    for number in 0..<(Self.isLong ? 240 : 6) {
      let out = place.path("signal-\(number)")
      let wait = Double(mutation.below(3_000)) / 1_000
      let signal = ["INT", "TERM", "KILL"][mutation.below(3)]
      let outcome = try Program.run(
        [
          "-s", signal, "\(wait)", Program.url.path, "compare", scenario, "--replications", "6",
          "--quiet", "--output", out,
        ], program: URL(fileURLWithPath: "/usr/bin/timeout"))
      // 124 and 137: the clock's own words for a signal that it sent.
      #expect(
        [0, 9, 124, 130, 137].contains(outcome.code), "\(signal) at \(wait) s: \(outcome.code)")
      guard FileManager.default.fileExists(atPath: out) else { continue }
      let names = try FileManager.default.contentsOfDirectory(atPath: out)
      for name in ["manifest.json", "result.json", "summary.csv", "index.html"] {
        #expect(names.contains(name), "\(signal) at \(wait) s: \(names)")
      }
      #expect(try run(["report", out]).code == 0, "\(signal) at \(wait) s")
    }
  }

  @Test func `a disk that is full after any number of bytes leaves no result`() throws {
    let place = try Workplace()
    let scenario = Self.root.appendingPathComponent("Scenarios/support-desk.yaml").path
    // In blocks of 512 bytes; the largest file is some 100 kB.
    for (number, blocks) in (Self.isLong ? Array(0..<120) : [0, 3, 40]).enumerated() {
      let out = place.path("full-\(number)")
      let outcome = try Program.run(
        [
          "-c", "trap '' XFSZ; ulimit -f \(blocks); exec \"$@\"", "sh", Program.url.path, "run",
          scenario, "--replications", "2", "--quiet", "--output", out,
        ], program: URL(fileURLWithPath: "/bin/sh"))
      #expect(outcome.code == 4 || blocks > 100 && outcome.code == 0, "\(blocks): \(outcome.code)")
      #expect(outcome.code == 0 || !FileManager.default.fileExists(atPath: out), "\(blocks)")
    }
  }
}
