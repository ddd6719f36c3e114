// What each report is counted in, and its rows; the words are the platform's.

/// Report "Conversations": opened by the time of opening, closed by that of closing.
struct ConversationCharts: Sendable {
  /// Opened and closed conversations.
  struct Tally: Sendable {
    var opened = 0
    var closed = 0
  }

  private var all = Tally()
  var openedChannel = Groups(empty: Tally())
  private var date = Groups(empty: Tally())
  private var openedSource = Groups(empty: Tally())
  private var contactType = Groups(["New", "Returning"], empty: Tally())
  private var closedSource = Groups(empty: 0)
  private var category = Groups(empty: 0)

  mutating func add(_ conversation: ReportedConversation, channel: String) {
    let tally = { (tally: inout Tally) in
      tally.opened += 1
      if conversation.closing != nil { tally.closed += 1 }
    }
    tally(&all)
    date[conversation.openedDay].opened += 1
    tally(&openedSource[conversation.openedBy])
    tally(&openedChannel[channel])
    tally(&contactType[conversation.isNew ? "New" : "Returning"])
    guard let closing = conversation.closing else { return }
    date[closing.day].closed += 1
    closedSource[closing.source] += 1
    category[closing.category] += 1
  }

  var rows: [ResultDocument.Reports.ConversationGroup] {
    typealias Row = ResultDocument.Reports.ConversationGroup
    func rows(_ chart: String, _ groups: [(name: String, tally: Tally)]) -> [Row] {
      groups.map {
        Row(chart: chart, group: $0.name, opened: $0.tally.opened, closed: $0.tally.closed)
      }
    }
    func rows(_ chart: String, closed groups: Groups<Int>) -> [Row] {
      groups.ordered { $0 }.map { Row(chart: chart, group: $0.name, opened: nil, closed: $0.tally) }
    }
    return rows("All Conversations", [("", all)])
      + rows("Date", date.ordered { _ in 0 })
      + rows("Conversation Opened Source", openedSource.ordered { $0.opened })
      + rows("Conversation Opened Channel", openedChannel.rows)
      + rows("Contact Type", contactType.rows)
      + rows("Conversation Closed Source", closed: closedSource)
      + rows("Conversation Category", closed: category)
  }
}

/// Report "Responses": of closed conversations, as the platform's older pages say, and of all.
struct ResponseCharts: Sendable {
  var closed = Part()
  var all = Part()

  /// The times of some conversations.
  struct Part: Sendable {
    private var firstResponse = ResponseTally()
    private var averageResponse = ResponseTally()
    private var firstAssignment = ResponseTally()
    private var lastAssignment = ResponseTally()
    private var responses = 0

    mutating func add(_ conversation: ReportedConversation) {
      firstResponse.add(conversation.firstResponse)
      averageResponse.add(conversation.averageResponse)
      firstAssignment.add(conversation.firstAssignmentToFirstResponse)
      lastAssignment.add(conversation.lastAssignmentToResponse)
      responses += conversation.responses
    }

    func rows(_ basis: String) -> [ResultDocument.Reports.ResponseTimes] {
      [
        firstResponse.row("First Response Time", basis, responses: nil),
        averageResponse.row("Average Response Time", basis, responses: responses),
        firstAssignment.row("First Assignment to First Response Time", basis, responses: nil),
        lastAssignment.row("Last Assignment to Response Time", basis, responses: nil),
      ]
    }
  }

  var rows: [ResultDocument.Reports.ResponseTimes] {
    zip(closed.rows("Closed Conversations"), all.rows("All Conversations")).flatMap { [$0, $1] }
  }
}

/// Report "Resolutions": closed conversations only.
struct ResolutionCharts: Sendable {
  /// The times of some closed conversations.
  private struct Tally: Sendable {
    var resolution = ReportTime()
    var timeToFirstAssignment = ReportTime()
    var firstAssignmentToClose = ReportTime()
    var lastAssignmentToClose = ReportTime()

    mutating func add(_ conversation: ReportedConversation, after length: Int64) {
      resolution.add(length)
      timeToFirstAssignment.add(conversation.timeToFirstAssignment)
      firstAssignmentToClose.add(conversation.timeToFirstAssignment.map { length - $0 })
      lastAssignmentToClose.add(conversation.timeToLastAssignment.map { length - $0 })
    }
  }

  private var all = Tally()
  private var source = Groups(empty: Tally())
  private var team = Groups(empty: Tally())
  private var user = Groups(empty: Tally())
  private var category = Groups(empty: Tally())

  mutating func add(
    _ conversation: ReportedConversation, _ closing: ReportedConversation.Closing,
    user closer: String,
    team closers: String?
  ) {
    all.add(conversation, after: closing.after)
    source[closing.source].add(conversation, after: closing.after)
    team[closers ?? ""].add(conversation, after: closing.after)
    user[closer].add(conversation, after: closing.after)
    category[closing.category].add(conversation, after: closing.after)
  }

  var rows: [ResultDocument.Reports.ResolutionGroup] {
    let total = all.resolution.count
    func row(_ chart: String, _ name: String, _ tally: Tally)
      -> ResultDocument.Reports.ResolutionGroup
    {
      let count = tally.resolution.count
      return .init(
        chart: chart, group: name, closed: count, share: share(count, of: total),
        resolution: tally.resolution.mean, longest: tally.resolution.maximum,
        timeToFirstAssignment: tally.timeToFirstAssignment.mean,
        firstAssignmentToClose: tally.firstAssignmentToClose.mean,
        lastAssignmentToClose: tally.lastAssignmentToClose.mean)
    }
    let charts = [
      ("Closed By Source", source), ("Closed By Team", team), ("Closed By User", user),
      ("Conversation Category", category),
    ]
    return [row("All Conversations", "", all)]
      + charts.flatMap { chart, groups in
        groups.ordered { $0.resolution.count }.map { row(chart, $0.name, $0.tally) }
      }
  }
}

/// Messages of both directions.
struct MessageTally: Sendable {
  var incoming = 0
  var outgoing = 0
  var delivered = 0
  var failed = 0
}

/// Report "Messages".
struct MessageCharts: Sendable {
  private var all = MessageTally()
  private var channel: Groups<MessageTally>
  private var sender = Groups(empty: MessageTally())

  init(channels: [String]) { channel = Groups(channels, empty: MessageTally()) }

  mutating func add(
    _ count: WritableKeyPath<MessageTally, Int>, channel name: String, sender kind: String
  ) {
    all[keyPath: count] += 1
    channel[name][keyPath: count] += 1
    sender[kind][keyPath: count] += 1
  }

  var rows: [ResultDocument.Reports.MessageGroup] {
    func row(_ chart: String, _ name: String, _ tally: MessageTally)
      -> ResultDocument.Reports.MessageGroup
    {
      .init(
        chart: chart, group: name, incoming: tally.incoming, outgoing: tally.outgoing,
        delivered: tally.delivered, failed: tally.failed)
    }
    return [row("All Messages", "", all)]
      + channel.rows.map { row("Channel", $0.name, $0.tally) }
      + sender.ordered { $0.incoming + $0.outgoing }.map { row("Sender", $0.name, $0.tally) }
  }
}

/// Report "Contacts".
struct ContactCharts: Sendable {
  var merged = 0
  private var added = 0
  private var source = Groups(empty: 0)
  private var channel: Groups<Int>

  init(channels: [String]) { channel = Groups(channels, empty: 0) }

  mutating func add(source: String, channel: String) {
    added += 1
    self.source[source] += 1
    self.channel[channel] += 1
  }

  var rows: [ResultDocument.Reports.ContactGroup] {
    // Nobody deletes contacts in a run.
    [.init(chart: "All Contacts", group: "", added: added, deleted: 0, merged: merged)]
      + source.ordered { $0 }.map { .init(chart: "Source", group: $0.name, added: $0.tally) }
      + channel.rows.map { .init(chart: "Channel", group: $0.name, added: $0.tally) }
  }
}

/// Report "Assignments": unassignments are assignments.
struct AssignmentCharts: Sendable {
  private var all = 0
  private var source = Groups(empty: 0)
  private var assignee = Groups(empty: 0)
  private var actor = Groups(empty: 0)

  mutating func add(source: String, to assignee: String, by actor: String?) {
    all += 1
    self.source[source] += 1
    self.assignee[assignee] += 1
    if let actor { self.actor[actor] += 1 }
  }

  var rows: [ResultDocument.Reports.AssignmentGroup] {
    let charts = [("Source", source), ("Assigned To", assignee), ("Assigned By User", actor)]
    return [
      .init(chart: "All Assignments", group: "", assignments: all, share: share(all, of: all))
    ]
      + charts.flatMap { chart, groups in
        groups.ordered { $0 }.map {
          .init(
            chart: chart, group: $0.name, assignments: $0.tally, share: share($0.tally, of: all))
        }
      }
  }
}

/// What a user, or a team, did: a row of report "Users", and what the leaderboard ranks.
struct PerformanceTally: Sendable {
  var assigned = 0
  private var messages = 0
  private var comments = 0
  private var contacts: Set<UInt64> = []
  private var firstResponse = ReportTime()
  private var firstAssignmentToFirstResponse = ReportTime()
  private var resolution = ReportTime()

  mutating func add(messages: Int, comments: Int) {
    self.messages += messages
    self.comments += comments
  }

  /// The first response of a closed conversation was theirs.
  mutating func answered(_ conversation: ReportedConversation) {
    firstResponse.add(conversation.firstResponse)
    firstAssignmentToFirstResponse.add(conversation.firstAssignmentToFirstResponse)
  }

  /// They closed a contact's conversation.
  mutating func closed(_ contact: UInt64, after length: Int64) {
    contacts.insert(contact)
    resolution.add(length)
  }

  func row(_ name: String, team: String) -> ResultDocument.Reports.Performance {
    var row = ResultDocument.Reports.Performance(name: name, team: team)
    row.assigned = assigned
    row.closed = resolution.count
    row.uniqueContacts = contacts.count
    row.messages = messages
    row.comments = comments
    row.firstResponse = firstResponse.mean
    row.firstAssignmentToFirstResponse = firstAssignmentToFirstResponse.mean
    row.resolution = resolution.mean
    row.longestResolution = resolution.maximum
    return row
  }
}

/// A part of a whole; none of nothing.
private func share(_ part: Int, of whole: Int) -> Double {
  whole > 0 ? Double(part) / Double(whole) : 0
}
