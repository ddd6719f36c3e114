/// What an export tells of the past.
public struct History: Sendable {
  /// Nothing yet.
  public init() {}
}
