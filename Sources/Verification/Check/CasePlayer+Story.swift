import Engine
import Scenarios

/// What happened to a contact, told in lines.
extension CasePlayer {
  /// How many lines a story may have; the latest are the ones that matter.
  private static let longestStory = 14

  /// The contact's story up to now.
  func story(of contact: CaseFile.ContactNumber) -> [String] {
    let id = id(contact)
    var events: [(at: String, text: String)] = []
    for (at, effect) in story {
      guard let text = words.event(effect, of: id) else { continue }
      events.append(("\(EngineDuration(nanoseconds: at.nanoseconds))", text))
    }
    guard !events.isEmpty else { return [] }
    let told = events.suffix(Self.longestStory)
    let width = told.map(\.at.count).max() ?? 0
    var lines = ["what happened to \(words.contact(contact))"]
    if told.count < events.count { lines.append("    (\(events.count - told.count) more before)") }
    for (at, text) in told {
      lines.append("    " + String(repeating: " ", count: width - at.count) + at + "  " + text)
    }
    return lines
  }
}

extension CaseWords {
  /// An effect in words, if it is about this contact.
  func event(_ effect: EngineEffect, of contact: ContactID) -> String? {
    switch effect {
    case .conversationOpened(let opening) where opening.contact == contact:
      return "conversation opened by \(actor(opening.actor))"
        + (opening.assignee.map { ", still assigned to \(user($0))" } ?? "")
    case .conversationClosed(contact, _, _): return "conversation closed"
    case .conversationSnoozed(contact, _, let begins):
      return begins ? "conversation snoozed" : "conversation taken up again"
    case .contactBlocked(contact, let isBlocked): return isBlocked ? "blocked" : "unblocked"
    case .contactMerged(contact, _): return "merged into another contact"
    case .assigneeChanged(let entry) where entry.contact == contact: return change(entry)
    case .enteredQueue(contact, _, let pool): return "waits for \(self.pool(pool))"
    case .leftQueue(contact, _, let exit):
      return "waits no longer: \(exit.rawValue.replacing("_", with: " "))"
    case .sendMessage(let message, let text) where message.contact == contact:
      return "message \(quoted(text))"
    case .messageRefused(let message, let why) where message.contact == contact:
      return "a message was not sent: \(why.rawValue.replacing("_", with: " "))"
    case .questionAsked(contact, _): return "asked, and the answer is waited for"
    case .commentAdded(contact, let text, _): return "comment \(quoted(text))"
    case .tagChanged(contact, let tag, let action, _):
      return "tag '\(self.tag(tag))' \(action == .added ? "added" : "removed")"
    case .fieldChanged(contact, let field, let value, _):
      return "field '\(self.field(field))' " + (value.map { "= \(quoted($0.text))" } ?? "emptied")
    case .userMentioned(let user, contact, _): return "\(self.user(user)) is named in it"
    case .callRefused(_, contact, let domain): return "no call to \(escaped(domain)): it is our own"
    case .runStarted(_, let workflow, contact): return "entered '\(self.workflow(workflow))'"
    case .runEnded(_, let workflow, contact, let reason):
      return "left '\(self.workflow(workflow))': \(reason.rawValue)"
    case .callService(let call) where call.contact == contact:
      return "service '\(service(call.service))' called"
    case .askAIAgent(_, contact, _): return "handed to the AI agent"
    default: return nil
    }
  }

  private func change(_ entry: AssignmentEntry) -> String {
    let what = entry.to.map { "assigned to \(user($0))" } ?? "unassigned"
    var how = entry.reason.name.replacing("_", with: " ")
    if entry.isAutomatic { how += ", decision \(entry.decision)" }
    return "\(what) by \(actor(entry.actor)) (\(how))"
  }

  private func quoted(_ text: String) -> String {
    let head = text.prefix(60)
    return "'" + escaped(head.endIndex == text.endIndex ? text : head + "…") + "'"
  }
}
