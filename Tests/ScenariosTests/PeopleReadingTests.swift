import Engine
import Sampling
import Testing

@testable import Scenarios

/// Shortcuts, ratings and work that is not seen: what is read and what is refused.
@Suite struct `What people do besides` {
  private let up = "workflows: {w: {trigger: {shortcut: {name: up}}, steps: [{wait: 1 s}]}}"

  @Test func `shortcuts are read, and a style of their own`() throws {
    let text = small(
      up,
      team: ", picks: oldest, shortcuts: {up: {chance: 5%, after: 30 s, form: {reason: refund}}}")
    let read = try #require(scenario(text).scenario, "\(scenario(text).problems)")
    let style = read.standard.model.styles[0]
    #expect(style.shortcuts.map(\.name) == ["up"])
    #expect(style.shortcuts[0].chance == 0.05 && style.shortcuts[0].after.mean == 30)
    #expect(style.shortcuts[0].form == [FormInput("reason", .text("refund"))])
    #expect(!style.shortcuts[0].atShiftEnd)
    #expect(read.warnings.all.isEmpty)
    #expect(scenario(read.resolved).scenario?.resolved == read.resolved)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(read.resolved))
    let one = text.replacing(
      "agents: 2",
      with:
        "agents: [ana, {name: ben, shortcuts: {up: {at: shift_end}}}, {name: cho, shortcuts: never}]"
    )
    let model = try #require(scenario(one).scenario).standard.model
    #expect(
      model.agents.map { model.style(of: $0).shortcuts.map(\.atShiftEnd) } == [[false], [true], []])
  }

  private static let mistakes = [
    (
      ", shortcuts: {ups: {chance: 5%}}",
      ["4:61: unknown shortcut 'ups'; did you mean 'up'?"]
    ),
    (
      ", shortcuts: {up: {}}",
      ["4:61: the shortcut 'up' is never used; say 'chance: 5%' or 'at: shift_end'"]
    ),
    (
      ", shortcuts: {up: {chance: 5%, at: shift_end}}",
      ["4:78: a shortcut takes either 'chance' or 'at', not both"]
    ),
    (
      ", works_visibly: sometimes",
      ["4:64: expected true or false, found 'sometimes'"]
    ),
  ]

  @Test(arguments: mistakes)
  func `each mistake has its own message, place and help`(team: String, expected: [String]) {
    #expect(scenario(small(up, team: team)).problems == expected)
  }

  @Test func `a shortcut needs a workflow`() {
    #expect(
      scenario(small("", team: ", shortcuts: {up: {chance: 5%}}")).problems == [
        "4:61: no published workflow has the trigger shortcut; "
          + "write 'trigger: {shortcut: {name: up}}' in one"
      ])
  }

  @Test func `ratings are read`() throws {
    func ratings(_ text: String) throws -> Population.Ratings {
      let found = scenario(small(contacts: ", csat: {\(text)}", team: ", picks: oldest"))
      let read = try #require(found.scenario, "\(found.problems)")
      #expect(scenario(read.resolved).scenario?.resolved == read.resolved)
      return try #require(read.standard.model.populations[0].ratings)
    }
    let plain = try ratings("ratings: {5: 60%, 1: 40%}")
    #expect(plain.answers == 1 && plain.after.mean == 0 && plain.rows.count == 1)
    #expect(plain.row(after: nil)?.ratings == [5, 1])
    let rows = try ratings(
      "answers: 40%, after: 5 min, ratings: [{within: 2 min, give: {5: 100%}}, {give: {2: 100%}}]")
    #expect(rows.answers == 0.4 && rows.after.mean == 300)
    #expect(rows.row(after: .minutes(2))?.ratings == [5])
    #expect(rows.row(after: .seconds(121))?.ratings == [2])
    #expect(rows.row(after: nil)?.ratings == [2])
  }

  private static let badRatings = [
    ("answers: 40%", ["3:57: csat needs the key 'ratings'"]),
    ("ratings: {6: 100%}", ["3:68: a rating is 1, 2, 3, 4 or 5, not '6'"]),
    ("ratings: {5: 50%}", ["3:67: the shares add up to 50%, expected 100%"]),
    (
      "ratings: [{give: {5: 100%}}, {give: {1: 100%}}]",
      ["3:68: only the last row can do without 'within'"]
    ),
    (
      "ratings: [{within: 1 h, give: {5: 100%}}]",
      [
        "3:77: the last row is for all who waited longer, or were not answered: it has no 'within'"
      ]
    ),
    (
      "ratings: [{within: 1 h, give: {5: 100%}}, {within: 1 h, give: {4: 100%}}, {give: {1: 100%}}]",
      ["3:109: 1 h does not come after 1 h"]
    ),
  ]

  @Test(arguments: badRatings)
  func `ratings that cannot be are refused in place`(text: String, expected: [String]) {
    #expect(scenario(small(contacts: ", csat: {\(text)}")).problems == expected)
  }
}

/// Imports and segments: what is read and what is refused.
@Suite struct `Imports and segments` {
  @Test func `they are read, with their defaults`() throws {
    let text = small(
      """
      imports: {fair: {at: 2 h, count: 500, fields: {list: fair}, tags: [buyer]}}
      segments: {visitors: {all: [contact.list = fair]}}
      broadcasts: {news: {segment: visitors, at: 3 h}}
      """, team: ", picks: oldest")
    let found = scenario(text)
    let read = try #require(found.scenario, "\(found.problems)")
    let model = read.standard.model
    #expect(model.imports.map(\.name) == ["fair"] && model.imports[0].count == 500)
    #expect(model.imports[0].at == .hours(2) && model.imports[0].writing == 0)
    #expect(model.imports[0].fields.map(\.value) == [.text("fair")])
    #expect(model.imports[0].tags == [TagID(0)])
    #expect(model.broadcasts[0].segment != nil && model.broadcasts[0].recipients == 0)
    #expect(read.warnings.all.isEmpty)
    #expect(try SchemaChecker(SchemaWriter.scenario()).accepts(text))
    #expect(try model.withVolume(times: 2).imports[0].count == 1_000)
  }

  private static let mistakes = [
    (
      "segments: {visitors: {all: [contact.email exists]}}\n"
        + "broadcasts: {news: {segment: visitor, at: 3 h}}",
      "6:30: unknown segment 'visitor'; did you mean 'visitors'?"
    ),
    (
      "segments: {v: {all: [contact.email exists]}}\n"
        + "broadcasts: {news: {segment: v, recipients: 5, at: 3 h}}",
      "6:33: a broadcast takes either 'segment' or 'recipients', not both"
    ),
    ("imports: {fair: {count: 5}}", "5:17: an import needs the key 'at'"),
    ("imports: {fair: {at: 1 h, count: 0}}", "5:34: a number"),
    (
      "workspace: {fields: {age: number}}\nimports: {fair: {at: 1 h, count: 5, fields: {age: old}}}",
      "6:51: the field 'age' is of the kind number, which 'old' is not"
    ),
  ]

  @Test(arguments: mistakes)
  func `each mistake has its place`(text: String, expected: String) throws {
    let problems = scenario(small(text)).problems
    let first = try #require(problems.first)
    #expect(first.hasPrefix(expected.hasSuffix("a number") ? "5:34:" : expected), "\(problems)")
  }
}
