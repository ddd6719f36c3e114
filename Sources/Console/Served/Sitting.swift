import Experiments
import Measurement
import Reporting
import Scenarios
import Synchronization
import VirtualTime
import Web
import World

/// One scenario that somebody looks at: its text, the runs that it asks for, the pages that follow them.
final class Sitting: Sendable {
  /// What all sittings share.
  struct Surroundings: Sendable {
    let folder: Folder
    let cache: RunCache
    let threads: Int
    let version: String
    /// Where runs of a way end by themselves.
    var end = Looks(asked: nil).usualEnd
  }

  /// An answer that is kept in view while assumptions change.
  struct Pinned: Sendable {
    let plan: Experiment.Plan
    let text: String
  }

  struct State {
    var draft: Draft
    /// The path within the folder; nil for what was never saved.
    var file: String?
    var reading: DraftReading
    /// The revision that was read.
    var readRevision = 1
    var experiment: Experiment?
    /// Where runs of a way end by themselves, and how many somebody asked for even if nothing is open any more.
    var end: Int
    var least = 0
    var isRunning = false
    /// Whether somebody said that there are runs enough.
    var isStopped = false
    /// Whether runs are due that nobody began, since no page follows.
    var isDue = true
    /// Tells the experiment on view from those before it.
    var generation = 0
    var listeners = Listeners()
    /// What was last told, for pages that come later.
    var answer: PageEvent?
    /// The last whole answer, for the report and for comparing with what comes.
    var document: ResultDocument?
    var pinned: Pinned?
    /// What became of it, as it was last told.
    var was: Was?
    /// What the runs on view are of: equal keys need no new ones.
    var worlds: [WorldKey] = []
  }

  let id: String
  let surroundings: Surroundings
  let state: Mutex<State>
  let days = WatchedDays()
  let planner = Planner()

  /// `saved` is what the disk has; nil for a text that was never saved.
  init(id: String, text: String, file: String?, saved: String?, _ surroundings: Surroundings) {
    self.id = id
    self.surroundings = surroundings
    let reading = Self.reading(text, file, surroundings.folder)
    state = Mutex(
      State(
        draft: Draft(text: text, saved: saved), file: file, reading: reading,
        end: surroundings.end))
  }

  static func reading(_ text: String, _ file: String?, _ folder: Folder) -> DraftReading {
    let name = file ?? "scenario.yaml"
    return DraftReading(text: text, name: name, folder: folder.place(of: name))
  }

  /// The state as the page is told it; `restarts` says whether the answer on view is of another world.
  func told(restarts: Bool = false) -> SittingState {
    state.withLock { told($0, restarts: restarts) }
  }

  private func told(_ state: State, restarts: Bool) -> SittingState {
    let draft = state.draft
    let saved = draft.saved ?? draft.text
    let changes = LineChanges(from: saved, to: draft.text)
    let scenario = state.reading.scenario
    return SittingState(
      sitting: id, file: state.file, name: scenario?.name ?? state.file ?? "scenario",
      revision: draft.revision, text: draft.text,
      form: FormView(text: draft.text, saved: draft.saved, scenario: scenario).html,
      problems: state.reading.problems.map(Self.told), changed: changes.lines,
      changes: Self.counted(changes.count),
      isSaved: draft.isSaved, saved: draft.isSaved ? nil : draft.saved, canUndo: draft.canUndo,
      canRedo: draft.canRedo,
      pinned: state.pinned != nil, isRunning: state.isRunning, restarts: restarts)
  }

  private static func told(_ problem: Diagnostic) -> SittingState.Problem {
    let place = problem.span?.inBrowser
    let parts = [problem.message, problem.note, problem.hint].compactMap(\.self)
    return SittingState.Problem(
      line: problem.line ?? 1, column: place?.column ?? 1, length: place?.length ?? 0,
      message: parts.joined(separator: "; "),
      severity: problem.severity == .error ? "error" : "warning",
      repair: problem.span == nil ? nil : problem.repair)
  }

  // MARK: - Changes

  /// Why a change is not made.
  enum Refusal: Error {
    /// Somebody else changed the text meanwhile.
    case changedMeanwhile
    case impossible(String)
  }

  /// Changes the text, if it is still the one that the page saw.
  func change(
    seen revision: Int?, subject: String = "",
    _ change: (inout State) throws(Refusal) -> Void
  ) throws(Refusal) -> SittingState {
    let result = state.withLock { state -> Result<SittingState, Refusal> in
      if let revision, revision != state.draft.revision { return .failure(.changedMeanwhile) }
      let before = state.draft.revision
      do throws(Refusal) { try change(&state) } catch { return .failure(error) }
      guard state.draft.revision != before else { return .success(told(state, restarts: false)) }
      if state.readRevision != state.draft.revision {
        state.reading = Self.reading(state.draft.text, state.file, surroundings.folder)
        state.readRevision = state.draft.revision
      }
      (state.end, state.least) = (surroundings.end, 0)
      let restarts = restart(&state)
      planner.textChanged(to: state.draft.revision)
      state.listeners.send(PageEvent(kind: "state", revision: state.draft.revision))
      return .success(told(state, restarts: restarts))
    }
    return try result.get()
  }

  /// Puts another text in place.
  func put(_ text: String, seen revision: Int) throws(Refusal) -> SittingState {
    guard text.utf8.count <= Folder.greatestFile else {
      throw .impossible("a scenario of more than 1 MB is not edited here")
    }
    return try change(seen: revision) { state in
      state.draft.change(to: text, subject: "text", at: Alarm.now())
    }
  }

  /// Carries out what the form asks for.
  func edit(_ edits: [FormEdit], seen revision: Int) throws(Refusal) -> SittingState {
    let subject = edits.count == 1 && edits[0].do == .set ? edits[0].path : ""
    return try change(seen: revision) { (state) throws(Refusal) in
      do throws(Editor.Refusal) {
        let text = try Editor.apply(
          edits, to: state.draft.text, file: state.file ?? "scenario.yaml")
        let reading = try self.whole(text, state)
        guard state.draft.change(to: text, subject: subject, at: Alarm.now()) else { return }
        state.reading = reading
        state.readRevision = state.draft.revision
      } catch {
        throw .impossible(error.words)
      }
    }
  }

  /// What a text means that the form wrote: it does not break what was whole, but says why a value cannot be.
  private func whole(_ text: String, _ state: State) throws(Editor.Refusal) -> DraftReading {
    let reading = Self.reading(text, state.file, surroundings.folder)
    guard state.reading.scenario != nil, reading.scenario == nil else { return reading }
    let first = reading.problems.first { $0.severity == .error }
    throw Editor.Refusal(
      words: first.map { [$0.message, $0.hint].compactMap(\.self).joined(separator: ", ") } ?? "")
  }

  /// Writes at the place of a problem what it proposes.
  func repair(_ number: Int, seen revision: Int) throws(Refusal) -> SittingState {
    try change(seen: revision) { (state) throws(Refusal) in
      guard state.reading.problems.indices.contains(number),
        let span = state.reading.problems[number].span,
        let repair = state.reading.problems[number].repair
      else { throw .impossible("there is no such problem any more") }
      let hasMark = state.draft.text.unicodeScalars.first == "\u{FEFF}"
      state.draft.change(to: (hasMark ? "\u{FEFF}" : "") + span.replaced(by: repair))
    }
  }

  // MARK: - Runs

  /// Runs what is written now; true if what is on view is of another world.
  @discardableResult
  private func restart(_ state: inout State) -> Bool {
    guard let scenario = state.reading.scenario else {
      state.experiment?.cancel()
      state.experiment = nil
      state.isRunning = false
      state.isDue = false
      state.generation += 1
      let event = PageEvent(
        kind: "stale", revision: state.draft.revision, why: Self.reason(state.reading.problems))
      state.answer = event
      state.listeners.send(event)
      return true
    }
    let before = state.worlds
    begin(&state, scenario)
    // The ways that stay keep their numbers: goals, names, order and fewer ways ask for no new runs.
    let isAnother = before.isEmpty || !state.worlds.contains { before.contains($0) }
    if isAnother, let plan = state.experiment?.plan {
      state.listeners.send(.beginning(state.draft.revision, 0, of: plan.firstRuns))
    }
    return isAnother
  }

  private func begin(_ state: inout State, _ scenario: Scenario) {
    state.experiment?.cancel()
    state.experiment = nil
    state.isStopped = false
    // Where nobody looks nothing is run.
    state.isDue = state.listeners.count == 0
    state.isRunning = !state.isDue
    let revision = state.draft.revision
    state.generation += 1
    let generation = state.generation
    var plan = surroundings.plan(scenario, path: state.file ?? "scenario.yaml", end: state.end)
    plan.least = state.least
    state.worlds = plan.worlds
    guard !state.isDue else { return }
    let experiment = Experiment(plan) { [weak self] update in
      self?.take(update, of: generation, revision)
    }
    state.experiment = experiment
    experiment.start()
  }

  private static func reason(_ problems: [Diagnostic]) -> String {
    let errors = problems.filter { $0.severity == .error }
    let count = errors.count == 1 ? "One mistake" : "\(errors.count) mistakes"
    let isAre = errors.count == 1 ? "is" : "are"
    return
      "<span><b>\(count)</b> \(isAre) in the text; the answer below is of the text before.</span>"
      + "<button class=\"btn\" data-do=\"show\">Show</button>"
  }

  /// Runs came in; on the experiment's own thread.
  private func take(_ update: Experiment.Update, of generation: Int, _ revision: Int) {
    let event: PageEvent
    var document: ResultDocument?
    var isRunning = true
    switch update {
    case .first(let done, let all): event = .beginning(revision, done, of: all)
    case .failed(let words):
      event = PageEvent(kind: "stale", revision: revision, why: markup(of: words))
      isRunning = false
    case .answer(let found, let watch, let result):
      document = found
      isRunning = watch.isRunning
      event = answer(found, watch, revision, was(found, watch, result))
    }
    state.withLock { state in
      guard state.generation == generation else { return }
      state.isRunning = isRunning
      if let document { state.document = document }
      if document != nil || update.isFailure { state.answer = event }
      state.listeners.send(event)
      if isRunning, state.listeners.count == 0 {
        // The page is closed: what there is is kept, and goes on when somebody comes back.
        state.experiment?.cancel()
        state.isRunning = false
        state.isDue = true
      }
    }
  }

  private func answer(
    _ document: ResultDocument, _ watch: WatchState, _ revision: Int, _ was: Was?
  ) -> PageEvent {
    let answer = LiveAnswer(of: document, state: watch, was: was?.rows ?? [])
    let isLook = watch.lastLook == watch.runs || !watch.isRunning
    var event = PageEvent(
      kind: "answer", revision: revision, look: watch.lastLook,
      html: [
        "progress": answer.progress, "verdict": answer.verdict, "sub": answer.details,
        "goals": answer.goals, "figure": answer.figure, "table": answer.table, "note": answer.note,
        "hand": HandOn(
          sitting: id, document: document, file: state.withLock { $0.file }
        ).html, "mini": answer.line,
      ],
      speak: isLook ? answer.spoken : nil)
    event.html?["was"] = was?.html ?? ""
    return event
  }

  /// What became of the answer that is kept in view.
  struct Was: Sendable {
    var rows: [ResultDocument.Difference]
    var html: String
  }

  /// Told anew at looks; between them it stands as it was told.
  private func was(
    _ document: ResultDocument, _ watch: WatchState, _ result: Campaign.Result
  ) -> Was? {
    let (pinned, text, experiment, last) = state.withLock {
      ($0.pinned, $0.draft.text, $0.experiment, $0.was)
    }
    guard let pinned else { return nil }
    guard watch.lastLook == watch.runs || !watch.isRunning,
      let metric = document.goals.first?.metric ?? document.metrics.first(where: \.isShown)?.name
    else { return last }
    // As many runs of it: those of before are kept, so that this adds them up and runs at most a few.
    var campaign = pinned.plan.campaign
    campaign.replications = result.replications
    let interruption = experiment?.interruption ?? Interruption()
    guard let was = try? campaign.run(interruption: interruption), !was.isPartial else {
      return last
    }
    let rows = WasAndIs(was: was, is: result, metric: metric).rows.map(\.difference)
    let section = WasSection(
      of: document, changes: Self.counted(LineChanges(from: pinned.text, to: text).count),
      rows: rows)
    let found = Was(rows: rows, html: section.html)
    state.withLock { if $0.pinned != nil { $0.was = found } }
    return found
  }

  private static func counted(_ lines: Int) -> String {
    lines == 1 ? "1 line changed" : "\(lines) lines changed"
  }

  /// Keeps the answer in view, or lets it go.
  func pin(_ isPinned: Bool) -> SittingState {
    state.withLock { state in
      let plan = isPinned ? state.experiment?.plan : nil
      state.pinned = plan.map { Pinned(plan: $0, text: state.draft.text) }
      state.was = nil
      if state.pinned == nil {
        state.answer?.html?["was"] = ""
        state.listeners.send(
          PageEvent(kind: "part", revision: state.draft.revision, html: ["was": ""]))
      }
      return told(state, restarts: false)
    }
  }

  /// A page follows from now on.
  func follow(_ stream: EventStream) {
    state.withLock { state in
      state.listeners.add(stream)
      if let answer = state.answer { state.listeners.sendToNewest(answer) }
      if state.isDue { restart(&state) }
    }
  }

  /// No more runs.
  func stop() -> SittingState {
    state.withLock { state in
      state.isStopped = true
      state.experiment?.stop()
      return told(state, restarts: false)
    }
  }

  /// Runs until the next look that was planned.
  func goOn() -> SittingState {
    state.withLock { state in
      guard let scenario = state.reading.scenario else { return told(state, restarts: false) }
      let looks = Looks(asked: Sitting.Surroundings.asked(scenario))
      let runs = state.experiment?.runs ?? 0
      if !(state.isStopped && runs < state.end) {
        state.least = looks.next(after: runs) ?? runs
        state.end = max(state.end, state.least)
      }
      begin(&state, scenario)
      return told(state, restarts: false)
    }
  }

  /// Nobody needs it any more.
  func end() {
    state.withLock { $0.experiment?.cancel() }
    planner.end()
  }
}

extension Experiment.Update {
  fileprivate var isFailure: Bool {
    if case .failed = self { return true }
    return false
  }
}
