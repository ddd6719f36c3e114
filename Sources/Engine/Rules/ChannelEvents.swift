extension EngineCore {
  /// The channel's welcome event (O5): only in old workspaces does it open a conversation.
  mutating func channelGreets(_ contact: ContactID, on channel: ChannelID) throws(Refusal) {
    try known(channel)
    let slot = contact == nextContact ? create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if settings.anyChannelEventOpens, !contacts[slot].isOpen {
      open(slot, source: .contact, actor: .contact, channel: channel)
    }
    // Whom an event made, no message makes any more: the rule created_by_message asks for it.
    contacts[slot].flags.remove(.isArriving)
  }

  /// A click on an ad (O6), which is an occasion of its own.
  mutating func clicksAd(_ contact: ContactID, on channel: ChannelID, ad: String) throws(Refusal) {
    try known(channel)
    try accept(ad)
    let slot = contact == nextContact ? create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if !contacts[slot].isOpen {
      open(slot, source: .ctcAds, actor: .contact, channel: channel)
    }
    contacts[slot].flags.remove(.isArriving)
    if !workflows.listeners.ad.isEmpty { occur(.ad(ad), to: slot) }
  }

  /// A conversation begun at a growth widget (O7).
  mutating func usesWidget(_ contact: ContactID, on channel: ChannelID) throws(Refusal) {
    try known(channel)
    let slot = contact == nextContact ? create(contact) : try known(contact)
    guard !contacts[slot].isBlocked else { throw .contactBlocked(contact) }
    contacts[slot].lastChannel = channel
    if !contacts[slot].isOpen {
      open(slot, source: .growthWidget, actor: .contact, channel: channel)
    }
    contacts[slot].flags.remove(.isArriving)
  }
}
