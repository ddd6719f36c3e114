import Engine
import Foundation
import Testing

@testable import Scenarios
@testable import switchboard

@Suite struct `Strategies of a scenario` {
  private func found(_ more: String, offers: Bool = true) throws(Diagnostics) -> Scenario {
    try Scenario.read(SourceFile(name: "s", text: small(more)), offersStrategies: offers)
  }

  private let assigning = """
    workflows:
      w:
        trigger: {conversation_opened: {source: contact}}
        steps:
    """

  /// The logics of all steps that choose by one, in the order of the file.
  private func logics(_ strategy: Scenario.Strategy) -> [String] {
    strategy.model.workflows.flatMap(\.steps).compactMap {
      if case .assignTo(let step) = $0.action { step.logic.name } else { nil }
    }
  }

  @Test func `a strategy says what it is in words`() throws {
    let scenario = try found(
      """
      parameters: {n: 3}
      strategies:
        as it is: {}
        careful: {description: one conversation less each, n: 2}
      """)
    #expect(scenario.strategies.map(\.description) == ["", "one conversation less each"])
    #expect(scenario.strategies[1].parameters.map(\.name) == ["n"])
    #expect(scenario.strategies[1].parameters.map(\.value) == ["2"])
    // Whoever runs the resolved scenario sees the same words.
    let again = try Scenario.read(SourceFile(name: "r", text: scenario.resolved))
    #expect(again.strategies.map(\.description) == scenario.strategies.map(\.description))
    #expect(again.resolved == scenario.resolved)
  }

  @Test(arguments: [
    ("parameters: {description: x}", "5:14: 'description' is a key of strategies"),
    (
      "parameters: {n: 1}\nstrategies: {a: {description: [x]}}",
      "6:31: expected a description, found a list"
    ),
    (
      "parameters: {n: 1}\nstrategies: {a: {descripton: x}}",
      "6:18: unknown parameter 'descripton'; did you mean 'description'?"
    ),
  ])
  func `a description is a text and no parameter`(text: String, problem: String) {
    let problems = scenario(small(text)).problems
    #expect(problems.contains { $0.hasPrefix(problem) }, "\(problems)")
  }

  @Test func `the schema knows the description and leaves parameters alone`() throws {
    let checker = try SchemaChecker(SchemaWriter.scenario())
    let head = "parameters: {n: 1, m: [2]}\nstrategies: {a: "
    #expect(checker.accepts(small(head + "{description: words, n: 2, m: {x: [1]}}}")))
    #expect(!checker.accepts(small(head + "{description: [words], n: 2}}")))
  }

  @Test func `a parameter that a step takes its logic from is varied`() throws {
    let scenario = try found(
      """
      parameters: {how: random, n: 3}
      \(assigning)
          - assign_to: {team: support, logic: $how, fewer_than: $n}
          - assign_to: {team: support, logic: longest_idle}
      """)
    #expect(scenario.hasOfferedStrategies)
    #expect(scenario.strategies.map(\.name) == ["round robin", "least open"])
    #expect(
      scenario.strategies.map(logics) == [
        ["round_robin", "longest_idle"], ["least_open", "longest_idle"],
      ])
    #expect(logics(scenario.standard) == ["random", "longest_idle"])
    #expect(scenario.strategies[1].parameters.map(\.value) == ["least_open", "3"])
  }

  @Test func `without one, every step that chooses by a logic is varied`() throws {
    let scenario = try found(
      """
      users: {maria: {reply_time: 1 min}}
      \(assigning)
          - assign_to: {user: maria}
          - assign_to: {team: support, only_online: true}
          - assign_to: {team: support, logic: random}
          - assign_to: {workspace: true, logic: {sticky: {wait: 1 min}}}
      """)
    // The step of one user chooses nobody; the sticky one was chosen on purpose.
    #expect(logics(scenario.strategies[0]).dropFirst() == ["round_robin", "round_robin", "sticky"])
    #expect(logics(scenario.strategies[1]).dropFirst() == ["least_open", "least_open", "sticky"])
    #expect(scenario.strategies.allSatisfy { !$0.description.isEmpty })
    let again = try Scenario.read(SourceFile(name: "r", text: scenario.resolved))
    #expect(again.strategies.map(logics) == scenario.strategies.map(logics))
  }

  @Test func `strategies that are named, or no step that chooses, are left as they are`() throws {
    let step = "    - assign_to: {team: support, logic: $logic}"
    let named = try found(
      """
      parameters: {logic: random}
      strategies: {only: {}}
      \(assigning)
      \(step)
      """)
    #expect(named.strategies.map(\.name) == ["only"])
    #expect(!named.hasOfferedStrategies)
    #expect(try found("").strategies.isEmpty)
    let sticky = try found("\(assigning)\n    - assign_to: {team: support, logic: sticky}")
    #expect(sticky.strategies.isEmpty)
    let unasked = try found("\(assigning)\n    - assign_to: {team: support}", offers: false)
    #expect(unasked.strategies.isEmpty)
  }

  /// Alone, all together, and the other way round.
  @Test func `every strategy of every shipped scenario can be named on the command line`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Scenarios")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    var tried = 0
    for file in files.filter({ $0.pathExtension == "yaml" }) {
      let scenario = try Scenario.load(file.path(percentEncoded: false))
      let names = scenario.strategies.map(\.name)
      let list = NameList(known: names + [scenario.standard.name])
      for name in names { #expect(list.names(in: name) == [name]) }
      #expect(list.names(in: names.joined(separator: ",")) == names)
      #expect(list.names(in: names.reversed().joined(separator: ", ")) == names.reversed())
      tried += names.count
    }
    #expect(tried >= 20)
  }
}
