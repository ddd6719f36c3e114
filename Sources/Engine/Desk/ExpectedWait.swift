/// The user predicted to answer first: each conversation that waits for him takes one of his usual
/// answers, and so does the new one.
enum ExpectedWait: AssignmentLogic {
  static var comparesFacts: Bool { true }

  static func rank(
    of user: UserRecord, _ facts: UserFacts, under filter: PoolFilter
  ) -> Int64 {
    let answers = Int64(facts.unanswered) + 1
    let (wait, isTooLong) = answers.multipliedReportingOverflow(by: facts.replyTime)
    return isTooLong ? SeatRanking.absent - 1 : min(wait, SeatRanking.absent - 1)
  }
}
