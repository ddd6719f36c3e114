import Engine

/// An event as a client wrote it: its members by their keys, not yet looked up in any workspace.
struct EventDraft: Sendable {
  let kind: EventKind
  /// The client's name for it, under which it is never carried out twice.
  var key: String?
  /// What was written, for the journal.
  let text: [UInt8]
  fileprivate(set) var members: [(key: MemberKey, value: JSON)] = []

  /// The longest key and the longest name of a contact, in bytes.
  static let nameLimit = 200
  /// The most events of one request.
  static let batchLimit = 1_000

  /// Reads one event, or a list of them; says which it was.
  static func read(_ bytes: [UInt8]) throws(BadRequest) -> (drafts: [EventDraft], isList: Bool) {
    var scanner = JSONScanner(bytes)
    guard scanner.peek() == UInt8(ascii: "[") else {
      let draft = try EventDraft(&scanner)
      try scanner.end()
      return ([draft], false)
    }
    scanner.place += 1
    guard scanner.peek() != UInt8(ascii: "]") else { throw scanner.fault("expected an event") }
    var drafts: [EventDraft] = []
    repeat {
      guard drafts.count < batchLimit else {
        throw BadRequest(
          413, "too_many", "a request takes at most \(batchLimit) events; send the rest in another")
      }
      do throws(BadRequest) {
        drafts.append(try EventDraft(&scanner))
      } catch {
        throw error.at(drafts.count)
      }
    } while try scanner.goesOn(until: UInt8(ascii: "]"), in: "list of events")
    try scanner.end()
    return (drafts, true)
  }

  /// Reads an event of a journal, where the workspace's own clock may speak too.
  init(journal text: [UInt8]) throws(BadRequest) {
    var scanner = JSONScanner(text)
    try self.init(&scanner, isJournal: true)
    try scanner.end()
  }

  private init(_ scanner: inout JSONScanner, isJournal: Bool = false) throws(BadRequest) {
    try scanner.expect(UInt8(ascii: "{"), "an event, which is an object")
    let start = scanner.place - 1
    var kindName: String?
    var found: MemberSet = []
    members.reserveCapacity(6)
    if scanner.peek() == UInt8(ascii: "}") {
      scanner.place += 1
    } else {
      repeat {
        _ = scanner.peek()
        let name = try scanner.string()
        try scanner.expect(UInt8(ascii: ":"), "':' after a name")
        if let member = MemberKey.byName[name] {
          guard !found.contains(member) else { throw Self.twice(name) }
          found.insert(member)
          members.append((member, try scanner.value()))
        } else if name == "type" {
          guard kindName == nil else { throw Self.twice(name) }
          kindName = try Self.text(try scanner.value(), as: name)
        } else if name == "key" {
          guard key == nil else { throw Self.twice(name) }
          key = try Self.checked(key: try Self.text(try scanner.value(), as: name))
        } else {
          throw BadRequest.unknown("key", name, among: Self.names(of: kindName))
        }
      } while try scanner.goesOn(until: UInt8(ascii: "}"), in: "event")
    }
    text = Array(scanner.bytes[start..<scanner.place])
    kind = try Self.kind(kindName, isJournal: isJournal)
    let keys = EventKind.keyTable[Int(kind.rawValue)]
    if let other = found.subtracting(keys.required + keys.optional).list.first {
      throw BadRequest.unknown("key", other.name, among: Self.names(of: kind.name))
    }
    if let missing = keys.required.subtracting(found).list.first {
      throw BadRequest(422, "missing_key", "\(kind.name) needs the key '\(missing.name)'")
    }
  }

  // MARK: What must be

  private static func twice(_ name: String) -> BadRequest {
    BadRequest(422, "key_twice", "the key '\(BadRequest.shortened(name))' stands there twice")
  }

  private static func kind(_ name: String?, isJournal: Bool) throws(BadRequest) -> EventKind {
    guard let name else {
      throw BadRequest(422, "missing_key", "an event needs the key 'type', such as contact_writes")
    }
    guard let kind = EventKind.byName[name], isJournal || kind != .timerFires else {
      throw BadRequest.unknown(
        "type", name, among: EventKind.requestable.map(\.name))
    }
    return kind
  }

  /// The names of the keys that an event may have.
  private static func names(of kindName: String?) -> [String] {
    let all = ["key", "type"]
    guard let kind = kindName.flatMap({ EventKind.byName[$0] }) else {
      return all + MemberKey.allCases.map(\.name)
    }
    let keys = EventKind.keyTable[Int(kind.rawValue)]
    return all + (keys.required + keys.optional).list.map(\.name)
  }

  private static func text(_ value: JSON, as name: String) throws(BadRequest) -> String {
    guard case .text(let text) = value else { throw wrongKind(name, "a text", value) }
    return text
  }

  static func wrongKind(_ name: String, _ expected: String, _ got: JSON) -> BadRequest {
    let kind =
      switch got {
      case .null: "null"
      case .flag(let flag): flag ? "true" : "false"
      case .number: "a number"
      case .text: "a text"
      case .list: "a list"
      case .object: "an object"
      }
    return BadRequest(422, "wrong_kind", "'\(name)' takes \(expected), got \(kind)")
  }

  /// A key that may stand in the journal.
  static func checked(key: String) throws(BadRequest) -> String {
    guard !key.isEmpty, key.utf8.count <= nameLimit, !key.utf8.contains(0) else {
      throw BadRequest(
        422, "bad_value", "a key has 1 to \(nameLimit) bytes, got \(key.utf8.count)")
    }
    return key
  }
}

// MARK: - Members by their kind

extension EventDraft {
  /// What stands under a key; nothing where it is left out.
  func value(_ key: MemberKey) -> JSON? { members.first { $0.key == key }?.value }

  /// A text; nothing where the key is left out.
  func text(_ key: MemberKey) throws(BadRequest) -> String? {
    guard let value = value(key) else { return nil }
    guard case .text(let text) = value else { throw Self.wrongKind(key.name, "a text", value) }
    return text
  }

  /// A text that must be there; which keys must be is known from the kind.
  func needed(_ key: MemberKey) throws(BadRequest) -> String { try text(key) ?? "" }

  /// A number of whole things.
  func whole(_ key: MemberKey, _ range: ClosedRange<UInt64>) throws(BadRequest) -> UInt64? {
    guard let value = value(key) else { return nil }
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .number(let number) = value, let whole = UInt64(exactly: number) else {
      throw Self.wrongKind(key.name, expected, value)
    }
    guard range.contains(whole) else {
      throw BadRequest(422, "bad_value", "'\(key.name)' takes \(expected), got \(whole)")
    }
    return whole
  }

  /// A length of time in seconds; nothing for null and where the key is left out.
  func duration(_ key: MemberKey) throws(BadRequest) -> EngineDuration? {
    switch value(key) {
    case nil, .null?: return nil
    case .number(let seconds)?:
      guard let duration = EngineDuration(seconds: seconds) else {
        throw BadRequest(422, "bad_value", "'\(key.name)' takes seconds, 0 or more, got \(seconds)")
      }
      return duration
    case let other?: throw Self.wrongKind(key.name, "seconds or null", other)
    }
  }

  /// One of some words.
  func choice<Choice>(
    _ key: MemberKey, _ choices: [(name: String, choice: Choice)]
  ) throws(BadRequest) -> Choice? {
    guard let name = try text(key) else { return nil }
    guard let choice = choices.first(where: { $0.name == name })?.choice else {
      throw BadRequest.unknown(key.name, name, among: choices.map(\.name), reason: "bad_value")
    }
    return choice
  }

  /// A list of texts, or one text.
  func texts(_ key: MemberKey) throws(BadRequest) -> [String] {
    switch value(key) {
    case nil: return []
    case .text(let text)?: return [text]
    case .list(let items)?:
      return try items.map { (item) throws(BadRequest) in
        guard case .text(let text) = item else {
          throw Self.wrongKind(key.name, "a list of texts", item)
        }
        return text
      }
    case let other?: throw Self.wrongKind(key.name, "a list of texts", other)
    }
  }

  /// Named texts, numbers and flags.
  func entries(_ key: MemberKey) throws(BadRequest) -> [(name: String, value: Value)] {
    guard let value = value(key) else { return [] }
    guard case .object(let members) = value else {
      throw Self.wrongKind(key.name, "an object of names and values", value)
    }
    return try members.map { (member) throws(BadRequest) in
      guard let value = member.value.value else {
        throw Self.wrongKind("\(key.name).\(member.name)", "a text, number or flag", member.value)
      }
      return (member.name, value)
    }
  }

  /// Whether two clients that used one key meant the same.
  func says(theSameAs other: EventDraft) -> Bool {
    kind == other.kind && members.count == other.members.count
      && members.allSatisfy { member in other.value(member.key) == member.value }
  }
}
