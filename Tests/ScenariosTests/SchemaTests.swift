import Foundation
import Testing

@testable import Scenarios

@Suite struct `JSON Schema` {
  /// The root of the package.
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  @Test(arguments: [
    ("Scenarios/scenario.schema.json", SchemaWriter.scenario()),
    ("Scenarios/engine/case.schema.json", SchemaWriter.caseFile()),
  ])
  func `the file beside the scenarios is what the tables say`(path: String, text: String) throws {
    // `UPDATE_EXPECTED=1 swift test` writes the files anew.
    let url = Self.root.appending(path: path)
    if ProcessInfo.processInfo.environment["UPDATE_EXPECTED"] != nil {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: url, encoding: .utf8) == text)
  }

  @Test func `the schema of scenarios accepts what the reader accepts`() throws {
    let checker = try SchemaChecker(SchemaWriter.scenario())
    let sound = [
      example, small(), small("warmup: auto\nprecision: {metric: wait.mean, within: 2%}"),
      small(contacts: ", channels: direct, questions: {uniform: {from: 1, to: 3}}, patience: off"),
      small(
        "goals: [between 22:00 and 06:00: abandoned <= 5%, 'population all: abandoned <= 5%']"),
      small("channels: {a: {kind: sms, window: off, throughput: 5 per second}}"),
      small(team: ", shift: [{days: sat, hours: 10:00-12:00}, {days: [mon, tue]}], away: never"),
      small(
        team:
          ", reply_time: {mixture: [{share: 50%, of: 1 s}, {share: 50%, of: {gamma: {shape: 2, scale: 1 s}}}]}"
      )
      .replacing("reply_time: 1 min, ", with: ""),
    ]
    for text in sound {
      let read = scenario(text)
      #expect(read.problems.isEmpty)
      #expect(checker.accepts(text), "\(text)")
      #expect(checker.accepts(read.scenario?.resolved ?? ""))
    }
  }

  @Test func `every shipped scenario and case is read and fits its schema`() throws {
    let scenarios = try SchemaChecker(SchemaWriter.scenario())
    let cases = try SchemaChecker(SchemaWriter.caseFile())
    let folder = Self.root.appending(path: "Scenarios")
    let files = FileManager.default.enumerator(atPath: folder.path(percentEncoded: false))
    for case let name as String in files ?? .init() where name.hasSuffix(".yaml") {
      let path = folder.appending(path: name).path(percentEncoded: false)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      do throws(Diagnostics) {
        let found = try ScenarioFile.load(path)
        let unexpected = found.warnings.all.filter { !found.expects($0) }
        #expect(unexpected.isEmpty, "\(found.warnings.rendered())")
        if case .scenario = found {
          #expect(scenarios.accepts(text), "\(name)")
        } else {
          #expect(cases.accepts(text), "\(name)")
        }
      } catch {
        Issue.record("\(error.rendered())")
      }
    }
  }

  @Test func `the example that describes case files is one`() throws {
    let readme = try String(
      contentsOf: Self.root.appending(path: "Scenarios/engine/README.md"), encoding: .utf8)
    let parts = readme.split(separator: "```")
    let text = String(try #require(parts.first { $0.hasPrefix("yaml\n") }).dropFirst(5))
    let found = try CaseFile.read(SourceFile(name: "README.md", text: text))
    #expect(found.expectations.count == 2)
    #expect(try SchemaChecker(SchemaWriter.caseFile()).accepts(text))
  }

  /// Where maps of the example invent their own keys, or hold anything.
  private static let free: Set<String> = [
    "", "channels", "services", "contacts", "teams", "users", "workflows", "parameters",
    "strategies", "round robin", "least open", "fields", "answers", "customer_type",
    "broadcasts",
  ]

  @Test func `a wrong key in any map is refused by reader and schema`() throws {
    let checker = try SchemaChecker(SchemaWriter.scenario())
    // Without strategies, which would only read everything twice more.
    let root = try #require(tree(example).root).without("strategies")
    var tried = 0
    for (path, node) in maps(root) where !Self.free.contains(path.last ?? "x") {
      guard case .mapping(let entries) = node.content else { continue }
      let wrong = Node.Entry(
        key: "zzz", keySpan: node.span, value: Node(text: "1", at: node.span))
      let broken = replacing(root, path, with: Node(.mapping(entries + [wrong]), at: node.span))
      let text = YAMLText.block(broken)
      #expect(scenario(text).scenario == nil, "\(path)")
      #expect(!checker.accepts(text), "\(path)")
      tried += 1
    }
    #expect(tried >= 30)
  }

  @Test func `a value of a wrong kind anywhere is refused by reader and schema`() throws {
    let checker = try SchemaChecker(SchemaWriter.scenario())
    // Without strategies, which would only read everything twice more.
    let root = try #require(tree(example).root).without("strategies")
    var tried = 0
    for (path, node) in all(root) where !path.isEmpty && path.first != "parameters" {
      // A list in a list in a list is nothing's kind.
      let list = Node(
        .list([Node(.list([Node(.list([]), at: node.span)]), at: node.span)]), at: node.span)
      // Strategies may set parameters to anything; what uses them then refuses it.
      if path.first == "strategies", path.count == 3 { continue }
      let text = YAMLText.block(replacing(root, path, with: list))
      #expect(scenario(text).scenario == nil, "\(path)")
      #expect(!checker.accepts(text), "\(path)")
      tried += 1
    }
    #expect(tried >= 100)
  }

  private func maps(_ node: Node, _ path: [String] = []) -> [([String], Node)] {
    all(node, path).filter { if case .mapping = $0.1.content { true } else { false } }
  }

  /// Every value with the keys and positions that lead to it.
  private func all(_ node: Node, _ path: [String] = []) -> [([String], Node)] {
    switch node.content {
    case .mapping(let entries):
      [(path, node)] + entries.flatMap { all($0.value, path + [$0.key]) }
    case .list(let items):
      [(path, node)] + items.enumerated().flatMap { all($0.element, path + ["\($0.offset)"]) }
    default: [(path, node)]
    }
  }

  private func replacing(_ root: Node, _ path: [String], with node: Node) -> Node {
    root.replacing(path, with: node, Override("", ""), Problems()) ?? root
  }
}

extension ScenarioFile {
  /// Whether a case says that the reader makes this remark.
  fileprivate func expects(_ remark: Diagnostic) -> Bool {
    guard case .caseFile(let file) = self else { return false }
    return file.expectations.flatMap(\.facts).contains {
      if case .warning(let text) = $0.claim { remark.message.contains(text) } else { false }
    }
  }
}
