import Measurement

/// A list of names with commas between them, where a name may have commas of its own.
///
/// `VIP routing, least open` is one name if the scenario has such a strategy: of the known names that fit,
/// the longest is meant. Quotes around a name say where it ends: `'VIP routing','least open'`.
struct NameList {
  /// The names that may stand in the list.
  var known: [String]

  /// The names in a text, known or not; empty ones are dropped.
  func names(in text: String) -> [String] {
    var names: [String] = []
    var rest = text[...]
    while true {
      rest = rest.drop { $0 == " " || $0 == "\t" || $0 == "," }
      guard !rest.isEmpty else { return names }
      let (name, after) = first(of: rest)
      names.append(name)
      rest = after
    }
  }

  private func first(of text: Substring) -> (String, Substring) {
    let fitting = known.filter { text.hasPrefix($0) && ends(text.dropFirst($0.count)) }
    if let name = fitting.max(by: { $0.count < $1.count }) {
      return (name, text.dropFirst(name.count))
    }
    if let quote = text.first, quote == "'" || quote == "\"",
      let end = text.dropFirst().firstIndex(of: quote), ends(text[end...].dropFirst())
    {
      return (String(text.dropFirst()[..<end]), text[end...].dropFirst())
    }
    return misspelt(text)
  }

  /// A name ends where the list does, or before a comma.
  private func ends(_ text: Substring) -> Bool {
    guard let next = text.first(where: { $0 != " " && $0 != "\t" }) else { return true }
    return next == ","
  }

  /// A name that is not known: up to the comma where it comes close to one with as many commas.
  private func misspelt(_ text: Substring) -> (String, Substring) {
    func commas(_ name: String) -> Int { name.count { $0 == "," } }
    let cuts = text.indices.filter { text[$0] == "," } + [text.endIndex]
    for cut in cuts.reversed() {
      let name = trimmed(String(text[..<cut]))
      guard let near = nearestName(to: name, in: known), commas(near) == commas(name) else {
        continue
      }
      return (name, text[cut...])
    }
    return (trimmed(String(text[..<cuts[0]])), text[cuts[0]...])
  }
}
