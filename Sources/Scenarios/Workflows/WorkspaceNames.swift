import Engine

/// The names of a workspace, each with the position that is its id.
///
/// Users, teams, channels, services and workflows must be defined; a field or a tag exists as soon
/// as something mentions it.
final class WorkspaceNames {
  var users = NameTable()
  var teams = NameTable()
  var channels = NameTable()
  var services = NameTable()
  var workflows = NameTable()
  var fields = NameTable(FieldDefinition.standard.map(\.name))
  var tags = NameTable()
  /// Fields that something sets: a condition on any other can never hold.
  var setFields: Set<String> = []
  /// Where fields are read, for a remark on those that nothing sets.
  var readFields: [Name] = []
  /// The clocks that workflows look at, the workspace's own first.
  var timeZones: [TimeZoneRules] = [TimeZoneRules()]

  func user(_ name: String) -> UserID? { users[name].map { UserID(UInt32($0)) } }
  func team(_ name: String) -> TeamID? { teams[name].map { TeamID(UInt32($0)) } }
  func channel(_ name: String) -> ChannelID? { channels[name].map { ChannelID(UInt32($0)) } }
  func service(_ name: String) -> ServiceID? { services[name].map { ServiceID(UInt32($0)) } }
  func workflow(_ name: String) -> WorkflowID? { workflows[name].map { WorkflowID(UInt32($0)) } }

  func field(_ name: String) -> FieldID { FieldID(UInt32(fields.intern(name))) }
  func tag(_ name: String) -> TagID { TagID(UInt32(tags.intern(name))) }
}

/// Names in the order in which they came, found by position and by name.
struct NameTable {
  private(set) var names: [String] = []
  private var positions: [String: Int] = [:]

  init(_ names: [String] = []) {
    for name in names { _ = intern(name) }
  }

  subscript(_ name: String) -> Int? { positions[name] }

  var count: Int { names.count }

  /// The position of a name, which is added if it is new.
  mutating func intern(_ name: String) -> Int {
    if let position = positions[name] { return position }
    positions[name] = names.count
    names.append(name)
    return names.count - 1
  }
}

/// The places of a file that the engine's own errors lead back to.
public struct SourceMarks: Sendable {
  private var spans: [SourceSpan] = []

  init() {}

  /// Remembers a place and returns the number that a definition carries.
  mutating func add(_ span: SourceSpan) -> Int32 {
    spans.append(span)
    return Int32(clamping: spans.count - 1)
  }

  /// The place of a mark.
  public subscript(_ mark: Int32) -> SourceSpan? {
    spans.indices.contains(Int(mark)) ? spans[Int(mark)] : nil
  }
}
