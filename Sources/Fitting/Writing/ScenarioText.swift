import Engine
import Statistics

/// The scenario that a history was fitted to, as a commented file.
public struct ScenarioText {
  let fit: HistoryFit
  private let name: String
  private let seed: UInt64

  /// The first words of every file that is written here; a file that begins so may be written over.
  public static let mark = "# Fitted by switchboard fit from "

  /// The scenario of a fit.
  public init(_ fit: HistoryFit, name: String, seed: UInt64) {
    self.fit = fit
    self.name = name
    self.seed = seed
  }

  /// The whole file.
  public var text: String {
    let blocks = [head, settings, channels, contacts, people, workflow, goals]
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
      .joined(separator: "\n")
  }

  // MARK: - What was read, and what it does not say

  private var head: [String] {
    let history = fit.history
    var lines = YAMLWords.comments(
      "Fitted by switchboard fit from \(fileName): \(counted(history.conversations.count, "conversation")) "
        + "of \(counted(fit.frame.days, "day")), \(period).")
    let omitted = history.omissions.map { "\($0.reason) \(grouped($0.count))" }
    if !omitted.isEmpty {
      lines += YAMLWords.comments(
        "\(counted(history.omitted, "row")) left out: " + omitted.joined(separator: ", ") + ".")
    }
    lines += [
      "# Each value stands with its 95 % interval and the number of observations (n).", "#",
      "# What the file cannot tell, and what is assumed instead:",
    ]
    for gap in fit.gaps {
      let said = YAMLWords.comments(gap.unknown + ": " + gap.assumed, indent: 0)
      lines += said.enumerated().map { place, line in
        "# " + (place == 0 ? "- " : "  ") + line.dropFirst(2)
      }
    }
    return lines
  }

  private var fileName: String {
    fit.history.file.split(separator: "/").last.map(String.init) ?? fit.history.file
  }

  private var period: String {
    func date(_ time: Int64?) -> String {
      time.map { CivilDay.text(Int(($0 - $0.remainder86400000) / 86_400_000)) } ?? "-"
    }
    let (first, last) = (date(fit.history.firstOpened), date(fit.history.lastOpened))
    return first == last ? first : "\(first) to \(last)"
  }

  private var settings: [String] {
    let frame = fit.frame
    let hours = frame.length / RunFrame.hour
    let day = Int((frame.start - frame.start.remainder86400000) / RunFrame.day)
    return [
      "name: " + YAMLWords.name(name),
      "description: " + YAMLWords.name("As \(fileName) has it, \(period)"), "seed: \(seed)",
      "start: \(CivilDay.text(day)) \(YAMLWords.clock(Int(frame.start.remainder86400000 / 60_000)))",
      "time_zone: " + (fit.history.zone?.name ?? "UTC"),
      "duration: " + (hours % 24 == 0 ? "\(hours / 24) d" : "\(hours) h"),
      "replications: 20",
    ]
  }

  // MARK: - Channels and contacts

  /// The channels that anything was opened on.
  private var usedChannels: [Int] {
    (0...fit.history.channels.count).filter { place in
      fit.populations.contains { $0.channels[place] > 0 }
    }
  }

  private var channels: [String] {
    guard !fit.history.channels.isEmpty else { return [] }
    return ["channels:"]
      + usedChannels.map { "  \(YAMLWords.name(fit.history.channelName($0))): {kind: direct}" }
  }

  private var contacts: [String] {
    var lines = fit.populationRemarks.flatMap { YAMLWords.comments($0) } + ["contacts:"]
    for (place, population) in fit.populations.enumerated() {
      lines.append("  \(YAMLWords.name(population.name)):")
      lines += ArrivalText(population).lines
      if fit.teams.isDivided {
        lines.append("    fields: {kind: {\(YAMLWords.name(population.name)): 100%}}")
      }
      lines += channelShares(population)
      lines += questions(population, isShared: fit.laws.sharesQuestions[place])
      if let patience = population.patience {
        lines += YAMLWords.comments(
          "n = \(grouped(patience.sample.count))"
            + (fit.laws.sharesPatience[place] ? " of all that share it" : "")
            + ", of whom \(grouped(population.gaveUp)) gave up; " + patience.intervals, indent: 4)
        lines.append("    patience: \(patience.text)")
      }
      if let returns = population.returns {
        lines += YAMLWords.comments(
          "n = \(grouped(returns.count)) returns within \(LawText.duration(Double(fit.frame.returnHorizon) / 1_000, digits: 3)) of a closing; chance \(YAMLWords.share(returns.chance.estimate)) "
            + "(\(YAMLWords.share(returns.chance.low)) to \(YAMLWords.share(returns.chance.high))); "
            + returns.after.intervals, indent: 4)
        lines.append(
          "    returns: {chance: \(YAMLWords.share(returns.chance.estimate)), after: \(returns.after.text)}"
        )
      }
    }
    return lines
  }

  private func channelShares(_ population: HistoryFit.Population) -> [String] {
    let total = population.channels.reduce(0, +)
    guard !fit.history.channels.isEmpty, total > 0 else { return [] }
    // Shares in tenths of a percent; what rounding leaves over goes to the largest.
    let used = usedChannels.filter { population.channels[$0] > 0 }
    var shares = used.map {
      Int((Double(population.channels[$0]) / Double(total) * 1_000).rounded())
    }
    if let largest = shares.indices.max(by: { shares[$0] < shares[$1] }) {
      shares[largest] += 1_000 - shares.reduce(0, +)
    }
    let parts = zip(used, shares).filter { $0.1 > 0 }
      .map { "\(YAMLWords.name(fit.history.channelName($0))): \(LawText.number(Double($1) / 10))%" }
    return YAMLWords.comments("n = \(grouped(total))", indent: 4)
      + ["    channels: {\(parts.joined(separator: ", "))}"]
  }

  private func questions(_ population: HistoryFit.Population, isShared: Bool) -> [String] {
    guard let questions = population.questions else { return [] }
    var lines = YAMLWords.comments(
      "n = \(grouped(questions.count))\(isShared ? " of all that share it" : ""); "
        + questions.intervals, indent: 4)
    lines.append("    questions: \(questions.text)")
    if let think = fit.thinkTime, questions.mean.estimate > 1 {
      lines += YAMLWords.comments(
        "n = \(grouped(think.sample.count)); \(think.intervals)", indent: 4)
      lines.append("    think_time: \(think.text)")
    }
    return lines
  }

  private var goals: [String] {
    [
      "# No export says what was promised; with a goal, compare and plan judge by it:",
      "# goals: [first_response.within(5 min) >= 80%]",
    ]
  }
}
