import Scenarios

/// Makes a story that goes wrong smaller, as long as it goes wrong in the same way.
///
/// Delta debugging (Zeller and Hildebrandt, 2002) on the tree of the case file: stretches of lists and maps
/// are left out, the long ones first, and names with everything that mentions them, until nothing can go.
struct Shrinker {
  private(set) var tree: Node
  private(set) var finding: Finding
  /// What is wrong with a smaller tree; nil where nothing is, or where it is no story any more.
  private let look: (Node) -> Finding?
  /// How many smaller trees may be looked at.
  private var budget: Int

  init(_ tree: Node, _ finding: Finding, budget: Int = 4_000, look: @escaping (Node) -> Finding?) {
    self.tree = tree
    self.finding = finding
    self.look = look
    self.budget = budget
  }

  /// Shrinks until nothing can go or the budget is used up.
  mutating func shrink() {
    var before = -1
    while before != tree.size, budget > 0 {
      before = tree.size
      thin(["timeline"])
      dropNames()
      thinEverything()
      merge()
    }
  }

  /// Takes over a smaller tree if it goes wrong in the same way.
  private mutating func accept(_ candidate: Node) -> Bool {
    guard budget > 0 else { return false }
    budget -= 1
    guard let found = look(candidate), found.kind == finding.kind else { return false }
    tree = candidate
    finding = found
    return true
  }

  /// Leaves out stretches of the list or map at a path.
  private mutating func thin(_ path: [String]) {
    guard let count = tree.at(path)?.childCount, count > 0 else { return }
    var length = (count + 1) / 2
    while length >= 1 {
      var start = 0
      while let now = tree.at(path)?.childCount, start < now {
        let end = min(now, start + length)
        if !accept(tree.removing(start..<end, at: path)) { start = end }
      }
      length = length == 1 ? 0 : length / 2
    }
  }

  /// Thins every list and map of the tree, the outer ones first.
  private mutating func thinEverything() {
    var waiting: [[String]] = [[]]
    while !waiting.isEmpty {
      let path = waiting.removeFirst()
      if path != ["timeline"] { thin(path) }
      guard let node = tree.at(path) else { continue }
      waiting += node.childKeys.map { path + [$0] }
    }
  }

  /// Leaves out users, teams and contacts with everything that mentions them.
  private mutating func dropNames() {
    for path in [["workspace", "users"], ["workspace", "teams"], ["workflows"]] {
      for name in tree.at(path)?.childKeys ?? [] { _ = accept(tree.without(name)) }
    }
    for number in 1...12 { _ = accept(tree.without("c\(number)")) }
  }

  /// Lets everything happen at the time of what comes before it.
  private mutating func merge() {
    guard case .list(let rows) = tree.at(["timeline"])?.content else { return }
    for index in rows.indices {
      let last = index == 0 ? nil : tree.at(["timeline", "\(index - 1)", "at"])
      let candidate = tree.replacing(["timeline", "\(index)", "at"], by: last ?? .scalar("0 s"))
      if candidate.yaml != tree.yaml { _ = accept(candidate) }
    }
  }
}
