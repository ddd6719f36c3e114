import Engine
import Scenarios

/// What the engine's effects are to a case.
extension CasePlayer {
  /// Carries out an effect and enters it in the ledgers.
  func take(_ effect: EngineEffect) {
    if case .decided = effect { return }
    story.append((now, effect))
    switch effect {
    case .armTimer(let key, let time): timers.arm(key, at: time)
    case .cancelTimer(let key): timers.cancel(key)
    case .sendMessage(let message, let text): hand(message, text)
    case .callService(let call):
      requests.append((call.service, call.run, call.contact))
      calls[call.service, default: 0] += 1
      latestCall[call.service] = call
    case .askAIAgent(let run, let contact, _): agents.append((run, contact))
    case .enteredQueue(let contact, let run, _): queue.append((contact, run))
    case .leftQueue(_, let run, _): queue.removeAll { $0.run == run }
    case .assigneeChanged(let entry): changed(entry)
    case .refused(let refusal): refusals.append((refusal.name, about, row))
    case .invariantBroken(let violation): broke(violation)
    default: enterInLedger(effect)
    }
  }

  /// A channel delivers, or says that it failed, at once or after its time.
  private func hand(_ message: OutgoingMessage, _ text: String) {
    let delivery =
      deliveries.indices.contains(message.channel.index)
      ? deliveries[message.channel.index] : CaseFile.Delivery(arrives: false)
    let letter = MessageUnderWay(
      at: now + delivery.after, message: message, text: text, arrives: delivery.arrives)
    guard delivery.after > .zero else { return arrive(letter) }
    // Those of one instant in the order in which they were sent.
    let place = underWay.firstIndex { $0.at > letter.at } ?? underWay.count
    underWay.insert(letter, at: place)
  }

  /// A message reaches its contact, or the channel gives it up.
  func arrive(_ letter: MessageUnderWay) {
    if letter.arrives, let number = numbers[letter.message.contact] {
      ledgers[number].received.append(letter.text)
    }
    send(letter.arrives ? .messageDelivered(letter.message) : .messageFailed(letter.message))
  }

  private func changed(_ entry: AssignmentEntry) {
    guard isOn else { return }
    fingerprint.mix(UInt64(bitPattern: now.nanoseconds))
    fingerprint.mix(entry.contact.raw)
    fingerprint.mix(entry.from.map { UInt64($0.raw) } ?? .max)
    fingerprint.mix(entry.to.map { UInt64($0.raw) } ?? .max)
    fingerprint.mix(UInt64(entry.source.rawValue) &<< 8 | UInt64(entry.reason.rawValue))
    fingerprint.mix(entry.decision)
    if entry.source == .workflow, let user = entry.to { counts[user, default: 0] += 1 }
    if let number = numbers[entry.contact] { ledgers[number].assignments.append(entry) }
  }

  /// Effects that only expectations about a contact ask for.
  private func enterInLedger(_ effect: EngineEffect) {
    switch effect {
    case .conversationOpened(let opening):
      if let number = numbers[opening.contact] { ledgers[number].openedBy = opening.source }
    case .conversationClosed(let contact, _, let place):
      if let number = numbers[contact] { ledgers[number].closed = core.closedConversation(place) }
    case .questionAsked(let contact, _):
      if let number = numbers[contact] { ledgers[number].asked += 1 }
    case .commentAdded(let contact, let text, _):
      if let number = numbers[contact] { ledgers[number].comments.append(text) }
    case .userMentioned(let user, let contact, _):
      if let number = numbers[contact] { ledgers[number].mentioned.append(user) }
    case .tagChanged(let contact, let tag, let action, _):
      if let number = numbers[contact] { ledgers[number].tagHistory.append((tag, action)) }
    case .fieldChanged(let contact, let field, let value, _):
      if let number = numbers[contact] {
        ledgers[number].fieldHistory[field, default: []].append(value)
      }
    case .runStarted(let run, let workflow, let contact):
      guard let number = numbers[contact] else { break }
      let count = ledgers[number].runs[workflow]?.count ?? 0
      ledgers[number].runs[workflow] = ContactLedger.RunTally(count: count + 1, latest: run)
    case .runEnded(let run, let workflow, let contact, let reason):
      guard let number = numbers[contact], ledgers[number].runs[workflow]?.latest == run else {
        break
      }
      ledgers[number].runs[workflow]?.ended = reason
    default: break
    }
  }
}
