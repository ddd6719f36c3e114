/// A value of a YAML or JSON file, with the place where it stands.
public struct Node: Sendable {
  /// What the value is.
  public let content: Content
  /// Where it stands: a whole scalar or flow collection, the first key or item of a block.
  public let span: SourceSpan

  /// The kinds of values; a scalar has no type yet, the key that it stands under decides.
  public enum Content: Sendable {
    /// A text, number, duration, switch: whatever its key expects.
    case scalar(Scalar)
    /// A list.
    case list([Node])
    /// A map, in the order of the file.
    case mapping([Entry])
    /// Something that was refused already, so that nothing more needs saying about it.
    case refused
  }

  /// The text of a scalar and how it was written.
  public struct Scalar: Sendable {
    /// The text after YAML's unquoting and folding.
    public let text: String
    /// Whether columns of `text` are columns of the file: one line without quotes or escapes.
    let isVerbatim: Bool
    /// How many columns into the span the text begins: one for quotes.
    let inset: Int
  }

  /// A key of a map with its value.
  public struct Entry: Sendable {
    /// The name of the key.
    public let key: String
    /// Where the key stands.
    let keySpan: SourceSpan
    /// The value.
    public let value: Node
  }

  /// Makes a scalar that stands at a given place.
  init(text: String, at span: SourceSpan) {
    content = .scalar(Scalar(text: text, isVerbatim: false, inset: 0))
    self.span = span
  }

  init(_ content: Content, at span: SourceSpan) {
    self.content = content
    self.span = span
  }

  /// The kind of the value in words.
  var kind: String {
    switch content {
    case .scalar(let scalar): scalar.text.isEmpty ? "nothing" : quoted(scalar.text)
    case .list: "a list"
    case .mapping: "a map"
    case .refused: "nothing"
    }
  }

  /// The value under a key of a map.
  func value(of key: String) -> Node? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
