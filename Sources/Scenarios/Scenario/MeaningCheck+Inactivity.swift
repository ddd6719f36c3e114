import Engine

extension MeaningCheck {
  /// Everybody goes offline in a quiet hour, contacts wait for somebody online, and nothing calls anybody back.
  func remarksOnInactivity() -> [Remark] {
    guard let where_ = under({ worlds[$0].model.losesEverybody }) else { return [] }
    let place = root.value(of: "workspace")
    return [
      Remark(
        span: place?.value(of: "inactivity")?.span ?? place?.span ?? root.span,
        message:
          "whoever is taken for absent stays away from contacts that wait for somebody online\(where_): "
          + "no agent has 'checks_in'",
        hint: "for example 'checks_in: {exponential: 15 min}' for the team")
    ]
  }
}

extension Model {
  /// Whether all who are offline by inactivity stay so, as far as an Assign To step with only_online goes.
  fileprivate var losesEverybody: Bool {
    settings.inactivity != nil
      && styles.allSatisfy { $0.checksIn == nil && $0.picks == .nothing && $0.grabs == nil }
      && hasStep {
        guard case .assignTo(let step) = $0 else { return false }
        return step.onlyOnline && step.target.pool != nil
      }
  }
}
