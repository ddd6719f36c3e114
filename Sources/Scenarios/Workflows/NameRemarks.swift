import Engine

extension WorkflowReader {
  /// Remarks on a name that promises another time than the step keeps: a label says four hours, the
  /// step waits ten minutes, and everybody believes the label.
  func remarkOnName(_ name: String, _ action: StepAction, at span: SourceSpan) {
    guard let (what, kept) = action.onlyDuration else { return }
    let promised = durations(in: name)
    guard !promised.isEmpty, !promised.contains(kept) else { return }
    reading.problems.warning(
      span, "the name says \(promised[0]), but \(what) is \(kept)",
      hint: "change the name or the time")
  }
}

extension StepAction {
  /// The one time that a step keeps, if it keeps exactly one that is written down.
  fileprivate var onlyDuration: (what: String, EngineDuration)? {
    switch self {
    case .wait(.duration(let duration)): ("the wait", duration)
    case .askQuestion(let question): question.timeout.map { ("the timeout", $0) }
    case .assignTo(let assignment): assignment.timeout.map { ("the timeout", $0) }
    case .aiAgent(let agent): ("the idle time", agent.idle)
    default: nil
    }
  }
}

/// The durations that a text speaks of, in any common spelling: `Wait 4 hours`, `after 1h 30min`.
func durations(in text: String) -> [EngineDuration] {
  var words: [Substring] = []
  for part in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "." })
  {
    let number = part.prefix { $0.isNumber || $0 == "." }
    let rest = part.dropFirst(number.count)
    if number.isEmpty || rest.isEmpty { words.append(part) } else { words += [number, rest] }
  }
  // A number and a unit, and again: all that follow each other are one duration.
  var written: [String] = []
  var isOpen = false
  var index = 0
  while index < words.count {
    guard index + 1 < words.count, words[index].first?.isNumber == true,
      let unit = durationUnit(String(words[index + 1]))
    else {
      isOpen = false
      index += 1
      continue
    }
    let part = "\(words[index]) \(unit)"
    if isOpen { written[written.count - 1] += " " + part } else { written.append(part) }
    isOpen = true
    index += 2
  }
  return written.compactMap { try? parseDuration($0) }
}
