public import Measurement
import Statistics

/// How far an experiment is that somebody watches, and what is still open.
public struct WatchState: Sendable, Equatable {
  /// Runs of each way so far.
  public var runs: Int
  /// Where they end by themselves.
  public var end: Int
  /// The planned looks, in order.
  public var looks: [Int]
  /// The last look; nil before the first.
  public var lastLook: Int?
  /// Whether runs are being added.
  public var isRunning: Bool
  /// Whether these are the scenario's own runs, or it waits for somebody to let it go on.
  public var isStopped: Bool

  /// Describes the state.
  public init(
    runs: Int, end: Int, looks: [Int], lastLook: Int?, isRunning: Bool, isStopped: Bool = false
  ) {
    self.runs = runs
    self.end = end
    self.looks = looks
    self.lastLook = lastLook
    self.isRunning = isRunning
    self.isStopped = isStopped
  }
}

/// What is asked of an experiment: each goal of each way, each shown measure of each way against the baseline.
public struct OpenQuestions: Sendable {
  /// How many questions there are.
  public let all: Int
  /// How many have no answer.
  public let open: Int
  /// How many more runs of each would answer those that runs can answer; nil where none can, or nobody knows.
  let moreRuns: Int?

  /// Counts the questions of a document.
  public init(_ document: ResultDocument) {
    let shown = document.shownMetrics
    let rows = (document.comparison?.differences ?? []).filter { shown.contains($0.metric) }
    let goals = document.strategies.flatMap(\.goals).filter { $0.value != nil }
    all = rows.count + goals.count
    open =
      rows.count { $0.verdict == .inconclusive } + goals.count { $0.result == .inconclusive }
    moreRuns = rows.filter { $0.verdict == .inconclusive }.compactMap { $0.settling?.atMost }.max()
  }
}

/// The line above a watched answer, as markup.
struct ProgressWords: Sendable {
  let state: WatchState
  let questions: OpenQuestions
  let isCompared: Bool

  var html: String {
    "<span>" + words + "</span>" + button + track
  }

  private var words: String {
    let runs = state.runs == 1 ? "1 run" : grouped(Int64(state.runs)) + " runs"
    var html = "<b>\(runs)</b>" + (isCompared ? " of each on the same customers" : "")
    if state.isRunning {
      if let next = state.looks.first(where: { $0 > state.runs }) {
        html += "; words change at \(grouped(Int64(next)))"
      }
      return html + "."
    }
    html += ". "
    guard questions.all > 0 else { return html }
    guard questions.open > 0 else {
      return html
        + (questions.all == 1 ? "The question has its answer." : "Every question has its answer.")
    }
    html += "\(grouped(Int64(questions.open))) of \(counted(questions.all)) "
    html += questions.open == 1 ? "stays open" : "stay open"
    if let more = questions.moreRuns {
      html += "; about \(grouped(Int64(more))) more runs" + (isCompared ? " of each" : "")
      html += questions.open == 1 ? " would tell." : " would tell those that runs can tell."
      return html
    }
    return html + "."
  }

  private func counted(_ count: Int) -> String {
    grouped(Int64(count)) + (count == 1 ? " question" : " questions")
  }

  private var button: String {
    if state.isRunning {
      return "<button class=\"btn\" data-do=\"stop\">Stop</button>"
    }
    if state.isStopped, state.runs < state.end {
      return "<button class=\"btn\" data-do=\"more\">Go on</button>"
    }
    guard let next = state.looks.first(where: { $0 > state.runs }) else { return "<span></span>" }
    return
      "<button class=\"btn\" data-do=\"more\">Run \(grouped(Int64(next - state.runs))) more</button>"
  }

  /// A line that fills, with a mark at each look on the way.
  private var track: String {
    let end = max(1, max(state.end, state.runs))
    func share(_ runs: Int) -> String { fixed(100 * Double(runs) / Double(end), 1) }
    var html =
      "<span class=\"track\(state.isRunning ? "" : " fin")\" aria-hidden=\"true\">"
      + "<i style=\"width:\(share(state.runs))%\"></i>"
    for look in state.looks where look <= end { html += "<s style=\"left:\(share(look))%\"></s>" }
    return html + "</span>"
  }
}
