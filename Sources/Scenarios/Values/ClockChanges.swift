public import Engine
public import Sampling

extension TimeZoneRules {
  /// When the clock on the wall is put forward or back, for a run whose time zero is `epoch`, in
  /// seconds since 1970-01-01 00:00 UTC.
  public func clockChanges(after epoch: Int64) -> [ClockChange] {
    var before = offset
    return changes.compactMap { change in
      defer { before = change.offset }
      guard change.at > epoch, change.offset != before else { return nil }
      return ClockChange(
        time: Double(change.at - epoch), forward: Double(change.offset - before))
    }
  }
}
