import Experiments
import Measurement
import Reporting
import Scenarios
import Synchronization
import VirtualTime
import Web

extension Console {
  /// The plan of a day, in fragments of the page.
  var planning: [Route] {
    [
      Route("GET", "/v1/sittings/{id}/plan", "how many agents each hour needs") {
        [self] request, responder in
        guard let sitting = sitting(request.parameter("id")) else {
          return responder.answer(Self.noSitting)
        }
        do throws(PlanQuestion.Refusal) {
          let question = try PlanQuestion(sitting, request.query)
          let stream = responder.stream()
          SystemThread { PlanTelling(sitting, question, stream).run() }.detach()
        } catch {
          responder.answer(.problem(409, "no plan", error.words))
        }
      }
    ]
  }
}

/// What is asked of a sitting's text, with all that was not said filled in.
struct PlanQuestion: Sendable {
  /// Why nothing can be asked.
  struct Refusal: Error { let words: String }

  let scenario: Scenario
  let text: DraftText
  let revision: Int
  let bounds: [Double]
  let share: Double
  let bound: Int
  let way: Int

  init(_ sitting: Sitting, _ query: [(name: String, value: String)]) throws(Refusal) {
    let (draft, file, reading, document) = sitting.state.withLock {
      ($0.draft, $0.file, $0.reading, $0.document)
    }
    guard let scenario = reading.scenario else {
      let why = reading.problems.first { $0.severity == .error }?.message ?? "it is no scenario"
      throw Refusal(words: "The text cannot be run, so nothing is planned: \(why)")
    }
    let path = file ?? "scenario.yaml"
    text = DraftText(
      text: draft.text, path: path, folder: sitting.surroundings.folder.place(of: path))
    revision = draft.revision
    self.scenario = scenario
    let goal = scenario.goals.compactMap { PeriodGoal($0) }.first
    func number(_ name: String) -> Double? {
      query.first { $0.name == name }.flatMap { Double($0.value) }
        .flatMap { $0.isFinite ? $0 : nil }
    }
    share = min(0.99, max(0.01, number("goal") ?? goal?.share ?? 0.8))
    let bounds = PlanSubject.bounds(scenario)
    let within = number("within") ?? goal.map { Double($0.bound) / 1e9 } ?? 300
    bound =
      bounds.indices.min { (bounds[$0] - within).magnitude < (bounds[$1] - within).magnitude } ?? 0
    self.bounds = bounds
    let ways = DraftReading.ways(of: scenario).map(\.name)
    let asked = number("way").flatMap { Int(exactly: $0) }
    way =
      asked.flatMap { ways.indices.contains($0) ? $0 : nil }
      ?? document.flatMap { Self.best($0, ways) } ?? 0
  }

  /// The first way that meets all goals, else the first of those that meet most.
  private static func best(_ document: ResultDocument, _ ways: [String]) -> Int? {
    let met = document.strategies.map { $0.goals.count { $0.result == .met } }
    guard document.strategies.map(\.name) == ways, let most = met.max() else { return nil }
    return met.firstIndex(of: most)
  }

  /// The promise as a goal of the language.
  var goal: String {
    let seconds = bounds[bound]
    let minutes = (seconds / 60).rounded()
    let time = minutes * 60 == seconds ? "\(Int(minutes)) min" : Quantity.text(seconds) + " s"
    return "first_response.within(\(time)) >= " + Quantity.text(share * 100) + "%"
  }

  /// The question as far as it can be shown before anything is known.
  func answer(_ subject: PlanSubject?) -> StaffingAnswer {
    StaffingAnswer(
      share: share, bound: bound, way: way,
      ways: DraftReading.ways(of: scenario).map(\.name), team: subject?.team,
      present: subject?.present ?? 0, bounds: bounds, isFirstDay: subject?.isFirstDay ?? false)
  }
}

/// One request for a plan: tells what is known until all is, then ends the stream.
struct PlanTelling {
  private struct Event: Encodable {
    var html: [String: String]
    var speak: String?
    var isDone: Bool?
  }

  private let sitting: Sitting
  private let question: PlanQuestion
  private let stream: EventStream

  init(_ sitting: Sitting, _ question: PlanQuestion, _ stream: EventStream) {
    self.sitting = sitting
    self.question = question
    self.stream = stream
  }

  /// Progress is told so often, in nanoseconds.
  private static let pace: Int64 = 120_000_000
  /// A goal that is still being dragged is not run as a day.
  private static let rest: Int64 = 150_000_000

  func run() {
    defer { stream.close() }
    let subject: PlanSubject
    do throws(PlanSubject.Obstacle) {
      subject = try PlanSubject(
        question.text, question.scenario, way: question.way, goal: question.goal,
        threads: sitting.surroundings.threads)
    } catch {
      var html = StaffingView(question.answer(nil)).html
      html["verdict"] = error.verdict
      html["sub"] = error.details
      return send(Event(html: html, speak: error.verdict, isDone: true))
    }
    let made = {
      PlanJob(
        StaffingSearch(
          runs: subject.runs, present: subject.present, share: question.share,
          bound: question.bound))
    }
    guard let job = sitting.planner.job(subject.key, seen: question.revision, made),
      let grid = wait(for: job, subject)
    else { return }
    tell(grid, subject, job)
  }

  private func send(_ event: Event) {
    stream.send("data: " + Wire.text(event) + "\n\n")
  }

  /// Waits for the grid and tells how far it is; nil if nobody waits any more.
  private func wait(for job: PlanJob, _ subject: PlanSubject) -> StaffingGrid? {
    let alarm = Alarm()
    var isFirst = true
    var told: Int?
    while stream.isOpen, !job.isCancelled {
      let standing = job.standing
      if let grid = standing.grid { return grid }
      var html = isFirst ? StaffingView(question.answer(subject)).html : [:]
      if let failure = standing.failure {
        html["sub"] = markup(of: failure)
        send(Event(html: html, isDone: true))
        return nil
      }
      if isFirst || told != standing.done {
        html["sub"] = StaffingView.progress(standing.done, of: standing.all)
        send(Event(html: html))
      }
      isFirst = false
      told = standing.done
      alarm.wait(nanoseconds: Self.pace)
    }
    return nil
  }

  private func tell(_ grid: StaffingGrid, _ subject: PlanSubject, _ job: PlanJob) {
    var answer = question.answer(subject)
    answer.grid = grid
    answer.formulas = subject.formulas?.answer(grid, share: answer.share, bound: answer.bound)
    let agents = grid.needed(answer.share, answer.bound).compactMap(\.self)
    let isWhole = agents.count == grid.periods.count
    if isWhole { answer.day = job.knownDay(agents)?[answer.bound] }
    var view = StaffingView(answer)
    guard isWhole, answer.day == nil else {
      return send(Event(html: view.html, speak: view.spoken, isDone: true))
    }
    let told = view.html
    send(Event(html: told))
    Alarm().wait(nanoseconds: Self.rest)
    guard stream.isOpen, let day = job.day(agents, while: { stream.isOpen }) else { return }
    answer.day = day[answer.bound]
    view = StaffingView(answer)
    send(
      Event(
        html: view.html.filter { told[$0.key] != $0.value }, speak: view.spoken, isDone: true))
  }
}
