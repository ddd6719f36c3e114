import Engine

/// The account of a decision as a table.
extension CaseWords {
  /// What was asked, then everybody considered, a line each; `>` marks whom the case or record expects.
  ///
  /// - Parameters:
  ///   - limit: How many of those are shown who are neither wanted nor chosen.
  ///   - core: The workspace whose word on the users' statuses is shown too.
  func lines(
    of account: DecisionAccount, wanted: [UserID], heading: String, limit: Int = .max,
    statuses core: EngineCore? = nil
  ) -> [String] {
    var left = limit
    let candidates = account.candidates.filter {
      if $0.user == account.chosen || wanted.contains($0.user) { return true }
      left -= 1
      return left >= 0
    }
    let showsValues = candidates.contains {
      $0.value != nil && $0.value != Int64($0.openContacts)
    }
    let names = candidates.map { user($0.user) }
    let width = max(4, names.map(\.count).max() ?? 0)
    var lines = [heading, "    " + question(account.request), ""]
    lines.append(
      "    " + padded("user", width) + (core == nil ? "" : "  status ") + "  open"
        + (showsValues ? "   value" : ""))
    for (name, candidate) in zip(names, candidates) {
      var line = wanted.contains(candidate.user) ? "  > " : "    "
      line += padded(name, width)
      if let core {
        line += "  " + padded(core.status(of: candidate.user)?.description ?? "gone", 7)
      }
      line += "  " + lead("\(candidate.openContacts)", 4)
      if showsValues { line += lead(candidate.value.map { "\($0)" } ?? "-", 8) }
      lines.append(line + "  " + eligibility(on: candidate, account))
    }
    let more = account.candidates.count - candidates.count
    if more > 0 { lines.append("    and \(more) more") }
    if candidates.isEmpty { lines.append("    nobody is in \(pool(account.request.pool))") }
    return lines
  }

  /// What an Assign To step asked, in the words of its settings.
  private func question(_ request: AssignmentRequest) -> String {
    var parts = ["\(request.logic.name) in \(pool(request.pool))"]
    if request.onlyOnline { parts.append("only_online") }
    if let limit = request.fewerThan { parts.append("fewer_than \(limit)") }
    if let user = request.exclude { parts.append("excluding \(self.user(user))") }
    if request.onlyIfSooner { parts.append("only_if_sooner than \(user(request.current))") }
    return parts.joined(separator: ", ")
  }

  private func eligibility(
    on candidate: DecisionAccount.Candidate, _ account: DecisionAccount
  ) -> String {
    switch candidate.eligibility {
    case .eligible:
      if candidate.user == account.chosen { return "chosen: \(grounds(account))" }
      let isEqual = account.equals > 1 && candidate.value == bestValue(account)
      return isEqual && candidate.value != nil ? "as good, not its turn" : "could be chosen"
    case .excluded: return "removed: has the contact now"
    case .notOnline(let status): return "removed: \(status)"
    case .full(let limit): return "removed: not fewer than \(limit) open"
    case .overOwnLimit(let limit): return "removed: own limit of \(limit) reached"
    case .secondTier: return "removed: busy, and somebody online qualifies"
    }
  }

  private func bestValue(_ account: DecisionAccount) -> Int64? {
    account.candidates.lazy.filter { $0.eligibility == .eligible }.compactMap(\.value).min()
  }

  /// Why the chosen one was chosen.
  private func grounds(_ account: DecisionAccount) -> String {
    let eligible = account.candidates.count { $0.eligibility == .eligible }
    guard eligible > 1 else { return "the only one left" }
    var text: String
    if let best = bestValue(account) {
      text = account.request.logic == .leastOpen ? "fewest open, \(best)" : "best value, \(best)"
      guard account.equals > 1 else { return text }
      text += ", as \(account.equals - 1) more; "
    } else {
      text = ""
    }
    switch account.tieBreak {
    case .rotation: text += "next in turn"
    case .random: text += "drawn"
    case .list: text += "first in the list"
    case nil: break
    }
    return text
  }
}
