/// A drawing under construction: elements one after another, coordinates to a tenth of a unit.
struct SVG: Sendable {
  private(set) var body = ""

  /// Where a text is held.
  enum Anchor: String {
    case start
    case middle
    case end
  }

  mutating func line(_ style: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) {
    body += "<line class=\"" + style + "\" x1=\"" + coordinate(x1) + "\" y1=\"" + coordinate(y1)
    body += "\" x2=\"" + coordinate(x2) + "\" y2=\"" + coordinate(y2) + "\"/>"
  }

  mutating func rect(_ style: String, _ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    body += "<rect class=\"" + style + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y)
    body += "\" width=\"" + coordinate(max(0, width))
    body += "\" height=\"" + coordinate(max(0, height)) + "\"/>"
  }

  mutating func circle(_ style: String, _ x: Double, _ y: Double, _ radius: Double) {
    body += "<circle class=\"" + style + "\" cx=\"" + coordinate(x) + "\" cy=\"" + coordinate(y)
    body += "\" r=\"" + coordinate(radius) + "\"/>"
  }

  mutating func path(_ style: String, _ commands: String) {
    guard !commands.isEmpty else { return }
    body += "<path class=\"" + style + "\" d=\"" + commands + "\"/>"
  }

  /// A text of ours or of others; it is escaped here and nowhere else.
  mutating func text(
    _ style: String, _ x: Double, _ y: Double, _ words: String, _ anchor: Anchor = .start
  ) {
    body += "<text class=\"" + style + "\" x=\"" + coordinate(x) + "\" y=\"" + coordinate(y) + "\""
    if anchor != .start { body += " text-anchor=\"" + anchor.rawValue + "\"" }
    body += ">" + escaped(words) + "</text>"
  }

  /// Elements that belong to one strategy, so that it can be told from the others.
  mutating func strategy(_ index: Int, _ draw: (inout SVG) -> Void) {
    body += "<g class=\"k\" data-k=\"\(index)\">"
    draw(&self)
    body += "</g>"
  }

  /// A pattern of slanted lines.
  static func hatch(_ id: String) -> String {
    "<pattern id=\"\(id)\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" "
      + "patternTransform=\"rotate(45)\"><line class=\"hl\" x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\"/>"
      + "</pattern>"
  }

  /// Markup that is made elsewhere, such as patterns and markers.
  mutating func raw(_ markup: String) { body += markup }
}

/// A coordinate to a tenth of a unit, as short as it can be written.
func coordinate(_ value: Double) -> String {
  guard value.isFinite else { return "0" }
  return shortest((value * 10).rounded() / 10)
}

/// The commands of a line through points.
func polyline(_ points: [(x: Double, y: Double)]) -> String {
  var commands = ""
  for (place, point) in points.enumerated() {
    commands += (place == 0 ? "M" : "L") + coordinate(point.x) + " " + coordinate(point.y)
  }
  return commands
}

/// The commands of the area between two lines with the same x.
func area(_ upper: [(x: Double, y: Double)], _ lower: [(x: Double, y: Double)]) -> String {
  guard !upper.isEmpty else { return "" }
  var commands = polyline(upper)
  for point in lower.reversed() {
    commands += "L" + coordinate(point.x) + " " + coordinate(point.y)
  }
  return commands + "Z"
}

/// Text between tags or inside double quotes: inert and never steering.
func escaped(_ text: String) -> String {
  let text = printable(text)
  guard text.utf8.contains(where: { entity(of: $0) != nil }) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    if let entity = UInt8(exactly: scalar.value).flatMap(entity) {
      shown += entity
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// What is written for a character that means something between tags or inside quotes; nil for all others.
private func entity(of letter: UInt8) -> String? {
  switch letter {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  case UInt8(ascii: "'"): "&#39;"
  default: nil
  }
}

/// A text as markup: nothing in it is a tag, whatever a scenario calls things.
public func markup(of text: String) -> String { escaped(text) }
