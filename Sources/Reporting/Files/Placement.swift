/// Where a result folder came to stand.
public struct Placement: Sendable, Equatable {
  /// The folder; another than asked for if the older one there could not be replaced.
  public var path: String
  /// What could not be carried over from the older folder, which stays as it was.
  var obstacle: Obstacle?
  /// Where the rest of the older folder lies, if something in it could not be removed.
  var leftOver: LeftOver?

  /// Somebody's file in an older result folder that cannot be moved.
  public struct Obstacle: Sendable, Equatable {
    /// Its place in the folder.
    public var name: String
    /// What the system said.
    public var reason: String
  }

  /// What is left of an older folder.
  struct LeftOver: Sendable, Equatable {
    /// The folder.
    var path: String
    /// One of the files.
    var holds: String
  }

  /// What the user must know, if the folder is not simply where it was asked for.
  public func warning(asked: String) -> String? {
    if let obstacle {
      return
        "'\(printable(asked))' holds '\(printable(obstacle.name))', which is not ours and cannot "
        + "be carried over (\(obstacle.reason)); that folder stays as it was, the new result is in "
        + "'\(printable(path))'"
    }
    if let leftOver {
      return "'\(printable(asked))' is new, but something of what it held before is left, such as "
        + "'\(printable(leftOver.holds))'; it lies in '\(printable(leftOver.path))'"
    }
    return nil
  }
}
