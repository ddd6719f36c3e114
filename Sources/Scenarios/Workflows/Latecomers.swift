/// Users and teams who come only later: with a row of a case's timeline, or during a scenario's run.
///
/// Workflows are published before the story begins, and the publisher refuses who is not there.
struct Latecomers {
  var users: Set<String> = []
  var teams: Set<String> = []
}

extension WorkflowReader {
  /// Whether a user or team is there when workflows are published; if not, that is said.
  func isThere(_ name: String, _ what: String, at span: SourceSpan) -> Bool {
    let late = what == "user" ? names.latecomers.users : names.latecomers.teams
    guard ["user", "team"].contains(what), late.contains(name) else { return true }
    guard names.isOpen else {
      reading.problems.error(
        span,
        "the user \(quoted(name)) joins only during the run, after the workflows are published",
        hint: "give the contact to a team that the user is in")
      return false
    }
    reading.problems.error(
      span,
      "the \(what) \(quoted(name)) comes only with a row of the timeline, after the workflows are published",
      hint: what == "user"
        ? "list the user under 'users', or give the contact to a team that the user joins"
        : "list the team under 'teams', '[]' while it has no members")
    return false
  }
}
