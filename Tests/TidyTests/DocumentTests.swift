import Foundation
import Testing

/// The papers that belong to the code: what they point at is there, and so is what points at them.
@Suite struct `The documents` {
  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Checkout.root.appendingPathComponent(path).path)
  }

  /// A path seen from a document, as it is from the top.
  private func resolve(_ link: String, from document: String) -> String {
    var parts = document.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/").map(String.init) {
      if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }

  /// What is wrong with a document's links.
  private func brokenLinks(of paper: Paper) throws -> [String] {
    try paper.links.compactMap { number, target in
      let parts = target.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
      let path = parts[0].isEmpty ? paper.path : resolve(String(parts[0]), from: paper.path)
      guard path == paper.path || exists(path) else {
        return "\(paper.path):\(number) leads to \(path), which is not there"
      }
      guard parts.count == 2 else { return nil }
      let anchors = parts[0].isEmpty ? paper.anchors : try Paper(path).anchors
      return anchors.contains(String(parts[1]))
        ? nil : "\(paper.path):\(number): \(path) has no heading '\(parts[1])'"
    }
  }

  @Test(arguments: Paper.all) func `every link leads somewhere`(path: String) throws {
    #expect(try brokenLinks(of: Paper(path)) == [])
  }

  @Test func `a link that leads nowhere is found`() throws {
    let text = """
      # A heading, with `code`
      [here](#a-heading-with-code) [there](Engine/PLATFORM.md#10-decisions) [up](../README.md)
      [gone](GONE.md) [nowhere](#nowhere) [far](https://example.org/x)
      """
    let problems = try brokenLinks(of: Paper(path: "Sources/X.md", text: text))
    #expect(
      problems == [
        "Sources/X.md:3 leads to Sources/GONE.md, which is not there",
        "Sources/X.md:3: Sources/X.md has no heading 'nowhere'",
      ])
  }

  private func linked(from path: String) throws -> Set<String> {
    let paper = try Paper(path)
    return Set(paper.links.map { resolve($0.target, from: paper.path) })
  }

  @Test func `the README leads to every document, by the guide to its pages`() throws {
    let linked = try linked(from: "README.md").union(linked(from: Paper.guide[0]))
    for path in Paper.all.dropFirst() where path != "Scenarios/engine/README.md" {
      #expect(linked.contains(path), "README.md does not lead to \(path)")
    }
  }

  @Test func `every page of guide and reference is among the documents`() throws {
    for folder in ["Guide", "Reference"] {
      let path = Checkout.root.appendingPathComponent("Sources/\(folder)").path
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
        #expect(Paper.all.contains("Sources/\(folder)/\(name)"), "\(folder)/\(name)")
      }
    }
  }

  /// Every line of the sources, the tests, the cases and the documents that may name a document.
  private static let lines = Result { () -> [(place: String, text: String)] in
    var paths = try (Checkout.swiftFiles(below: "Sources") + Checkout.swiftFiles(below: "Tests"))
      .map(\.path).filter { !$0.hasPrefix("Tests/TidyTests/") }
    let cases = FileManager.default.enumerator(
      atPath: Checkout.root.appendingPathComponent("Scenarios").path)
    paths += (cases?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
      .map { "Scenarios/" + $0 }
    func isOfUse(_ text: some StringProtocol) -> Bool {
      [".md", " section ", "PLATFORM", "CONTRACTS", "INV-", "complaint C", "decision "]
        .contains { text.range(of: $0, options: .literal) != nil }
    }
    return try (paths + Paper.all).flatMap { path -> [(place: String, text: String)] in
      let text = try Checkout.text(path)
      guard isOfUse(text) else { return [] }
      return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        .filter { isOfUse($0.element) }.map { ("\(path):\($0.offset + 1)", String($0.element)) }
    }
  }

  @Test func `every section that a comment or a case names is there`() throws {
    var places: [String: Set<String>] = [:]
    for path in Paper.all where path.hasPrefix("Sources/") {
      let paper = try Paper(path)
      places[path.split(separator: "/").last.map(String.init) ?? path] = paper.places
    }
    var count = 0
    for (place, text) in try Self.lines.get() {
      for citation in Citation.all(in: text) {
        count += 1
        #expect(
          places[citation.document]?.contains(citation.place) == true,
          "\(place) names \(citation.document) \(citation.place), which is not there")
      }
    }
    // A test that reads nothing would be content with everything.
    #expect(count > 500)
  }

  @Test func `no document is named that is not here`() throws {
    // That one lies beside the histories that some tests read where they are there.
    let known: [String] =
      Paper.all.map { String($0.split(separator: "/").last ?? "") } + ["PROVENANCE.md"]
    for (place, text) in try Self.lines.get() {
      for match in text.matches(of: /\b([A-Z]{4,})(?:\.md\b| section \d)/) {
        let name = "\(match.1).md"
        #expect(known.contains(name), "\(place) names \(name), which is not in the repository")
      }
    }
  }

  @Test func `what a line cites is found`() {
    func places(_ line: String) -> [String] {
      Citation.all(in: line).map { $0.document + " " + $0.place }
    }
    #expect(
      places("why: PLATFORM.md 10.16, 4.2 (timeout), INV-7") == [
        "PLATFORM.md 10.16", "PLATFORM.md 4.2", "PLATFORM.md INV-7",
      ])
    #expect(places("// CONTRACTS.md section 4 and PLATFORM.md 6.2's definitions").count == 2)
    #expect(places("why: complaint C4, PLATFORM.md 4.3") == ["PLATFORM.md 4.3", "PLATFORM.md C4"])
    #expect(places("PLATFORM.md 3.1, decision 14") == ["PLATFORM.md 3.1", "PLATFORM.md 10.14"])
    #expect(places("why: CONTRACTS (conditions)") == [])
  }

  @Test func `places are sections, points and marked rows`() {
    let paper = Paper(
      path: "X.md",
      text:
        "## 4. Things\n### 4.3 More\n1. one\n2. two\n| INV-3 | x |\n| C12 | y |\n```\n# 9 code\n```"
    )
    #expect(paper.places == ["4", "4.3", "4.3.1", "4.3.2", "INV-3", "C12"])
  }
}
