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
    /// What opens, assigns, closes and sends.
    public var sources: [String]

    /// Puts the names together.
    public init(
      users: [String], teamOfUser: [Int?], teams: [String], channels: [String],
      broadcasts: [(name: String, channel: Int)], sources: [String]
    ) {
      self.users = users
      self.teamOfUser = teamOfUser
      self.teams = teams
      self.channels = channels
      self.broadcasts = broadcasts
      self.sources = sources
    }

    func user(_ number: Int) -> String { at(number, in: users) }
    func team(_ number: Int) -> String { at(number, in: teams) }
    func source(_ number: Int) -> String { at(number, in: sources) }
    func channel(_ number: Int) -> String { at(number, in: channels) }

    private func at(_ number: Int, in names: [String]) -> String {
      names.indices.contains(number) ? names[number] : ""
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

  private let names: Names
  private var categories = NumberedNames()
  private var conversations = ConversationCharts()
  private var responses = ResponseCharts()
  private var resolutions = ResolutionCharts()
  private var messages = MessageCharts()
  private var contacts = ContactCharts()
  private var assignments = AssignmentCharts()
  private var users = Groups(PerformanceTally())
  /// What two users of a team may have done together; the rest is the sum of its users.
  private var teams: [PerformanceTally]
  private var broadcasts: [BroadcastCounts]
  /// What is known of the contact at each place.
  private var places: [Place] = []

  /// What one user did in an open conversation.
  private struct Work {
    var user: Int
    var isAssigned = false
    var messages = 0
    var comments = 0
  }

  /// What is known of the contact at a place; of users it is nearly always one.
  private struct Place {
    /// Who did what in the open conversation: it counts when that is closed.
    var first = Work(user: -1)
    var others: [Work] = []
    /// The contact of whom a conversation was closed last.
    var closed: UInt64?
    /// The users who closed its conversations.
    var firstCloser = -1
    var otherClosers: [Int] = []
  }

  /// Nothing yet.
  public init(_ names: Names) {
    self.names = names
    teams = names.teams.map { _ in PerformanceTally() }
    broadcasts = names.broadcasts.map { _ in BroadcastCounts() }
  }

  // MARK: - Conversations

  /// The conversation of the contact at a place was opened, which is somebody's already or nobody's.
  public mutating func opened(_ place: Int, assignee: Int?) {
    if place >= places.count { places.makeRoom(for: place, with: Place()) }
    places[place].first = Work(user: -1)
    if !places[place].others.isEmpty { places[place].others.removeAll() }
    if let assignee { credit(place, assignedTo: assignee) }
  }

  /// A conversation was closed.
  public mutating func closed(_ conversation: ReportedConversation) {
    guard let closing = conversation.closing else { return stillOpen(conversation) }
    conversations.add(conversation)
    let category = categories.number(of: closing.category)
    conversations.add(closing, category: category)
    responses.closed.add(conversation)
    resolutions.add(conversation, closing, category: category)
    credit(conversation, closing)
  }

  /// A conversation is still open when the run is over.
  public mutating func stillOpen(_ conversation: ReportedConversation) {
    conversations.add(conversation)
    responses.open.add(conversation)
  }

  /// Credits the users of a closed conversation, and their teams, with what they did in it.
  private mutating func credit(
    _ conversation: ReportedConversation, _ closing: ReportedConversation.Closing
  ) {
    let place = conversation.place
    if place >= places.count { places.makeRoom(for: place, with: Place()) }
    credit(places[place].first, isFirstOfTeam: true)
    if !places[place].others.isEmpty { creditOthers(places[place]) }
    if let user = conversation.firstResponseBy, names.users.indices.contains(user) {
      users[user].answered(conversation)
    }
    guard let user = closing.user, names.users.indices.contains(user) else { return }
    let isNews = noteCloser(user, of: conversation.contact, at: place)
    users[user].closed(after: closing.after, isFirstOfContact: isNews.ofUser)
    if isNews.ofTeam, let team = team(of: user) { teams[team].closedFirst() }
  }

  @inline(never)
  private mutating func creditOthers(_ done: Place) {
    for (place, part) in done.others.enumerated() {
      // A conversation that two of a team had is one conversation of the team.
      let before = [done.first] + done.others[..<place]
      credit(
        part,
        isFirstOfTeam: !before.contains {
          $0.isAssigned && team(of: $0.user) == team(of: part.user)
        })
    }
  }

  @inline(__always)
  private mutating func credit(_ part: Work, isFirstOfTeam: Bool) {
    guard names.users.indices.contains(part.user) else { return }
    users[part.user].add(messages: part.messages, comments: part.comments)
    guard part.isAssigned else { return }
    users[part.user].assigned += 1
    if isFirstOfTeam, let team = team(of: part.user) { teams[team].assigned += 1 }
  }

  /// Notes who closed a conversation of a contact, and says whether it is the contact's first of that user, and
  /// the first of the user's team.
  @inline(__always)
  private mutating func noteCloser(
    _ user: Int, of contact: UInt64, at place: Int
  ) -> (ofUser: Bool, ofTeam: Bool) {
    if places[place].closed != contact {
      // Another contact has the place by now: one that is gone does not come back.
      places[place].closed = contact
      places[place].firstCloser = user
      if !places[place].otherClosers.isEmpty { places[place].otherClosers.removeAll() }
      return (true, true)
    }
    if places[place].firstCloser == user { return (false, false) }
    return noteOtherCloser(user, at: place)
  }

  @inline(never)
  private mutating func noteOtherCloser(
    _ user: Int, at place: Int
  ) -> (ofUser: Bool, ofTeam: Bool) {
    let closers = [places[place].firstCloser] + places[place].otherClosers
    if closers.contains(user) { return (false, false) }
    places[place].otherClosers.append(user)
    return (true, !closers.contains { team(of: $0) == team(of: user) })
  }

  // MARK: - What users do

  /// The assignee of the contact at a place changed, by some way and perhaps by a user's hand; to nobody for
  /// an unassignment.
  public mutating func assigned(_ place: Int, to user: Int?, source: Int, by actor: Int?) {
    assignments.add(source: source, to: user, by: actor)
    if let user { credit(place, assignedTo: user) }
  }

  /// A comment on the contact at a place was written by a user.
  public mutating func commented(_ place: Int, by user: Int) {
    change(place, user) { $0.comments += 1 }
  }

  private mutating func credit(_ place: Int, assignedTo user: Int) {
    change(place, user) { $0.isAssigned = true }
  }

  /// Changes what a user did in an open conversation.
  @inline(__always)
  private mutating func change(_ place: Int, _ user: Int, _ change: (inout Work) -> Void) {
    guard places.indices.contains(place) else { return }
    if places[place].first.user < 0 { places[place].first.user = user }
    if places[place].first.user == user { return change(&places[place].first) }
    changeOther(place, user, change)
  }

  @inline(never)
  private mutating func changeOther(_ place: Int, _ user: Int, _ change: (inout Work) -> Void) {
    if let other = places[place].others.firstIndex(where: { $0.user == user }) {
      return change(&places[place].others[other])
    }
    var part = Work(user: user)
    change(&part)
    places[place].others.append(part)
  }

  // MARK: - Messages

  /// A message of a contact reached the platform; `kind` is the number of the contact among the sources.
  public mutating func received(on channel: Int, kind: Int) {
    messages.received(on: channel, kind: kind)
  }

  /// A message to the contact at a place, of a user or of a sender of another kind.
  public mutating func outgoing(
    _ fate: Fate, to place: Int, on channel: Int, by user: Int?, kind: Int
  ) {
    messages.add(fate, channel: channel, kind: kind)
    if let user, fate == .sent { change(place, user) { $0.messages += 1 } }
  }

  // MARK: - Contacts and broadcasts

  /// The platform got to know a contact: by writing, or by what a source of another number did.
  public mutating func added(on channel: Int, by source: Int = 0) {
    contacts.add(on: channel, by: source)
  }

  /// A contact went up in another.
  public mutating func merged() { contacts.merged += 1 }

  /// Something became of a broadcast's message.
  public mutating func broadcast(_ number: Int, _ count: WritableKeyPath<BroadcastCounts, Int>) {
    if broadcasts.indices.contains(number) { broadcasts[number][keyPath: count] += 1 }
  }

  /// So many more of a broadcast's messages were read: with 0 it is known that reading is told of.
  public mutating func broadcast(_ number: Int, read more: Int) {
    guard broadcasts.indices.contains(number) else { return }
    broadcasts[number].read = (broadcasts[number].read ?? 0) + more
  }

  // MARK: - The end

  /// The reports of the run, given the date of each of its days.
  public func reports(date: (Int) -> String) -> ResultDocument.Reports {
    var reports = ResultDocument.Reports()
    reports.conversations = conversations.rows(names, categories: categories.names, date: date)
    reports.responses = responses.rows
    reports.resolutions = resolutions.rows(names, categories: categories.names)
    reports.messages = messages.rows(names)
    reports.contacts = contacts.rows(names)
    reports.assignments = assignments.rows(names)
    reports.users = names.users.indices.map { index in
      users[index].row(names.users[index], team: team(of: index).map(names.team) ?? "")
    }
    var teams = teams
    for user in names.users.indices {
      if let team = team(of: user) { teams[team].addWork(of: users[user]) }
    }
    reports.teams = teams.indices.map { teams[$0].row(names.teams[$0], team: names.teams[$0]) }
    reports.broadcasts = zip(names.broadcasts, broadcasts).map {
      .init(name: $0.name, channel: names.channel($0.channel), counts: $1)
    }
    return reports
  }

  private func team(of user: Int) -> Int? {
    guard names.teamOfUser.indices.contains(user), let team = names.teamOfUser[user],
      teams.indices.contains(team)
    else { return nil }
    return team
  }
}
