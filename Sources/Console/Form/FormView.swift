import Scenarios

/// The assumptions of a scenario as a form that writes into its text.
struct FormView {
  let text: String
  let scenario: Scenario?

  var html: String { "" }
}
