/// Whom an automatic choice may take, as far as a user's own state decides it.
struct PoolFilter: Hashable, Sendable {
  /// Whose activity status is right.
  enum Audience: UInt8, Sendable {
    /// Anybody, offline users too: the online filter is off.
    case everyone
    /// Online users.
    case online
    /// Busy users, who come second where `away_users` says so.
    case busy
  }

  /// Whose activity status is right.
  var audience: Audience
  /// The number of open contacts that is already too many.
  var below: Int32

  /// Whether the filter lets a user pass.
  ///
  /// A personal limit holds at every automatic choice, and of two limits the smaller counts.
  @inline(__always) func admits(_ user: UserRecord) -> Bool {
    welcomes(user.status) && user.openContacts < min(below, user.limit)
  }

  /// Whether a user passes, or no longer passes, because the number of open contacts changed.
  @inline(__always) func isCrossed(by user: UserRecord, from old: Int32) -> Bool {
    let limit = min(below, user.limit)
    return (old < limit) != (user.openContacts < limit) && welcomes(user.status)
  }

  /// Whether a user with this activity status may be chosen.
  @inline(__always) func welcomes(_ status: ActivityStatus) -> Bool {
    switch audience {
    case .everyone: true
    case .online: status == .online
    case .busy: status == .busy
    }
  }
}
