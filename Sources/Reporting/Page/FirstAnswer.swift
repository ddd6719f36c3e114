public import Measurement
import Statistics

/// The first answer of a desk, in a few words: how the last way does, and what it brings against the first.
public struct FirstAnswer: Sendable {
  private let context: PageContext

  /// The answer of a document.
  public init(of document: ResultDocument) { context = PageContext(document) }

  private var index: ResultIndex { context.index }
  private var chosen: Int { context.strategies.upperBound - 1 }

  /// The words and the way to look closer.
  public var html: String {
    guard !context.strategies.isEmpty, let metric = index.decisiveMetric else { return "" }
    var html = "<p class=\"big\">" + claim(metric) + "</p><p>" + details(metric) + "</p>"
    html +=
      "<p style=\"margin-top:14px\"><button class=\"btn go\" data-look>Look closer</button></p>"
    let conversations = max(0, min(context.document.scenario.conversationsPerRun, 9e15)).rounded()
    html +=
      "<p class=\"note\">\(spokenCount(context.document.replications).capitalizedFirst) runs of \(spokenDuration(context.document.scenario.duration)), about "
    html +=
      "\(grouped(Int64(conversations))) conversations each. Looking closer runs more and compares ways side by side.</p>"
    return html
  }

  private func name(_ strategy: Int) -> String {
    let slot = context.style(strategy).slot
    let name = named(context.name(strategy).capitalizedFirst)
    return slot == 0 ? name : "<em class=\"x\(slot)t\">" + name + "</em>"
  }

  private func claim(_ metric: String) -> String {
    guard let value = index.value(chosen, metric), let mean = value.mean else {
      return name(chosen) + "."
    }
    let format = index.spokenFormat(metric)
    guard let within = GoalWords.within(metric), format.isShare else {
      return name(chosen) + ": " + escaped(format.spoken) + " "
        + trueMinus(escaped(format.spokenValue(mean, halfWidth: value.halfWidth))) + "."
    }
    let half = value.halfWidth.map { "\u{a0}±\u{a0}" + fixed(100 * $0, $0 < 0.01 ? 1 : 0) } ?? ""
    // A way may be called anything, "1 hour" too: its name is no subject of a sentence.
    return name(chosen)
      + ": \(fixed(100 * mean, (value.halfWidth ?? 1) < 0.01 ? 1 : 0))\(half) of 100 customers are answered within "
      + escaped(GoalWords.spelled(within.duration)) + "."
  }

  private func details(_ metric: String) -> String {
    [compared(metric), waiting].filter { !$0.isEmpty }.joined(separator: " ")
  }

  private var waiting: String {
    var html = ""
    if let wait = index.value(chosen, "first_response.p90")?.mean {
      html += "Nine in ten have their answer within " + escaped(spokenDuration(wait.rounded()))
      if let gone = index.value(chosen, "abandoned")?.mean {
        html += "; \(fixed(100 * gone, 1)) % give up"
      }
      html += "."
    }
    return html
  }

  /// What it brings, right behind what it is: “that” is nothing else.
  private func compared(_ metric: String) -> String {
    guard context.isCompared, chosen != index.baseline,
      let words = ChangeWords(index, strategy: chosen, metric: metric)
    else { return "" }
    switch words.verdict {
    case .better, .worse, .differs: return "That is " + words.noun.html(context) + "."
    case .noDifference, .inconclusive:
      return
        "\(spokenCount(context.document.replications).capitalizedFirst) runs show no difference from "
        + name(index.baseline) + "."
    }
  }
}
