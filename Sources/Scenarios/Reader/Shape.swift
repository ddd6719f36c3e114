/// What may stand under a key: the one description that reading, the JSON Schema and the filled-in
/// defaults of a resolved scenario are made from.
indirect enum Shape: Sendable {
  /// Any text.
  case text
  /// The name of something.
  case name
  /// `true` or `false` in any of YAML's spellings.
  case toggle
  /// A whole number within a range.
  case whole(ClosedRange<Int>)
  /// A number.
  case number
  /// One of some words.
  case choice([String])
  /// A list.
  case list(Shape)
  /// A map with these keys.
  case map(KeyTable)
  /// A map from names that the file invents to values of one shape.
  case named(Shape)
  /// One of several shapes.
  case either([Shape])
  /// A shape that has its own name: `distribution`, `step`.
  case reference(String)
  /// Anything, even lists and maps.
  case anything
}

/// The keys of a kind of map.
struct KeyTable: Sendable {
  /// What the map describes, for messages: `a team`.
  let subject: String
  /// The keys in the order in which they are best written.
  let keys: [Key]
  /// Keys of which exactly one must be there.
  let oneOf: [String]
  /// Whether keys that the file invents may stand beside them, with anything as their values.
  let isOpen: Bool
  /// What a map of this kind says as a whole; empty where its keys say it.
  let about: String

  /// One key.
  struct Key: Sendable {
    let name: String
    let shape: Shape
    let isRequired: Bool
    /// The value that is meant if the key is left out, as it would be written.
    let standard: String?
    /// What the key says, in a sentence for the reference, the terminal's help and the schema.
    let about: String
  }

  init(
    _ subject: String, _ keys: [Key], oneOf: [String] = [], isOpen: Bool = false, about: String = ""
  ) {
    self.subject = subject
    self.keys = keys
    self.oneOf = oneOf
    self.isOpen = isOpen
    self.about = about
  }

  var names: [String] { keys.map(\.name) }
}

extension KeyTable.Key {
  /// A key that must be there.
  static func required(_ name: String, _ shape: Shape, about: String = "") -> Self {
    Self(name: name, shape: shape, isRequired: true, standard: nil, about: about)
  }

  /// A key that may be left out, and what is meant then.
  static func optional(
    _ name: String, _ shape: Shape, _ standard: String? = nil, about: String = ""
  ) -> Self {
    Self(name: name, shape: shape, isRequired: false, standard: standard, about: about)
  }
}
