/// Markup under construction, as the bytes that it will be: no text is made of each of its pieces.
struct MarkupWriter: Sendable {
  private var bytes: [UInt8] = []

  /// All of it.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds markup: of ours, or made elsewhere.
  mutating func add(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// Adds a text of ours or of others, between tags or inside double quotes.
  mutating func add(escaped text: String) { add(escaped(text)) }

  /// Adds a coordinate to a tenth of a unit, as short as it can be written.
  mutating func add(coordinate value: Double) { bytes.append(coordinate: value) }
}

extension [UInt8] {
  /// Adds a coordinate to a tenth of a unit, as short as it can be written.
  mutating func append(coordinate value: Double) {
    let tenths = (value * 10).rounded()
    guard tenths.magnitude < 1e15 else {
      return append(shortest: value.isFinite ? tenths / 10 : 0)
    }
    let (whole, tenth) = Int64(tenths).quotientAndRemainder(dividingBy: 10)
    if tenth < 0, whole == 0 { append(UInt8(ascii: "-")) }
    append(whole: whole)
    if tenth != 0 {
      append(UInt8(ascii: "."))
      append(whole: abs(tenth))
    }
  }
}

/// A coordinate to a tenth of a unit, as short as it can be written.
func coordinate(_ value: Double) -> String {
  var bytes: [UInt8] = []
  bytes.append(coordinate: value)
  return String(decoding: bytes, as: UTF8.self)
}

/// The commands of a line through points.
func polyline(_ points: [(x: Double, y: Double)]) -> String {
  var commands = MarkupWriter()
  for (place, point) in points.enumerated() { commands.add(place == 0 ? "M" : "L", point) }
  return commands.text
}

/// The commands of the area between two lines with the same x.
func area(_ upper: [(x: Double, y: Double)], _ lower: [(x: Double, y: Double)]) -> String {
  guard !upper.isEmpty else { return "" }
  var commands = MarkupWriter()
  for (place, point) in (upper + lower.reversed()).enumerated() {
    commands.add(place == 0 ? "M" : "L", point)
  }
  commands.add("Z")
  return commands.text
}

extension MarkupWriter {
  /// Adds the commands of a bar around a line, or of the line alone where the bar has no height.
  mutating func addBar(_ x: Double, _ y: Double, width: Double, half: Double) {
    add("M", (x, y - half))
    add("h")
    add(coordinate: width)
    guard half > 0 else { return }
    add("v")
    add(coordinate: 2 * half)
    add("h-")
    add(coordinate: width)
    add("z")
  }

  fileprivate mutating func add(_ command: String, _ point: (x: Double, y: Double)) {
    add(command)
    add(coordinate: point.x)
    add(" ")
    add(coordinate: point.y)
  }
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
