import Engine

extension MeaningCheck {
  /// Faults that come too late to be seen, and log-ins of people who are never out.
  func remarksOnFaults() -> [Remark] {
    // Every strategy has the same faults: their names are no parameters.
    (worlds.first?.model.faults ?? []).indices.flatMap { index -> [Remark] in
      let name = worlds[0].model.faults[index].name
      let place = root.value(of: "faults")?.entry(name)
      var remarks: [Remark] = []
      if let where_ = under({ begins(index, $0).map { $0 >= run.duration } ?? false }) {
        remarks.append(
          Remark(
            span: place?.value.entry("at")?.value.span ?? place?.keySpan ?? root.span,
            message: "the fault '\(name)' comes too late to be seen in a run of "
              + "\(run.duration)\(where_)"))
      }
      if let where_ = under({ isIdleLogIn(worlds[$0].model, index) }) {
        remarks.append(
          Remark(
            span: place?.keySpan ?? root.span,
            message: "the fault '\(name)' calls back agents who are never out\(where_)",
            hint: "it needs 'away' of a team, 'inactivity', or a fault that puts agents out"))
      }
      return remarks
    }
  }

  private func begins(_ fault: Int, _ world: Int) -> EngineDuration? {
    worlds[world].model.faults[fault].at
  }

  private func isIdleLogIn(_ model: Model, _ fault: Int) -> Bool {
    guard case .logIn = model.faults[fault].kind else { return false }
    let puts = model.faults.contains {
      switch $0.kind {
      case .agentsDrop, .logOut: true
      default: false
      }
    }
    return !puts && model.settings.inactivity == nil && model.styles.allSatisfy { $0.away == nil }
  }
}
