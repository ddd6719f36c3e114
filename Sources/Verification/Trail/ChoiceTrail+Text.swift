/// The choices as lines of a record: eight a line, behind the second in which the first of them fell.
extension ChoiceTrail {
  private static let choicesInLine = 8

  /// `12.345 4:0a1b -:...`: the user's number, `0` for nobody, `-` for who waits; then the two codes.
  var lines: [String] {
    stride(from: 0, to: choices.count, by: Self.choicesInLine).map { start in
      let row = choices[start..<min(choices.count, start + Self.choicesInLine)]
      let words = row.map { "\($0.user < 0 ? "-" : "\($0.user)"):\($0.came)\($0.made)" }
      return "\(shortest(rounded(row.first?.at ?? 0, digits: 9))) \(words.joined(separator: " "))"
    }
  }

  /// `1100 8123.5 1a2b3c4d`: after so many choices, when, and the hash.
  var checkpointLines: [String] {
    checkpoints.map { "\($0.choice) \(shortest($0.at)) \($0.hash)" }
  }

  /// Reads the checkpoints again; nil where a line is none of ours.
  static func checkpoints(in lines: [String]) -> [Checkpoint]? {
    let found = lines.compactMap { line -> Checkpoint? in
      let words = line.split(separator: " ")
      guard words.count == 3, let choice = Int(words[0]), let at = Double(words[1]) else {
        return nil
      }
      return Checkpoint(choice: choice, at: at, hash: String(words[2]))
    }
    return found.count == lines.count ? found : nil
  }

  /// Reads the choices again; nil where a line is none of ours.
  static func choices(in lines: [String]) -> [Choice]? {
    var choices: [Choice] = []
    for line in lines {
      let words = line.split(separator: " ")
      guard let first = words.first, let at = Double(first) else { return nil }
      for word in words.dropFirst() {
        let parts = word.split(separator: ":")
        guard parts.count == 2, parts[1].count == 4,
          let user = parts[0] == "-" ? -1 : Int(parts[0])
        else { return nil }
        choices.append(
          Choice(
            at: at, user: user, came: String(parts[1].prefix(2)), made: String(parts[1].suffix(2))))
      }
    }
    return choices
  }
}

/// A number with so many digits that count.
func rounded(_ value: Double, digits: Int = 6) -> Double {
  guard value != 0, value.isFinite else { return value }
  var places = digits - 1
  var rest = value.magnitude
  while rest >= 10, places > -15 {
    rest /= 10
    places -= 1
  }
  while rest < 1, places < 22 {
    rest *= 10
    places += 1
  }
  // Powers of ten up to the 22nd are exact, so the quotient is the number nearest to the decimal.
  var scale = 1.0
  for _ in 0..<places.magnitude { scale *= 10 }
  return places < 0 ? (value / scale).rounded() * scale : (value * scale).rounded() / scale
}
