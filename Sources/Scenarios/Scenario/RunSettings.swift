import Engine
import Measurement

/// What a scenario says about the run as a whole.
struct RunSettings {
  var name = ""
  var description = ""
  var seed: UInt64 = 1
  var start = LocalTime(seconds: Int64(daysSince1970(2026, 11, 23)) * 86_400 + 9 * 3_600)
  var timeZone = TimeZoneRules()
  var duration = EngineDuration.hours(8)
  var warmup = Scenario.Warmup.fixed(.zero)
  var replications = Scenario.Replications.fixed(30)
  var officeHours: [Shift]?
  var goals: [Goal] = []
  /// The parts of the conversations that goals and precision name, with their places.
  var scopes: [(scope: MetricScope, span: SourceSpan)] = []
}

/// Reads the keys that concern the run as a whole.
struct RunReader {
  let top: Mapping
  let files: DataFolder

  init(_ top: Mapping, _ files: DataFolder) {
    self.top = top
    self.files = files
  }

  func settings() -> RunSettings? {
    let before = top.reading.problems.all.count
    var run = RunSettings()
    top.set("name", &run, \.name) { $0.filledText("a name", limit: 200) }
    top.set("description", &run, \.description) { $0.text("a description", limit: 10_000) }
    top.set("seed", &run, \.seed) { $0.whole("the seed", in: 0...Int.max).map { UInt64($0) } }
    top.set("start", &run, \.start) { $0.localTime() }
    top.set("time_zone", &run, \.timeZone) { $0.timeZone() }
    top.set("duration", &run, \.duration) { $0.positiveDuration("the duration") }
    let duration = run.duration
    top.set("warmup", &run, \.warmup) { warmup($0, duration) }
    run.replications = replications(&run.scopes) ?? run.replications
    top.set("office_hours", &run, \.officeHours) { officeHours($0) }
    if let goals = top["goals"].flatMap({ goals($0, &run.scopes) }) { run.goals = goals }
    files.start = run.start
    return top.reading.problems.all.count == before ? run : nil
  }

  private func warmup(_ value: ValueReader, _ duration: EngineDuration) -> Scenario.Warmup? {
    if value.scalarText == "auto" { return .automatic }
    guard let warmup = value.duration("the warm-up") else { return nil }
    guard warmup < duration else {
      value.error("a warm-up of \(warmup) leaves nothing of a run of \(duration)")
      return nil
    }
    return .fixed(warmup)
  }

  private func replications(
    _ scopes: inout [(scope: MetricScope, span: SourceSpan)]
  ) -> Scenario.Replications? {
    guard
      let (key, value) = top.only(of: ["replications", "precision"], subject: "a scenario")
    else { return nil }
    if key == "replications" {
      return value.whole("replications", in: 1...ScenarioKeys.maximalReplications)
        .map { .fixed($0) }
    }
    guard let mapping = value.mapping(ScenarioKeys.precision) else { return nil }
    let metric = mapping["metric"].flatMap { self.metric($0) }
    let within = mapping["within"].flatMap { value -> Double? in
      guard let share = value.share("within") else { return nil }
      if share == 0 { value.error("within must be more than 0%") }
      return share
    }
    let most = mapping.optional("at_most", else: 500) {
      $0.whole("at_most", in: 2...ScenarioKeys.maximalReplications)
    }
    guard let metric, let within, let most else { return nil }
    if let scope = metric.scope, let span = mapping["metric"]?.span { scopes.append((scope, span)) }
    return .precision(Scenario.Precision(metric: metric, within: within, atMost: most))
  }

  private func officeHours(_ value: ValueReader) -> [Shift]?? {
    let items = value.isMapping ? [value] : value.list(of: "office hours")
    guard let items else { return nil }
    let shifts = items.compactMap { $0.shift() }
    return shifts.count == items.count ? .some(shifts) : nil
  }

  private func metric(_ value: ValueReader) -> MetricReference? {
    value.parsed("a metric") { text throws(ValueProblem) in
      try grammar(text) { () throws(GrammarError) in try MetricReference(text) }
    }
  }

  private func goals(
    _ value: ValueReader, _ scopes: inout [(scope: MetricScope, span: SourceSpan)]
  ) -> [Goal]? {
    guard let items = value.list(of: "goals") else { return nil }
    var goals: [Goal] = []
    for item in items {
      guard let goal = item.isMapping ? goalOfPart(item, &scopes) : goal(item) else { continue }
      if !item.isMapping, let scope = goal.metric.scope { scopes.append((scope, item.span)) }
      if goals.contains(where: { $0.text == goal.text }) {
        item.error("the goal appears twice")
      }
      goals.append(goal)
    }
    return goals.count == items.count ? goals : nil
  }

  private func goal(_ value: ValueReader, of scope: MetricScope? = nil) -> Goal? {
    value.parsed("a goal such as 'first_response.p90 <= 10 min'") { text throws(ValueProblem) in
      try grammar(text) { () throws(GrammarError) in try Goal(text, of: scope) }
    }
  }

  /// `population vip: first_response.p90 <= 2 min`: YAML takes it for a map.
  private func goalOfPart(
    _ value: ValueReader, _ scopes: inout [(scope: MetricScope, span: SourceSpan)]
  ) -> Goal? {
    guard let (key, keySpan, value) = value.single("a goal") else { return nil }
    let name = ValueReader(Node(text: key, at: keySpan), Reading(value.reading.problems))
    let scope = name.parsed("a part such as 'population vip'") { text throws(ValueProblem) in
      try grammar(text) { () throws(GrammarError) in try MetricScope(text) }
    }
    guard let scope else { return nil }
    scopes.append((scope, keySpan))
    return goal(value, of: scope)
  }
}

/// Runs a parser of Measurement and tells its place in characters instead of bytes.
func grammar<T>(
  _ text: String, _ parse: () throws(GrammarError) -> T
) throws(ValueProblem) -> T {
  do throws(GrammarError) {
    return try parse()
  } catch {
    func characters(_ offset: Int) -> Int {
      text.utf8.prefix(offset).count { $0 & 0xC0 != 0x80 }
    }
    let from = characters(error.range.lowerBound)
    let to = max(from + 1, characters(error.range.upperBound))
    throw ValueProblem(
      message: error.message, hint: error.suggestion.map { "did you mean '\($0)'?" },
      part: text.isEmpty ? nil : from..<to)
  }
}
