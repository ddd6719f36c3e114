import Scenarios

/// Carries out what the form asks for, in the text itself.
enum Editor {
  /// Why a change is not possible, in words.
  struct Refusal: Error { let words: String }

  /// The text with all changes; none is made if one cannot be.
  static func apply(_ edits: [FormEdit], to text: String, file: String) throws(Refusal) -> String {
    do throws(Diagnostics) {
      var changed = try ScenarioText(text: text, file: file)
      for edit in edits {
        guard let path = ScenarioPath(parsing: edit.path) else {
          throw Diagnostics([Diagnostic(file: file, "'\(edit.path)' is no place in a scenario")])
        }
        changed = try Self.apply(edit, at: path, to: changed, file)
      }
      return changed.text
    } catch {
      throw Refusal(
        words: error.all.first?.message ?? "this cannot be changed here; change it in the text")
    }
  }

  private static func apply(
    _ edit: FormEdit, at path: ScenarioPath, to text: ScenarioText, _ file: String
  ) throws(Diagnostics) -> ScenarioText {
    func missing(_ what: String) -> Diagnostics {
      Diagnostics([Diagnostic(file: file, "'\(edit.do.rawValue)' needs \(what)")])
    }
    switch edit.do {
    case .set:
      guard let value = edit.value else { throw missing("a value") }
      if text.value(at: path) == nil { return try text.inserting(path, yaml: value) }
      return try text.setting(path, toYAML: value)
    case .insert:
      guard let value = edit.value else { throw missing("a value") }
      let step =
        edit.key.map { ScenarioPath.Step.key($0) } ?? .index(edit.to ?? text.count(at: path))
      return try text.inserting(ScenarioPath(path.steps + [step]), yaml: value)
    case .remove: return try text.removing(path)
    case .rename:
      guard let key = edit.key else { throw missing("a key") }
      return try text.renaming(path, to: key)
    case .duplicate:
      guard let key = edit.key else { throw missing("a key") }
      return try text.duplicating(path, as: key)
    case .move:
      guard let to = edit.to else { throw missing("a position") }
      return try text.moving(path, to: to)
    }
  }
}
