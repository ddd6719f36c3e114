import Engine
import Testing

@testable import Scenarios

/// The key `engine`: a program in place of the engine's own logics.
@Suite struct `Scenarios that name an engine` {
  private func text(_ engine: String, strategies: String = "") -> String {
    """
    name: desk
    duration: 8 h
    \(engine)
    parameters: {script: my.py}
    \(strategies)
    contacts: {everyday: {arrivals: {poisson: 20 per hour}}}
    teams: {support: {agents: 2, reply_time: 4 min}}
    workflows:
      assign:
        trigger: {conversation_opened: {}}
        steps: [assign_to: {team: support}, add_comment: Done.]
    """
  }

  private func read(_ text: String) throws -> Scenario {
    try Scenario.read(SourceFile(name: "desk.yaml", text: text))
  }

  private func problems(_ engine: String) -> [String] {
    do {
      _ = try read(text(engine))
      return []
    } catch let found as Diagnostics {
      return found.all.filter { $0.severity == .error }.map(\.message)
    } catch {
      return ["\(error)"]
    }
  }

  @Test func `the command stands for every strategy, or for one alone`() throws {
    let all = try read(text("engine: {command: [python3, $script, -v], answer_within: 2 s}"))
    let engine = try #require(all.standard.model.engine)
    #expect(engine.command == ["python3", "my.py", "-v"])
    #expect(engine.answerWithin == .seconds(2))
    #expect(all.standard.isForeign && all.standard.model.settings.asksForAssignments)
    let one = try read(
      text(
        "",
        strategies: "strategies: {own: {}, theirs: {script: a.py, engine: {command: [$script]}}}"))
    #expect(one.strategies.map(\.isForeign) == [false, true])
    #expect(one.strategies.map(\.model.settings.asksForAssignments) == [false, true])
    #expect(one.strategies.last?.model.engine?.command == ["a.py"])
    #expect(one.strategies.last?.model.engine?.answerWithin == .seconds(10))
    #expect(!one.standard.isForeign)
    // Two strategies are not the same that differ by their engines.
    #expect(!one.remarks.contains { $0.contains("are the same") })
  }

  @Test func `what is wrong with a command is told`() {
    #expect(
      problems("engine: {command: python3}") == [
        "expected a list of words, found 'python3'"
      ])
    #expect(
      problems("engine: {command: []}") == ["the command names no program"])
    #expect(problems("engine: {}") == ["an engine needs the key 'command'"])
    #expect(
      problems("engine: {command: [a], answer_within: 0 s}")
        == ["answer_within must be longer than 0 s"])
    #expect(problems("engine: {comand: [a]}").contains("unknown key 'comand' in an engine"))
  }

  @Test func `an engine that is stopped and restored is our own`() {
    let fault = "faults: {crash: {engine_restarts: {}, at: 1 h}}"
    let found = problems("engine: {command: [a]}\n\(fault)")
    #expect(
      found.contains {
        $0.hasSuffix("restarts the engine, and a program that decides does not go with it")
      }, "\(found)")
  }

  @Test func `a scenario without one says nothing of it`() throws {
    let plain = try read(text("").replacing("my.py", with: "x"))
    #expect(!plain.resolved.contains("engine"))
    #expect(try read(text("engine: {command: [a]}")).resolved.contains("answer_within: 10 s"))
  }
}
