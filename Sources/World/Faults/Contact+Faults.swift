import Engine
import Measurement
import Scenarios
import VirtualTime

/// What comes of the contact's messages when things go wrong.
extension Contact {
  /// A message is there that was there before: the engine takes it for another one.
  func comesAgain(reply: UInt32) {
    exchange.messages.received &+= 1
    exchange.reports?.received(on: channel.index, kind: Source.contact.number)
    guard let id, !peculiarity.isBlocked else { return exchange.letGoIfDone(self) }
    lastHeard = kernel.now
    if exchange.features.contains(.webhooks) { exchange.tell(.newIncomingMessage) }
    says(reply == 0 ? "Hello" : replies[Int(reply) - 1], as: id)
  }

  /// What the contact does without the engine is done; true if the rest waits until the engine is back.
  func waitsForEngine(_ event: Event) -> Bool {
    switch ContactEvent(rawValue: event.kind) {
    case .losesPatience: patience = exchange.postpone(event)
    case .writesElsewhere, .leavesPage, .callsAPI: exchange.postpone(event)
    default: return false
    }
    return true
  }
}
