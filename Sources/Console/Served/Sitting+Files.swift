import Experiments
import Measurement
import Reporting
import Synchronization
import Web
import World

extension Sitting {
  /// Writes the text to its file, or to a new one.
  func save(as name: String?, anyway: Bool) throws(Folder.Refusal) -> SittingState {
    let (text, saved, own) = state.withLock { ($0.draft.text, $0.draft.saved, $0.file) }
    guard let file = name ?? own else { throw .outside }
    // A new name must be free: nobody's file is written over.
    try surroundings.folder.write(
      file, text, known: file == own ? saved : nil, anyway: anyway && file == own)
    state.withLock { state in
      state.file = file
      if let document = state.document, state.answer?.html != nil {
        // The command that repeats it names the file from now on.
        let hand = HandOn(sitting: id, document: document, file: file).html
        state.answer?.html?["hand"] = hand
        state.listeners.send(
          PageEvent(kind: "part", revision: state.draft.revision, html: ["hand": hand]))
      }
      if state.draft.holds(text) { state.draft.wasSaved() }
      state.listeners.send(PageEvent(kind: "state", revision: state.draft.revision))
    }
    return told()
  }

  /// Takes what the disk has.
  func revert() throws(Folder.Refusal) -> SittingState {
    guard let file = state.withLock({ $0.file }) else { throw .gone }
    let text = try surroundings.folder.read(file)
    do throws(Refusal) {
      return try change(seen: nil) { $0.draft.takes(fromDisk: text) }
    } catch {
      return told()
    }
  }

  /// The report page of what is on view: as `compare` makes it, with as many runs.
  func report() -> WebResponse {
    let (experiment, runs) = state.withLock { ($0.experiment, $0.document?.replications ?? 0) }
    guard let experiment, runs > 0 else {
      return .problem(409, "no answer", "there is no answer yet to make a page of")
    }
    var campaign = experiment.plan.campaign
    campaign.replications = runs
    for place in campaign.entries.indices {
      campaign.entries[place].plan.recordsReports = campaign.entries[place].plan.fitsReports
    }
    do throws(Campaign.Failure) {
      var result = try campaign.run()
      try campaign.drawLanes(&result)
      let isCompared = campaign.entries.count > 1
      var document = experiment.plan.builder.document(
        isCompared ? .compare : .run, experiment.plan.scenario, campaign, result)
      document.repeatedBy += ["--replications", "\(runs)"]
      let shown = document.shownMetrics
      document.comparison = ComparisonBuilder().comparison(result, shown: shown)
      return .html(Page(of: document).html)
    } catch {
      return .problem(500, "failed", "the report could not be made")
    }
  }
}
