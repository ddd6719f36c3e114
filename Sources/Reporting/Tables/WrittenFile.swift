/// A file that is written: its name, what it tells, and its columns where it is a table.
public struct WrittenFile: Sendable {
  /// Its name inside the folder of a result.
  public let name: String
  /// What it tells, in a sentence.
  public let about: String
  /// Its columns in their order, each with what stands in it.
  public let columns: [Column]

  /// A column.
  public struct Column: Sendable {
    /// The name in the header.
    public let name: String
    /// What stands in it, in a sentence.
    public let about: String
  }

  init(_ name: String, _ about: String, _ columns: KeyValuePairs<String, String> = [:]) {
    self.name = name
    self.about = about
    self.columns = columns.map { Column(name: $0.key, about: $0.value) }
  }

  init<Row>(_ table: FileTable<Row>) {
    name = table.name
    about = table.about
    columns = table.columns.map { Column(name: $0.name, about: $0.about) }
  }

  /// The header.
  var header: [String] { columns.map(\.name) }
}

extension WrittenFile {
  /// Every file that a command writes into its folder, but for the exports of `--conversations`.
  public static let all: [WrittenFile] =
    ResultFiles.written + PlatformReports.written + [
      sweep, plan, curve, roster, periods, fit, profile, check, load, loadRates, loadGoals,
    ] + others

  static let sweep = WrittenFile(
    "sweep.csv",
    "A row for each setting, strategy and metric, after a column for each name that was varied.",
    [
      "strategy": "The strategy.", "metric": "The metric.", "unit": "Its unit.",
      "mean": "Its value over all runs.", "low": "The lower end of its 95 % interval.",
      "high": "The upper end of that interval.", "half_width": "Half its width.",
      "replications": "Runs in which it exists.",
    ])

  static let plan = WrittenFile(
    "plan.csv",
    "A row for each setting that was run and each goal, after a column for each name that was varied.",
    [
      "goal": "The goal.", "value": "What was reached.", "low": "The lower end of its interval.",
      "high": "The upper end.", "result": "`met`, `missed` or `inconclusive`.",
      "chosen": "Whether it is the setting that the plan names.",
      "replications": "How often it was run.", "strategy": "The strategy.",
      "unit": "The unit of the goal's metric.", "cost": "What the agents of the setting cost.",
    ])

  static let curve = WrittenFile(
    "curve.csv", "Every plan in every period, those of the formulas among them; with `--by`.",
    [
      "plan": "The plan.", "start_clock": "When the period begins.",
      "arrivals_count": "Conversations that come in it, on average.",
      "agents_count": "Agents of the plan in it.", "value": "The share that the goal speaks of.",
      "low": "The lower end of its interval.", "high": "The upper end.",
      "result": "`met`, `missed` or `inconclusive`.",
    ])

  static let roster = WrittenFile(
    "roster.csv", "A row for each shift of a roster.",
    [
      "shift": "The shift.", "days": "The days on which it is worked.", "hours": "Its hours.",
      "work_s": "Its work without breaks.", "cost": "What one agent costs for one shift.",
      "at_most_count": "The most agents who can be given it.",
      "agents_count": "Agents who are given it.", "cost_week": "What they cost in a week.",
      "erlang_c_agents_count": "Agents that Erlang C would give it.",
      "one_fewer_missed_count": "Periods that miss the goal with one agent fewer.",
      "one_fewer_inconclusive_count": "Periods that are not settled then.",
      "one_fewer_replications": "Runs with one agent fewer.",
    ])

  static let periods = WrittenFile(
    "periods.csv", "A row for each period of a roster's week.",
    [
      "period": "The period.", "start_s": "When it begins, from the start of the week.",
      "kind": "Whether it is judged, and if not why.",
      "arrivals_count": "Conversations that come in it, on average.", "goal": "The goal.",
      "agents_mean": "Agents on shift, on average.", "value": "What was reached.",
      "low": "The lower end of its interval.", "high": "The upper end.",
      "result": "`met`, `missed` or `inconclusive`; empty where it is not judged.",
      "replications": "Runs that it was judged by.",
      "erlang_c_needs_count": "Agents that Erlang C asks for.",
      "erlang_c_agents_mean": "Agents of the roster that covers these.",
      "erlang_c_value": "What that roster reaches.",
      "erlang_c_low": "The lower end of its interval.", "erlang_c_high": "The upper end.",
      "erlang_c_result": "`met`, `missed` or `inconclusive`.",
    ])

  static let fit = WrittenFile(
    "fit.csv", "A row for each law that was fitted to a quantity, the best first.",
    [
      "quantity": "What was fitted.", "key": "The key of the scenario that it goes to.",
      "law": "The law.", "best": "Whether it is the one that the scenario has.",
      "observations": "Observations that it comes from.",
      "censored": "Those of them of which only a bound is known.",
      "parameters": "The parameters, with their intervals.",
      "distance": "The greatest distance of law and data in the distribution function.",
      "aic_behind": "How far it is behind the best, by AIC.",
      "p_distance": "How likely such a distance is if the law is true.",
      "p_anderson_darling": "The same by Anderson and Darling.",
    ])

  static let profile = WrittenFile(
    "profile.csv", "The arrivals by hour that were fitted.",
    [
      "days": "The days.", "hour": "The hour.", "per_hour": "Conversations an hour.",
      "low": "The lower end of the 95 % interval.", "high": "The upper end.",
      "variance_over_mean": "1 for arrivals at random; more where days differ.",
      "n": "Days that it comes from.", "population": "The population; empty where there is one.",
    ])

  static let check = WrittenFile(
    "check.csv", "History and simulation side by side.",
    [
      "quantity": "What is compared.", "unit": "Its unit.", "export": "Its value in the history.",
      "simulated": "Its value in the simulation.", "low": "The lower end of its interval.",
      "high": "The upper end.", "result": "Whether they agree.",
    ])

  static let load = WrittenFile(
    "load.csv", "A load test second by second and operation by operation.",
    [
      "second": "The second, from 0; those of several measurements run on.",
      "operation": "The operation, `all` for all together.",
      "offered_count": "Events that were due.", "done_count": "Events that were carried out.",
      "p50_s": "The median of their latency.", "p90_s": "Its 90 % quantile.",
      "p99_s": "Its 99 % quantile.", "p999_s": "Its 99.9 % quantile.", "max_s": "The longest.",
      "late_s": "How late the generator was at worst.", "step": "The measurement, from 1.",
    ])

  static let loadRates = WrittenFile(
    "load_rates.csv", "A row for each measurement of a load test.",
    [
      "from_per_s": "The rate at its beginning.", "to_per_s": "The rate at its end.",
      "offered_per_s": "Events that were due, a second.",
      "achieved_per_s": "Events that were carried out, a second.",
      "p50_s": "The median of their latency.", "p75_s": "Its 75 % quantile.",
      "p90_s": "Its 90 % quantile.", "p99_s": "Its 99 % quantile.",
      "p999_s": "Its 99.9 % quantile.", "p9999_s": "Its 99.99 % quantile.",
      "p99999_s": "Its 99.999 % quantile.", "max_s": "The longest.",
      "goals": "What became of the goals together.", "step": "The measurement, from 1.",
      "shape": "How the rate went.", "duration_s": "How long it took.",
      "warmup_s": "What was left out at its beginning.",
      "speed": "How much faster than the clock people lived.",
      "offered_count": "Events that were due.", "done_count": "Events that were carried out.",
      "refused_count": "Events that the engine refused.",
      "backlog_max_count": "The most events that waited.",
      "late_p99_s": "The 99 % quantile of the generator's lateness.",
      "late_max_s": "Its worst.", "service_p99_s": "The 99 % quantile from being taken up.",
      "service_p999_s": "The 99.9 % quantile of it.", "service_max_s": "The longest.",
      "violations_count": "Contradictions that the engine's check found.",
      "invalid": "Why the measurement counts for nothing; empty if it counts.",
    ])

  static let loadGoals = WrittenFile(
    "goals.csv", "Of `load`: every goal in every measurement.",
    [
      "strategy": "The strategy.", "goal": "The goal.", "value": "What was reached.",
      "low": "The lower end of its interval.", "high": "The upper end.",
      "result": "`met`, `missed` or `inconclusive`; empty where there is no value.",
      "unit": "The unit.", "scope": "The part that it is about; empty for all.",
      "step": "The measurement, from 1.",
    ])

  static let told = WrittenFile(
    "told.csv", "Of `fuzz`: a row for each stretch of seeds that was told.",
    [
      "engine": "The program that told them, and about what.", "from": "The first seed.",
      "to": "The last seed.", "events_count": "Events of these stories.",
      "decisions_count": "Choices of an assignee in them.",
    ])

  static let corpus = WrittenFile(
    "corpus.csv", "Of `fuzz`: the seeds that reached an event with an effect as none before.",
    [
      "engine": "The program that told them, and about what.", "seed": "The seed.",
      "combination": "The event with the effect.",
    ])

  private static let others = [
    WrittenFile("sweep.svg", "The picture of a sweep."),
    WrittenFile("points/", "Each point of a sweep with what its runs add, for a later sweep."),
    WrittenFile(
      "expected/NAME.json", "Beside a scenario: what `check` holds it to; written by `--update`."),
    told, corpus,
    WrittenFile("seed-N.yaml", "Of `fuzz`: the case file of a story that went wrong."),
    WrittenFile("scenario.yaml", "What `fit` found, where `--output` names no other place."),
    WrittenFile(
      "scenario.resolved.yaml",
      "The scenario with all defaults filled in; running it gives the same."),
    WrittenFile("result.json", "All that `report` needs."),
    WrittenFile(
      "manifest.json",
      "Version, command, scenario and its digest, seed, fingerprint, counts, files; time, threads and machine under `environment`."
    ),
    WrittenFile("index.html", "The page."),
  ]
}
