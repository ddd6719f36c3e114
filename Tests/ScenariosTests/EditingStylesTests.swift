import Testing

@testable import Scenarios

/// Texts of all styles by chance, with comments everywhere: what an edit does not concern stays.
@Suite struct `Random edits of texts of every style` {
  /// Writes a random map in random style; every comment has a number of its own.
  private struct Writer {
    var numbers: TestNumbers
    var comments = 0
    var names = 0
    let lineBreak: String

    mutating func chance(_ percent: Int) -> Bool {
      Int.random(in: 0..<100, using: &numbers) < percent
    }

    mutating func pick(_ list: [String]) -> String {
      list[Int.random(in: 0..<list.count, using: &numbers)]
    }

    mutating func comment(_ percent: Int) -> String {
      guard chance(percent) else { return "" }
      comments += 1
      return pick([" ", "  "]) + "#\(comments)#" + pick(["", " é", "\t😀", " 'x", " {"])
    }

    /// Lines between two entries: blank ones, and comments at any indentation.
    mutating func between(_ margin: String) -> String {
      var text = ""
      while chance(15) {
        comments += 1
        text +=
          lineBreak
          + pick(["", "  ", margin + "#\(comments)#", margin + "  #\(comments)# deeper"])
      }
      return text
    }

    mutating func key() -> String {
      names += 1
      return pick(["k\(names)", "k \(names)", "'k.\(names)'", "\"k\\t\(names)\"", "é\(names)"])
    }

    mutating func scalar() -> String {
      pick(["1", "x y", "'it''s'", "\"a\\n\"", "8 h", "a#b", "é😀", "x:y", "70%", "'{'"])
    }

    /// A value in brackets, on one line or several.
    mutating func flow(_ depth: Int, _ margin: String) -> String {
      if depth == 0 || chance(40) { return scalar() }
      let isMap = chance(50)
      let isLong = chance(40)
      let inner = margin + "  "
      let count = Int.random(in: 0...3, using: &numbers)
      var text = isMap ? "{" : "["
      for index in 0..<count {
        text += isLong ? comment(20) + lineBreak + inner : index > 0 ? " " : ""
        text += isMap ? key() + ": " : chance(10) ? key() + ": " : ""
        text += flow(depth - 1, inner) + (index + 1 < count || chance(10) ? "," : "")
      }
      if isLong { text += comment(20) + lineBreak + margin }
      return text + (isMap ? "}" : "]")
    }

    /// A map or list with lines for each entry, without the line break before and after it.
    mutating func block(_ depth: Int, _ margin: String) -> String {
      let isMap = chance(65)
      var text = ""
      for index in 0...Int.random(in: 0...3, using: &numbers) {
        if index > 0 { text += between(margin) + lineBreak + margin }
        text += isMap ? key() + ":" : "-"
        text += value(depth - 1, margin, isItem: !isMap)
      }
      return text
    }

    /// What stands behind a colon or dash.
    mutating func value(_ depth: Int, _ margin: String, isItem: Bool) -> String {
      let inner = margin + pick(["  ", "    "])
      if depth > 0, chance(45) {
        if isItem, chance(60) { return " " + block(depth, margin + "  ") }
        return comment(30) + between(inner) + lineBreak + inner + block(depth, inner)
      }
      switch Int.random(in: 0..<12, using: &numbers) {
      case 0: return comment(30)
      case 1:
        return pick([" |", " >", " |-"]) + lineBreak + inner + "one" + lineBreak + inner + " #two"
      case 2: return " one" + lineBreak + inner + "two" + comment(30)
      case 3: return comment(50) + lineBreak + inner + scalar() + comment(30)
      default: return " " + flow(2, inner) + comment(30)
      }
    }
  }

  private static func text(_ seed: Int) -> String {
    let lineBreak = seed % 3 == 0 ? "\r\n" : "\n"
    var writer = Writer(numbers: TestNumbers(UInt64(seed)), lineBreak: lineBreak)
    let text = writer.between("") + lineBreak + "top:" + writer.value(3, "", isItem: false)
    let tail = writer.comment(20) + lineBreak + "a: " + writer.flow(2, "  ")
    return (seed % 5 == 0 ? "\u{FEFF}" : "") + text + tail + (seed % 2 == 0 ? lineBreak : "")
  }

  private static func places(
    _ node: Node, _ steps: [ScenarioPath.Step] = []
  ) -> [ScenarioPath] {
    switch node.content {
    case .mapping(let entries):
      entries.flatMap { entry in
        let below = steps + [.key(entry.key)]
        return [ScenarioPath(below)] + places(entry.value, below)
      }
    case .list(let items):
      items.indices.flatMap { index in
        let below = steps + [.index(index)]
        return [ScenarioPath(below)] + places(items[index], below)
      }
    default: []
    }
  }

  /// The numbers of the comments that are still comments.
  private static func comments(_ text: String) -> [Substring] {
    text.matches(of: /#(\d+)#/).map(\.output.1).sorted()
  }

  @Test func `every text is read, and each of its values is found as it is written`() throws {
    for seed in 1...400 {
      let source = Self.text(seed)
      let text = try ScenarioText(text: source, file: "\(seed)")
      for place in Self.places(text.root) {
        let value = try #require(text.written(at: place))
        let found = String(decoding: text.source.bytes[value.start..<value.end], as: UTF8.self)
        #expect(found.first?.isWhitespace != true && found.last?.isWhitespace != true)
        guard value.style == .flow || value.style == .quoted || value.style == .plain else {
          continue
        }
        // Read alone it is the same value.
        let alone = try ScenarioText(text: found, file: "\(seed) at \(place)")
        #expect(alone.root.means(value.node), "\(found)\n---\n\(source)")
      }
    }
  }

  /// How often each edit was tried and refused.
  private struct Refusals {
    var tried: [String: Int] = [:]
    var refused: [String: Int] = [:]

    mutating func edited(
      _ name: String, _ edit: () throws(Diagnostics) -> ScenarioText
    ) -> ScenarioText? {
      tried[name, default: 0] += 1
      do throws(Diagnostics) {
        return try edit()
      } catch {
        refused[name, default: 0] += 1
        #expect(error.description.hasSuffix("change it in the text"), "\(error)")
        return nil
      }
    }

    func share(_ name: String) -> Double {
      Double(refused[name] ?? 0) / Double(tried[name] ?? 1)
    }
  }

  @Test func `comments stay, and what was added can be removed without a trace`() throws {
    var refusals = Refusals()
    var numbers = TestNumbers(5)
    for seed in 1...400 {
      let source = Self.text(seed)
      let text = try ScenarioText(text: source, file: "\(seed)")
      let places = Self.places(text.root)
      let place = places[Int.random(in: 0..<places.count, using: &numbers)]
      let above = ScenarioPath(Array(place.steps.dropLast()))
      let value = try #require(text.written(at: place))
      let comments = Self.comments(source)
      func expectKept(_ edited: ScenarioText?, _ name: String) {
        guard let edited else { return }
        #expect(
          Self.comments(edited.text) == comments, "\(name) \(place)\n\(source)\n---\n\(edited.text)"
        )
        #expect(edited.text.hasPrefix("\u{FEFF}") == source.hasPrefix("\u{FEFF}"))
        #expect(edited.text.contains("\r\n") == source.contains("\r\n"))
      }
      let set = refusals.edited("set") { () throws(Diagnostics) in
        try text.setting(place, toScalar: "n: 1, [")
      }
      let inner = text.source.bytes[value.start..<value.end]
      if !inner.contains(UInt8(ascii: "#")), value.style != .block { expectKept(set, "set") }
      guard let step = place.steps.last else { continue }
      let removed = refusals.edited("remove") { () throws(Diagnostics) in try text.removing(place) }
      if let removed {
        #expect(Set(Self.comments(removed.text)).isSubset(of: comments))
      }
      let count = text.count(at: above)
      let moved = refusals.edited("move") { () throws(Diagnostics) in
        try text.moving(place, to: Int.random(in: 0..<count, using: &numbers))
      }
      expectKept(moved, "move")
      switch step {
      case .key:
        let new = ScenarioPath(above.steps + [.key("new")])
        expectKept(
          refusals.edited("rename") { () throws(Diagnostics) in
            try text.renaming(place, to: "n: 1, [")
          }, "rename")
        let added = refusals.edited("insert") { () throws(Diagnostics) in
          try text.inserting(new, yaml: "[1, x]")
        }
        expectKept(added, "insert")
        if let added {
          #expect(try added.removing(new) == text, "\(new)\n\(source)\n---\n\(added.text)")
        }
        let copied = refusals.edited("copy") { () throws(Diagnostics) in
          try text.duplicating(place, as: "new")
        }
        if let copied {
          #expect(Set(Self.comments(copied.text)) == Set(comments))
          #expect(try copied.removing(new) == text, "\(place)\n\(source)\n---\n\(copied.text)")
        }
      case .index:
        let added = refusals.edited("insert") { () throws(Diagnostics) in
          try text.inserting(place, yaml: "[1, x]")
        }
        expectKept(added, "insert")
        if let added {
          #expect(try added.removing(place) == text, "\(place)\n\(source)\n---\n\(added.text)")
        }
      }
    }
    // A value can always be set and a key renamed. A pair without brackets takes no second entry, and
    // nothing is moved past a comment in brackets, of which nobody knows what it is about.
    #expect(refusals.refused["set"] == nil && refusals.refused["rename"] == nil, "\(refusals)")
    for (name, most) in [("insert", 0.03), ("remove", 0.03), ("copy", 0.03), ("move", 0.15)] {
      #expect(refusals.share(name) < most, "\(refusals)")
    }
  }
}
