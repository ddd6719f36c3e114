import Foundation
import Testing

/// `--shard`, `merge` and `submit` as a user calls them: many machines write what one writes.
@Suite struct `Runs of many machines` {
  private let desk: SmallDesk
  private var folder: URL { desk.folder }
  private var scenario: String { desk.scenario }

  init() throws {
    desk = try SmallDesk(SmallDesk.text.replacing("replications: 3", with: "replications: 5"))
  }

  private func path(_ name: String) -> String { desk.path(name) }

  private func clean() { desk.clean() }

  private func files(_ name: String) throws -> [String: Data] { try desk.files(name) }

  private func share(
    _ words: [String], _ share: Int, of count: Int, round: Int = 1
  ) throws -> Program.Outcome {
    try Program.run(
      words + [
        "--shard", "\(share)/\(count)", "--round", "\(round)", "--output", path("shares"),
        "--quiet",
      ])
  }

  private func merge(_ words: String...) throws -> Program.Outcome {
    try Program.run(
      ["merge", path("shares"), "--output", path("merged"), "--quiet"] + words)
  }

  /// Does it on one machine, and in shares round after round until they are enough; gives the number of rounds.
  private func compare(_ words: [String], shares: Int) throws -> Int {
    let alone = try Program.run(words + ["--output", path("alone"), "--quiet"])
    #expect(alone.code == 0, "\(alone.err)")
    for round in 1...40 {
      for number in 1...shares {
        let found = try share(words, number, of: shares, round: round)
        #expect(found.code == 0, "\(found.err)")
      }
      let merged = try merge()
      let next = path("shares") + "/next-round"
      guard merged.code == 0 else {
        #expect(merged.code == 3, "\(merged.err)")
        try #require(FileManager.default.fileExists(atPath: next), "\(merged.err)")
        try #require(
          try String(contentsOfFile: next, encoding: .utf8) == "\(round + 1)\n", "\(merged.err)")
        continue
      }
      #expect(!FileManager.default.fileExists(atPath: next))
      let (one, other) = (try files("alone"), try files("merged"))
      #expect(one.keys.sorted() == other.keys.sorted())
      for (name, data) in one { #expect(other[name] == data, "\(name) differs") }
      return round
    }
    throw CancellationError()
  }

  @Test(arguments: [
    ["compare", "--replications", "7", "--seed", "12"], ["compare", "--all-pairs", "--robust"],
    ["compare", "--best-of", "first_response.mean", "--indifference", "20%"],
    ["compare", "--independent-streams", "--set", "agents=4"], ["run"],
    ["run", "--strategies", "fewest,in turn", "--seed", "9"],
    ["sweep", "--vary", "agents=2..4", "--vary", "logic=round_robin,least_open"],
    ["sweep", "--vary", "agents=3,4", "--replications", "2", "--metric", "reassigned"],
  ])
  func `write what one machine writes`(words: [String]) throws {
    defer { clean() }
    let rounds = try compare([words[0], scenario] + words.dropFirst(), shares: 3)
    // Each other world of --robust is a round of its own.
    #expect(rounds == (words.contains("--robust") ? 6 : 1))
  }

  @Test func `stop where a precision is reached, as one machine does`() throws {
    defer { clean() }
    let words = [
      "compare", scenario, "--precision", "4%", "--replications", "70", "--set",
      "goals=[first_response.mean <= 5 min]",
    ]
    #expect(try compare(words, shares: 2) > 1)
  }

  @Test(arguments: [
    ["--vary", "agents=1..8", "--replications", "40"],
    ["--vary", "agents=1..6", "--by", "hour", "--replications", "5"],
  ])
  func `plan as one machine does, round by round`(words: [String]) throws {
    defer { clean() }
    #expect(try compare(["plan", scenario] + words, shares: 2) > 2)
  }

  @Test func `tell the stories that one machine tells`() throws {
    defer { clean() }
    // A block of a hundred seeds for one share, the seed after them for the other.
    #expect(try compare(["fuzz", "--seeds", "11..111"], shares: 2) == 1)
    // About a scenario, with one share more than there are blocks of seeds.
    try FileManager.default.removeItem(at: folder.appendingPathComponent("shares"))
    for name in ["alone", "merged"] {
      try FileManager.default.removeItem(at: folder.appendingPathComponent(name))
    }
    #expect(try compare(["fuzz", scenario, "--seeds", "1..20"], shares: 2) == 1)
  }

  @Test func `make a share once, and say where it is`() throws {
    defer { clean() }
    let words = ["compare", scenario]
    let first = try share(words, 2, of: 3)
    #expect(first.code == 0)
    let file = path("shares") + "/round-1-share-2-of-3.part"
    #expect(first.out == "share 2 of 3: 3 runs of 10 in \(file)\n")
    let date = try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date
    let again = try share(words, 2, of: 3)
    #expect(again.out == "share 2 of 3 is there already: \(file)\n")
    #expect(
      try FileManager.default.attributesOfItem(atPath: file)[.modificationDate] as? Date == date)
    // A damaged one is made again.
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    try Data(whole.prefix(whole.count - 1)).write(to: URL(fileURLWithPath: file))
    #expect(try share(words, 2, of: 3).out.hasPrefix("share 2 of 3: 3 runs"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == whole)
  }

  @Test func `are refused by name where they do not belong together`() throws {
    defer { clean() }
    for number in 1...2 { _ = try share(["compare", scenario], number, of: 3) }
    let missing = try merge()
    #expect(missing.code == 3)
    #expect(missing.err.contains("share 3 of 3 is missing"))
    _ = try share(["compare", scenario, "--seed", "9"], 3, of: 3)
    let other = try merge()
    #expect(other.code == 3)
    #expect(other.err.contains("round-1-share-3-of-3.part' belongs to another experiment"))
    #expect(!FileManager.default.fileExists(atPath: path("merged")))
    _ = try share(["compare", scenario], 3, of: 3)
    #expect(try merge().code == 0)
    // The scenario has changed since.
    try SmallDesk.text.replacing("replications: 3", with: "replications: 5").replacing(
      "60 per hour", with: "61 per hour"
    ).write(
      toFile: scenario, atomically: true, encoding: .utf8)
    let changed = try merge()
    #expect(changed.code == 3)
    #expect(changed.err.contains("the shares were made with another scenario"))
  }

  @Test func `say what is missing where that is allowed`() throws {
    defer { clean() }
    for number in [1, 3, 4, 5] { _ = try share(["compare", scenario], number, of: 5) }
    let merged = try merge("--allow-missing")
    // Like any partial result.
    #expect(merged.code == 130)
    #expect(merged.out.contains("share 2 of 5 is missing: 8 of 10 runs are there; 4 runs of each"))
    let page = try String(contentsOfFile: path("merged") + "/index.html", encoding: .utf8)
    #expect(page.contains("share 2 of 5 is missing"))
    let manifest = try String(contentsOfFile: path("merged") + "/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"partial\" : true"))
  }

  @Test func `say what is missing of a sweep`() throws {
    defer { clean() }
    let words = ["sweep", scenario, "--vary", "agents=2..4"]
    for number in [1, 3] { _ = try share(words, number, of: 3) }
    let merged = try merge("--allow-missing")
    #expect(merged.code == 130)
    #expect(
      merged.out.contains("partial because share 2 of 3 is missing: 4 of 6 settings are there"))
  }

  @Test func `say what is missing of the stories`() throws {
    defer { clean() }
    for number in [1, 3] { _ = try share(["fuzz", "--seeds", "1..201"], number, of: 3) }
    let merged = try merge("--allow-missing")
    #expect(merged.code == 130)
    #expect(
      merged.out.hasPrefix(
        "VERDICT  PARTIAL  share 2 of 3 is missing; nothing is wrong in the 101 stories that were told."
      ))
  }

  @Test(arguments: [
    (["--shard", "0/3"], "--shard takes K/N"), (["--shard", "4/3"], "--shard takes K/N"),
    (["--shard", "1"], "--shard takes K/N"), (["--shard", "1/2/3"], "--shard takes K/N"),
    (["--round", "2"], "--round says which round"),
    (["--shard", "1/2", "--conversations"], "--conversations writes what one machine alone"),
    (["--shard", "1/2", "--estimate"], "--estimate makes no share"),
  ])
  func `are refused where the words make no sense`(words: [String], what: String) throws {
    defer { clean() }
    let found = try Program.run(
      ["compare", scenario, "--output", path("shares")] + words)
    #expect(found.code == 2)
    #expect(found.err.contains(what))
    #expect(!FileManager.default.fileExists(atPath: path("shares")))
  }

  @Test func `need a folder, and the round before`() throws {
    defer { clean() }
    let bare = try Program.run("compare", scenario, "--shard", "1/2")
    #expect(bare.code == 2)
    #expect(bare.err.contains("--shard needs --output"))
    _ = try share(["compare", scenario], 1, of: 1)
    let early = try share(["compare", scenario], 1, of: 1, round: 3)
    #expect(early.code == 3)
    #expect(early.err.contains("round 3 follows from round 2, which is missing"))
    let late = try share(["compare", scenario], 1, of: 1, round: 2)
    #expect(late.code == 0)
    #expect(late.out.contains("nothing is left to do in round 2"))
    let roster = try Program.run(
      "plan", scenario, "--roster", "--shard", "1/2", "--output", path("shares"))
    #expect(roster.code == 2)
    #expect(roster.err.contains("--roster is searched by one machine"))
  }

  @Test func `are told the cost of before they are made`() throws {
    defer { clean() }
    for words in [
      ["compare", "--replications", "1000"], ["sweep", "--vary", "agents=1..50"], ["run"],
      ["plan", "--vary", "agents=1..6"],
    ] {
      let found = try Program.run(
        [words[0], scenario, "--output", path("none"), "--estimate"] + words.dropFirst())
      #expect(found.code == 0, "\(found.err)")
      #expect(found.out.contains("of one core here"))
      #expect(found.out.contains("conversations"))
    }
    #expect(!FileManager.default.fileExists(atPath: path("none")))
    let fuzz = try Program.run("fuzz", "--seeds", "1..30", "--estimate")
    #expect(fuzz.out.hasPrefix("1 block in the first round; 1 was made"))
  }
}
