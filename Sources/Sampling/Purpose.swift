/// What a random stream is for; each purpose of each conversation, agent or service has its own.
///
/// The numbers are part of every result: a number once given is never changed or given again,
/// otherwise the same seed would tell another story. There is room for 1024.
public enum Purpose: UInt16, CaseIterable, Codable, Hashable, Sendable {
  // Populations: when conversations open.
  case arrivals = 1
  case arrivalPhases = 2
  case batchSizes = 3
  case busyness = 4

  // Conversations: who writes, what about, and what they do.
  case channel = 16
  case questions = 17
  case thinkTime = 18
  case patience = 19
  case known = 20
  case knownAssignee = 21
  case returns = 22
  case returnDelay = 23
  case fields = 24
  case answerValidity = 25
  case answerDelay = 26
  case answerText = 27
  case spam = 28
  case recognition = 29
  case blocking = 30
  case secondChannel = 31
  case secondChannelDelay = 32
  case merging = 33
  case broadcastReply = 34
  case broadcastReplyDelay = 35
  case broadcastReading = 114

  // Work belongs to the conversation too: every strategy meets the same customers.
  case replyTime = 40
  case wrapUp = 41
  case forgetsToClose = 42
  case finishing = 43

  // Agents.
  case absenceAfter = 56
  case absenceLength = 57
  case lateness = 58
  case grabbing = 59
  case grabbingDelay = 60
  case looking = 61
  case checkingIn = 62

  // Channels and services.
  case delivery = 72
  case deliveryFailure = 73
  case serviceLatency = 74
  case serviceFailure = 75
  case serviceAnswer = 76
  case aiOutcome = 77
  case aiLatency = 78

  // What goes wrong.
  case faultOnset = 84
  case faultLength = 85
  case faultyMessage = 86
  case faultyMessageDelay = 87
  case faultyCall = 88
  case faultyCallLatency = 89
  case dropping = 90
  case droppedTime = 91

  // Conversations that somebody else begins.
  case writing = 108
  case writingDelay = 109

  // What contacts say of it all.
  case rating = 112
  case ratingDelay = 113

  // What agents do besides answering.
  case shortcut = 110
  case shortcutDelay = 111

  // The engine and the tools.
  case policy = 96
  case fuzzing = 97
  case load = 98
  case resampling = 99
  case selftest = 100

  // Help in writing, and visitors of pages.
  case assistance = 104
  case session = 105

  // Endpoints of webhooks.
  case webhookLatency = 106
  case webhookFailure = 107

  /// Draws that belong to nothing above: tests, examples, benchmarks.
  case other = 1023
}
