import Foundation
import Scenarios
import Statistics
import Testing

@testable import Fitting

/// A desk with two channels on which contacts are alike or not.
private func desk(_ first: String, _ second: String, agents: Int) -> String {
  """
  name: Two channels
  start: 2026-11-23 09:00
  duration: 10 h
  channels: {chat: {kind: direct}, mail: {kind: direct}}
  contacts:
    chats: {arrivals: {poisson: 60 per hour}, channels: chat, \(first)}
    mails: {arrivals: {poisson: 60 per hour}, channels: mail, \(second)}
  teams:
    support: {agents: \(agents), reply_time: {lognormal: {median: 5 min, p90: 12 min}}}
  workflows:
    assignment:
      trigger: {conversation_opened: {source: contact}}
      steps: [assign_to: {team: support, logic: round_robin, only_online: true}]

  """
}

private func fitted(
  _ first: String, _ second: String, agents: Int = 16, seed: UInt64 = 1
) throws -> HistoryFit {
  try SimulatedExport.fit(desk(first, second, agents: agents), seed: seed)
}

@Suite struct `Channels and populations` {
  @Test func `that do not differ are one population with both channels`() throws {
    let same = "patience: {exponential: 8 min}, questions: {geometric: 2}"
    let fit = try fitted(same, same, agents: 28)
    #expect(fit.populations.map(\.name) == ["contacts"])
    #expect(fit.channelTraits.isEmpty)
    // Every conversation is on one of the two.
    #expect(fit.populations[0].channels.prefix(2).allSatisfy { $0 > 400 })
  }

  @Test func `that differ in patience have a population each, with a law of its own`() throws {
    let fit = try fitted("patience: {exponential: 4 min}", "patience: {exponential: 40 min}")
    #expect(fit.populations.map(\.name).sorted() == ["channel 1", "channel 2"])
    #expect(fit.channelTraits == ["patience"])
    for population in fit.populations {
      let truth: Double = population.name == "channel 1" ? 240 : 2_400
      let interval = try #require(
        population.patience?.candidates.first { $0.law.family == .exponential }?.parameters().first
      ).interval
      #expect(interval.low < truth && truth < interval.high, "\(population.name)")
      #expect(population.channels.filter { $0 > 0 }.count == 1)
    }
    let text = ScenarioText(fit, name: "two", seed: 1).text
    let scenario = try Scenario.read(SourceFile(name: "two.yaml", text: text))
    #expect(scenario.warnings.all.isEmpty)
    #expect(scenario.standard.model.populations.map(\.name) == fit.populations.map(\.name))
    #expect(text.contains("Populations differ in their patience (p < 0.001)"))
  }

  @Test func `that differ in questions share one law of patience`() throws {
    let fit = try fitted(
      "patience: {exponential: 8 min}, questions: 1",
      "patience: {exponential: 8 min}, questions: {geometric: 3}", agents: 28)
    #expect(fit.populations.count == 2)
    #expect(fit.channelTraits.contains("questions"))
    let laws = fit.populations.compactMap { $0.patience?.text }
    #expect(laws.count == 2 && laws[0] == laws[1])
    let counts = fit.populations.compactMap { $0.patience?.sample.count }
    #expect(counts.count == 2 && counts[0] == counts[1])
    let text = ScenarioText(fit, name: "two", seed: 1).text
    #expect(text.contains("in their patience (p = "))
    #expect(text.contains(" of all that share it"))
  }

  @Test func `of which too few are known stay together`() throws {
    let few = desk("patience: {exponential: 4 min}", "patience: {exponential: 40 min}", agents: 16)
      .replacingOccurrences(of: "poisson: 60", with: "poisson: 15")
    #expect(try SimulatedExport.fit(few, seed: 1).populations.count == 1)
  }

  // Alike channels are divided in at most one of a hundred histories: of 40 more than three in 1 of 1000.
  @Test(.enabled(if: runsLongTests, "set SWITCHBOARD_LONG=1"))
  func `that do not differ are hardly ever divided`() throws {
    let same = "patience: {exponential: 8 min}, questions: {geometric: 2}"
    let divided = try (1...40).count {
      try fitted(same, same, agents: 28, seed: $0).populations.count > 1
    }
    #expect(divided <= 3)
  }

  @Test func `named by a column differ in their replies, which is said`() throws {
    var text = "opened,answered,closed,agent,kind\n"
    func clock(_ second: Int) -> String {
      let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
      return "2026-10-05 \(two(8 + second / 3_600)):\(two(second / 60 % 60)):\(two(second % 60))"
    }
    for number in 0..<600 {
      let isVIP = number % 2 == 0
      // VIP take 100 to 199 s, others 300 to 499 s, whoever of the two agents answers.
      let length = isVIP ? 100 + number * 7 % 100 : 300 + number * 13 % 200
      text += "\(clock(number * 60)),\(clock(number * 60)),\(clock(number * 60 + length)),"
      text += "\(number / 2 % 2 == 0 ? "Anna" : "Ben"),\(isVIP ? "vip" : "other")\n"
    }
    let history = try TestFile(text).history(
      "opened=opened,answered=answered,closed=closed,agent=agent,population=kind"
    ).history
    let remark = try #require(HistoryFit(history, seed: 1).workRemark)
    #expect(remark.hasPrefix("Replies do not take equally long: medians of vip "))
    #expect(remark.contains("p < 0.001"))
  }
}
