public import Measurement

/// The answer of `run` and `compare` as text for a terminal.
public struct TerminalAnswer: Sendable {
  private let index: ResultIndex
  private let style: TerminalStyle
  private let glyphs: Glyphs
  private let environment: Manifest.Environment?
  private let folder: String?
  private let files: [String]

  /// An answer.
  ///
  /// - Parameters:
  ///   - document: The result.
  ///   - style: What the terminal can show.
  ///   - environment: How it was made; without it neither time nor threads are named.
  ///   - folder: Where the files are; without it they are not named.
  ///   - files: The names of the files.
  public init(
    of document: ResultDocument, style: TerminalStyle, environment: Manifest.Environment? = nil,
    folder: String? = nil, files: [String] = []
  ) {
    index = ResultIndex(document)
    self.style = style
    glyphs = Glyphs(style)
    self.environment = environment
    self.folder = folder
    self.files = files
  }

  private var document: ResultDocument { index.document }
  private var isWide: Bool { style.columns >= 100 }
  private var frame: AnswerFrame { AnswerFrame(style) }
  private var columns: Int { frame.columns }
  private var names: [String] { document.strategies.map { glyphs.safe($0.name) } }
  private var isCompared: Bool { document.comparison != nil && document.strategies.count > 1 }

  /// The whole answer, each line ended by a line feed.
  public var text: String {
    var blocks: [[String]] = []
    if let partial = document.partial { blocks.append(interruption(partial)) }
    blocks.append(header)
    if !remarks.isEmpty { blocks.append(remarks) }
    if !overloads.isEmpty { blocks.append(overloads) }
    blocks += isCompared ? comparedBlocks : aloneBlocks
    blocks.append(verdict)
    let notes = self.notes
    if !notes.isEmpty { blocks.append(notes) }
    blocks.append(tail)
    return blocks.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  // What was simulated.

  private var header: [String] {
    let scenario = document.scenario
    let name = glyphs.safe(scenario.name)
    let indent = displayWidth(name) + 3
    // A long name stands on lines of its own.
    let isBeside = indent <= columns * 3 / 8
    let margin = isBeside ? indent : 2
    var lines: [String] = []
    for group in [worldFacts, runFacts] {
      lines += Self.filled(group.map { glyphs.ascii($0) }, columns: columns - margin)
    }
    let indented = lines.map { spaces(margin) + $0 }
    guard isBeside, let first = lines.first else {
      return wrapped(name, columns: columns) + indented
    }
    return [name + "   " + first] + indented.dropFirst()
  }

  /// Facts joined by commas, a new line where one is full.
  private static func filled(_ facts: [String], columns: Int) -> [String] {
    var lines: [String] = []
    for fact in facts {
      if let last = lines.last, displayWidth(last) + 2 + displayWidth(fact) <= columns {
        lines[lines.count - 1] = last + ", " + fact
      } else {
        if let last = lines.last { lines[lines.count - 1] = last + "," }
        lines += wrapped(fact, columns: columns)
      }
    }
    return lines
  }

  private var worldFacts: [String] {
    let scenario = document.scenario
    let conversations = grouped(Int64(max(0, min(scenario.conversationsPerRun, 9e15)).rounded()))
    return [
      spokenDuration(scenario.duration), frame.counted(scenario.agentCount, "agent"),
      frame.counted(scenario.channels.count, "channel"),
      "about \(conversations) conversations" + (isWide ? " a run" : ""),
    ]
  }

  private var runFacts: [String] {
    var facts: [String] = []
    let runs = frame.counted(document.replications, "run")
    if document.strategies.count == 1 {
      facts = [cut(names[0], to: 40, ellipsis: glyphs.ellipsis), runs]
    } else {
      var each = "\(runs) each"
      if let comparison = document.comparison {
        each += comparison.isPaired ? " on the same customers" : " on customers of their own"
      }
      facts = [frame.counted(document.strategies.count, "strategy", plural: "strategies"), each]
    }
    if document.scenario.warmup > 0 {
      let how = document.scenario.hasDetectedWarmup ? " (found by MSER-5)" : ""
      facts.append("first \(spokenDuration(document.scenario.warmup)) not counted" + how)
    } else if isWide, isCompared {
      facts.append("no warm-up dropped")
    }
    return facts
  }

  private func interruption(_ partial: ResultDocument.Partial) -> [String] {
    let done = grouped(Int64(partial.finishedRuns))
    let wanted = grouped(Int64(partial.requestedRuns))
    let count = frame.counted(document.replications, "run")
    let whose = document.strategies.count == 1 ? "" : " of each strategy"
    let verb = document.replications == 1 ? "counts" : "count"
    if let missing = partial.missing {
      return wrapped(
        "\(glyphs.safe(missing)): \(done) of \(wanted) runs are there; \(count)\(whose) \(verb)",
        columns: columns)
    }
    return wrapped(
      "interrupted after \(done) of \(wanted) runs; the first \(count)\(whose) \(verb)",
      columns: columns)
  }

  private var remarks: [String] {
    document.remarks.flatMap { frame.labelled("NOTE", glyphs.safe($0)) }
  }

  private var overloads: [String] {
    let words = OverloadWords(index)
    return words.entries.flatMap { entry in
      let whose = listed(entry.strategies.map { names[$0] }) + ": "
      return frame.labelled(
        "OVERLOAD", (words.isOfAll(entry) ? "" : whose) + glyphs.safe(entry.text))
    }
  }

  // Goals and metrics.

  private var comparedBlocks: [[String]] {
    var blocks: [[String]] = []
    let all = Array(document.strategies.indices)
    if !document.goals.isEmpty {
      let table = GoalTable(index: index, glyphs: glyphs, isWide: isWide, columns: columns)
      var goals = all.inBlocks(of: columns < 80 ? 2 : 3).map { block in
        table.compared(block, names: names)
      }
      let legend = wrapped(table.legend, columns: columns - 2)
      goals[goals.count - 1] += legend.map { "  " + $0 }
      blocks += goals
    }
    blocks += ComparisonTable(index: index, glyphs: glyphs, columns: columns).blocks(names: names)
    if !index.hasPopulationMetrics {
      let customers = PopulationTable(index: index, glyphs: glyphs, columns: columns)
      blocks += all.inBlocks(of: columns < 80 ? 2 : 3).map { block in
        customers.lines(block, names: names)
      }.filter { !$0.isEmpty }
    }
    return blocks + ExtraTables(index: index, glyphs: glyphs, columns: columns).blocks
  }

  private var aloneBlocks: [[String]] {
    let run = RunTable(index: index, glyphs: glyphs, columns: columns)
    let goals = GoalTable(index: index, glyphs: glyphs, isWide: true, columns: columns)
    let layout = run.layout
    var blocks: [[String]] = []
    for strategy in document.strategies.indices {
      if document.strategies.count > 1 { blocks.append(wrapped(names[strategy], columns: columns)) }
      if !document.goals.isEmpty { blocks.append(goals.alone(strategy, layout: layout)) }
      blocks.append(run.lines(strategy, layout: layout))
      if index.hasPopulationMetrics { continue }
      let customers = PopulationTable(index: index, glyphs: glyphs, columns: columns)
        .lines([strategy], names: [])
      if !customers.isEmpty { blocks.append(customers) }
    }
    return blocks
  }

  // The answer in words and what it rests on.

  private var verdict: [String] {
    let text = VerdictWords(index).text
    return frame.labelled("VERDICT", document.partial == nil ? text : "PARTIAL\u{A0}\u{A0}" + text)
  }

  private var notes: [String] {
    guard let comparison = document.comparison, isCompared else { return precisionNote }
    let table = ComparisonTable(index: index, glyphs: glyphs, columns: columns)
    guard index.hasIntervals else {
      return wrapped("One run gives no interval: no difference is claimed.", columns: columns)
    }
    let pairing = comparison.isPaired ? "are paired by run" : "are of independent runs"
    var sentence = "Intervals \(pairing)"
    if let correction = comparison.correction {
      sentence +=
        "; signs are \(glyphs.safe(correction))-corrected over \(comparison.comparisonCount) comparisons"
    }
    var lines = wrapped(table.legend, columns: columns) + wrapped(sentence + ".", columns: columns)
    let settling = SettlingWords(index).sentences.joined(separator: " ")
    if !settling.isEmpty { lines += wrapped(settling, columns: columns) }
    return lines + precisionNote
  }

  private var precisionNote: [String] {
    guard let precision = document.precision, let reached = precision.reached else { return [] }
    let sign = glyphs.plusMinus
    let got = "\(sign)\(shortest((reached * 1000).rounded() / 10)) %"
    let wanted = "\(sign)\(shortest((precision.within * 1000).rounded() / 10)) %"
    let end = precision.isReached ? "as asked for (\(wanted))" : "not to \(wanted) as asked for"
    let metric = glyphs.safe(precision.metric)
    let known =
      document.comparison == nil
      ? "\(metric) is known to \(got)"
      : "Differences of \(metric) are known to \(got) of the baseline's mean"
    return wrapped("\(known), \(end).", columns: columns)
  }

  // Where everything is and how to repeat it.

  private var tail: [String] {
    var lines: [String] = []
    var counts = "\(frame.counted(document.runs, "run")), \(roundCount(document.events)) events"
    if let environment {
      counts += " in \(seconds(environment.wallTime)) s"
      counts += " on \(frame.counted(environment.threads, "thread"))"
    }
    lines.append(counts)
    if let folder { lines += place(of: folder) }
    let ofRuns =
      document.partial == nil ? "" : ", of \(frame.counted(document.replications, "run"))"
    lines.append(
      "seed \(document.seed)   fingerprint \(glyphs.safe(document.fingerprint))\(ofRuns)")
    lines += CommandText(words: document.repeatedBy)
      .lines(columns: columns, first: "repeat: ", indent: spaces(8)).map { glyphs.ascii($0) }
    lines += CommandText(words: ["switchboard", "ui", document.scenario.path])
      .lines(columns: columns, first: "in a browser: ", indent: spaces(14)).map { glyphs.ascii($0) }
    return lines
  }

  private func seconds(_ time: Double) -> String {
    fixed(max(0, time), time < 100 ? 1 : 0)
  }

  /// The folder and as many of its files as one line takes, the manifest last.
  private func place(of folder: String) -> [String] {
    var line = glyphs.safe(folder)
    if !line.hasSuffix("/") { line += "/" }
    let known = [
      "index.html", "comparison.csv", "summary.csv", "goals.csv", "agents.csv", "timeline.csv",
      "replications.csv",
    ]
    let last = Manifest.fileName + (document.partial == nil ? "" : " (partial: true)")
    let isListed = files.contains(Manifest.fileName)
    for name in known where files.contains(name) {
      let room = columns - displayWidth(line) - (isListed ? displayWidth(last) + 2 : 0)
      guard displayWidth(name) + 2 <= room else { break }
      line += "  " + name
    }
    return [isListed ? line + "  " + last : line]
  }
}

extension Array {
  /// The elements in blocks of at most so many.
  func inBlocks(of size: Int) -> [[Element]] {
    stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
  }
}
