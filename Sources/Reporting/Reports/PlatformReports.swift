import Measurement

/// The platform's nine reports with all their columns: what their files and the page are made from.
enum PlatformReports {
  typealias Reports = ResultDocument.Reports

  static let conversations = PlatformReport<Reports.ConversationGroup>(
    "Conversations",
    "How many conversations were opened and closed in one run, in all and by group.",
    keys: 2, rows: { $0.conversations },
    columns: [
      .of("Chart", "What the conversations are grouped by.") { .text($0.chart) },
      .of("Group", "The group; empty for all, without a channel, and without a category.") {
        .text($0.group)
      },
      .of(
        "Conversations Opened",
        "Conversations opened in the run; empty where only closing tells the group."
      ) {
        .count($0.opened)
      },
      .of("Conversations Closed", "Those of them that were closed before the run ended.") {
        .count($0.closed)
      },
    ])

  static let responses = PlatformReport<Reports.ResponseTimes>(
    "Responses",
    "How soon users answered in one run: means, and conversations in the platform's seven buckets.",
    keys: 2, rows: { $0.responses },
    columns: [
      .of("Metric", "The time, one for each conversation that has it.") { .text($0.metric) },
      .of(
        "Based On",
        "Closed conversations, as the platform's older pages say, or all that had it before the run ended."
      ) { .text($0.basis) },
      .of("Conversations", "How many conversations have the time.") { .count($0.conversations) },
      .of("Average", "The mean of the time over them; empty without any.") { .clock($0.mean) },
    ] + buckets + [
      .of(
        "Number of Responses",
        "Responses in these conversations; empty for a time that each has once."
      ) {
        .count($0.responses)
      }
    ])

  private static let buckets: [FileColumn<ReportRow<Reports.ResponseTimes>>] = [
    ("Under 30 s", "under 30 seconds"), ("30 s - 2 min", "from 30 seconds to under 2 minutes"),
    ("2 - 5 min", "from 2 to under 5 minutes"), ("5 - 10 min", "from 5 to under 10 minutes"),
    ("10 - 30 min", "from 10 to under 30 minutes"), ("30 min - 1 h", "from 30 minutes to an hour"),
    ("Over 1 h", "over an hour"),
  ].enumerated().map { place, bucket in
    .of(bucket.0, "Conversations whose time is \(bucket.1).") {
      .count($0.buckets.indices.contains(place) ? $0.buckets[place] : nil)
    }
  }

  static let resolutions = PlatformReport<Reports.ResolutionGroup>(
    "Resolutions",
    "How soon conversations were closed in one run; only those that were closed in it.",
    keys: 2, rows: { $0.resolutions },
    columns: [
      .of("Chart", "What the closed conversations are grouped by.") { .text($0.chart) },
      .of("Group", "The group; empty for all, closed by no user or team, and without a category.") {
        .text($0.group)
      },
      .of("Conversations Closed", "Conversations that were closed.") { .count($0.closed) },
      .of("Share", "Their share of all that were closed, from 0 to 1.") { .share($0.share) },
      .of("Average Resolution Time", "From opening to closing, on average.") {
        .clock($0.resolution)
      },
      .of("Max Resolution Time", "The longest of these times.") { .clock($0.longest) },
      .of(
        "Average Time to First Assignment",
        "From opening to the first assignment in the conversation, over those that had one."
      ) { .clock($0.timeToFirstAssignment) },
      .of(
        "Average First Assignment to Close Time",
        "From the first assignment to closing, over those that had one."
      ) { .clock($0.firstAssignmentToClose) },
      .of(
        "Average Last Assignment to Close Time",
        "From the last assignment to a user to closing, over those that had one."
      ) { .clock($0.lastAssignmentToClose) },
    ])

  static let messages = PlatformReport<Reports.MessageGroup>(
    "Messages", "Messages in both directions in one run, in all, by channel and by sender.",
    keys: 2, rows: { $0.messages },
    columns: [
      .of("Chart", "What the messages are grouped by.") { .text($0.chart) },
      .of("Group", "The group: a channel, or a kind of sender; empty for all.") { .text($0.group) },
      .of("Incoming Messages", "Messages of contacts that reached the platform.") {
        .count($0.incoming)
      },
      .of("Outgoing Messages", "Messages to contacts that were handed to a channel.") {
        .count($0.outgoing)
      },
      .of("Delivered", "Those of them that arrived.") { .count($0.delivered) },
      .of("Failed", "Those of them that were lost; the rest is still under way.") {
        .count($0.failed)
      },
    ])

  static let contacts = PlatformReport<Reports.ContactGroup>(
    "Contacts", "Contacts that came to be in one run, in all, by source and by channel.",
    keys: 2, rows: { $0.contacts },
    columns: [
      .of("Chart", "What the contacts are grouped by.") { .text($0.chart) },
      .of("Group", "The group: a source, or a channel; empty for all.") { .text($0.group) },
      .of("Contacts Added", "Contacts whom the platform had not known before.") {
        .count($0.added)
      },
      .of("Contacts Deleted", "Nobody deletes contacts in a simulation: 0, and empty for a group.")
      {
        .count($0.deleted)
      },
      .of("Contacts Merged", "Contacts who went up in others; empty for a group.") {
        .count($0.merged)
      },
    ])

  static let assignments = PlatformReport<Reports.AssignmentGroup>(
    "Assignments", "Changes of assignees in one run, unassignments included, in all and by group.",
    keys: 2, rows: { $0.assignments },
    columns: [
      .of("Chart", "What the changes are grouped by.") { .text($0.chart) },
      .of(
        "Group", "The group: a source, the new assignee, or the user who assigned; empty for all."
      ) {
        .text($0.chart == "Assigned To" && $0.group.isEmpty ? "Unassigned" : $0.group)
      },
      .of("Contact Assignments", "How many changes; an unassignment is one.") {
        .count($0.assignments)
      },
      .of("Share", "Their share of all, from 0 to 1.") { .share($0.share) },
    ])

  static let leaderboard = PlatformReport<Leaderboard.Place>(
    "Leaderboard", "The first ten users and the first ten teams of one run by each metric.",
    keys: 3, headings: 2, rows: { Leaderboard($0).places },
    columns: [
      .of("Metric", "What is ranked: counts most first, times shortest first.") {
        .text($0.metric)
      },
      .of("By", "Whether users or teams are ranked.") { .text($0.by) },
      .of("Rank", "From 1 to 10; of equals the one first in the scenario.") { .count($0.rank) },
      .of("Name", "The user or the team; who has nothing to be ranked by is left out.") {
        .text($0.name)
      },
      .of("Value", "The count, or the time.") { $0.value },
    ])

  static let users = PlatformReport<Reports.Performance>(
    "Users", "What each user did in the conversations that were closed in one run.",
    keys: 2, headings: 0, rows: { $0.users },
    columns: [
      .of("User", "The user's name.") { .text($0.name) },
      .of("Team", "The user's team; empty without one.") { .text($0.team) },
      .of(
        "Conversations Assigned",
        "Closed conversations that were the user's: assigned in them, or the contact was from before."
      ) { .count($0.assigned) },
      .of("Conversations Closed", "Conversations that the user closed.") { .count($0.closed) },
      .of("Unique Contacts Closed", "Contacts whose conversations those were.") {
        .count($0.uniqueContacts)
      },
      .of("Messages Sent", "Messages of the user in closed conversations.") { .count($0.messages) },
      .of("Comments", "Comments of the user in closed conversations.") { .count($0.comments) },
      .of(
        "Average First Response Time",
        "From opening to the first response, over closed conversations in which that was the user's."
      ) { .clock($0.firstResponse) },
      .of(
        "Average First Assignment to First Response Time",
        "From the first assignment to that response, where it came after an assignment."
      ) { .clock($0.firstAssignmentToFirstResponse) },
      .of("Average Resolution Time", "From opening to closing, over those that the user closed.") {
        .clock($0.resolution)
      },
      .of("Max Resolution Time", "The longest of these times.") { .clock($0.longestResolution) },
    ])

  static let broadcasts = PlatformReport<Reports.BroadcastRow>(
    "Broadcasts",
    "What became of the messages of each broadcast in one run, all its times together.",
    keys: 2, headings: 0, rows: { $0.broadcasts },
    columns: [
      .of("Broadcast", "The broadcast's name.") { .text($0.name) },
      .of("Channel", "The channel it went out on.") { .text($0.channel) },
      .of("Sent", "Contacts it was sent to.") { .count($0.counts.sent) },
      .of("Delivered", "Messages that arrived.") { .count($0.counts.delivered) },
      .of("Read", "Those of them that were read; empty without 'reads', or if none was sent.") {
        .count($0.counts.read)
      },
      .of("Failed", "Messages that were lost, or that the channel would not take.") {
        .count($0.counts.failed)
      },
      .of("Replied", "Contacts who wrote back because of it.") { .count($0.counts.replied) },
    ])

  /// The files of all nine; none of a result that an older version saved.
  static func files(of document: ResultDocument) -> [ReportFile] {
    guard document.strategies.contains(where: { $0.reports != nil }) else { return [] }
    return [
      conversations.file(of: document), responses.file(of: document),
      resolutions.file(of: document), messages.file(of: document), contacts.file(of: document),
      assignments.file(of: document), leaderboard.file(of: document), users.file(of: document),
      broadcasts.file(of: document),
    ]
  }

  /// All nine, for the reference.
  static let written: [WrittenFile] = [
    WrittenFile(conversations.table), WrittenFile(responses.table), WrittenFile(resolutions.table),
    WrittenFile(messages.table), WrittenFile(contacts.table), WrittenFile(assignments.table),
    WrittenFile(leaderboard.table), WrittenFile(users.table), WrittenFile(broadcasts.table),
  ]

  /// The names of these files.
  static let names = written.map(\.name)
}
