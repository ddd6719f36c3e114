import Engine
import Experiments
import Reporting
import Scenarios
import Web
import World

/// The story of one conversation under one way, with who was considered at each decision.
struct StoryView {
  private let day: WatchedDay
  private let customer: WatchedDay.Customer
  private let agents: AgentLabels
  private let start: Int64
  private let rule: TransferRule?

  /// Finds what was asked for.
  init(_ request: WatchRequest, _ asked: WebRequest) throws(WatchRequest.Refusal) {
    let way = try request.way(asked, "way") ?? 0
    let run = try request.run(asked)
    guard let number = try WatchRequest.number(asked, "conversation") else {
      throw WatchRequest.Refusal(
        status: 400, title: "No conversation was named.", detail: "say which, as conversation=17")
    }
    day = try request.day(way, run: run)
    guard let found = day.customer(number) else {
      throw WatchRequest.Refusal(
        status: 404, title: "There is no conversation \(number) in this run.",
        detail: "it has \(day.customers.count), numbered from 1")
    }
    customer = found
    agents = AgentLabels(day.agents)
    start = request.start
    rule = day.transferRule
  }

  /// Nobody reads on after so many sentences.
  private static let mostEvents = 200

  var html: String {
    var words = TaleWords()
    var assignedAt: Int64?
    var waitsSince: Int64?
    let events = ConversationTale(of: customer, in: day).events
    for event in events.prefix(Self.mostEvents) {
      tell(event, &words, assignedAt: assignedAt, waitsSince: waitsSince)
      switch event.kind {
      case .assigned:
        if assignedAt == nil { assignedAt = event.at }
        waitsSince = nil
      case .waits: waitsSince = waitsSince ?? event.at
      default: break
      }
    }
    let more = events.count - Self.mostEvents
    if more > 0 { words.add("", "And \(more) more.") }
    return words.html
  }

  private func tell(
    _ event: ConversationTale.Event, _ words: inout TaleWords, assignedAt: Int64?,
    waitsSince: Int64?
  ) {
    let time = DayClock.second(start + event.at / 1_000_000_000)
    switch event.kind {
    case .writes(let channel, let again):
      words.add(time, again ? "Writes again." : "Writes\(place(channel)).")
    case .opened(let source): words.add(time, beginning(source))
    case .assigned(let user, let before, let reason, let account):
      let cause = cause(event.at, assignedAt, isLogic: reason == .logic)
      words.add(
        time,
        strong: assignment(user, before, reason, cause, waited: waitsSince.map { event.at - $0 }),
        account: account.map { self.words(of: $0) })
    case .stays(let account):
      let cause = cause(event.at, assignedAt, isLogic: true)
      words.add(
        time, strong: cause.isEmpty ? "Stays as it is." : cause + "stays.",
        account: self.words(of: account))
    case .waits(let account):
      words.add(time, strong: "Waits for somebody.", account: self.words(of: account))
    case .unassigned: words.add(time, "Nobody has it any more.")
    case .begins(let agent, let lost):
      let end = lost.map { "; \(length($0)) of work are thrown away by the move." } ?? "."
      words.add(time, agents.spoken(agent).sentenceStart + " begins to write" + end)
    case .answers(let agent, let isFirst, let after):
      if isFirst {
        words.add(time, strong: "First answer, after \(length(after, before: event.at)).")
      } else {
        words.add(
          time,
          agents.spoken(agent).sentenceStart + " answers after \(length(after, before: event.at)).")
      }
    case .gaveUp:
      words.add(
        time, strong: "Gives up, after \(length(event.at - customer.wrote, before: event.at)).")
    case .closed:
      words.add(time, "Closed, after \(length(event.at - customer.wrote, before: event.at)).")
    }
  }

  private func assignment(
    _ user: Int, _ before: Int?, _ reason: AssignmentReason, _ cause: String, waited: Int64?
  ) -> String {
    let agent = agents.spoken(user)
    let how: String
    switch reason {
    case .replied: return agent.sentenceStart + " writes, and has it from now on."
    case .chosen: how = " by hand"
    case .named: how = ", whom the workflow names"
    case .queue: how = waited.map { ", after \(length($0)) in the queue" } ?? " from the queue"
    default: how = ""
    }
    guard let before else { return "Assigned to \(agent)\(how)." }
    return (cause.isEmpty ? "Moved" : cause + "moved")
      + " from \(agents.spoken(before)) to \(agent)\(how)."
  }

  /// `Six minutes without an answer: `, where that is why the workflow looks again; else nothing.
  private func cause(_ at: Int64, _ assignedAt: Int64?, isLogic: Bool) -> String {
    guard isLogic, let rule, let assignedAt,
      abs(at - assignedAt - rule.wait.nanoseconds) < 1_000_000_000
    else { return "" }
    return TaleWords.waited(rule.wait.inSeconds) + " without an answer: "
  }

  private func length(_ nanoseconds: Int64) -> String {
    TaleWords.length(Double(nanoseconds) / 1e9)
  }

  /// How long before something another began: what the clock shows then, less what it showed.
  private func length(_ nanoseconds: Int64, before end: Int64) -> String {
    let begin = end - nanoseconds
    return TaleWords.length(Double(end / 1_000_000_000 - begin / 1_000_000_000))
  }

  /// How a conversation began that the customer did not begin by writing.
  private func beginning(_ source: Source) -> String {
    switch source {
    case .ctcAds: "Comes through an ad."
    case .growthWidget: "Comes through a widget."
    case .user: "An agent opens the conversation."
    case .workflow: "A workflow opens the conversation."
    default: "Opened by \(source.description)."
    }
  }

  private func place(_ channel: ChannelID?) -> String {
    let channels = day.plan.model.channels
    guard let channel, channels.indices.contains(channel.index) else { return "" }
    switch channels[channel.index].kind {
    case .whatsapp: return " on WhatsApp"
    case .websiteChat: return " in the web chat"
    case .direct where channels.count == 1: return ""
    default: return " on \(channels[channel.index].name)"
    }
  }

  // MARK: - Decisions

  private func words(of account: DecisionAccount) -> AccountWords {
    let candidates = account.candidates.map { candidate in
      AccountWords.Candidate(
        label: agents.short(candidate.user.index), name: agents.spoken(candidate.user.index),
        open: Int(candidate.openContacts), value: candidate.value.map { Int($0) },
        eligibility: candidate.eligibility.inWords)
    }
    var tie: AccountWords.TieBreak?
    switch account.tieBreak {
    case .rotation: tie = .turn
    case .random: tie = .draw
    case .list: tie = .list
    case nil: break
    }
    let current = account.request.onlyIfSooner ? account.request.current : nil
    return AccountWords(
      logic: logic(of: account), candidates: candidates,
      chosen: account.chosen.flatMap { user in
        account.candidates.firstIndex { $0.user == user }
      },
      tie: tie, onlyOnline: account.request.onlyOnline,
      current: current.map { agents.spoken($0.index) })
  }

  /// The logic that decided: of a sticky one the contact's own user, if it is not the best by the other.
  private func logic(of account: DecisionAccount) -> String {
    let logic = account.request.logic
    guard logic.stickyWait != nil else { return logic.name }
    let eligible = account.candidates.filter { $0.eligibility == .eligible }
    let chosen = eligible.first { $0.user == account.chosen }
    let best = eligible.compactMap(\.value).min()
    return chosen != nil && (best == nil || chosen?.value != best) ? logic.name : logic.rule.name
  }
}

extension DecisionAccount.Eligibility {
  fileprivate var inWords: AccountWords.Eligibility {
    switch self {
    case .eligible: .eligible
    case .excluded: .excluded
    case .notOnline: .notOnline
    case .full(let limit), .overOwnLimit(let limit): .full(limit: Int(limit))
    case .secondTier: .secondTier
    }
  }
}

extension String {
  /// With a capital, as at the beginning of a sentence.
  fileprivate var sentenceStart: String { prefix(1).uppercased() + dropFirst() }
}
