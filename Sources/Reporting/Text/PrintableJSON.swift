/// JSON that reads back as the same and steers no terminal: beyond ASCII its own escapes stand for what
/// ``printable(_:)`` escapes elsewhere.
///
/// Such characters occur in strings only, and there an escape means the character itself.
public func printableJSON(_ json: String) -> String {
  // Nearly all is ASCII, which one look at the bytes tells.
  guard json.utf8.contains(where: { $0 > 0x7E }) else { return json }
  guard json.unicodeScalars.contains(where: { $0.value > 0x7E && isSteering($0) }) else {
    return json
  }
  var shown = ""
  for scalar in json.unicodeScalars {
    guard scalar.value > 0x7E, isSteering(scalar) else {
      shown.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return shown
}
