import Engine

/// What clients call the contacts, both ways.
///
/// A name leads to its contact as long as there is one; whoever went up in another contact by a merge
/// leaves the name to that one.
struct ContactNames: Sendable {
  /// The latest contact that had a name; it may be gone.
  private var ids: [String: ContactID] = [:]
  /// By slot: who has it.
  private var holders: [Holder] = []
  /// Names that lead to a contact with another name, in the order of the merges.
  private var aliases: [Alias] = []

  private struct Holder: Sendable {
    var id: ContactID
    var name: String
  }

  /// A second name of a contact.
  struct Alias: Sendable, Codable {
    var name: String
    var id: ContactID
  }

  init() {}

  /// The contact of a name, if it is there.
  func contact(_ name: String) -> ContactID? {
    guard let id = ids[name], self.name(id) != nil else { return nil }
    return id
  }

  /// The name of a contact that is there.
  func name(_ id: ContactID) -> String? {
    guard id.slot < holders.count, holders[id.slot].id == id, !holders[id.slot].name.isEmpty
    else { return nil }
    return holders[id.slot].name
  }

  /// A contact was made.
  mutating func add(_ id: ContactID, _ name: String) {
    while holders.count <= id.slot { holders.append(Holder(id: ContactID(.max), name: "")) }
    holders[id.slot] = Holder(id: id, name: name)
    ids[name] = id
  }

  /// A contact is gone.
  mutating func remove(_ id: ContactID) {
    guard let name = name(id) else { return }
    holders[id.slot].name = ""
    if ids[name] == id { ids[name] = nil }
    aliases.removeAll { alias in
      guard alias.id == id else { return false }
      if ids[alias.name] == id { ids[alias.name] = nil }
      return true
    }
  }

  /// A contact went up in another, which takes its names over.
  mutating func merge(_ id: ContactID, into other: ContactID) {
    guard let name = name(id) else { return }
    holders[id.slot].name = ""
    for index in aliases.indices where aliases[index].id == id {
      aliases[index].id = other
      ids[aliases[index].name] = other
    }
    aliases.append(Alias(name: name, id: other))
    ids[name] = other
  }
}

extension ContactNames: Codable {
  private enum Part: CodingKey { case ids, names, aliases }

  /// Reads the names; a list of ids and one of names are shorter than pairs.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Part.self)
    let listed = try container.decode([ContactID].self, forKey: .ids)
    let names = try container.decode([String].self, forKey: .names)
    guard listed.count == names.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .names, in: container, debugDescription: "as many names as contacts")
    }
    ids.reserveCapacity(names.count)
    for (id, name) in zip(listed, names) { add(id, name) }
    aliases = try container.decode([Alias].self, forKey: .aliases)
    for alias in aliases { ids[alias.name] = alias.id }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Part.self)
    let present = holders.filter { !$0.name.isEmpty }
    try container.encode(present.map(\.id), forKey: .ids)
    try container.encode(present.map(\.name), forKey: .names)
    try container.encode(aliases, forKey: .aliases)
  }
}
