import Measurement

/// A map that is being read, its keys checked against those that are known.
struct Mapping {
  let entries: [Node.Entry]
  let span: SourceSpan
  let reading: Reading

  /// The value under a key, if it is there.
  subscript(_ key: String) -> ValueReader? {
    entries.first { $0.key == key }.map { ValueReader($0.value, reading) }
  }

  /// Where a key stands.
  func keySpan(_ key: String) -> SourceSpan? { entries.first { $0.key == key }?.keySpan }

  /// The value under a key that must be there.
  func required(_ key: String, of subject: String) -> ValueReader? {
    if let value = self[key] { return value }
    reading.problems.error(span, "\(subject) needs the key '\(key)'")
    return nil
  }

  /// What is under a key that may be left out: nil if it cannot be read, a nil within if it is not there.
  func optional<T>(_ key: String, _ read: (ValueReader) -> T?) -> T?? {
    guard let value = self[key] else { return .some(nil) }
    return read(value).map { .some($0) }
  }

  /// What is under a key, or what is meant if it is left out; nil if it cannot be read.
  func optional<T>(_ key: String, else standard: T, _ read: (ValueReader) -> T?) -> T? {
    guard let value = self[key] else { return standard }
    return read(value)
  }

  /// Reports keys that exclude each other; returns the only one that is there.
  func only(of keys: [String], subject: String) -> (key: String, value: ValueReader)? {
    let present = entries.filter { keys.contains($0.key) }
    for extra in present.dropFirst() {
      reading.problems.error(
        extra.keySpan, "\(subject) takes either '\(present[0].key)' or '\(extra.key)', not both")
    }
    return present.first.map { ($0.key, ValueReader($0.value, reading)) }
  }
}

extension ValueReader {
  /// The map with the keys of a table; unknown keys are reported, with what other programs call them.
  func mapping(_ table: KeyTable, synonyms: KeyValuePairs<String, String> = [:]) -> Mapping? {
    guard let mapping = anyMapping(table.subject) else { return nil }
    for entry in mapping.entries where !table.isOpen && !table.names.contains(entry.key) {
      let name = quoted(entry.key)
      reading.problems.error(
        entry.keySpan, "unknown key \(name) in \(table.subject)",
        hint: (synonyms.first { $0.key == entry.key }?.value
          ?? nearestName(to: entry.key, in: table.names)).map { "did you mean '\($0)'?" }
          ?? missingColon(entry.key),
        note: "known: " + table.names.joined(separator: ", "))
    }
    for key in table.keys where key.isRequired && mapping[key.name] == nil {
      reading.problems.error(span, "\(table.subject) needs the key '\(key.name)'")
    }
    return mapping
  }

  /// `arrivals {poisson: ...}` is read as one long key.
  private func missingColon(_ key: String) -> String? {
    guard let bracket = key.firstIndex(where: { $0 == "{" || $0 == "[" }) else { return nil }
    return "write '\(trimmed(String(key[..<bracket]))): \(key[bracket])...'"
  }

  /// The map, whatever its keys.
  func anyMapping(_ subject: String) -> Mapping? {
    guard case .mapping(let entries) = node.content else {
      expected("a map for \(subject)")
      return nil
    }
    return Mapping(entries: entries, span: span, reading: reading)
  }

  /// The items of a list.
  func list(of what: String, limit: Int = .max) -> [ValueReader]? {
    guard case .list(let items) = node.content else {
      expected("a list of \(what)")
      return nil
    }
    if items.count > limit {
      error("\(items.count) \(what), at most \(limit) are possible")
      return nil
    }
    return items.map { ValueReader($0, reading) }
  }

  /// The items of a list, or a single one written without brackets.
  func oneOrMore(of what: String) -> [ValueReader]? {
    if scalarText != nil { return [self] }
    return list(of: what)
  }

  /// A map from invented names to values, the names checked.
  func named(_ what: String) -> [(name: Name, value: ValueReader)]? {
    guard let mapping = anyMapping(what) else { return nil }
    return mapping.entries.compactMap { entry in
      let key = ValueReader(Node(text: entry.key, at: entry.keySpan), Reading(reading.problems))
      guard let name = key.name(what) else { return nil }
      return (name, ValueReader(entry.value, reading))
    }
  }

  /// The single key of a map and its value: `{exponential: 40 min}`.
  func single(_ what: String) -> (key: String, keySpan: SourceSpan, value: ValueReader)? {
    guard let mapping = anyMapping(what) else { return nil }
    guard let first = mapping.entries.first else {
      expected(what)
      return nil
    }
    for extra in mapping.entries.dropFirst() {
      reading.problems.error(
        extra.keySpan, "\(what) has one key; '\(first.key)' stands here already")
    }
    return (first.key, first.keySpan, ValueReader(first.value, reading))
  }
}

/// A name that a file gives or uses, with its place.
public struct Name: Sendable {
  /// The name.
  public let text: String
  /// Where it stands.
  public let span: SourceSpan
}
