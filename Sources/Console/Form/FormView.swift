import Reporting
import Scenarios

/// The assumptions of a scenario as a form that writes into its text, in place.
///
/// What the form has no control for stands there as its text, never simplified.
struct FormView {
  let source: FormSource

  /// The form of a text; `saved` is what the disk has, whose lists offer what was there before.
  init(text: String, saved: String?, scenario: Scenario?) {
    source = FormSource(text: text, saved: saved, scenario: scenario)
  }

  var html: String {
    guard source.text != nil else {
      return
        "<section><p class=\"said\">The text cannot be read as a scenario at the moment, so there is no form. "
        + "<button class=\"txt\" data-show=\"1\">To the text</button></p></section>"
    }
    return CustomersForm(source: source).html + TeamForm(source: source).html
      + WaysForm(source: source).html + GoalsForm(source: source).html
  }
}
