/// Follows one run for the platform's nine reports, by the definitions of PLATFORM.md 6.1 and 6.2.
///
/// Beside the `Recorder`, which measures every run without knowing who did what by which way: this one is told the
/// platform's own accounts of conversations, and only in the run that is reported. Users, teams, channels and
/// broadcasts are numbered from 0 in the order of their names; whoever has no name is in no group.
public struct ReportRecorder: Sendable {
  /// What the rows of the reports are called.
  public struct Names: Sendable {
    /// Everybody who answers.
    public var users: [String]
    /// The team of each of them, or nil.
    public var teamOfUser: [Int?]
    /// The teams.
    public var teams: [String]
    /// The channels.
    public var channels: [String]
    /// The broadcasts, with the channel of each.
    public var broadcasts: [(name: String, channel: Int)]

    /// Puts the names together.
    public init(
      users: [String], teamOfUser: [Int?], teams: [String], channels: [String],
      broadcasts: [(name: String, channel: Int)]
    ) {
      self.users = users
      self.teamOfUser = teamOfUser
      self.teams = teams
      self.channels = channels
      self.broadcasts = broadcasts
    }
  }

  /// What happens to a message that goes out.
  public enum Fate: Sendable {
    /// It is handed to its channel.
    case sent
    /// It arrives.
    case delivered
    /// It is lost.
    case failed
  }

  let names: Names
  var conversations = ConversationCharts()
  var responses = ResponseCharts()
  var resolutions = ResolutionCharts()
  var messages: MessageCharts
  var contacts: ContactCharts
  var assignments: AssignmentCharts
  var users: [PerformanceTally]
  var teams: [PerformanceTally]
  var broadcasts: [BroadcastCounts]
  /// Who did what in each open conversation, by contact: it counts when that is closed.
  private var work: [UInt64: [Work]] = [:]

  /// What one user did in an open conversation.
  private struct Work {
    var user: Int
    var isAssigned = false
    var messages = 0
    var comments = 0
  }

  /// Nothing yet.
  public init(_ names: Names) {
    self.names = names
    messages = MessageCharts(channels: names.channels)
    contacts = ContactCharts(channels: names.channels)
    assignments = AssignmentCharts()
    users = names.users.map { _ in PerformanceTally() }
    teams = names.teams.map { _ in PerformanceTally() }
    broadcasts = names.broadcasts.map { _ in BroadcastCounts() }
    for channel in names.channels { conversations.openedChannel[channel] = .init() }
  }

  // MARK: - Conversations

  /// A conversation was opened, which is somebody's already or nobody's.
  public mutating func opened(_ contact: UInt64, assignee: Int?) {
    work[contact] = []
    if let assignee { credit(contact, assignedTo: assignee) }
  }

  /// A conversation was closed.
  public mutating func closed(_ conversation: ReportedConversation) {
    count(conversation)
    guard let closing = conversation.closing else { return }
    responses.closed.add(conversation)
    resolutions.add(
      conversation, closing, user: name(ofUser: closing.user), team: closing.team.map(name(ofTeam:))
    )
    credit(conversation, closing)
  }

  /// A conversation is still open when the run is over.
  public mutating func stillOpen(_ conversation: ReportedConversation) { count(conversation) }

  /// What is counted of every conversation.
  private mutating func count(_ conversation: ReportedConversation) {
    let channel = conversation.channel.map { at($0, in: names.channels) } ?? ""
    conversations.add(conversation, channel: channel)
    responses.all.add(conversation)
  }

  /// Credits the users of a closed conversation, and their teams, with what they did in it.
  private mutating func credit(
    _ conversation: ReportedConversation, _ closing: ReportedConversation.Closing
  ) {
    let done = work.removeValue(forKey: conversation.contact) ?? []
    var teamsAssigned: [Int] = []
    for part in done where users.indices.contains(part.user) {
      users[part.user].add(messages: part.messages, comments: part.comments)
      if part.isAssigned { users[part.user].assigned += 1 }
      guard let team = team(of: part.user) else { continue }
      teams[team].add(messages: part.messages, comments: part.comments)
      // A conversation that two of a team had is one conversation of the team.
      if part.isAssigned, !teamsAssigned.contains(team) {
        teamsAssigned.append(team)
        teams[team].assigned += 1
      }
    }
    if let user = conversation.firstResponseBy, users.indices.contains(user) {
      users[user].answered(conversation)
      if let team = team(of: user) { teams[team].answered(conversation) }
    }
    guard let user = closing.user, users.indices.contains(user) else { return }
    users[user].closed(conversation.contact, after: closing.after)
    if let team = team(of: user) { teams[team].closed(conversation.contact, after: closing.after) }
  }

  // MARK: - What users do

  /// The assignee of a contact changed, by some way and perhaps by a user's hand; to nobody for an unassignment.
  public mutating func assigned(
    _ contact: UInt64, to user: Int?, source: String, by actor: Int?
  ) {
    assignments.add(
      source: source, to: name(ofUser: user),
      by: actor.map(name(ofUser:)))
    if let user { credit(contact, assignedTo: user) }
  }

  /// A comment was written by a user.
  public mutating func commented(_ contact: UInt64, by user: Int) {
    change(contact, user) { $0.comments += 1 }
  }

  private mutating func credit(_ contact: UInt64, assignedTo user: Int) {
    change(contact, user) { $0.isAssigned = true }
  }

  /// Changes what a user did in an open conversation; whoever has none open is not followed.
  private mutating func change(_ contact: UInt64, _ user: Int, _ change: (inout Work) -> Void) {
    guard var done = work[contact] else { return }
    if let place = done.firstIndex(where: { $0.user == user }) {
      change(&done[place])
    } else {
      var part = Work(user: user)
      change(&part)
      done.append(part)
    }
    work[contact] = done
  }

  // MARK: - Messages

  /// A message of a contact reached the platform.
  public mutating func received(on channel: Int) {
    messages.add(\.incoming, channel: at(channel, in: names.channels), sender: "contact")
  }

  /// A message to a contact, of a user or of a sender of another kind.
  public mutating func outgoing(
    _ fate: Fate, to contact: UInt64, on channel: Int, by user: Int?, kind: String
  ) {
    let count: WritableKeyPath<MessageTally, Int> =
      switch fate {
      case .sent: \.outgoing
      case .delivered: \.delivered
      case .failed: \.failed
      }
    messages.add(count, channel: at(channel, in: names.channels), sender: kind)
    if let user, fate == .sent { change(contact, user) { $0.messages += 1 } }
  }

  // MARK: - Contacts and broadcasts

  /// The platform got to know a contact by a message.
  public mutating func added(on channel: Int) {
    contacts.add(source: "Incoming Message", channel: at(channel, in: names.channels))
  }

  /// A contact went up in another.
  public mutating func merged() { contacts.merged += 1 }

  /// Something became of a broadcast's message.
  public mutating func broadcast(_ number: Int, _ count: WritableKeyPath<BroadcastCounts, Int>) {
    if broadcasts.indices.contains(number) { broadcasts[number][keyPath: count] += 1 }
  }

  // MARK: - The end

  /// The reports of the run.
  public var reports: ResultDocument.Reports {
    var reports = ResultDocument.Reports()
    reports.conversations = conversations.rows
    reports.responses = responses.rows
    reports.resolutions = resolutions.rows
    reports.messages = messages.rows
    reports.contacts = contacts.rows
    reports.assignments = assignments.rows
    reports.users = users.indices.map { index in
      users[index].row(names.users[index], team: team(of: index).map(name(ofTeam:)) ?? "")
    }
    reports.teams = teams.indices.map { teams[$0].row(names.teams[$0], team: names.teams[$0]) }
    reports.broadcasts = zip(names.broadcasts, broadcasts).map {
      .init(name: $0.name, channel: at($0.channel, in: names.channels), counts: $1)
    }
    return reports
  }

  // MARK: - Names

  private func at(_ index: Int, in names: [String]) -> String {
    names.indices.contains(index) ? names[index] : ""
  }

  private func name(ofUser user: Int) -> String { at(user, in: names.users) }
  private func name(ofUser user: Int?) -> String { user.map { at($0, in: names.users) } ?? "" }
  private func name(ofTeam team: Int) -> String { at(team, in: names.teams) }

  private func team(of user: Int) -> Int? {
    guard names.teamOfUser.indices.contains(user), let team = names.teamOfUser[user],
      teams.indices.contains(team)
    else { return nil }
    return team
  }
}
