import Engine

extension Refusal {
  /// Every reason in one word.
  static let names: [String] = {
    let zero = EngineTime.zero
    let contact = ContactID(0)
    let user = UserID(0)
    let all: [Refusal] = [
      .unknownUser(user), .unknownTeam(TeamID(0)), .unknownContact(contact),
      .unknownChannel(ChannelID(0)), .unknownTag(TagID(0)), .unknownField(FieldID(0)),
      .unknownWorkflow(WorkflowID(0)), .unknownShortcut(""), .unknownWebhook(""),
      .staleRun(RunID(0)), .staleTimer(.queues), .earlyTimer(.queues, expected: zero),
      .idOutOfTurn(expected: 0, got: 0), .timeWentBack(from: zero, to: zero), .absurdTime(zero),
      .contactBlocked(contact), .noOpenConversation(contact), .notVisible(contact, to: user),
      .closingNoteRequired(.off), .unknownCategory(""), .textTooLong(limit: 0),
      .offlineIsNotChosen(user), .wrongSource(.api), .alreadyInTeam(user, TeamID(0)),
      .notInTeam(user, TeamID(0)), .tooManyTeams(limit: 0), .contactInUse(contact),
      .mergeWithItself(contact), .workflowPublished(WorkflowID(0)), .takenOver(contact),
      .unsuitable(user, contact, why: ""), .badValue(""),
      .badWorkflows([]),
    ]
    return all.map(\.name)
  }()
}
