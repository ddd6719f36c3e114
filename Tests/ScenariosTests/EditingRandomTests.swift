import Foundation
import Testing

@testable import Scenarios

/// Random edits of every shipped scenario: only what was asked for changes, and back is the same bytes.
@Suite struct `Random edits of the shipped scenarios` {
  /// A scenario with the places of all its values.
  private struct Shipped {
    let file: String
    let text: ScenarioText
    let scalars: [ScenarioPath]
  }

  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Scenarios")

  private static let all: [Shipped] = {
    let names = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))?
      .compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted()
    return (names ?? []).compactMap { name in
      let file = folder.appending(path: name).path(percentEncoded: false)
      guard let content = try? String(contentsOfFile: file, encoding: .utf8),
        let text = try? ScenarioText(text: content, file: file)
      else { return nil }
      return Shipped(file: file, text: text, scalars: scalars(of: text.root, at: []))
    }
  }()

  /// What is no case of the engine.
  private static let scenarios = all.filter { !$0.text.keys(at: path("")).contains("case") }

  private static let long = ProcessInfo.processInfo.environment["SWITCHBOARD_LONG"] != nil

  private static func scalars(
    of node: Node, at steps: [ScenarioPath.Step]
  ) -> [ScenarioPath] {
    switch node.content {
    case .scalar(let scalar): return scalar.text.isEmpty ? [] : [ScenarioPath(steps)]
    case .list(let items):
      return items.enumerated().flatMap { scalars(of: $1, at: steps + [.index($0)]) }
    case .mapping(let entries):
      return entries.flatMap { scalars(of: $0.value, at: steps + [.key($0.key)]) }
    case .refused: return []
    }
  }

  @Test func `every shipped file is among them`() {
    #expect(Self.all.count > 800 && Self.scenarios.count > 70)
  }

  /// Another text of the same kind: the first number changed and its unit kept, or another word.
  private static func other(_ text: String, _ numbers: inout TestNumbers) -> String {
    let digits = text.unicodeScalars.prefix { ("0"..."9").contains($0) || $0 == "." }
    if let old = Double(String(digits)) {
      let rest = text.unicodeScalars.dropFirst(digits.count)
      var new = old
      while new == old { new = Double(Int.random(in: 1...99, using: &numbers)) }
      return String(Int(new)) + String(rest)
    }
    let words = [
      "round_robin", "true", "x", "it's", "a, b", "c: d", "e # f", "[g]", "{h",
      "first.p90 <= 8 min",
      "😀 é", " i", "j ", "- k", "", "'l'", "\"m\"", "$n", "100%", "*o", "p\nq", "\\r", "? s", "@t",
    ]
    var word = text
    while word == text { word = words[Int.random(in: 0..<words.count, using: &numbers)] }
    return word
  }

  /// Where two trees differ.
  private static func differences(
    _ a: Node, _ b: Node, at steps: [ScenarioPath.Step] = []
  ) -> [ScenarioPath] {
    switch (a.content, b.content) {
    case (.scalar(let x), .scalar(let y)) where x.text.utf8.elementsEqual(y.text.utf8): return []
    case (.list(let x), .list(let y)) where x.count == y.count:
      return x.indices.flatMap { differences(x[$0], y[$0], at: steps + [.index($0)]) }
    case (.mapping(let x), .mapping(let y)) where x.map(\.key) == y.map(\.key):
      return x.indices.flatMap {
        differences(x[$0].value, y[$0].value, at: steps + [.key(x[$0].key)])
      }
    default: return [ScenarioPath(steps)]
    }
  }

  @Test func `one value changes, nothing else, and back is the same text`() throws {
    var numbers = TestNumbers(20_261_123)
    for round in 0..<(Self.long ? 10_000 : 1_500) {
      let shipped = Self.all[round % Self.all.count]
      guard !shipped.scalars.isEmpty else { continue }
      let place = shipped.scalars[Int.random(in: 0..<shipped.scalars.count, using: &numbers)]
      let old = try #require(shipped.text.value(at: place))
      let value = Self.other(try #require(old.scalar), &numbers)
      let edited = try shipped.text.setting(place, toScalar: value)
      #expect(edited.value(at: place)?.scalar == value)
      try expectSame(
        shipped.text, edited, outside: place, "\(shipped.file) at \(place): '\(value)'")
      #expect(Self.differences(shipped.text.root, edited.root) == [place])
      #expect(try edited.setting(place, toYAML: old.text) == shipped.text)
    }
  }

  /// The bytes before and after the value at a place are the same in both texts.
  private func expectSame(
    _ a: ScenarioText, _ b: ScenarioText, outside place: ScenarioPath, _ what: String
  ) throws {
    let (x, y) = (try #require(a.written(at: place)), try #require(b.written(at: place)))
    #expect(
      a.source.bytes[..<x.start] == b.source.bytes[..<y.start]
        && a.source.bytes[x.end...] == b.source.bytes[y.end...], "\(what)")
  }

  @Test func `entries are added, copied, renamed, moved and removed, and the text is as before`()
    throws
  {
    var numbers = TestNumbers(7)
    for shipped in Self.scenarios {
      let text = shipped.text
      let maps = text.keys(at: path("")).filter { Self.long || $0 == "strategies" }
      for map in maps.map({ ScenarioPath([.key($0)]) }) + [path("")] {
        let keys = text.keys(at: map)
        guard let key = keys.randomElement(using: &numbers) else { continue }
        let (old, new) = (
          ScenarioPath(map.steps + [.key(key)]), ScenarioPath(map.steps + [.key("új: 1")])
        )
        let added = try text.inserting(new, yaml: "{a: [1, x y]}", after: key)
        #expect(try added.removing(new) == text, "\(shipped.file) \(new)")
        #expect(try text.renaming(old, to: "új: 1").renaming(new, to: key).root.means(text.root))
        let copied = try text.duplicating(old, as: "új: 1")
        #expect(copied.value(at: new)?.kind == text.value(at: old)?.kind)
        #expect(try copied.removing(new) == text, "\(shipped.file) \(new)")
        let (from, to) = (
          keys.firstIndex(of: key) ?? 0, Int.random(in: 0..<keys.count, using: &numbers)
        )
        let moved = try text.moving(old, to: to)
        #expect(moved.keys(at: map).firstIndex(of: key) == to)
        #expect(try moved.moving(old, to: from) == text, "\(shipped.file) \(old) to \(to)")
        if keys.count > 1 {
          #expect(try text.removing(old).keys(at: map) == keys.filter { $0 != key })
        }
      }
      let goals = text.count(at: path("goals"))
      guard goals > 0 else { continue }
      let index = Int.random(in: 0...goals, using: &numbers)
      let goal = ScenarioPath([.key("goals"), .index(index)])
      let added = try text.inserting(goal, scalar: "abandoned <= 5%")
      #expect(added.value(at: goal)?.text == "abandoned <= 5%")
      #expect(try added.removing(goal) == text, "\(shipped.file) \(goal)")
      if index < goals {
        let to = Int.random(in: 0..<goals, using: &numbers)
        #expect(
          try text.moving(goal, to: to).moving(
            ScenarioPath([.key("goals"), .index(to)]), to: index) == text)
      }
    }
  }

  /// What the front door's form sets, and a value that it could set there.
  private static func formValue(
    _ steps: [ScenarioPath.Step], _ old: String, _ numbers: inout TestNumbers
  ) -> String? {
    func key(_ index: Int) -> String? {
      guard steps.indices.contains(index), case .key(let key) = steps[index] else { return nil }
      return key
    }
    let isForm =
      switch (key(0), steps.count) {
      case ("parameters", 2), ("strategies", 3), ("duration", 1), ("goals", 2): true
      case ("teams", 3...): key(2) == "agents" || key(2) == "reply_time" && key(4) == "median"
      case ("contacts", 3...): key(2) == "patience" || key(3) == "profile" || key(3) == "poisson"
      default: false
      }
    // Two parameters stand at the upper limit of their key, which the form would know.
    let isAtLimit = steps.last == .key("inactivity") || steps.last == .key("help_after")
    guard isForm, !isAtLimit, !old.hasPrefix("$") else { return nil }
    if key(0) == "goals" {
      // The threshold is the last number; a little more of it is as good.
      guard let operation = old.firstRange(of: /[<>]= */) else { return nil }
      let number = old[operation.upperBound...].prefix { $0.isNumber || $0 == "." }
      guard let value = Double(number) else { return nil }
      return old[..<operation.upperBound] + "\(value + 0.5)" + old[number.endIndex...]
    }
    if ["round_robin", "least_open"].contains(old) {
      return old == "round_robin" ? "least_open" : "round_robin"
    }
    guard old.first?.isNumber == true, key(2) != "description" else { return nil }
    let number = old.prefix { $0.isNumber || $0 == "." }
    // Only a little: a share goes down and stays one, anything else goes up and stays above its minimum.
    let rest = old[number.endIndex...]
    guard let value = Double(number), value > 0, !rest.hasPrefix(":") else { return nil }
    let isWhole = !number.contains(".") && rest.isEmpty
    let percent = rest == "%" ? 90...99 : 101...110
    let factor = Double(Int.random(in: percent, using: &numbers)) / 100
    return isWhole ? "\(Int(value) + 1)" : "\(value * factor)\(rest)"
  }

  @Test func `what the form sets is a scenario afterwards`() throws {
    var numbers = TestNumbers(11)
    var count = 0
    for shipped in Self.scenarios {
      var text = shipped.text
      for place in shipped.scalars {
        guard let old = text.value(at: place)?.scalar,
          let value = Self.formValue(place.steps, old, &numbers)
        else { continue }
        let edited = try text.setting(place, toScalar: value)
        #expect(Self.differences(text.root, edited.root) == [place])
        text = edited
        count += 1
      }
      let folder = URL(filePath: shipped.file).deletingLastPathComponent()
        .path(percentEncoded: false)
      do throws(Diagnostics) {
        _ = try Scenario.read(
          SourceFile(name: shipped.file, text: text.text), folder: folder)
      } catch {
        Issue.record("\(error)")
      }
    }
    #expect(count > 500, "\(count)")
  }
}
