import Engine

extension WorkflowReader {
  /// Remarks on a category that is known only in the run, and may turn out to be none of the workspace's.
  func remarkOnCategory(_ category: Template, _ value: ValueReader) {
    guard category.literal == nil, !names.categories.isEmpty else { return }
    if category.parts.count == 1, case .subject(.variable(let name)) = category.parts[0],
      let choices = choices[name], !choices.isEmpty, choices.allSatisfy(names.categories.contains)
    {
      return
    }
    reading.problems.warning(
      value.span,
      "this category is known only when the workflow runs; one that is not among the categories is left "
        + "out", hint: "the categories: " + names.categories.prefix(24).joined(separator: ", "))
  }
}
