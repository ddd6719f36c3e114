public import Engine
public import Sampling

extension WorkStyle {
  /// A shortcut that an agent picks in the inbox: it sets a workflow off.
  public struct Shortcut: Sendable {
    /// Its name, as the workflow's trigger has it.
    public let name: String
    /// The share of conversations that it is used on, once an agent has looked at them.
    public let chance: Double
    /// The work until then.
    public let after: Distribution
    /// Whether it is used on every open contact at the end of a shift.
    public let atShiftEnd: Bool
    /// What its form asks for.
    public let form: [FormInput]
  }
}

extension ScenarioKeys {
  static let shortcut = KeyTable(
    "a shortcut",
    [
      .optional(
        "chance", .reference("share"),
        about: "The share of conversations that it is used on instead of an answer, decided once "
          + "for each."),
      .optional(
        "after", .reference("distribution"), "0 s",
        about: "The work on the conversation before it is used; with 'chance'."),
      .optional(
        "at", .choice(["shift_end"]),
        about: "At the end of a shift it is used on every open contact that the agent has."),
      .optional(
        "form", .named(.text), about: "What is entered in its form; by default nothing."),
    ], oneOf: ["chance", "at"])

  /// The most shortcuts of all agents together.
  static let maximalShortcuts = 16
}

extension ModelReader {
  func shortcuts(_ value: ValueReader) -> [WorkStyle.Shortcut]? {
    if value.scalarText == "never" { return [] }
    guard let entries = value.named("a shortcut") else { return nil }
    let shortcuts = entries.compactMap { name, value in
      value.mapping(ScenarioKeys.shortcut).flatMap { shortcut(name, $0) }
    }
    return shortcuts.count == entries.count ? shortcuts : nil
  }

  private func shortcut(_ name: Name, _ mapping: Mapping) -> WorkStyle.Shortcut? {
    shortcutNames.append(name)
    guard mapping.only(of: ["chance", "at"], subject: "a shortcut") != nil else {
      reading.problems.error(
        name.span, "the shortcut '\(name.text)' is never used",
        hint: "say 'chance: 5%' or 'at: shift_end'")
      return nil
    }
    let chance = mapping.optional("chance", else: 0) { $0.share("chance") }
    let after = mapping.optional("after", else: .none) { distribution($0, "after") }
    let end = mapping.optional("at", else: false) { $0.choice("at", ["shift_end": true]) }
    let form = mapping.optional("form", else: []) { value -> [FormInput]? in
      guard let inputs = value.named("an input") else { return nil }
      let form = inputs.compactMap { name, value in
        value.text("an input", limit: settings.limits.textLength).map {
          FormInput(name.text, .text($0))
        }
      }
      return form.count == inputs.count ? form : nil
    }
    guard let chance, let after, let end, let form else { return nil }
    return WorkStyle.Shortcut(
      name: name.text, chance: chance, after: after, atShiftEnd: end, form: form)
  }

  /// The engine refuses a shortcut that no published workflow has.
  func checkShortcuts(_ workflows: [WorkflowDefinition]) {
    let known = workflows.compactMap { workflow -> String? in
      guard workflow.status == .published, case .shortcut(let name) = workflow.trigger else {
        return nil
      }
      return name
    }
    for name in shortcutNames where !known.contains(name.text) {
      guard !known.isEmpty else {
        reading.problems.error(
          name.span, "no published workflow has the trigger shortcut",
          hint: "write 'trigger: {shortcut: {name: \(name.text)}}' in one")
        continue
      }
      reading.problems.unknownName("shortcut", name.text, at: name.span, known: known)
    }
    if Set(shortcutNames.map(\.text)).count > ScenarioKeys.maximalShortcuts,
      let last = shortcutNames.last
    {
      reading.problems.error(
        last.span, "more than \(ScenarioKeys.maximalShortcuts) shortcuts that agents use")
    }
  }
}

extension Model {
  /// The names of the shortcuts that agents use, each once.
  public var shortcutNames: [String] {
    var names: [String] = []
    for shortcut in styles.flatMap(\.shortcuts) where !names.contains(shortcut.name) {
      names.append(shortcut.name)
    }
    return names
  }
}
