public import Engine
public import World

/// A whole workspace at an instant of a run, in lines: agents, queues, who has nobody, timers.
public struct RunMoment: Sendable {
  /// The lines.
  public let lines: [String]

  /// As many items are named in a line.
  private static let mostNames = 12

  /// Plays a run up to and with an instant.
  ///
  /// - Parameter hands: What the agents have in hand, where the world is known.
  public init(_ recording: EngineRecording, at time: EngineTime, hands: [WorldMoment.Hands]? = nil)
  {
    var player = RecordingPlayer(recording)
    var timers = PendingTimers()
    var events = 0
    for entry in recording.journal.entries where entry.at <= time {
      events += 1
      for effect in player.play(entry) {
        switch effect {
        case .armTimer(let key, let at): timers.arm(key, at: at)
        case .cancelTimer(let key): timers.cancel(key)
        default: break
        }
      }
      // A timer that went off is armed no more, unless the event armed it anew.
      if case .timerFires(let key) = entry.event { timers.forget(key, upTo: entry.at) }
    }
    let writer = Writer(
      core: player.core, words: CaseWords(WorkspaceNames(player.core)),
      clock: RunClock(recording.settings), hands: hands)
    lines =
      ["state at \(writer.clock.text(time)) (\(time)), after \(events) events"] + [""]
      + writer.agents + [""] + writer.queues + [""] + writer.unassigned + [""]
      + writer.timers(timers.all)
  }

  private struct Writer {
    let core: EngineCore
    let words: CaseWords
    let clock: RunClock
    let hands: [WorldMoment.Hands]?

    /// Who has which open contacts, and which of them in hand.
    var agents: [String] {
      var open: [[ContactID]] = Array(repeating: [], count: core.userCount)
      for contact in core.openContacts {
        if let user = core.assignee(of: contact) { open[user.index].append(contact) }
      }
      let names = (0..<core.userCount).map { words.user(UserID(index: $0)) }
      let width = max(5, names.map(\.count).max() ?? 0)
      let head = hands == nil ? "open" : "open  in hand  inbox"
      return [padded("agent", width) + "  status   " + head]
        + names.indices.map { index in
          let status = core.status(of: UserID(index: index))?.description ?? "gone"
          var line =
            padded(names[index], width) + "  " + padded(status, 7) + lead("\(open[index].count)", 6)
          if let hands, hands.indices.contains(index) {
            let hand = hands[index]
            line += lead("\(hand.contacts.count) of \(hand.slots)", 9) + lead("\(hand.inbox)", 7)
            if hand.presence != "present" { line += "  \(hand.presence)" }
            if !hand.contacts.isEmpty { line += "  works on \(list(hand.contacts))" }
          }
          return line + (open[index].isEmpty ? "" : "  has \(list(open[index]))")
        }
    }

    /// Who waits for whom.
    var queues: [String] {
      let pools = [PoolID.workspace] + (0..<core.teamCount).map { .team(TeamID(index: $0)) }
      let lines = pools.compactMap { pool -> String? in
        let waiting = core.waiting(in: pool)
        return waiting.isEmpty
          ? nil : "  \(words.pool(pool)): \(waiting.count) wait: \(list(waiting))"
      }
      return ["queues"] + (lines.isEmpty ? ["  nobody waits"] : lines)
    }

    var unassigned: [String] {
      let found = core.openContacts.filter { core.assignee(of: $0) == nil }
      return ["open and assigned to nobody", "  " + (found.isEmpty ? "none" : list(found))]
    }

    func timers(_ timers: [(at: EngineTime, key: TimerKey)]) -> [String] {
      let lines = timers.prefix(RunMoment.mostNames).map { timer -> String in
        var whose = words.timer(timer.key)
        if case .run(let run) = timer.key, let contact = core.contact(of: run) {
          whose += " of \(contact)"
        }
        return "  \(clock.text(timer.at))  \(whose)"
      }
      let more = timers.count - lines.count
      return ["armed timers: \(timers.count)"] + lines + (more > 0 ? ["  and \(more) more"] : [])
    }

    private func list(_ contacts: [ContactID]) -> String {
      let names = contacts.prefix(RunMoment.mostNames).map(\.description)
      let more = contacts.count - names.count
      return names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    }
  }
}
