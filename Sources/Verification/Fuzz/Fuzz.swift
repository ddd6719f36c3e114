import Engine
public import Scenarios

/// Random stories against the engine, each drawn from its seed.
public struct Fuzz: Sendable {
  /// The workspace that is put to the test; nil where each story draws its own.
  private let given: GivenWorkspace?

  /// Stories in workspaces of their own.
  public init() { given = nil }

  /// Stories in the workspace of a scenario, with its workflows and with the parameters of a strategy.
  public init(
    scenario resolved: String, name: String, parameters: [String: String]
  ) throws(Diagnostics) {
    given = try GivenWorkspace(resolved: resolved, name: name, parameters: parameters)
  }

  /// What came of one seed.
  public struct Outcome: Sendable {
    /// The seed.
    public let seed: UInt64
    /// How many events the engine handled.
    public let events: Int
    /// How many automatic decisions it took.
    public let decisions: UInt64
    /// The combinations of event and effect that it reached, in order.
    public let reached: [String]
    /// What is wrong, in words; nil if nothing is.
    public let finding: String?
  }

  /// A story that goes wrong, made as small as can be.
  public struct Shrunk: Sendable {
    /// The case file.
    public let yaml: String
    /// What is wrong, in words.
    public let finding: String
    /// How many users there are in it.
    public let users: Int
    /// How many things happen in it.
    public let rows: Int
    /// Whether `check` finds fault with the case file by itself.
    public let failsCheck: Bool
  }

  private func tree(_ seed: UInt64) -> Node {
    var writer = StoryWriter(seed: seed, given: given)
    return writer.story("Story of seed \(seed)")
  }

  /// Tells the story of a seed.
  public func tell(_ seed: UInt64) -> Outcome {
    let story: Story
    do throws(Diagnostics) {
      story = try Story(tree(seed), seed: seed)
    } catch {
      // Workflows that start each other round and round may be drawn, and are refused.
      let others = error.errors.filter { !$0.message.contains("workflow loop detected") }
      return Outcome(
        seed: seed, events: 0, decisions: 0, reached: [],
        finding: others.first.map { "the story cannot be read as a case: \($0.message)" })
    }
    let result = story.tell()
    return Outcome(
      seed: seed, events: result.events, decisions: result.decisions,
      reached: result.reached.sorted(),
      finding: result.finding.map {
        "\(EngineDuration(nanoseconds: $0.at.nanoseconds)): \($0.text)"
      })
  }

  /// What no story reached of all that there is to reach.
  public static func missing(from reached: Set<String>) -> [String] { Reach.missing(from: reached) }

  /// The story of a seed made small; nil if nothing is wrong with it.
  public func shrink(_ seed: UInt64) -> Shrunk? {
    let tree = tree(seed)
    guard let finding = try? Story(tree, seed: seed).tell().finding else { return nil }
    var shrinker = Shrinker(tree, finding) { smaller in
      // A restart at a drawn event would be at another one in each smaller story.
      (try? Story(smaller, seed: seed))?.tell(everyRestart: finding.kind == "restart").finding
    }
    shrinker.shrink()
    return Shrunk(shrinker.tree, shrinker.finding, seed: seed)
  }
}

extension Fuzz.Shrunk {
  /// Writes the case file of a story that was made small.
  init(_ small: Node, _ finding: Finding, seed: UInt64) {
    let at = "\(EngineDuration(nanoseconds: finding.at.nanoseconds))"
    var tree = small.replacing(["case"], by: .scalar(String(finding.text.prefix(280))))
    if let expectation = finding.expectation {
      tree = tree.replacing(["expect"], by: .list([.map([("at", .scalar(at))] + expectation)]))
    }
    yaml =
      "# Found by fuzz, seed \(seed): what should be is below, what came is the sentence.\n"
      + tree.yaml
    let file = try? CaseFile.read(tree, name: "seed \(seed)")
    failsCheck = file.map { !$0.play().passes } ?? false
    self.finding = "\(at): \(finding.text)"
    users = tree.at(["workspace", "users"])?.childCount ?? 0
    rows = tree.at(["timeline"])?.childCount ?? 0
  }
}
