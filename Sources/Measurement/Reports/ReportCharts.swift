// What each report is counted in, and its rows; the words are the platform's.

/// Report "Conversations": opened by the time of opening, closed by that of closing.
struct ConversationCharts: Sendable {
  /// Opened and closed conversations.
  private struct Tally: Sendable {
    var opened = 0
    var closed = 0

    @inline(__always)
    mutating func add(closed isClosed: Bool) {
      opened += 1
      if isClosed { closed += 1 }
    }

    static func += (left: inout Self, right: Self) {
      left.opened += right.opened
      left.closed += right.closed
    }
  }

  private var date = Groups(Tally())
  private var channel = Groups(Tally())
  private var openedBy = Groups(Tally())
  private var contactType = Groups(Tally())
  private var closedBy = Groups(0)
  private var category = Groups(0)

  mutating func add(_ conversation: ReportedConversation) {
    let isClosed = conversation.closing != nil
    date[conversation.openedDay].opened += 1
    openedBy[conversation.openedBy].add(closed: isClosed)
    channel[conversation.channel].add(closed: isClosed)
    contactType[conversation.isNew ? 0 : 1].add(closed: isClosed)
  }

  mutating func add(_ closing: ReportedConversation.Closing, category number: Int?) {
    date[closing.day].closed += 1
    closedBy[closing.source] += 1
    category[number] += 1
  }

  func rows(
    _ names: ReportRecorder.Names, categories: [String], date dateOfDay: (Int) -> String
  ) -> [ResultDocument.Reports.ConversationGroup] {
    typealias Row = ResultDocument.Reports.ConversationGroup
    func rows(_ chart: String, _ groups: [(name: String, tally: Tally)]) -> [Row] {
      groups.map {
        Row(chart: chart, group: $0.name, opened: $0.tally.opened, closed: $0.tally.closed)
      }
    }
    func rows(_ chart: String, closed groups: [(name: String, tally: Int)]) -> [Row] {
      groups.map { Row(chart: chart, group: $0.name, opened: nil, closed: $0.tally) }
    }
    let days = date.rows(dateOfDay) { $0.opened + $0.closed }.sorted { $0.name < $1.name }
    // Every conversation was opened by something, if only by nothing that has a name.
    return rows("All Conversations", [("", openedBy.total(+=))]) + rows("Date", days)
      + rows("Conversation Opened Source", openedBy.rows(names.source) { $0.opened })
      + rows("Conversation Opened Channel", channel.rows(names.channels) { $0.opened })
      + rows("Contact Type", contactType.rows(["New", "Returning"]) { $0.opened })
      + rows("Conversation Closed Source", closed: closedBy.rows(names.source) { $0 })
      + rows("Conversation Category", closed: category.rows({ categories[$0] }) { $0 })
  }
}

/// Report "Responses": of closed conversations, as the platform's older pages say, and of all.
struct ResponseCharts: Sendable {
  var closed = Part()
  var open = Part()

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

    /// What is in one part or the other.
    static func + (left: Self, right: Self) -> Self {
      var sum = left
      sum.firstResponse += right.firstResponse
      sum.averageResponse += right.averageResponse
      sum.firstAssignment += right.firstAssignment
      sum.lastAssignment += right.lastAssignment
      sum.responses += right.responses
      return sum
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
    let all = closed + open
    return zip(closed.rows("Closed Conversations"), all.rows("All Conversations"))
      .flatMap { [$0, $1] }
  }
}

/// Report "Resolutions": closed conversations only.
struct ResolutionCharts: Sendable {
  /// The times of some closed conversations.
  private struct Tally: Sendable {
    var resolution = ReportTime()
    var timeToFirstAssignment = ReportMean()
    var firstAssignmentToClose = ReportMean()
    var lastAssignmentToClose = ReportMean()

    @inline(__always)
    mutating func add(_ conversation: ReportedConversation, after length: Int64) {
      resolution.add(length)
      if let first = conversation.timeToFirstAssignment {
        timeToFirstAssignment.add(first)
        firstAssignmentToClose.add(length - first)
      }
      if let last = conversation.timeToLastAssignment { lastAssignmentToClose.add(length - last) }
    }

    static func += (left: inout Self, right: Self) {
      left.resolution += right.resolution
      left.timeToFirstAssignment += right.timeToFirstAssignment
      left.firstAssignmentToClose += right.firstAssignmentToClose
      left.lastAssignmentToClose += right.lastAssignmentToClose
    }
  }

  private var source = Groups(Tally())
  private var team = Groups(Tally())
  private var user = Groups(Tally())
  private var category = Groups(Tally())

  mutating func add(
    _ conversation: ReportedConversation, _ closing: ReportedConversation.Closing,
    category number: Int?
  ) {
    source[closing.source].add(conversation, after: closing.after)
    team[closing.team].add(conversation, after: closing.after)
    user[closing.user].add(conversation, after: closing.after)
    category[number].add(conversation, after: closing.after)
  }

  func rows(
    _ names: ReportRecorder.Names, categories: [String]
  ) -> [ResultDocument.Reports.ResolutionGroup] {
    let all = source.total(+=)
    let total = all.resolution.count
    func row(
      _ chart: String, _ name: String, _ tally: Tally
    ) -> ResultDocument.Reports.ResolutionGroup {
      let count = tally.resolution.count
      return .init(
        chart: chart, group: name, closed: count, share: share(count, of: total),
        resolution: tally.resolution.mean, longest: tally.resolution.maximum,
        timeToFirstAssignment: tally.timeToFirstAssignment.mean,
        firstAssignmentToClose: tally.firstAssignmentToClose.mean,
        lastAssignmentToClose: tally.lastAssignmentToClose.mean)
    }
    func rows(
      _ chart: String, _ groups: Groups<Tally>, _ name: (Int) -> String
    ) -> [ResultDocument.Reports.ResolutionGroup] {
      groups.rows(name) { $0.resolution.count }.map { row(chart, $0.name, $0.tally) }
    }
    return [row("All Conversations", "", all)] + rows("Closed By Source", source, names.source)
      + rows("Closed By Team", team, names.team) + rows("Closed By User", user, names.user)
      + rows("Conversation Category", category) { categories[$0] }
  }
}

/// Messages of both directions.
struct MessageTally: Sendable {
  var incoming = 0
  var outgoing = 0
  var delivered = 0
  var failed = 0

  @inline(__always)
  mutating func add(_ fate: ReportRecorder.Fate) {
    switch fate {
    case .sent: outgoing += 1
    case .delivered: delivered += 1
    case .failed: failed += 1
    }
  }

  static func += (left: inout Self, right: Self) {
    left.incoming += right.incoming
    left.outgoing += right.outgoing
    left.delivered += right.delivered
    left.failed += right.failed
  }
}

/// Report "Messages".
struct MessageCharts: Sendable {
  private var channel = Groups(MessageTally())
  private var sender = Groups(MessageTally())

  mutating func received(on number: Int, kind: Int) {
    channel[number].incoming += 1
    sender[kind].incoming += 1
  }

  mutating func add(_ fate: ReportRecorder.Fate, channel number: Int, kind: Int) {
    channel[number].add(fate)
    sender[kind].add(fate)
  }

  func rows(_ names: ReportRecorder.Names) -> [ResultDocument.Reports.MessageGroup] {
    func row(
      _ chart: String, _ name: String, _ tally: MessageTally
    ) -> ResultDocument.Reports.MessageGroup {
      .init(
        chart: chart, group: name, incoming: tally.incoming, outgoing: tally.outgoing,
        delivered: tally.delivered, failed: tally.failed)
    }
    let size = { (tally: MessageTally) in tally.incoming + tally.outgoing }
    return [row("All Messages", "", channel.total(+=))]
      + channel.rows(names.channels, by: size).map { row("Channel", $0.name, $0.tally) }
      + sender.rows(names.source, by: size).map { row("Sender", $0.name, $0.tally) }
  }
}

/// Report "Contacts".
struct ContactCharts: Sendable {
  var merged = 0
  private var channel = Groups(0)
  private var source = Groups(0)

  mutating func add(on number: Int, by way: Int) {
    channel[number] += 1
    source[way] += 1
  }

  func rows(_ names: ReportRecorder.Names) -> [ResultDocument.Reports.ContactGroup] {
    // Nobody deletes contacts in a run.
    let added = channel.total(+=)
    return [.init(chart: "All Contacts", group: "", added: added, deleted: 0, merged: merged)]
      + source.rows(names.source) { $0 }.map {
        // The platform's word for who came by writing.
        let isByWriting = $0.name == names.source(0)
        return .init(
          chart: "Source", group: isByWriting ? "Incoming Message" : $0.name, added: $0.tally)
      }
      + channel.rows(names.channels) { $0 }.map {
        .init(chart: "Channel", group: $0.name, added: $0.tally)
      }
  }
}

/// Report "Assignments": unassignments are assignments.
struct AssignmentCharts: Sendable {
  private var source = Groups(0)
  private var assignee = Groups(0)
  private var actor = Groups(0)

  mutating func add(source number: Int, to user: Int?, by actor: Int?) {
    source[number] += 1
    assignee[user] += 1
    if let actor { self.actor[actor] += 1 }
  }

  func rows(_ names: ReportRecorder.Names) -> [ResultDocument.Reports.AssignmentGroup] {
    let all = source.total(+=)
    func rows(
      _ chart: String, _ groups: Groups<Int>, _ name: (Int) -> String
    ) -> [ResultDocument.Reports.AssignmentGroup] {
      groups.rows(name) { $0 }.map {
        .init(
          chart: chart, group: $0.name, assignments: $0.tally, share: share($0.tally, of: all))
      }
    }
    return [
      .init(chart: "All Assignments", group: "", assignments: all, share: share(all, of: all))
    ] + rows("Source", source, names.source) + rows("Assigned To", assignee, names.user)
      + rows("Assigned By User", actor, names.user)
  }
}

/// What a user, or a team, did: a row of report "Users", and what the leaderboard ranks.
struct PerformanceTally: Sendable {
  var assigned = 0
  private var messages = 0
  private var comments = 0
  /// The contacts of whom they closed a conversation.
  private var contacts = 0
  private var firstResponse = ReportMean()
  private var firstAssignmentToFirstResponse = ReportMean()
  private var resolution = ReportTime()

  @inline(__always)
  mutating func add(messages: Int, comments: Int) {
    self.messages += messages
    self.comments += comments
  }

  /// The first response of a closed conversation was theirs.
  @inline(__always)
  mutating func answered(_ conversation: ReportedConversation) {
    if let time = conversation.firstResponse { firstResponse.add(time) }
    if let time = conversation.firstAssignmentToFirstResponse {
      firstAssignmentToFirstResponse.add(time)
    }
  }

  /// They closed a conversation, of a contact of whom they had closed none before or some.
  @inline(__always)
  mutating func closed(after length: Int64, isFirstOfContact: Bool) {
    if isFirstOfContact { contacts += 1 }
    resolution.add(length)
  }

  /// Takes in all that a user of the team did but what two of them may have done together: having and
  /// closing the conversations of a contact.
  mutating func addWork(of user: Self) {
    messages += user.messages
    comments += user.comments
    firstResponse += user.firstResponse
    firstAssignmentToFirstResponse += user.firstAssignmentToFirstResponse
    resolution += user.resolution
  }

  /// One of the team closed the first conversation of a contact that the team closed.
  @inline(__always)
  mutating func closedFirst() { contacts += 1 }

  func row(_ name: String, team: String) -> ResultDocument.Reports.Performance {
    var row = ResultDocument.Reports.Performance(name: name, team: team)
    row.assigned = assigned
    row.closed = resolution.count
    row.uniqueContacts = contacts
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
