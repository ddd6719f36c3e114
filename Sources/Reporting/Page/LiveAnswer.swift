public import Measurement

/// The answer of an experiment that somebody watches, in fragments: figures, tables and words of the report page.
public struct LiveAnswer: Sendable {
  private let context: PageContext
  private let state: WatchState
  private let questions: OpenQuestions
  private let words: VerdictWords
  private let was: [ResultDocument.Difference]

  /// The answer as it stands; `was` says what the first measure was under each way, where that is kept in view.
  public init(
    of document: ResultDocument, state: WatchState, was: [ResultDocument.Difference] = []
  ) {
    self.was = was
    context = PageContext(document)
    self.state = state
    questions = OpenQuestions(document)
    words = VerdictWords(context.index)
  }

  /// How far it is.
  public var progress: String {
    ProgressWords(state: state, questions: questions, isCompared: context.isCompared).html
  }

  /// The finding, in words.
  public var verdict: String { words.claim.html(context) + "." }

  /// The finding for those who hear it.
  public var spoken: String { words.terminalText() }

  /// What goes with it, and what is to be known first.
  public var details: String {
    let details = words.details.map { $0.html(context) + "." }.joined(separator: " ")
    let warnings = PageHead(context: context, contents: []).warnings
    return (details.isEmpty ? "" : "<p class=\"sub\">" + details + "</p>") + warnings
  }

  /// Each goal under each way.
  public var goals: String { GoalsTable(context: context).html }

  /// The chart that decides.
  public var figure: String {
    context.index.decisiveMetric.flatMap {
      DecideFigure(
        context: context, metric: $0, wideWidth: 860, live: DecideFigure.Live(was: was)
      ).figure?.html
    } ?? ""
  }

  /// Every measure, against the first way where there are several.
  public var table: String {
    let section = ComparisonSection(context: context)
    return context.isCompared ? section.compared : section.alone
  }

  /// When words change, and what they are corrected for.
  public var note: String {
    guard context.isCompared else { return "" }
    let looks = state.looks.filter { $0 <= max(state.end, state.runs) }.map { grouped(Int64($0)) }
    let count = context.document.comparison?.comparisonCount ?? 0
    return
      "Numbers move with every run; words change only at \(listed(looks)) runs. “Better” and “worse” are "
      + "corrected for \(grouped(Int64(count))) comparisons and for all \(state.looks.count) planned looks, so "
      + "watching claims no more than waiting. Goals are judged on their interval, as on the report page, and may "
      + "open again. “Inconclusive” is not “equal”."
  }

  /// The answer in one line, for small screens.
  public var line: String {
    let runs = state.runs == 1 ? "1 run" : grouped(Int64(state.runs)) + " runs"
    return "<b>" + words.claim.html(context) + ".</b> <span>\(runs)</span>"
  }
}
