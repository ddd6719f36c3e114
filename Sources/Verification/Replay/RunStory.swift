public import Engine

/// What happened to one conversation of a run, told in lines: each with its time, and each automatic
/// choice with everybody who was considered.
public struct RunStory: Sendable {
  /// The lines; nil where there is no such conversation.
  public let lines: [String]?
  /// How many conversations there are; they are numbered from 1 on.
  public private(set) var conversations: UInt64 = 0

  /// As many candidates are shown who are neither chosen nor wanted.
  private static let mostCandidates = 10

  /// Tells a conversation.
  public init(of conversation: ConversationID, in recording: EngineRecording) {
    var teller = Teller(recording, conversation)
    for entry in recording.journal.entries { conversations += teller.play(entry) }
    lines = teller.contact == nil ? nil : teller.lines
  }

  /// Follows one conversation through a run.
  private struct Teller {
    let recording: EngineRecording
    let wanted: ConversationID
    let words: CaseWords
    let clock: RunClock
    var player: RecordingPlayer
    /// Whose conversation it is, once it was opened.
    var contact: ContactID?
    var isOver = false
    var lines: [String] = []

    init(_ recording: EngineRecording, _ wanted: ConversationID) {
      self.recording = recording
      self.wanted = wanted
      player = RecordingPlayer(recording)
      words = CaseWords(WorkspaceNames(player.core))
      clock = RunClock(recording.settings)
    }

    /// Plays an event; how many conversations it opened.
    mutating func play(_ entry: Journal.Entry) -> UInt64 {
      let run = run(of: entry.event).flatMap { player.core.contact(of: $0) }
      let effects = player.play(entry)
      var opened: UInt64 = 0
      for case .conversationOpened(let opening) in effects {
        opened += 1
        if opening.conversation == wanted { contact = opening.contact }
      }
      guard let contact, !isOver else { return opened }
      let isOwn = entry.event.contact == contact || run == contact
      var hasCause = isOwn
      if isOwn, !entry.event.isOnlyDelivery {
        add(entry.at, words.told(ofContact: entry.event))
      }
      for effect in effects where effect.contact == contact {
        if !entry.event.says(effect) {
          // Where something else set it off, that is told once.
          tell(effect, entry.at, hasCause ? "" : ", for \(words.told(entry.event))")
          hasCause = true
        }
        if case .conversationClosed(_, wanted, _) = effect { isOver = true }
      }
      return opened
    }

    private func run(of event: EngineEvent) -> RunID? {
      switch event {
      case .timerFires(.run(let run)), .serviceAnswers(let run, _, _), .serviceFails(let run),
        .aiAgentEnds(let run, _):
        run
      default: nil
      }
    }

    private mutating func add(_ at: EngineTime, _ text: String) {
      lines.append("\(clock.text(at))  \(text)")
    }

    private mutating func tell(_ effect: EngineEffect, _ at: EngineTime, _ cause: String) {
      switch effect {
      case .contactCreated, .armTimer, .cancelTimer: return
      case .assigneeChanged(let entry):
        add(at, (words.event(effect, of: entry.contact) ?? "") + cause)
        guard entry.isAutomatic,
          let account = recording.start.account(of: entry.decision, in: recording.journal)
        else { return }
        explain(account, "who was considered")
      case .enteredQueue(let contact, _, _):
        add(at, (words.event(effect, of: contact) ?? "") + cause)
        if let account = player.core.account(ofWaiting: contact) {
          explain(account, "why nobody was chosen")
        }
      default:
        if let contact, let text = words.event(effect, of: contact) { add(at, text + cause) }
      }
    }

    private mutating func explain(_ account: DecisionAccount, _ heading: String) {
      lines += words.lines(
        of: account, wanted: [], heading: heading, limit: RunStory.mostCandidates,
        statuses: player.core
      ).map { $0.isEmpty ? "" : "                " + $0 }
    }
  }
}

extension EngineEvent {
  /// Whether it only reports that a message arrived, as nearly all do.
  fileprivate var isOnlyDelivery: Bool {
    if case .messageDelivered = self { true } else { false }
  }

  /// Whether an effect says nothing that the event has not said.
  fileprivate func says(_ effect: EngineEffect) -> Bool {
    switch (self, effect) {
    case (.sends, .sendMessage(let message, _)):
      if case .run = message.sender { false } else { true }
    case (.closes, .conversationClosed): true
    default: false
    }
  }
}
