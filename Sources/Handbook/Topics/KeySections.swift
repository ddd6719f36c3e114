import Scenarios

extension [KeyReference] {
  /// A section for each kind of map.
  ///
  /// Keys that an earlier kind has in the same words, such as an agent's, are only named.
  var sections: [Topic.Block] {
    indices.flatMap { index -> [Topic.Block] in
      let section = self[index]
      let earlier = self[..<index].first { $0.keys.count { section.says($0) } >= 5 }
      let shared = section.keys.filter { earlier?.says($0) == true }
      let own = section.keys.filter { !shared.contains($0) }
      var blocks: [Topic.Block] = [.heading(section.heading)]
      if !section.about.isEmpty { blocks.append(.text(section.about)) }
      if !section.oneOf.isEmpty {
        blocks.append(
          .text("Exactly one of \(section.oneOf.map { "`\($0)`" }.joined(separator: ", "))."))
      }
      if section.keys.isEmpty { blocks.append(.text("It has no keys.")) }
      if !own.isEmpty { blocks.append(.entries(own.map { Topic.Entry($0) })) }
      if let earlier, !shared.isEmpty {
        let names = shared.map { "`\($0.name)`" }.joined(separator: ", ")
        blocks.append(.text("And as for \(earlier.subject): \(names)."))
      }
      return blocks
    }
  }
}

extension KeyReference {
  /// What it is and where it stands: `A team: teams.NAME`.
  fileprivate var heading: String {
    guard subject.contains(" ") || path.isEmpty else { return "`\(path)`" }
    let name = subject.prefix(1).uppercased() + subject.dropFirst()
    return path.isEmpty ? name : "\(name): `\(path)`"
  }

  /// Whether it has a key of that name that means the same.
  fileprivate func says(_ key: Key) -> Bool {
    keys.contains { $0.name == key.name && $0.about == key.about }
  }
}

extension Topic.Entry {
  fileprivate init(_ key: KeyReference.Key) {
    self.init(
      key.name, takes: key.takes + (key.isRequired ? "; needed" : ""), standard: key.standard,
      key.about)
  }
}
