/// A text as it may be shown anywhere: what could steer a terminal or turn a line around is escaped.
///
/// Control characters, line and paragraph separators and marks of direction come out as `\u{1b}`;
/// everything else stays as it is.
public func printable(_ text: String) -> String {
  // Most texts are plain ASCII, which one look at each byte tells.
  if text.utf8.allSatisfy({ 0x20 <= $0 && $0 < 0x7F }) { return text }
  guard text.unicodeScalars.contains(where: isSteering) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    if isSteering(scalar) {
      shown += "\\u{" + String(scalar.value, radix: 16) + "}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// Whether a scalar changes how what follows is read: controls, separators, directions, tags.
func isSteering(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0..<0x20, 0x7F...0x9F: true
  case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x206F: true
  case 0xFEFF, 0xFFF9...0xFFFB, 0xE0000...0xE007F: true
  default: false
  }
}

/// How many columns of a terminal a text takes.
func displayWidth(_ text: String) -> Int {
  var columns = 0
  for character in text { columns += displayWidth(of: character) }
  return columns
}

/// A grapheme takes the columns of its widest scalar: marks and joiners take none of their own.
func displayWidth(of character: Character) -> Int {
  var columns = 0
  var hasEmojiSelector = false
  for scalar in character.unicodeScalars {
    if scalar.value == 0xFE0F { hasEmojiSelector = true }
    columns = max(columns, width(of: scalar))
  }
  return hasEmojiSelector && columns == 1 ? 2 : columns
}

private func width(of scalar: Unicode.Scalar) -> Int {
  // What terminals show of ASCII needs no look at the tables of Unicode.
  if scalar.value < 0x300 { return 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  if scalar.properties.isEmojiPresentation { return 2 }
  switch scalar.value {
  // East Asian Wide and Fullwidth (Unicode Standard Annex 11), merged to whole blocks.
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
    0xA000...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x17000...0x18CFF, 0x1AFF0...0x1B2FF, 0x20000...0x3FFFD:
    return 2
  default: return 1
  }
}

/// A text in at most so many columns, its end replaced by an ellipsis if it is longer.
func cut(_ text: String, to columns: Int, ellipsis: String = "…") -> String {
  // Hundreds of characters may follow; what does not fit need not be measured.
  var taken = 0
  var kept = ""
  var keptAndEllipsis = ""
  let room = columns - displayWidth(ellipsis)
  for character in text {
    taken += displayWidth(of: character)
    guard taken <= columns else { return keptAndEllipsis + ellipsis }
    kept.append(character)
    if taken <= room { keptAndEllipsis = kept }
  }
  return kept
}

/// The words of a text in lines of at most so many columns; a longer word stands alone or is cut up.
///
/// A text that fits is left as it is, its spaces included.
func wrapped(_ text: String, columns: Int) -> [String] {
  if displayWidth(text) <= columns { return [text] }
  var lines: [String] = []
  var line = ""
  var taken = 0
  for word in text.split(separator: " ") {
    let width = displayWidth(String(word))
    if taken > 0, taken + 1 + width > columns {
      lines.append(line)
      line = ""
      taken = 0
    }
    if taken > 0 {
      line += " " + word
      taken += 1 + width
      continue
    }
    for character in word {
      let step = displayWidth(of: character)
      if taken + step > columns, taken > 0 {
        lines.append(line)
        line = ""
        taken = 0
      }
      line.append(character)
      taken += step
    }
  }
  if taken > 0 { lines.append(line) }
  return lines
}

extension String {
  /// The text with spaces after it, up to a width.
  func padded(to columns: Int) -> String {
    self + spaces(columns - displayWidth(self))
  }

  /// The text with spaces before it, up to a width.
  func leading(to columns: Int) -> String {
    spaces(columns - displayWidth(self)) + self
  }

  /// The text without spaces at its end.
  var withoutTrailingSpaces: String {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return String(self[...last])
  }

  /// The text with its first letter as a capital.
  var capitalizedFirst: String {
    guard let first else { return self }
    return first.uppercased() + dropFirst()
  }
}

/// So many spaces, none for a negative number.
func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }
