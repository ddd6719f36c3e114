extension ScenarioText {
  /// Gives an entry of a map another key; what refers to it elsewhere is not touched.
  public func renaming(
    _ path: ScenarioPath, to key: String
  ) throws(Diagnostics) -> ScenarioText {
    let spot = try spot(path)
    guard let old = spot.part.key else {
      throw problem(at: spot.part.value, "an item of a list has no key")
    }
    if path.steps.last == .key(key) { return self }
    try refuseKnown(key, in: spot.parent)
    let expected = root.changed(at: path.steps.dropLast()) { parent in
      parent.rearranged {
        let entry = $0[spot.index]
        $0[spot.index] = Node.Entry(key: key, keySpan: entry.keySpan, value: entry.value)
      } items: { _ in
      }
    }
    let ways = Writing.ways(key, like: layout.style(of: old))
    return try first(of: ways, at: spot.part.value, meaning: expected) { [Splice(old, $0)] }
  }

  /// Moves an entry of a map or an item of a list to another position among its neighbours.
  ///
  /// In a block its comments go along: those behind it, those inside it and the comment lines directly
  /// above it.
  ///
  /// - Parameter position: the position that it has afterwards, counted from 0.
  public func moving(_ path: ScenarioPath, to position: Int) throws(Diagnostics) -> ScenarioText {
    let spot = try spot(path)
    guard spot.parts.indices.contains(position) else {
      throw problem(
        at: spot.parent, "there are \(spot.parts.count) entries, so there is no place [\(position)]"
      )
    }
    let expected = root.changed(at: path.steps.dropLast()) { parent in
      parent.rearranged {
        $0.insert($0.remove(at: spot.index), at: position)
      } items: {
        $0.insert($0.remove(at: spot.index), at: position)
      }
    }
    var order = Array(spot.parts.indices)
    order.insert(order.remove(at: spot.index), at: position)
    let ranges = spot.parts.map { range(moving: $0, in: spot.parent) }
    // What stands between the entries stays where it is, and the entries change places in it.
    let splices = order.indices.map { place in
      let moved = source.bytes[ranges[order[place]]]
      return Splice(ranges[place], String(decoding: moved, as: UTF8.self))
    }
    let slots = min(spot.index, position)...max(spot.index, position)
    let isCommented =
      spot.parent.style != .block
      && layout.hasComment(
        ranges[slots.lowerBound].lowerBound..<ranges[slots.upperBound].upperBound)
    guard !isCommented, let edited = spliced(Array(splices[slots]), meaning: expected) else {
      throw refusal(at: spot.part.value)
    }
    return edited
  }

  private func range(moving part: Layout.Part, in parent: Layout.Value) -> Range<Int> {
    guard parent.style == .block else { return part.start..<part.end }
    let end = layout.endOfBlock(part.end, column: layout.column(of: part.start))
    return layout.startOfComments(above: part.start)..<end
  }
}
