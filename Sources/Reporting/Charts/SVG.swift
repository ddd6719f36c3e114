/// A drawing under construction: elements one after another, coordinates to a tenth of a unit.
struct SVG: Sendable {
  private var markup = MarkupWriter()

  /// The elements so far.
  var body: String { markup.text }

  /// Where a text is held.
  enum Anchor: String {
    case start
    case middle
    case end
  }

  mutating func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    begin("<line class=\"", style)
    add("\" x1=\"", x1)
    add("\" y1=\"", y1)
    add("\" x2=\"", x2)
    add("\" y2=\"", y2)
    markup.add("\"/>")
  }

  mutating func rect(_ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    begin("<rect class=\"", style)
    add("\" x=\"", x)
    add("\" y=\"", y)
    add("\" width=\"", max(0, width))
    add("\" height=\"", max(0, height))
    markup.add("\"/>")
  }

  mutating func circle(_ style: String, _ x: Double, _ y: Double, _ radius: Double) {
    begin("<circle class=\"", style)
    add("\" cx=\"", x)
    add("\" cy=\"", y)
    add("\" r=\"", radius)
    markup.add("\"/>")
  }

  mutating func path(_ style: String, _ commands: String) {
    guard !commands.isEmpty else { return }
    begin("<path class=\"", style)
    markup.add("\" d=\"")
    markup.add(commands)
    markup.add("\"/>")
  }

  /// A text of ours or of others; it is escaped here and nowhere else.
  mutating func text(
    _ style: String, _ x: Double, _ y: Double, _ words: String, _ anchor: Anchor = .start
  ) {
    begin("<text class=\"", style)
    add("\" x=\"", x)
    add("\" y=\"", y)
    if anchor != .start {
      markup.add("\" text-anchor=\"")
      markup.add(anchor.rawValue)
    }
    markup.add("\">")
    markup.add(escaped: words)
    markup.add("</text>")
  }

  /// Elements that belong to one strategy, so that it can be told from the others.
  mutating func strategy(_ index: Int, _ draw: (inout SVG) -> Void) {
    markup.add("<g class=\"k\" data-k=\"\(index)\">")
    draw(&self)
    markup.add("</g>")
  }

  /// A pattern of slanted lines.
  static func hatch(_ id: String) -> String {
    "<pattern id=\"\(id)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
      + "patternTransform=\"rotate(45)\"><line class=\"hl\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/>"
      + "</pattern>"
  }

  /// Markup that is made elsewhere, such as patterns and markers.
  mutating func raw(_ markup: String) { self.markup.add(markup) }

  private mutating func begin(_ element: String, _ style: String) {
    markup.add(element)
    markup.add(style)
  }

  private mutating func add(_ attribute: String, _ value: Double) {
    markup.add(attribute)
    markup.add(coordinate: value)
  }
}
