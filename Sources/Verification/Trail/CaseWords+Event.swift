import Engine

/// What came to an engine, in words.
extension CaseWords {
  /// An event as a sentence, with the contact that it is about.
  func told(_ event: EngineEvent) -> String {
    guard let contact = event.contact else { return workspace(event) }
    return "\(contact): \(told(ofContact: event))"
  }

  /// An event about a contact that is known from elsewhere.
  func told(ofContact event: EngineEvent) -> String {
    switch event {
    case .contactWrites(_, let channel, let text):
      return "writes \(inQuotes(text)) on \(self.channel(channel))"
    case .contactSendsAttachment(_, let channel):
      return "sends an attachment on \(self.channel(channel))"
    case .contactClicksAd(_, _, let ad): return "clicks the ad \(inQuotes(ad))"
    case .opens(_, let by): return "opened by \(actor(by))"
    case .closes(_, let by, let note):
      let category = note?.category ?? ""
      return "closed by \(actor(by))" + (category.isEmpty ? "" : " as \(inQuotes(category))")
    case .assigns(_, let user, let by): return "given to \(self.user(user)) by \(actor(by))"
    case .sends(_, let text, let by): return "\(actor(by)) writes \(inQuotes(text))"
    case .merges(_, let other, let by): return "merged with \(other) by \(user(by))"
    case .messageDelivered(let message): return "\(message.id) arrived"
    case .messageFailed(let message): return "\(message.id) did not arrive"
    case .serviceAnswers(_, let status, _): return "a service answers \(status)"
    case .timerFires(.autoClose): return "the auto-close timer goes off"
    case .timerFires(.snooze): return "the snooze is over"
    case .contactForgotten: return "gone for good"
    default: return Digest(event).kind
    }
  }

  private func workspace(_ event: EngineEvent) -> String {
    switch event {
    case .choosesStatus(let user, let status): "\(self.user(user)) becomes \(status)"
    case .logsIn(let user): "\(self.user(user)) logs in"
    case .logsOut(let user): "\(self.user(user)) logs out"
    case .acts(let user): "\(self.user(user)) does something"
    case .timerFires(.run(let run)): "the timer of \(run) goes off"
    case .timerFires(.inactivity(let user)): "\(self.user(user)) has done nothing for too long"
    case .timerFires(.queues): "the queues are looked at"
    case .serviceAnswers(let run, let status, _): "a service answers \(run) with \(status)"
    default: Digest(event).kind
    }
  }

  /// An effect as a sentence, whoever it is about.
  func told(_ effect: EngineEffect, _ clock: RunClock) -> String {
    if let contact = effect.contact, let text = self.event(effect, of: contact) {
      return "\(contact): \(text)"
    }
    switch effect {
    case .armTimer(let key, let time):
      return "a timer is armed for \(clock.text(time)), \(timer(key))"
    case .cancelTimer(let key): return "a timer is cancelled, \(timer(key))"
    case .statusChanged(let user, _, let status): return "\(self.user(user)) is \(status)"
    case .refused(let refusal): return "refused: \(refusal.name)"
    default: return Digest(effect).kind
    }
  }

  /// Whose timer it is.
  func timer(_ key: TimerKey) -> String {
    switch key {
    case .run(let run): "\(run)"
    case .autoClose(let contact): "auto-close of \(contact)"
    case .snooze(let contact): "snooze of \(contact)"
    case .inactivity(let user): "inactivity of \(self.user(user))"
    case .queues: "a look at the queues"
    }
  }

  /// A text as somebody wrote it, cut if it is long.
  func inQuotes(_ text: String) -> String { "'" + clean(text) + "'" }
}
