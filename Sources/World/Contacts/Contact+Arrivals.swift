import Engine
import Measurement
import Scenarios
import VirtualTime

extension Contact {
  /// A message to the contact will arrive: if it is a user's, it is a response from now on.
  ///
  /// Its fate is settled at the instant of sending, so the conversation is the one that it answers.
  @inline(never)
  func willArrive(_ message: OutgoingMessage) {
    guard case .user(let user) = message.sender else { return }
    exchange.record.response(&course, by: AgentNumber(user), at: kernel.now)
  }
}

extension Contact {
  /// A user's message will be lost, of which the engine hears only then: the conversation may be closed.
  @inline(never)
  func doom(_ message: OutgoingMessage) {
    if case .user = message.sender { doomed.append(message.id) }
  }
}

extension Model {
  /// Whether a user's message may come to nothing and then is no answer (`failed_reply_counts`).
  var repliesMayFail: Bool {
    !settings.policies.failedReplyCounts
      && channels.contains { $0.losesMessages || $0.window != nil && !$0.templates }
  }
}
