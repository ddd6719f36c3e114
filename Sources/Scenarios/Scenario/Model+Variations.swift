public import Sampling

extension Model {
  /// The same world with `factor` times as many customers.
  public func withVolume(times factor: Double) throws(ImpossibleParameter) -> Model {
    var model = self
    for index in model.populations.indices {
      model.populations[index].arrivals =
        try populations[index].arrivals.scaled(volume: factor)
    }
    for index in model.broadcasts.indices {
      let recipients = (Double(broadcasts[index].recipients) * factor).rounded()
      model.broadcasts[index].recipients = Int(min(recipients, 1e9))
    }
    for index in model.imports.indices {
      let count = (Double(imports[index].count) * factor).rounded()
      model.imports[index].count = Int(min(count, 1e9))
    }
    return model
  }

  /// The same world with work per answer that varies more or less around the same means.
  ///
  /// All agents' work becomes lognormal with this standard deviation, as a share of the mean; with 0
  /// every answer takes the mean. Work without a mean, or of none at all, stays as it is.
  public func withWorkVariation(_ cv: Double) throws(ImpossibleParameter) -> Model {
    var model = self
    for index in model.styles.indices {
      let mean = styles[index].replyTime.mean
      guard mean.isFinite, mean > 0 else { continue }
      model.styles[index].replyTime = try .lognormal(mean: mean, cv: cv)
    }
    return model
  }

  /// The same people in a steady world: they write at these rates (a second), everybody is always on shift,
  /// whoever leaves finishes what is in hand first, and nothing happens beside.
  ///
  /// What is taken away: shifts, returning, junk, second channels, other beginnings, joining and leaving, grabbing, shortcuts,
  /// help in writing, custom inboxes, imports, broadcasts, supervisors, faults, webhooks.
  public func steady(arrivals rates: [Double]) throws(ImpossibleParameter) -> Model {
    var model = self
    for (index, rate) in zip(model.populations.indices, rates) where rate > 0 {
      model.populations[index].arrivals = try .poisson(rate: rate)
      model.populations[index].returns = nil
      model.populations[index].spam = nil
      model.populations[index].secondChannel = nil
      model.populations[index].opening = nil
    }
    for index in model.styles.indices {
      model.styles[index].shifts = []
      model.styles[index].grabs = nil
      model.styles[index].assists = []
      model.styles[index].inbox = []
      model.styles[index].shortcuts = []
      model.styles[index].leaving = .finishFirst
    }
    for index in model.agents.indices {
      model.agents[index].joins = nil
      model.agents[index].leaves = nil
    }
    model.imports = []
    model.broadcasts = []
    model.supervisors = []
    model.faults = []
    model.webhooks = []
    return model
  }
}
