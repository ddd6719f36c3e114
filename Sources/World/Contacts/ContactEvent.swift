/// What a contact is woken for.
enum ContactEvent: UInt16 {
  /// A thought is over: the next question is written.
  case writes
  /// The contact has waited long enough.
  case losesPatience
  /// The contact has something to say again.
  case returns
  /// The contact answers a workflow's question.
  case answersQuestion
  /// The contact writes because of a broadcast.
  case repliesToBroadcast
  /// The person writes on a second channel.
  case writesElsewhere
  /// The visitor leaves the page.
  case leavesPage
  /// The contact writes who came in another way or was written to.
  case writesAfterOpening
  /// The developer API is called again, which refused before.
  case callsAPI
}
