import Measurement

/// The answer of `load` for a terminal.
struct LoadTable: Sendable {
  let index: LoadIndex
  private let frame: AnswerFrame
  private let glyphs: Glyphs

  init(_ index: LoadIndex, _ style: TerminalStyle) {
    self.index = index
    frame = AnswerFrame(style)
    glyphs = Glyphs(style)
  }

  private var document: LoadDocument { index.document }

  var blocks: [[String]] {
    let setting = LoadSetting(document: document)
    var blocks = [
      frame.header(document.head.scenario, [setting.target, setting.manner, setting.tried])
    ]
    blocks += document.head.remarks.map { frame.labelled("NOTE", $0) }
    let warnings = LoadWarnings(index: index).sentences
    blocks += warnings.map { frame.labelled("WARNING", withHeldUnits($0)) }
    if let place = index.decisive {
      blocks += [goals(place), operations(place), rates, generator(place)]
    }
    blocks.append(predictions)
    blocks.append(frame.labelled("VERDICT", withHeldUnits(LoadWords(index).text)))
    blocks.append(paragraph(LoadSetting.repetition))
    return blocks.filter { !$0.isEmpty }
  }

  /// Words of ours in lines.
  private func paragraph(_ text: String, indent: Int = 0) -> [String] {
    wrapped(frame.ascii(withHeldUnits(text)), columns: frame.columns - indent).map { line in
      spaces(indent) + String(line.map { $0 == "\u{A0}" ? " " : $0 })
    }
  }

  /// ` at 65,000 events a second`, where there are several rates.
  private func place(_ step: LoadStep) -> String {
    index.steps.count > 1 ? " at " + eventRate(step.rate) : ""
  }

  // MARK: - Goals

  private func goals(_ place: Int) -> [String] {
    let step = index.steps[place]
    guard !document.goals.isEmpty else { return [] }
    let rows = document.goals.map { goal -> (name: String, value: String, mark: String) in
      guard let outcome = index.outcome(goal, step), let value = outcome.value else {
        return (frame.safe(goal.text), "no value", "")
      }
      let mark = "\(glyphs.mark(outcome.result)) \(outcome.result.rawValue)"
      return (
        frame.safe(goal.text), frame.safe(LoadGoal(goal).text(value)),
        step.invalid == nil ? mark : "? does not count"
      )
    }
    let value = rows.map { displayWidth($0.value) }.max() ?? 0
    let room = frame.columns - 2 - 2 - value - 3 - 16
    let name = min(room, rows.map { displayWidth($0.name) }.max() ?? 0)
    var lines = wrapped("GOALS" + self.place(step), columns: frame.columns)
    for row in rows {
      let cells = "  " + row.value.leading(to: value) + "   " + glyphs.coloredMarks(row.mark)
      let names = wrapped(row.name, columns: name)
      lines += names.dropLast().map { "  " + $0 }
      lines.append(("  " + (names.last ?? "").padded(to: name) + cells).withoutTrailingSpaces)
    }
    let isOpen = rows.contains { $0.mark.hasPrefix("? inc") }
    return lines + (isOpen ? ["  ? inconclusive: not shown either way"] : [])
  }

  // MARK: - Operations

  private static let gap = "  an empty cell: fewer than one event is above it"
  private static let levels = [0.5, 0.9, 0.99, 0.999, 0.9999]

  private func operations(_ place: Int) -> [String] {
    let step = index.steps[place]
    guard step.latency.contains(where: { $0.count > 0 }) else { return [] }
    let timings = LoadTimings(step: step)
    let service = timings.isHidden ? step.service : nil
    let shown = step.latency + [service].compactMap(\.self)
    let names = shortNames(
      step.latency.map(\.words).map(frame.safe) + (service == nil ? [] : ["service only"]),
      columns: 16, ellipsis: glyphs.ellipsis)
    let columns =
      Self.levels.map { level in
        LoadColumn(LoadWords.quantile(level), shown.map { $0.meant(level) })
      } + [LoadColumn("longest", shown.map(\.longest))]
    let table = LoadColumns(frame: frame).lines(
      left: [("operation", names)],
      right: [("events", shown.map { grouped(Int64($0.count)) })], columns)
    let title =
      "LATENCY" + self.place(step) + ", from when an event was due until it was carried out"
    var lines = wrapped(title, columns: frame.columns) + table
    if columns.contains(where: \.hasGaps) { lines.append(Self.gap) }
    if let omission = timings.omission {
      lines += paragraph(
        "service only: from when the engine took an event up. " + omission, indent: 2)
    }
    return lines
  }

  // MARK: - Rates

  /// More rates than these stand in the file.
  private static let mostRates = 40

  private var rates: [String] {
    guard index.steps.count > 1 else { return [] }
    let order = index.ascending.prefix(Self.mostRates)
    let shown = order.map { index.steps[$0] }
    let isWide = frame.columns >= 100
    let levels = isWide ? [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999] : [0.5, 0.99, 0.999, 0.9999]
    let columns = levels.map { level in
      LoadColumn(LoadWords.quantile(level), shown.map { $0.all?.meant(level) })
    }
    let marks = shown.map(mark)
    let table = LoadColumns(frame: frame).lines(
      left: [],
      right: [
        ("asked for", shown.map { $0.isConstant ? rateDigits($0.rate) : "" }),
        ("due", shown.map { rateDigits($0.offered) }),
        ("carried out", shown.map { rateDigits($0.achieved) }),
      ], columns, last: marks)
    var lines = ["RATES, events a second"] + table.map(glyphs.coloredMarks)
    if columns.contains(where: \.hasGaps) { lines.append(Self.gap) }
    if index.steps.count > order.count {
      lines.append(
        "  \(grouped(Int64(index.steps.count - order.count))) more stand in load_rates.csv")
    }
    return lines
  }

  private func mark(_ step: LoadStep) -> String {
    if step.invalid != nil { return "? not counted" }
    if !step.violations.isEmpty { return glyphs.mark(.missed) + " broken" }
    if !step.keepsUp { return glyphs.mark(.missed) + " behind" }
    guard let result = step.result else { return glyphs.mark(.met) + " kept up" }
    return glyphs.mark(result) + " " + (result == .inconclusive ? "open" : result.rawValue)
  }

  // MARK: - The generator

  private func generator(_ place: Int) -> [String] {
    let step = index.steps[place]
    var text = LoadTimings(step: step).lateness
    text += " At most \(countedEvents(step.greatestBacklog)) waited at once."
    return paragraph(text)
  }

  // MARK: - Predictions

  private var predictions: [String] {
    let rows = document.predictions.map { LoadPrediction($0) }
    guard !rows.isEmpty else { return [] }
    let names = shortNames(
      rows.map { frame.safe($0.name) }, columns: frame.columns >= 100 ? 40 : 26,
      ellipsis: glyphs.ellipsis)
    var cells = [["", "foretold", "95 % interval", "seen", ""]]
    for (name, row) in zip(names, rows) {
      cells.append([
        name, frame.safe(row.predicted), frame.safe(row.interval), frame.safe(row.seen), row.place,
      ])
    }
    var lines = frame.table(cells)
    if lines.contains(where: { displayWidth($0) > frame.columns }) {
      // What does not fit stands on the page.
      lines = frame.table(cells.map { [$0[0], $0[1], $0[3], $0[4]] })
    }
    return wrapped(
      "PREDICTIONS, what virtual time foretold and what the clock on the wall saw",
      columns: frame.columns) + lines
  }
}
