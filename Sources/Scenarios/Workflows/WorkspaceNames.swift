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
  /// What a field holds; text if nothing is said.
  var fieldKinds: [String: FieldDefinition.Kind] = [:]
  /// The categories of closing notes; any if there are none.
  var categories: [String] = []
  /// Users and teams of a case who come only with a row of the timeline, when workflows are long published.
  var latecomers = Latecomers()
  /// Whether a channel or service exists as soon as something mentions it, as in case files.
  var isOpen = false
  /// The clocks that workflows look at, the workspace's own first.
  var timeZones: [TimeZoneRules] = [TimeZoneRules()]

  /// The position of a name that must be defined; channels and services of a case need not be.
  func position(
    of value: ValueReader, _ what: String,
    _ table: ReferenceWritableKeyPath<WorkspaceNames, NameTable>
  ) -> Int? {
    guard let name = value.name("a \(what)") else { return nil }
    if let position = self[keyPath: table][name.text] { return position }
    if isOpen, table == \.channels || table == \.services {
      return self[keyPath: table].intern(name.text)
    }
    value.reading.problems.unknownName(
      what, name.text, at: name.span, known: self[keyPath: table].names)
    return nil
  }

  func user(_ name: String) -> UserID? { users[name].map { UserID(UInt32($0)) } }
  func team(_ name: String) -> TeamID? { teams[name].map { TeamID(UInt32($0)) } }
  func channel(_ name: String) -> ChannelID? { channels[name].map { ChannelID(UInt32($0)) } }
  func service(_ name: String) -> ServiceID? { services[name].map { ServiceID(UInt32($0)) } }
  func workflow(_ name: String) -> WorkflowID? { workflows[name].map { WorkflowID(UInt32($0)) } }

  /// The fields in the order of their ids.
  var fieldDefinitions: [FieldDefinition] {
    fields.names.enumerated().map { position, name in
      if position < FieldDefinition.standard.count { return FieldDefinition.standard[position] }
      return FieldDefinition(name: name, kind: fieldKinds[name] ?? .text)
    }
  }

  /// What a field holds, a standard one or another.
  func kind(of field: String) -> FieldDefinition.Kind {
    FieldDefinition.standard.first { $0.name == field }?.kind ?? fieldKinds[field] ?? .text
  }

  /// The users that a comment names with `@`, each once; the longest name where one begins another.
  func mentions(in text: String) -> [UserID] {
    let known = users.names.sorted { ($0.utf8.count, $0) > ($1.utf8.count, $1) }
    var found: [UserID] = []
    for part in text.split(separator: "@", omittingEmptySubsequences: false).dropFirst() {
      let name = known.first { name in
        guard part.hasPrefix(name) else { return false }
        let next = part.dropFirst(name.count).first
        return next.map { $0.isLetter || $0.isNumber } != true
      }
      if let user = name.flatMap({ user($0) }), !found.contains(user) { found.append(user) }
    }
    return found
  }

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
    // Most names are new: one look where two would be needed to ask first.
    if let position = positions.updateValue(names.count, forKey: name) {
      positions[name] = position
      return position
    }
    names.append(name)
    return names.count - 1
  }

  /// Makes room for so many more names.
  mutating func reserve(_ more: Int) {
    positions.reserveCapacity(names.count + more)
    names.reserveCapacity(names.count + more)
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
