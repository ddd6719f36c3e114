/// A part of the address book that conditions describe: to whom a broadcast goes (PLATFORM.md 8.1).
///
/// Who belongs to it is asked anew each time; nobody enters or leaves it.
public struct SegmentDefinition: Hashable, Sendable, Codable {
  /// What people call it.
  public var name: String
  /// What holds for those who belong to it.
  public var conditions: Conditions

  /// Describes a segment.
  public init(name: String, conditions: Conditions) {
    self.name = name
    self.conditions = conditions
  }
}
