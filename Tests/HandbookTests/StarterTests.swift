import Scenarios
import Testing

@testable import Handbook

/// What `new` writes.
@Suite struct `Starters` {
  private static func problems(_ text: String) -> [String] {
    do throws(Diagnostics) {
      return try Scenario.read(SourceFile(name: "x.yaml", text: text)).warnings.all.map(\.message)
    } catch {
      return error.all.map { "\($0.line ?? 0): \($0.message)" }
    }
  }

  @Test(arguments: Starter.all.map(\.name))
  func `every template is a scenario without a remark`(name: String) throws {
    let starter = try #require(Starter.all.first { $0.name == name })
    for title in ["desk", "Ana's desk: 'north', #2", "yes", "12", "- a", "{x}"] {
      #expect(Self.problems(starter.file(title: title)) == [], "\(title)")
    }
  }

  @Test func `the shortest one is a scenario, and so is the desk of empty lines`() {
    #expect(Self.problems(Starter.shortest(title: "desk")) == [])
    #expect(Self.problems(DeskAnswers().file(title: "desk")) == [])
  }

  @Test(arguments: [
    "09:00-18:00", "00:00-24:00", "22:00-06:00", "00:00-08:00", "16:00-24:00", "23:59-00:00",
  ])
  func `hours of every kind make a scenario`(hours: String) {
    var answers = DeskAnswers()
    answers.hours = hours
    answers.channels = ["whatsapp", "email", "website_chat"]
    #expect(Self.problems(answers.file(title: "desk")) == [])
  }

  @Test func `the day's conversations are as many as were told`() throws {
    var answers = DeskAnswers()
    answers.hours = "08:00-18:00"
    answers.conversations = 500
    // 450 in ten hours, 50 in fourteen.
    let text = answers.file(title: "desk")
    #expect(
      text.contains(
        #"{"00:00": 3.57 per hour, "08:00": 45 per hour, "18:00": 3.57 per hour}"#), "\(text)")
  }

  @Test func `answers are taken, and nonsense is explained`() {
    var answers = DeskAnswers()
    #expect(DeskQuestion.agents.take(" 12 ", into: &answers) == nil)
    #expect(DeskQuestion.agents.take("0", into: &answers) != nil)
    #expect(DeskQuestion.agents.take("many", into: &answers) != nil)
    #expect(DeskQuestion.hours.take("9-17:30", into: &answers) == nil)
    #expect(answers.hours == "09:00-17:30")
    for text in ["9", "9-9", "25-26", "a-b", "9-18-20", "24:00-25:00"] {
      #expect(DeskQuestion.hours.take(text, into: &answers) != nil, "\(text)")
    }
    #expect(DeskQuestion.channels.take("Email; whatsapp, email", into: &answers) == nil)
    #expect(answers.channels == ["email", "whatsapp"])
    #expect(
      DeskQuestion.channels.take("whatsap", into: &answers)?.contains("did you mean whatsapp?")
        == true)
    #expect(DeskQuestion.channels.take(",", into: &answers) != nil)
    #expect(DeskQuestion.minutes.take("2.5", into: &answers) == nil)
    #expect(DeskQuestion.minutes.take("nan", into: &answers) != nil)
    #expect(DeskQuestion.promise.take("", into: &answers) == nil)
    #expect(answers.agents == 12 && answers.minutes == 2.5 && answers.promise == 10)
  }
}
