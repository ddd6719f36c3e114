/// A number with so many decimals, rounded half away from zero; the sign of a zero is dropped.
func decimals(_ value: Double, _ count: Int) -> String {
  guard value.isFinite else { return "-" }
  var scale = 1.0
  for _ in 0..<count { scale *= 10 }
  let scaled = (value.magnitude * scale).rounded()
  guard scaled < 9e15 else { return "\(value)" }
  let whole = Int64(scaled)
  let unit = Int64(scale)
  var digits = String(whole / unit)
  if count > 0 {
    let rest = String(whole % unit)
    digits += "." + String(repeating: "0", count: count - rest.count) + rest
  }
  return (value < 0 && whole != 0 ? "-" : "") + digits
}

/// A text with blanks behind it, up to a width.
func padded(_ text: String, _ width: Int) -> String {
  text + String(repeating: " ", count: max(0, width - text.count))
}

/// A text with blanks before it, up to a width.
func lead(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}

/// `1 file`, `2 files`.
func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
