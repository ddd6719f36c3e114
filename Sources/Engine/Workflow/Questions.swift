extension EngineCore {
  mutating func ask(_ step: QuestionInstruction, _ place: Int) -> Flow {
    let slot = Int(runs[place].contact)
    let text = render(step.text, place)
    guard
      let message = sendAutomatic(slot, text: text, sender: .run(runID(place)), channel: nil)
    else {
      if step.onFailure != nowhere { return .to(step.onFailure) }
      end(place, .sendFailed)
      return .stop
    }
    // Messages are numbered in order, so the number also tells which question was asked last.
    runs[place].message = message
    effects.append(.questionAsked(contactID(slot), runID(place)))
    wait(place, .asking, until: now + step.timeout)
    return .stop
  }

  /// Whether words are a valid answer to a question that waits in one of the runs that begin there.
  @inline(never)
  func isAnswer(_ text: String?, in firstRun: Int32) -> Bool {
    guard let text else { return false }
    var place = firstRun
    while place >= 0 {
      let row = runs[Int(place)]
      if row.state == .asking {
        let workflow = workflows.handle(Int(row.workflow))
        if case .ask(let index) = workflow.element.program.instructions[Int(row.counter)],
          workflow.element.program.questions[Int(index)].answer.accept(text) != nil
        {
          return true
        }
      }
      place = row.next
    }
    return false
  }

  /// Gives a contact's message to the question it answers, and AI agents a sign of life.
  mutating func answer(_ slot: Int, text: String?) {
    var chosen = -1
    var place = contacts[slot].firstRun
    while place >= 0 {
      let row = runs[Int(place)]
      if row.state == .withAIAgent { restartIdle(Int(place)) }
      if row.state == .asking {
        switch policies.answerGoesTo {
        case .all: take(text, Int(place))
        case .latest:
          if chosen < 0 || row.message > runs[chosen].message { chosen = Int(place) }
        case .oldest:
          if chosen < 0 || row.message < runs[chosen].message { chosen = Int(place) }
        }
      }
      place = row.next
    }
    if chosen >= 0 { take(text, chosen) }
  }

  mutating func take(_ text: String?, _ place: Int) {
    let workflow = workflows.handle(Int(runs[place].workflow))
    guard case .ask(let index) = workflow.element.program.instructions[Int(runs[place].counter)]
    else {
      preconditionFailure("a run that asks is not at a question")
    }
    let step = workflow.element.program.questions[Int(index)]
    stopWaiting(place)
    guard let text, let answer = step.answer.accept(text) else {
      takeOrEnd(place, step.onInvalid, .invalidAnswer)
      return
    }
    save(answer, step, place)
    proceed(place)
  }

  private mutating func save(
    _ answer: AskQuestion.Accepted, _ step: QuestionInstruction, _ place: Int
  ) {
    let slot = Int(runs[place].contact)
    let actor = Actor.workflow(WorkflowID(index: Int(runs[place].workflow)))
    switch step.save {
    case .field(let field): change(slot, field, answer.value, by: actor)
    case .variable(let variable):
      runs[memoryOf: place].set(Int(variable), to: answer.value)
    case .tags(let tags):
      if let choice = answer.choice { change(slot, tags[choice], .added, by: actor) }
    case nil: break
    }
  }
}

extension AskQuestion {
  /// A valid answer.
  struct Accepted: Equatable {
    var value: Value
    /// Its place among the choices, where there are any.
    var choice: Int?
  }
}

extension AskQuestion.Answer {
  /// What an answer says, nil when it is not of this kind.
  func accept(_ text: String) -> AskQuestion.Accepted? {
    let words = text.trimmed
    guard !words.isEmpty else { return nil }
    switch self {
    case .text, .location: return .init(value: .text(words))
    case .choice(let choices): return accept(words, among: choices)
    case .number(let minimum, let maximum):
      guard let number = words.decimal, minimum.map({ number >= $0 }) ?? true,
        maximum.map({ number <= $0 }) ?? true
      else { return nil }
      return .init(value: .number(number))
    case .rating:
      // One digit, as on the buttons: `+05` is none of them.
      guard words.count == 1, let rating = words.digits, (1...5).contains(rating) else {
        return nil
      }
      return .init(value: .number(Double(rating)))
    case .email: return words.isEmail ? .init(value: .text(words)) : nil
    case .phone: return words.isPhoneNumber ? .init(value: .text(words)) : nil
    case .url: return words.isWebAddress ? .init(value: .text(words)) : nil
    case .date: return words.isDate ? .init(value: .text(words)) : nil
    }
  }

  /// A choice is named, in capitals or not, or given by its number.
  func accept(_ words: String, among choices: [String]) -> AskQuestion.Accepted? {
    let folded = words.lowercased()
    var found = choices.firstIndex { $0.trimmed.lowercased() == folded }
    if found == nil, let number = words.digits, choices.indices.contains(number - 1) {
      found = number - 1
    }
    return found.map { .init(value: .text(choices[$0]), choice: $0) }
  }
}

extension String {
  var trimmed: String {
    var words = self[...]
    while words.first?.isWhitespace == true { words = words.dropFirst() }
    while words.last?.isWhitespace == true { words = words.dropLast() }
    return String(words)
  }

  /// One `@` with something before it and a domain of at least two labels after it.
  var isEmail: Bool {
    guard utf8.count <= 320, !contains(where: \.isWhitespace) else { return false }
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty }
  }

  /// 5 to 15 digits, a plus before and the usual separators between them allowed.
  var isPhoneNumber: Bool {
    let digits = (first == "+" ? dropFirst() : self[...]).filter { !" -().".contains($0) }
    return (5...15).contains(digits.count) && digits.allSatisfy { ("0"..."9").contains($0) }
  }

  /// A host of at least two labels, with or without `https://` before it.
  var isWebAddress: Bool {
    guard !contains(where: \.isWhitespace) else { return false }
    var rest = self[...]
    for scheme in ["https://", "http://"] where lowercased().hasPrefix(scheme) {
      rest = dropFirst(scheme.count)
    }
    let host = rest.prefix { !"/?#".contains($0) }
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty } && !host.contains("@")
  }

  /// `2026-11-23` or `23/11/2026`, on a day that exists.
  var isDate: Bool {
    let separator: Character = contains("/") ? "/" : "-"
    var numbers = split(separator: separator, omittingEmptySubsequences: false).map {
      String($0).digits
    }
    guard numbers.count == 3 else { return false }
    if separator == "/" { numbers.reverse() }
    guard let year = numbers[0], let month = numbers[1], let day = numbers[2],
      (1...9_999).contains(year), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }
}
