import Foundation
import Measurement
import Testing

@testable import Reporting

/// The platform's nine reports as files and on the page.
@Suite struct `The platform's reports in files` {
  /// A run of so many users, of whom each closed as many conversations as the number says, in turn on two teams.
  private static func document(closed: [Int]) -> ResultDocument {
    var document = Fixture.run()
    var recorder = ReportRecorder(
      .init(
        users: closed.indices.map { "user \($0)" }, teamOfUser: closed.indices.map { $0 % 2 },
        teams: ["even", "odd"], channels: ["line"], broadcasts: [(name: "news", channel: 0)],
        sources: ["contact", "user"]))
    var contact: UInt64 = 0
    for (user, count) in closed.enumerated() {
      for _ in 0..<count {
        contact += 1
        recorder.opened(user, assignee: user)
        var conversation = ReportedConversation(of: contact, at: user)
        conversation.firstResponse = Int64(user + 1) * 60_000_000_000
        conversation.firstResponseBy = user
        conversation.closing = .init(
          on: 1, after: 3_723_900_000_000, source: 1, user: user, team: user % 2,
          category: "a, \"b\""
        )
        recorder.closed(conversation)
      }
    }
    document.strategies[0].reports = recorder.reports { ["2026-11-23", "2026-11-24"][$0] }
    return document
  }

  private func rows(_ name: String, _ document: ResultDocument) -> [[String]] {
    let file = ResultTables(of: document).files.first { $0.name == "reports/\(name).csv" }
    return `CSV files`.rows(file?.contents ?? "")
  }

  @Test func `have the platform's columns`() {
    let document = Self.document(closed: [1])
    let headers = [
      "conversations": "Chart,Group,Conversations Opened,Conversations Closed",
      "responses":
        "Metric,Based On,Conversations,Average,Under 30 s,30 s - 2 min,2 - 5 min,5 - 10 min,"
        + "10 - 30 min,30 min - 1 h,Over 1 h,Number of Responses",
      "resolutions":
        "Chart,Group,Conversations Closed,Share,Average Resolution Time,Max Resolution Time,"
        + "Average Time to First Assignment,Average First Assignment to Close Time,"
        + "Average Last Assignment to Close Time",
      "messages": "Chart,Group,Incoming Messages,Outgoing Messages,Delivered,Failed",
      "contacts": "Chart,Group,Contacts Added,Contacts Deleted,Contacts Merged",
      "assignments": "Chart,Group,Contact Assignments,Share",
      "leaderboard": "Metric,By,Rank,Name,Value",
      "users":
        "User,Team,Conversations Assigned,Conversations Closed,Unique Contacts Closed,Messages Sent,"
        + "Comments,Average First Response Time,Average First Assignment to First Response Time,"
        + "Average Resolution Time,Max Resolution Time",
      "broadcasts": "Broadcast,Channel,Sent,Delivered,Read,Failed,Replied",
    ]
    #expect(Set(headers.keys.map { "reports/\($0).csv" }) == Set(PlatformReports.names))
    for (name, header) in headers {
      #expect(rows(name, document).first?.joined(separator: ",") == "strategy," + header)
    }
  }

  @Test func `say of every column what stands in it`() {
    func check<Row>(_ table: FileTable<Row>) {
      #expect(Set(table.columns.map(\.name)).count == table.columns.count, "\(table.name)")
      for about in [table.about] + table.columns.map(\.about) {
        #expect(about.hasSuffix(".") && about.count > 8, "\(table.name): \(about)")
      }
    }
    check(ResultFiles.summary)
    check(ResultFiles.comparison)
    check(ResultFiles.replications)
    check(ResultFiles.goals)
    check(ResultFiles.agents)
    check(ResultFiles.timeline)
    check(PlatformReports.conversations.table)
    check(PlatformReports.responses.table)
    check(PlatformReports.resolutions.table)
    check(PlatformReports.messages.table)
    check(PlatformReports.contacts.table)
    check(PlatformReports.assignments.table)
    check(PlatformReports.leaderboard.table)
    check(PlatformReports.users.table)
    check(PlatformReports.broadcasts.table)
  }

  @Test func `rank the first ten of each metric, of equals the one first in the scenario`() {
    // Twelve users; numbers 3 and 7 closed nothing, 1, 4 and 6 as many as each other.
    let places = rows("leaderboard", Self.document(closed: [2, 5, 9, 0, 5, 1, 5, 0, 3, 8, 4, 6]))
    func names(_ metric: String, by kind: String) -> [String] {
      places.filter { $0[1] == metric && $0[2] == kind }.map { "\($0[3]) \($0[4]) \($0[5])" }
    }
    #expect(
      names("Conversations Closed", by: "User") == [
        "1 user 2 9", "2 user 9 8", "3 user 11 6", "4 user 1 5", "5 user 4 5", "6 user 6 5",
        "7 user 10 4", "8 user 8 3", "9 user 0 2", "10 user 5 1",
      ])
    // 2 + 9 + 5 + 5 + 3 + 4 and 5 + 0 + 1 + 0 + 8 + 6.
    #expect(names("Conversations Closed", by: "Team") == ["1 even 28", "2 odd 20"])
    // The shortest first: user n answers after n + 1 minutes.
    #expect(
      names("Average First Response Time", by: "User").prefix(3) == [
        "1 user 0 0:01:00", "2 user 1 0:02:00", "3 user 2 0:03:00",
      ])
    #expect(names("Average First Response Time", by: "User").count == 10)
    // An eleventh is not shown.
    let more = rows("leaderboard", Self.document(closed: Array(repeating: 1, count: 11)))
    #expect(more.count { $0[1] == "Conversations Assigned" && $0[2] == "User" } == 10)
  }

  @Test func `write times as the platform does, and names that need it in quotes`() {
    let document = Self.document(closed: [2])
    let file = ResultTables(of: document).files.first { $0.name == "reports/resolutions.csv" }
    // 3,723.9 seconds are cut to 1:02:03.
    #expect(
      file?.contents.contains(
        "look first,Conversation Category,\"a, \"\"b\"\"\",2,1,1:02:03,1:02:03,,,\n") == true)
  }

  @Test func `count openings and closings each on its own day`() {
    let days = rows("conversations", Self.document(closed: [2, 1])).filter { $0[1] == "Date" }
    #expect(
      days.map { $0.dropFirst(2).joined(separator: " ") } == ["2026-11-23 3 0", "2026-11-24 0 3"])
  }

  @Test func `are not there in a result of an older version`() throws {
    let document = Fixture.run()
    #expect(!ResultTables(of: document).files.contains { $0.name.hasPrefix("reports/") })
    #expect(!Page(of: document).html.contains("id=\"reports\""))
    let text = try ResultJSON.text(of: document)
    #expect(try ResultJSON.document(in: text).strategies[0].reports == nil)
  }

  @Test func `are read again as they were saved`() throws {
    let document = Self.document(closed: [2, 0, 3])
    let read = try ResultJSON.document(in: ResultJSON.text(of: document))
    #expect(read == document)
    #expect(ResultTables(of: read).files == ResultTables(of: document).files)
  }

  @Test func `stand on the page under their names, a hundred groups of each at the most`() {
    let page = Page(of: Self.document(closed: Array(repeating: 1, count: 130))).html
    for title in [
      "Conversations", "Responses", "Resolutions", "Messages", "Contacts", "Assignments",
      "Leaderboard", "Users", "Broadcasts",
    ] { #expect(page.contains("<summary>\(title)</summary>")) }
    #expect(page.contains("The first 100 of 130 groups."))
    let users = page.components(separatedBy: "<summary>Users</summary>").last ?? ""
    #expect(users.contains(">user 99<") && !users.contains(">user 100<"))
    #expect(page.contains("The platform&#39;s reports leave out what is still open"))
  }

  @Test func `are refused where they were changed by hand into what cannot be`() {
    func problem(_ change: (inout ResultDocument.Reports) -> Void) -> String? {
      var document = Self.document(closed: [1, 2])
      if var reports = document.strategies[0].reports {
        change(&reports)
        document.strategies[0].reports = reports
      }
      return ResultCheck(document).problem
    }
    let place = "strategies.[0].reports"
    #expect(problem { _ in } == nil)
    #expect(problem { $0.users[0].closed = -1 } == place)
    #expect(problem { $0.teams[1].resolution = -.infinity } == place)
    #expect(problem { $0.conversations[0].opened = -3 } == place)
    #expect(problem { $0.responses[0].buckets = [] } == place + ".responses.buckets")
    #expect(problem { $0.responses[0].mean = 1e300 } == place)
    #expect(problem { $0.resolutions[0].share = -0.5 } == place)
    #expect(problem { $0.messages[0].failed = -1 } == place)
    #expect(problem { $0.assignments[0].assignments = -1 } == place)
    #expect(problem { $0.broadcasts[0].counts.replied = -1 } == place)
  }
}
