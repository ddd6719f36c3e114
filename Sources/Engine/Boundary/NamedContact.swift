extension EngineEvent {
  /// The contact that it names.
  public var contact: ContactID? {
    switch self {
    case .contactWrites(let contact, _, _), .contactSendsAttachment(let contact, _),
      .channelGreets(let contact, _), .contactClicksAd(let contact, _, _),
      .contactUsesWidget(let contact, _), .opens(let contact, _), .closes(let contact, _, _),
      .assigns(let contact, _, _), .tags(let contact, _, _, _), .setsField(let contact, _, _, _),
      .sends(let contact, _, _), .comments(let contact, _, _, _), .snoozes(let contact, _, _),
      .unsnoozes(let contact, _), .blocks(let contact, _), .unblocks(let contact, _),
      .merges(let contact, _, _), .usesShortcut(let contact, _, _, _),
      .ejects(let contact, _, _), .broadcasts(let contact, _, _),
      .webhookArrives(let contact, _, _), .imports(let contact, _, _),
      .distributes(let contact, _, _, _), .contactAdded(let contact, _),
      .contactForgotten(let contact), .timerFires(.autoClose(let contact)),
      .timerFires(.snooze(let contact)):
      contact
    case .messageDelivered(let message), .messageFailed(let message): message.contact
    default: nil
    }
  }
}

extension EngineEffect {
  /// The contact that it is about.
  public var contact: ContactID? {
    switch self {
    case .contactCreated(let contact), .contactMerged(let contact, _),
      .contactForgotten(let contact), .conversationClosed(let contact, _, _),
      .conversationSnoozed(let contact, _, _), .contactBlocked(let contact, _),
      .enteredQueue(let contact, _, _), .leftQueue(let contact, _, _),
      .questionAsked(let contact, _), .commentAdded(let contact, _, _),
      .userMentioned(_, let contact, _), .tagChanged(let contact, _, _, _),
      .fieldChanged(let contact, _, _, _), .runStarted(_, _, let contact),
      .runEnded(_, _, let contact, _), .callRefused(_, let contact, _),
      .askAIAgent(_, let contact, _):
      contact
    case .conversationOpened(let opening): opening.contact
    case .assigneeChanged(let entry): entry.contact
    case .sendMessage(let message, _), .messageRefused(let message, _): message.contact
    case .callService(let call): call.contact
    default: nil
    }
  }
}
