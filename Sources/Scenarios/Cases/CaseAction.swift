public import Engine

extension CaseFile {
  /// What an entry of the timeline does: the engine's events with the contacts of the case.
  public enum Action: Sendable, Hashable {
    /// A contact writes; the channel is the one it used last if none is named.
    case says(ContactNumber, on: ChannelID?, text: String)
    /// A contact sends something without words.
    case sendsAttachment(ContactNumber, on: ChannelID?)
    /// The channel's welcome event.
    case greeted(ContactNumber, on: ChannelID?)
    /// A contact comes through an ad.
    case clicksAd(ContactNumber, on: ChannelID?, ad: String)
    /// A contact comes through a growth widget.
    case usesWidget(ContactNumber, on: ChannelID?)

    /// A conversation is opened by hand or by a program.
    case opens(ContactNumber, by: Actor)
    /// A conversation is closed.
    case closes(ContactNumber, by: Actor, note: ClosingNote?)
    /// A contact is given to somebody, or to nobody.
    case assigns(ContactNumber, to: UserID?, by: Actor)
    /// A tag is added or removed.
    case tags(ContactNumber, TagID, TagAction, by: Actor)
    /// A field is set, or emptied.
    case setsField(ContactNumber, FieldEntry?, FieldID, by: Actor)
    /// A message goes out.
    case sends(ContactNumber, text: String, by: Actor)
    /// A comment is added.
    case comments(ContactNumber, text: String, mentions: [UserID], by: Actor)
    /// A conversation is set aside.
    case snoozes(ContactNumber, until: EngineTime?, by: UserID)
    /// A conversation is taken up again.
    case unsnoozes(ContactNumber, by: UserID)
    /// A contact is blocked.
    case blocks(ContactNumber, by: UserID)
    /// A contact is no longer blocked.
    case unblocks(ContactNumber, by: UserID)
    /// Two contacts become one.
    case merges(ContactNumber, absorbing: ContactNumber, by: UserID)
    /// A user picks a shortcut.
    case usesShortcut(ContactNumber, name: String, form: [FormInput], by: UserID)
    /// Somebody takes a contact out of a workflow.
    case ejects(ContactNumber, from: WorkflowID, by: Actor)
    /// A row of an import.
    case imports(ContactNumber, ContactImport, by: Actor)
    /// The AI agent gives a contact to somebody.
    case distributes(ContactNumber, PoolID, Logic, by: Actor)
    /// A broadcast reaches a contact.
    case broadcasts(ContactNumber, on: ChannelID?, text: String)
    /// A broadcast reaches everybody of a segment, by its position in the settings.
    case broadcastsToSegment(Int, on: ChannelID?, text: String)
    /// Another system posts about a contact.
    case webhookArrives(ContactNumber, name: String, payload: JSON)

    /// A user chooses Online or Busy.
    case chooses(UserID, ActivityStatus)
    /// A user logs in.
    case logsIn(UserID)
    /// A user logs out.
    case logsOut(UserID)
    /// A user does something.
    case acts(UserID)
    /// A user of `users` that was not there joins.
    case joins(UserID)
    /// A user leaves the workspace.
    case leaves(UserID)
    /// A team of `teams` that was not there is founded.
    case founds(TeamID)
    /// A user joins a team.
    case teamGains(TeamID, UserID)
    /// A user leaves a team.
    case teamLoses(TeamID, UserID)
    /// A workflow is published as it was, or as another one is written.
    case publishes(WorkflowID, as: WorkflowID)
    /// A workflow is stopped.
    case stops(WorkflowID)
    /// Auto-close is switched.
    case setsAutoClose(EngineDuration?)

    /// A service answers its oldest open request, or the one about a contact.
    case serviceAnswers(ServiceID, about: ContactNumber?, status: Int32, body: JSON)
    /// A service does not answer its oldest open request, or the one about a contact.
    case serviceFails(ServiceID, about: ContactNumber?)
    /// The AI agent is done with a contact.
    case aiAgentEnds(ContactNumber, AIAgent.Outcome)
    /// Messages on a channel arrive from now on, or fail.
    case setsDelivery(ChannelID, CaseFile.Delivery)
  }
}
