/// How wide a text is, near enough to keep texts apart: 0.56 em a character, capitals wider.
func estimatedWidth(_ text: String, size: Double = 12) -> Double {
  var ems = 0.0
  for character in text { ems += estimatedEms(character) }
  return ems * size
}

/// The width of a character in parts of the size of its text.
func estimatedEms(_ character: Character) -> Double {
  // Most are ASCII: a number is compared sooner than a character.
  if let letter = character.asciiValue { return estimatedEms(letter) }
  switch character {
  case "…", "—": return 0.9
  case "A"..."Z": return 0.7
  default:
    return displayWidth(of: character) == 2 ? 1.05 : 0.56 * Double(displayWidth(of: character))
  }
}

private func estimatedEms(_ letter: UInt8) -> Double {
  switch Unicode.Scalar(letter) {
  case "i", "l", "j", "t", "f", "r", "I", " ", ".", ",", ":", ";", "'", "|", "!", "(", ")": 0.34
  case "m", "w", "M", "W", "@", "%": 0.9
  case "A"..."Z": 0.7
  default: 0.56
  }
}

/// A name cut to a width in pixels.
func cut(_ text: String, pixels: Double) -> String { NameRoom.pixels(pixels).withoutEnd(text) }

enum Labels {
  /// Moves the wanted places of labels apart until none covers another, and keeps them in the panel.
  ///
  /// - Parameters:
  ///   - wanted: Where each label would stand.
  ///   - gap: The least distance between two.
  ///   - range: Where labels may stand.
  /// - Returns: Where each stands, in the order given.
  static func spread(_ wanted: [Double], gap: Double, within range: ClosedRange<Double>) -> [Double]
  {
    let order = wanted.indices.sorted { (wanted[$0], $0) < (wanted[$1], $1) }
    var places = order.map { min(max(wanted[$0], range.lowerBound), range.upperBound) }
    guard places.count > 1 else { return places }
    for _ in 0..<60 {
      for place in 1..<places.count {
        let lack = gap - (places[place] - places[place - 1])
        guard lack > 0 else { continue }
        places[place - 1] -= lack / 2
        places[place] += lack / 2
      }
      for place in places.indices {
        places[place] = min(max(places[place], range.lowerBound), range.upperBound)
      }
    }
    var result = wanted
    for (place, index) in order.enumerated() { result[index] = places[place] }
    return result
  }

  /// A label under an axis: where its words are held, begin and end.
  struct Place: Sendable {
    var tick: Tick
    var anchor: SVG.Anchor
    var x: Double
    var start: Double
    var end: Double
  }

  /// Places labels under an axis and leaves out what would come too near; the last one stays.
  ///
  /// - Parameters:
  ///   - ticks: The labels in order.
  ///   - scale: The axis.
  ///   - range: Where words may stand; at its ends they are held by their own ends.
  ///   - gap: The least distance between two.
  static func placed(
    _ ticks: [Tick], scale: Scale, within range: ClosedRange<Double>, gap: Double = 8
  ) -> [Place] {
    var kept: [Place] = []
    for (number, tick) in ticks.enumerated() {
      let next = place(tick, scale(tick.value), range)
      // An axis without its end misleads: what stands in the way of the last one gives way.
      if number == ticks.count - 1 {
        while kept.count > 1, let before = kept.last, before.end + gap > next.start {
          kept.removeLast()
        }
      }
      if let before = kept.last, before.end + gap > next.start { continue }
      kept.append(next)
    }
    return kept
  }

  private static func place(_ tick: Tick, _ x: Double, _ range: ClosedRange<Double>) -> Place {
    let width = estimatedWidth(tick.label)
    if x - width / 2 < range.lowerBound {
      return Place(tick: tick, anchor: .start, x: x, start: x, end: x + width)
    }
    if x + width / 2 > range.upperBound {
      return Place(tick: tick, anchor: .end, x: x, start: x - width, end: x)
    }
    return Place(tick: tick, anchor: .middle, x: x, start: x - width / 2, end: x + width / 2)
  }
}
