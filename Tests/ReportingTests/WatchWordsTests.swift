import Testing

@testable import Reporting

@Suite("Words of Watch")
struct WatchWordsTests {
  private func side(_ way: Int, _ name: String, moved: Int, answered: Int = 5, wrote: Int = 9)
    -> HourWords.Side
  {
    HourWords.Side(way: way, name: name, moved: moved, wrote: wrote, answered: answered, median: 61)
  }

  private func verdict(_ left: HourWords.Side, _ right: HourWords.Side, ways: Int = 3) -> String {
    HourWords([left, right], of: ways, goal: 300, shortened: nil).verdict
      .replacing(/<[^>]*>/, with: "")
  }

  @Test(
    "numbers of moves are said as people say them",
    arguments: [
      (26, 2, "a moves 26 of them, b two."), (1, 0, "a moves one of them, b nobody."),
      (0, 1, "a moves nobody, b one of them."), (3, 3, "a and b move three of them each."),
      (0, 0, "a and b move nobody."),
    ])
  func moves(left: Int, right: Int, words: String) {
    #expect(
      verdict(side(0, "a", moved: left), side(1, "b", moved: right))
        == "The same customers, the same hour: " + words)
  }

  @Test("where nobody is moved, who is answered in time tells them apart")
  func answers() {
    #expect(
      verdict(side(0, "a", moved: 0, answered: 12), side(1, "b", moved: 0, answered: 0))
        == "The same customers, the same hour: a answers 12 of them within 5 minutes, b none.")
  }

  @Test("one way alone is not compared with itself")
  func alone() {
    let one = side(1, "b", moved: 1)
    #expect(verdict(one, one) == "One hour of one run under b: one customer is moved.")
    #expect(verdict(one, one, ways: 1) == "One hour of one run: one customer is moved.")
    let details = HourWords([one, one], of: 1, goal: 60, shortened: nil).details
    #expect(
      details.hasPrefix("5 of 9 are answered within 1 minute. One hour of one run shows how,"))
  }

  @Test("names are coloured by their place and never markup")
  func names() {
    let words = HourWords(
      [side(0, "<i>", moved: 1), side(2, "&", moved: 0)], of: 3, goal: nil, shortened: 750)
    #expect(
      words.verdict
        == "The same customers, the same hour: <bdi>&lt;i&gt;</bdi> moves one of them, "
        + "<em class=\"x2t\"><bdi>&amp;</bdi></em> nobody.")
    #expect(words.details.hasPrefix("So many customers are there that only the first 12 min 30 s"))
    #expect(words.details.contains("Half of these waited at most 1 min 1 s under "))
  }

  // MARK: - Accounts

  private func candidate(
    _ number: Int, _ open: Int, _ eligibility: AccountWords.Eligibility = .eligible,
    value: Int? = nil
  ) -> AccountWords.Candidate {
    AccountWords.Candidate(
      label: "\(number)", name: "agent \(number)", open: open, value: value,
      eligibility: eligibility)
  }

  private func words(
    _ logic: String, _ candidates: [AccountWords.Candidate], chosen: Int?,
    tie: AccountWords.TieBreak? = nil, onlyOnline: Bool = true, current: String? = nil
  ) -> AccountWords {
    AccountWords(
      logic: logic, candidates: candidates, chosen: chosen, tie: tie, onlyOnline: onlyOnline,
      current: current)
  }

  /// What the table says of each candidate.
  private func reasons(_ words: AccountWords) -> [String] {
    words.table.matches(of: /<td class="l">([^<]*)<\/td>/).map { String($0.1) }
  }

  @Test("in turn: whose turn it is, and for the others that it is not")
  func turn() {
    let account = words(
      "round_robin", [candidate(1, 0, .notOnline), candidate(2, 1), candidate(3, 1)], chosen: 1)
    #expect(account.sentence == "3 considered: one not online (1). It is agent 2’s turn.")
    #expect(reasons(account) == ["not online", "chosen", "not yet the turn"])
  }

  @Test("the fewest: alone, or one of several equals, and how many more the others have")
  func fewest() {
    let all = [
      candidate(1, 1, value: 1), candidate(2, 1, value: 1), candidate(3, 3, value: 3),
      candidate(4, 0, .excluded),
    ]
    let equal = words("least_open", all, chosen: 1, tie: .turn)
    #expect(
      equal.sentence
        == "4 considered: agent 4 has it already. Agents 1 and 2 had the fewest open: 1; of these it is "
        + "agent 2’s turn.")
    #expect(
      reasons(equal) == [
        "as good, but not the turn", "chosen", "has two more open", "has it already",
      ])
    let drawn = words("least_open", Array(all.prefix(3)), chosen: 0, tie: .draw)
    #expect(drawn.sentence.hasPrefix("3 considered: all online. "))
    #expect(drawn.sentence.hasSuffix("of these agent 1 was drawn."))
    let alone = words("least_open", Array(all[1...2]), chosen: 0, onlyOnline: false)
    #expect(
      alone.sentence == "2 considered: online or not. Agent 2 alone had the fewest open: 1.")
  }

  @Test("nobody: since none is free, or since a move would not help")
  func nobody() {
    let full = words(
      "round_robin", [candidate(1, 4, .full(limit: 4)), candidate(2, 1, .notOnline)], chosen: nil)
    #expect(
      full.sentence
        == "2 considered: one not online (2), one with as many open as allowed. Nobody can be chosen."
    )
    #expect(reasons(full) == ["has as many as allowed: 4", "not online"])
    let stays = words(
      "least_open",
      [candidate(1, 1, value: 1), candidate(2, 3, value: 3), candidate(3, 2, .excluded)],
      chosen: nil, current: "agent 3")
    #expect(stays.sentence.hasSuffix("without this one, so a move would not help."))
    #expect(reasons(stays) == ["no fewer than now", "has two more open", "has it already"])
    #expect(words("random", [], chosen: nil).sentence.hasPrefix("Nobody is there"))
  }

  @Test("an agent’s name is text in sentence and table")
  func escaping() {
    let one = AccountWords.Candidate(
      label: "<b>", name: "<b>", open: 0, value: nil, eligibility: .eligible)
    let account = words("random", [one], chosen: 0)
    #expect(!(account.sentence + account.table).contains("<b>"))
    var tale = TaleWords()
    tale.add("9:00", strong: "<b>", "<i>", account: account)
    #expect(!tale.html.contains("<b>") && !tale.html.contains("<i>"))
  }
}
