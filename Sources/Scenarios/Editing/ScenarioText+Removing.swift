extension ScenarioText {
  /// Removes an entry of a map or an item of a list.
  ///
  /// In a block its lines go, with the comments behind it and those indented inside it; a comment line
  /// above it stays. In brackets its comma goes with it. A map or list that loses its last entry becomes
  /// `{}` or `[]`.
  public func removing(_ path: ScenarioPath) throws(Diagnostics) -> ScenarioText {
    let spot = try spot(path)
    let above = path.steps.dropLast()
    let expected = root.changed(at: above) { parent in
      parent.rearranged {
        $0.remove(at: spot.index)
      } items: {
        $0.remove(at: spot.index)
      }
    }
    var splices: [Splice]?
    switch spot.parent.style {
    case .flow: splices = splicesInBrackets(removing: spot)
    case .block where spot.parts.count > 1: splices = splicesInBlock(removing: spot)
    case .block where !above.isEmpty:
      let parent = try self.spot(ScenarioPath(Array(above))).part
      splices = self.splices(replacing: parent, by: spot.part.key == nil ? "[]" : "{}")
    default: break
    }
    guard let splices, let edited = spliced(splices, meaning: expected) else {
      throw refusal(at: spot.part.value)
    }
    return edited
  }

  private func splicesInBlock(removing spot: Spot) -> [Splice]? {
    let part = spot.part
    let end = layout.endOfBlock(part.end, column: layout.column(of: part.start))
    let last = layout.line(at: end)
    guard layout.beginsLine(part.start) else {
      // The first entry stands behind a dash, and the next one takes its place there.
      guard spot.index == 0, spot.parts.count > 1 else { return nil }
      let next = spot.parts[1].start
      return layout.hasComment(end..<next) ? nil : [Splice(part.start..<next, "")]
    }
    let first = layout.line(at: part.start)
    if last.next > last.end { return [Splice(first.start..<last.next, "")] }
    // The last line has no line break; it goes with the one before it, and the text still has none,
    // unless a text of several lines ends there, of which that line break is part.
    let isAfterLines = spot.index > 0 && spot.parts[spot.index - 1].value.style == .lines
    let before = isAfterLines ? nil : layout.line(before: first)
    return [Splice((before?.end ?? first.start)..<end, "")]
  }

  private func splicesInBrackets(removing spot: Spot) -> [Splice]? {
    let part = spot.part
    let comma = layout.comma(after: part.end)
    if spot.parts.count == 1 {
      return [Splice(part.start..<(comma.map { $0 + 1 } ?? part.end), "")]
    }
    if spot.index + 1 < spot.parts.count {
      let next = spot.parts[spot.index + 1]
      guard let comma else { return nil }
      guard layout.hasComment(comma..<next.start) else {
        return [Splice(part.start..<next.start, "")]
      }
      // The comment behind an entry goes with it, one above the next entry stays.
      let line = layout.line(at: comma)
      guard layout.beginsLine(part.start), layout.afterTrivia(comma + 1) >= line.end else {
        return nil
      }
      return [Splice(layout.line(at: part.start).start..<line.next, "")]
    }
    let before = spot.parts[spot.index - 1].end
    guard layout.hasComment(before..<part.start) else { return [Splice(before..<part.end, "")] }
    guard let between = layout.comma(after: before), layout.beginsLine(part.start) else {
      return nil
    }
    let line = layout.line(at: comma ?? part.end)
    guard layout.afterTrivia(comma.map { $0 + 1 } ?? part.end) >= line.end else { return nil }
    let own = Splice(layout.line(at: part.start).start..<line.next, "")
    return comma == nil ? [Splice(between..<(between + 1), ""), own] : [own]
  }
}

extension Layout {
  /// The comma that follows a value in brackets.
  func comma(after offset: Int) -> Int? {
    let next = afterTrivia(offset)
    return next < bytes.count && bytes[next] == UInt8(ascii: ",") ? next : nil
  }
}
