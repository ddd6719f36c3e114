import Foundation
import Testing

/// The platform's nine reports of a run that is small enough to be counted by hand (PLATFORM.md 6.1, 6.2).
@Suite struct `The platform's reports of a run` {
  /// Ana answers in 12 minutes, Bo in 10, in turn; who waits for 15 minutes goes to the other. In minutes:
  ///
  ///     who  opened on    assigned     first response  closed
  ///     c1        0 line  Ana 0         12 Ana          12 Ana
  ///     c2        1 line  Bo 1          11 Bo           11 Bo
  ///     c3        2 line  Ana 2, Bo 17  27 Bo           27 Bo        Ana begins at 12 and would need until 24
  ///     c4       60 line  Ana 60        72 Ana          72 Ana
  ///     r1      100 mail  Bo 100       110 Bo          110 Bo
  ///     h       120 line  Ana 120      -               123 (api)     gives up after 3 minutes
  ///     r2      140 mail  -            150 Bo          150 Bo        the contact of r1, still Bo's: no assignment
  ///     b1      165 mail  Ana 165      177 Ana         177 Ana       was sent the broadcast at 160
  ///     r3      180 mail  -            190 Bo          190 Bo        the same contact again
  ///     b2      185 mail  Ana 185      197 Ana         197 Ana       was sent the broadcast at 180
  ///     c5    214.5 line  Bo 214.5     -               -             the run ends at 219
  private static let scenario = """
    name: Counted by hand
    start: 2026-11-23 09:00
    duration: 219 min
    warmup: 100 min
    replications: 2
    channels: {line: {kind: direct}, mail: {kind: direct}}
    contacts:
      writers: {arrivals: {replay: {file: writers.csv, column: at_s}}, channels: line}
      regulars:
        arrivals: {replay: {file: regulars.csv, column: at_s}}
        channels: mail
        returns: {chance: 100%, after: 30 min}
      hurried:
        arrivals: {replay: {file: hurried.csv, column: at_s}}
        channels: line
        patience: 3 min
        patience_until: answer
      readers: {arrivals: {replay: {file: readers.csv, column: at_s}}, channels: mail}
    broadcasts:
      "news, weekly":
        {population: readers, channel: mail, recipients: 2, at: 160 min, pace: 3 per hour, reads: 100%, replies: {share: 100%, after: 5 min}}
    teams:
      "day, early": {reply_time: 10 min, agents: [{name: Ana, reply_time: 12 min}, "Bo, junior"]}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - assign_to: {team: "day, early", logic: round_robin}
          - wait: 15 min
          - branch:
              - name: Nobody has answered
                when: {all: [conversation_status = open, time_since_last_outgoing_message does not exist]}
                steps: [assign_to: {team: "day, early", logic: round_robin, exclude_current: true}]
    """

  private func counted(_ text: String = scenario) throws -> Workplace {
    let place = try Workplace()
    let arrivals: [(String, [Double])] = [
      ("writers", [0, 1, 2, 60, 214.5]), ("regulars", [100]), ("hurried", [120]),
      ("readers", [500]),
    ]
    for (name, minutes) in arrivals {
      let lines = ["at_s"] + minutes.map { "\($0 * 60)" }
      _ = try place.write(lines.joined(separator: "\n"), to: name + ".csv")
    }
    let file = try place.write(text, to: "hand.yaml")
    let outcome = try Program.run(
      "run", file, "--output", place.path("out"), "--conversations", "--quiet")
    #expect(outcome.code == 0, "\(outcome.err)")
    return place
  }

  /// Each file but its header, whose columns the reporting tests look at, and the strategy.
  private static let expected: [String: String] = [
    // New are all but r2 and r3. Whom the broadcast went to was known, but had no conversation before.
    "conversations": """
    All Conversations,,11,10
    Date,2026-11-23,11,10
    Conversation Opened Source,contact,11,10
    Conversation Opened Channel,line,6,5
    Conversation Opened Channel,mail,5,5
    Contact Type,New,9,8
    Contact Type,Returning,2,2
    Conversation Closed Source,user,,9
    Conversation Closed Source,api,,1
    Conversation Category,,,9
    Conversation Category,gave_up,,1
    """,
    // First responses 12 10 25 12 10 10 12 10 12: 113 minutes over 9. Ten minutes are not under ten.
    // After the first assignment 12 10 25 12 10 12 12: 93 over 7; after the last 12 10 10 12 10 12 12: 78 over 7.
    "responses": """
    First Response Time,Closed Conversations,9,0:12:33,0,0,0,0,9,0,0,
    First Response Time,All Conversations,9,0:12:33,0,0,0,0,9,0,0,
    Average Response Time,Closed Conversations,9,0:12:33,0,0,0,0,9,0,0,9
    Average Response Time,All Conversations,9,0:12:33,0,0,0,0,9,0,0,9
    First Assignment to First Response Time,Closed Conversations,7,0:13:17,0,0,0,0,7,0,0,
    First Assignment to First Response Time,All Conversations,7,0:13:17,0,0,0,0,7,0,0,
    Last Assignment to Response Time,Closed Conversations,7,0:11:08,0,0,0,0,7,0,0,
    Last Assignment to Response Time,All Conversations,7,0:11:08,0,0,0,0,7,0,0,
    """,
    // All: 116 over 10; from the first assignment 96 over 8, from the last 81 over 8.
    // By users: 113 over 9, 93 over 7, 78 over 7. Bo: 10 25 10 10 10, of which 10 25 10 and 10 10 10 were assigned.
    "resolutions": """
    All Conversations,,10,1,0:11:36,0:25:00,0:00:00,0:12:00,0:10:07
    Closed By Source,user,9,0.9,0:12:33,0:25:00,0:00:00,0:13:17,0:11:08
    Closed By Source,api,1,0.1,0:03:00,0:03:00,0:00:00,0:03:00,0:03:00
    Closed By Team,"day, early",9,0.9,0:12:33,0:25:00,0:00:00,0:13:17,0:11:08
    Closed By Team,,1,0.1,0:03:00,0:03:00,0:00:00,0:03:00,0:03:00
    Closed By User,"Bo, junior",5,0.5,0:13:00,0:25:00,0:00:00,0:15:00,0:10:00
    Closed By User,Ana,4,0.4,0:12:00,0:12:00,0:00:00,0:12:00,0:12:00
    Closed By User,,1,0.1,0:03:00,0:03:00,0:00:00,0:03:00,0:03:00
    Conversation Category,,9,0.9,0:12:33,0:25:00,0:00:00,0:13:17,0:11:08
    Conversation Category,gave_up,1,0.1,0:03:00,0:03:00,0:00:00,0:03:00,0:03:00
    """,
    "messages": """
    All Messages,,11,11,11,0
    Channel,line,6,4,4,0
    Channel,mail,5,7,7,0
    Sender,contact,11,0,0,0
    Sender,user,0,9,9,0
    Sender,broadcast,0,2,2,0
    """,
    "contacts": """
    All Contacts,,7,0,0
    Source,Incoming Message,7,,
    Channel,line,6,,
    Channel,mail,1,,
    """,
    "assignments": """
    All Assignments,,10,1
    Source,workflow,10,1
    Assigned To,Ana,6,0.6
    Assigned To,"Bo, junior",4,0.4
    """,
    // Ana had c1 c3 c4 h b1 b2, Bo c2 c3 r1 r2 r3: of c5 nothing is told, which is open.
    "leaderboard": """
    Conversations Assigned,User,1,Ana,6
    Conversations Assigned,User,2,"Bo, junior",5
    Conversations Assigned,Team,1,"day, early",10
    Conversations Closed,User,1,"Bo, junior",5
    Conversations Closed,User,2,Ana,4
    Conversations Closed,Team,1,"day, early",9
    Average First Response Time,User,1,Ana,0:12:00
    Average First Response Time,User,2,"Bo, junior",0:13:00
    Average First Response Time,Team,1,"day, early",0:12:33
    Average First Assignment to First Response Time,User,1,Ana,0:12:00
    Average First Assignment to First Response Time,User,2,"Bo, junior",0:15:00
    Average First Assignment to First Response Time,Team,1,"day, early",0:13:17
    Average Resolution Time,User,1,Ana,0:12:00
    Average Resolution Time,User,2,"Bo, junior",0:13:00
    Average Resolution Time,Team,1,"day, early",0:12:33
    """,
    // Bo closed for c2, c3 and three times for the regular.
    "users": """
    Ana,"day, early",6,4,4,4,0,0:12:00,0:12:00,0:12:00,0:12:00
    "Bo, junior","day, early",5,5,3,5,0,0:13:00,0:15:00,0:13:00,0:25:00
    """,
    "broadcasts": """
    "news, weekly",mail,2,2,2,0,2
    """,
  ]

  @Test func `have in every cell what is counted by hand`() throws {
    let place = try counted()
    for (report, cells) in Self.expected {
      let lines = try place.read("out/reports/\(report).csv").split(separator: "\n").dropFirst()
      #expect(
        lines.map(String.init) == cells.split(separator: "\n").map { "default,\($0)" }, "\(report)")
    }
    // What the export says of the same run.
    let export = try place.read("out/conversations/default-1.csv").split(separator: "\n")
    #expect(export.count == 1 + 11)
    let open = try place.read("out/timeline.csv").split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    // The last step is from 210 to 219: c5 alone is open, in the second half of it, and Bo has it.
    #expect(open.last?[1] == "12600")
    #expect(open.last?[3] == "0.5" && open.last?[9] == "0.5" && open.last?[10] == "0")
  }

  @Test func `are made again from the saved result, and stand on the page`() throws {
    let place = try counted()
    let made = try place.files(in: "out")
    try FileManager.default.removeItem(at: place.folder.appendingPathComponent("out/reports"))
    #expect(try Program.run("report", place.path("out")).code == 0)
    #expect(try place.files(in: "out") == made)
    let page = try place.read("out/index.html")
    for words in [
      "<h2>The platform&#39;s reports</h2>",
      "the first of 2 runs, from its first minute on, warm-up included",
    ] { #expect(page.contains(words), "\(words)") }
    for report in Self.expected.keys {
      #expect(page.contains("<summary>\(report.capitalized)</summary>"), "\(report)")
    }
  }

  @Test func `of a run in which nothing happens are all there`() throws {
    let place = try Workplace()
    let file = try place.write(
      """
      name: Nothing
      duration: 1 h
      replications: 1
      contacts: {all: {arrivals: {poisson: 1 per hour}, volume: 0%}}
      teams: {all: {agents: 1, reply_time: 1 min}}
      """, to: "nothing.yaml")
    let outcome = try Program.run("run", file, "--output", place.path("out"), "--quiet")
    #expect(outcome.code == 0, "\(outcome.err)")
    func lines(_ report: String) throws -> [String] {
      try place.read("out/reports/\(report).csv").split(separator: "\n").dropFirst().map(
        String.init)
    }
    #expect(try lines("conversations").first == "default,All Conversations,,0,0")
    #expect(
      try lines("responses").first
        == "default,First Response Time,Closed Conversations,0,,0,0,0,0,0,0,0,")
    #expect(try lines("resolutions") == ["default,All Conversations,,0,0,,,,,"])
    #expect(
      try lines("messages") == ["default,All Messages,,0,0,0,0", "default,Channel,direct,0,0,0,0"])
    #expect(try lines("contacts") == ["default,All Contacts,,0,0,0", "default,Channel,direct,0,,"])
    #expect(try lines("assignments") == ["default,All Assignments,,0,0"])
    #expect(try lines("leaderboard").isEmpty)
    #expect(try lines("users") == ["default,all-1,all,0,0,0,0,0,,,,"])
    #expect(try lines("broadcasts").isEmpty)
  }
}
