import Measurement

/// The answer of `fit` for a terminal.
struct FitTable: Sendable {
  let document: FitDocument
  private let words: FitWords
  private let frame: AnswerFrame
  private let glyphs: Glyphs

  init(document: FitDocument, style: TerminalStyle) {
    self.document = document
    words = FitWords(document: document)
    frame = AnswerFrame(style)
    glyphs = Glyphs(style)
  }

  var blocks: [[String]] {
    [source]
      + document.head.remarks.map { frame.labelled("NOTE", $0) }
      + [fitted, notes, check, unknown, frame.labelled("VERDICT", words.verdict), written]
  }

  private var source: [String] {
    var lines = indented(words.read)
    if let leftOut = words.leftOut { lines += indented(leftOut) }
    if let days = words.daysLeftOut { lines += indented(days) }
    return lines
  }

  private func indented(_ text: String, by margin: Int = 2) -> [String] {
    lines(text, columns: frame.columns - margin).map { spaces(margin) + $0 }
  }

  /// Lines of a text, broken where a line may break.
  private func lines(_ text: String, columns: Int) -> [String] {
    wrapped(frame.safe(text), columns: columns).map { line in
      String(line.map { $0 == "\u{A0}" ? " " : $0 })
    }
  }

  // What was fitted.

  private struct Row {
    var name: String
    var law: String
    var count: String
    var distance: String
    var isWeak: Bool
  }

  private var rows: [Row] {
    var rows: [Row] = []
    for arrivals in document.allArrivals {
      let days = arrivals.profiles.reduce(0) { $0 + ($1.perDay > 0 ? $1.count : 0) }
      rows.append(
        Row(
          name: frame.safe("arrivals" + (arrivals.population.map { " of " + $0 } ?? "")),
          law: FitWords.arrivals(arrivals), count: "\(days) d",
          distance: arrivals.tests.first.map { fixed($0.distance, 3) } ?? "",
          isWeak: (arrivals.tests.first?.pValue ?? 1) < 0.05))
    }
    for quantity in document.quantities {
      rows.append(
        Row(
          name: frame.safe(quantity.name), law: frame.safe(Self.short(quantity.law)),
          count: grouped(Int64(quantity.count)),
          distance: quantity.distance.map { fixed($0, 3) } ?? "",
          isWeak: !quantity.warnings.isEmpty))
    }
    return rows
  }

  /// Numbers of a law with three significant digits: the file has them all.
  static func short(_ law: String) -> String {
    var shown = ""
    var digits = ""
    func rounded(_ text: String) -> String {
      guard text.contains("."), let value = Double(text) else { return text }
      let size = value.magnitude
      return fixed(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3)
    }
    for character in law {
      if character.isASCII, character.isNumber || character == "." {
        digits.append(character)
        continue
      }
      shown += rounded(digits)
      digits = ""
      shown.append(character)
    }
    return shown + rounded(digits)
  }

  private var fitted: [String] {
    let rows = rows
    guard !rows.isEmpty else { return [] }
    let names = (rows.map { displayWidth($0.name) }.max() ?? 0) + 2
    let count = max(7, (rows.map { displayWidth($0.count) }.max() ?? 0) + 1)
    // The last columns: the distance and a mark.
    let law = max(12, frame.columns - 2 - names - count - 10 - 3)
    var lines = [
      "  " + spaces(names) + "best fit".padded(to: law) + "n".leading(to: count)
        + "distance".leading(to: 10)
    ]
    for row in rows {
      let parts = wrapped(row.law, columns: law - 1)
      lines.append(
        "  " + row.name.padded(to: names) + (parts.first ?? "").padded(to: law)
          + row.count.leading(to: count) + row.distance.leading(to: 10)
          + (row.isWeak ? "  !" : ""))
      for part in parts.dropFirst() { lines.append(spaces(2 + names) + part) }
    }
    return lines
  }

  private var notes: [String] {
    guard !rows.isEmpty else { return [] }
    var lines = indented(
      "distance: largest gap between the fitted and the observed distribution"
        + (document.arrivals == nil ? "" : "; of arrivals, inside the hours"))
    var sentences: [String] = []
    func told(_ text: String, of arrivals: FitDocument.Arrivals) -> String {
      (arrivals.population.map { $0 + ": " } ?? "") + text
    }
    for arrivals in document.allArrivals {
      if let test = arrivals.tests.first, test.pValue < 0.05,
        let poisson = FitWords.poisson(arrivals)
      {
        sentences.append(told(poisson, of: arrivals) + ".")
      }
    }
    sentences += words.weak.map { "\($0.name): \($0.warning)" }
    for sentence in sentences {
      let parts = self.lines(sentence, columns: frame.columns - 4)
      lines += parts.enumerated().map { ($0 == 0 ? "  ! " : "    ") + $1 }
    }
    var facts: [String] = []
    for arrivals in document.allArrivals {
      if let test = arrivals.tests.first, test.pValue >= 0.05,
        let poisson = FitWords.poisson(arrivals)
      {
        facts.append(told(poisson, of: arrivals))
      }
      if let busyness = FitWords.busyness(arrivals) { facts.append(told(busyness, of: arrivals)) }
    }
    return lines + facts.flatMap { indented($0.capitalizedFirst + ".") }
  }

  // Side by side.

  private var check: [String] {
    guard !document.checks.isEmpty else { return [] }
    let rows = document.checks.map { check -> [String] in
      let decimals = decimalsForTwoDigits(
        of: check.simulated.halfWidth ?? 0,
        atMost: (check.export ?? check.simulated.mean ?? 0).magnitude >= 100 ? 1 : 2)
      let half = check.simulated.halfWidth.map { glyphs.plusMinus + fixed($0, decimals) }
      return [
        frame.safe(check.name), check.export.map { fixed($0, decimals) } ?? "none",
        check.simulated.mean.map { fixed($0, decimals) } ?? "none", half ?? "",
      ]
    }
    let names = min(max(24, (rows.map { displayWidth($0[0]) }.max() ?? 0) + 2), frame.columns - 50)
    let columns = (1...2).map { column in
      NumberColumn.fitting(rows.map { $0[column] }, whole: column == 1 ? 6 : 8, atMost: 12)
    }
    let width = max(7, (rows.map { displayWidth($0[3]) }.max() ?? 0) + 2)
    let runs = frame.counted(document.source.runs, "run")
    var lines = ["CHECK  the fitted scenario against the export, \(runs)"]
    lines.append(
      spaces(2 + names) + "export".leading(to: max(8, columns[0].width))
        + "simulated".leading(to: max(11, columns[1].width))
        + (glyphs.plusMinus + "95 %").leading(to: width + 2))
    for (check, row) in zip(document.checks, rows) {
      let mark = FitWords.mark(check.outcome)
      lines.append(
        "  " + cut(row[0], to: names - 1, ellipsis: glyphs.ellipsis).padded(to: names)
          + columns[0].widened(to: 8).placed(row[1]) + columns[1].widened(to: 11).placed(row[2])
          + row[3].leading(to: width + 2) + " " + frame.safe(check.unit).padded(to: 4)
          + glyphs.colored(glyphs.mark(mark), mark) + " " + FitWords.words(check.outcome))
    }
    if let hours = words.hours { lines += indented(hours + ".") }
    return lines
  }

  private var unknown: [String] {
    guard !document.assumptions.isEmpty else { return [] }
    var lines = ["WHAT THE EXPORT DOES NOT TELL"]
    for assumption in document.assumptions {
      let parts = wrapped(
        frame.safe("\(assumption.unknown): \(assumption.instead)"), columns: frame.columns - 4)
      lines += parts.enumerated().map { ($0 == 0 ? "  " : "    ") + $1 }
    }
    return lines
  }

  private var written: [String] {
    document.source.scenario.map { ["written: " + frame.safe($0)] } ?? []
  }
}
