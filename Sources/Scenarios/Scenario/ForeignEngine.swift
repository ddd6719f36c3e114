public import Engine

/// A program that decides who gets a conversation, in place of the engine's own logics.
public struct ForeignEngine: Sendable, Hashable {
  /// The program, found as the shell finds one, and what it is given.
  public let command: [String]
  /// Where it runs: the folder of the scenario, links resolved; nil where the scenario is no file.
  public let folder: String?
  /// How long an answer may take on the clock of the wall.
  public let answerWithin: EngineDuration

  /// The command in one line, as people type it.
  public var text: String { command.joined(separator: " ") }
}

extension Scenario.Strategy {
  /// Whether it runs a program of somebody else's, which nothing may do unasked.
  public var isForeign: Bool { model.engine != nil }
}

extension FaultSettings {
  /// Whether it stops the engine, of which a program that decides hears nothing.
  var restartsEngine: Bool { if case .engineRestarts = kind { true } else { false } }
}

extension ScenarioKeys {
  static let engine = KeyTable(
    "an engine",
    [
      .required(
        "command", .list(.text), about: "The program and its words; only with `--allow-command`."),
      .optional(
        "answer_within", .reference("duration"), "10 s",
        about: "How long it may take to decide, by the clock on the wall."),
    ])

  /// The most words of a command.
  static let mostWords = 100
}

extension ModelReader {
  /// The program that decides, if one is named.
  func foreignEngine(_ value: ValueReader?) -> ForeignEngine? {
    guard let mapping = value?.mapping(ScenarioKeys.engine) else { return nil }
    let within = mapping.optional("answer_within", else: EngineDuration.seconds(10)) {
      $0.positiveDuration("answer_within")
    }
    guard let command = mapping["command"] else { return nil }
    guard let words = command.list(of: "words", limit: ScenarioKeys.mostWords) else { return nil }
    let texts = words.compactMap { $0.scalar("a word of the command") }
    guard texts.count == words.count, let within else { return nil }
    guard let program = texts.first, !program.isEmpty else {
      command.error(
        "the command names no program", hint: "write 'command: [python3, my_engine.py]'")
      return nil
    }
    if let word = texts.first(where: { $0.utf8.contains(0) }) {
      command.error("\(quoted(word)) has a character that no command can have")
      return nil
    }
    for word in texts { files.noteIfInside(word) }
    return ForeignEngine(command: texts, folder: files.folder, answerWithin: within)
  }
}
