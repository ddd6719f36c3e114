import Testing

@testable import Scenarios

/// A text read as a tree, or the problems on one line each.
func tree(_ text: String) -> (root: Node?, problems: [String]) {
  let problems = Problems()
  let root = Node.read(SourceFile(name: "f", text: text), problems)
  return (root, problems.diagnostics.all.map(\.description))
}

func tree(_ bytes: [UInt8]) -> (root: Node?, problems: [String]) {
  let problems = Problems()
  let root = Node.read(SourceFile(name: "f", bytes: bytes), problems)
  return (root, problems.diagnostics.all.map(\.description))
}

/// A tree in one line, to compare with.
func plain(_ node: Node?) -> String {
  guard let node else { return "nothing" }
  switch node.content {
  case .scalar(let scalar): return scalar.text
  case .list(let items): return "[" + items.map(plain).joined(separator: ", ") + "]"
  case .mapping(let entries):
    return "{" + entries.map { "\($0.key): \(plain($0.value))" }.joined(separator: ", ") + "}"
  case .refused: return "refused"
  }
}

/// The place of a node as `line:column-column`.
func place(_ node: Node?) -> String {
  guard let span = node?.span else { return "nowhere" }
  return "\(span.start.line):\(span.start.column)-\(span.end.column)"
}

/// A small generator for tests that try many texts; never used for results.
struct TestNumbers: RandomNumberGenerator {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}

/// What reading a YAML value gives, and the problems as `column: message; hint`.
func read<T>(_ text: String, _ body: (ValueReader) -> T?) -> (value: T?, problems: [String]) {
  let problems = Problems()
  guard let node = Node.read(SourceFile(name: "f", text: text), problems) else {
    return (nil, problems.diagnostics.all.map(\.description))
  }
  let value = body(ValueReader(node, Reading(problems)))
  return (
    value,
    problems.diagnostics.all.map { problem in
      "\(problem.column ?? 0): \(problem.message)" + (problem.hint.map { "; \($0)" } ?? "")
    }
  )
}
