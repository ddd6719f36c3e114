/// A text as it may be shown: control characters escaped, so that no input can steer the terminal.
func printable(_ text: String) -> String {
  var shown = ""
  for scalar in text.unicodeScalars {
    let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    let isDirection =
      (0x202A...0x202E).contains(scalar.value)
      || (0x2066...0x2069).contains(scalar.value)
    if isControl || isDirection {
      let digits = String(scalar.value, radix: 16)
      shown += "\\u{\(digits)}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}
