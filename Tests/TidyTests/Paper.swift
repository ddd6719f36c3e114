import Foundation

/// A document of the repository: its text, its headings, and what in it can be pointed at.
struct Paper: Sendable {
  var path: String
  var lines: [String]

  /// Every document that a reader is led to.
  static let all =
    [
      "README.md", "Scenarios/README.md", "Scenarios/engine/README.md", "Sources/ARCHITECTURE.md",
      "Sources/CHANGELOG.md", "Sources/CONTRACTS.md", "Sources/PROTOCOL.md", "Sources/SERVICE.md",
      "Sources/Engine/PLATFORM.md",
    ] + guide + reference

  /// The pages of the guide, the one that leads to the others first.
  static let guide = [
    "README", "compare-strategies", "fit-your-data", "load-test", "plan-capacity", "read-the-page",
    "run-on-a-cluster", "test-an-engine", "try-in-a-browser", "what-is-modelled",
    "write-a-scenario",
  ].map { "Sources/Guide/\($0).md" }

  /// The pages that the program makes.
  static let reference = [
    "cases", "commands", "exit-codes", "files", "logics", "metrics", "policies", "scenario",
    "values",
    "workflows",
  ].map { "Sources/Reference/\($0).md" }

  init(_ path: String) throws {
    self.init(path: path, text: try Checkout.text(path))
  }

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The lines outside blocks of code.
  var prose: [(number: Int, text: String)] {
    var isCode = false
    return lines.enumerated().compactMap { index, line in
      if line.hasPrefix("```") { isCode.toggle() }
      return isCode || line.hasPrefix("```") ? nil : (index + 1, line)
    }
  }

  private var headings: [String] {
    prose.filter { $0.text.hasPrefix("#") }.map { line in
      String(line.text.drop { $0 == "#" }).trimmingCharacters(in: .whitespaces)
    }
  }

  /// The names by which links lead to headings.
  var anchors: Set<String> {
    Set(
      headings.map { heading in
        String(
          heading.lowercased().compactMap { character -> Character? in
            if character == " " { return "-" }
            return character.isLetter || character.isNumber || "-_".contains(character)
              ? character : nil
          })
      })
  }

  /// The numbers of its sections, those of the numbered points in them (`10.17`), and the marks of its
  /// rows and points (`INV-7`, `C4`, `O1`).
  var places: Set<String> {
    var places: Set<String> = []
    var section = ""
    for (_, line) in prose {
      if line.hasPrefix("#"), let found = line.firstMatch(of: #/^#+ (\d+(?:\.\d+)*)\.? /#) {
        section = String(found.1)
        places.insert(section)
      } else if let found = line.firstMatch(of: #/^(\d+)\. /#) {
        places.insert(section + "." + found.1)
      } else if let found = line.firstMatch(of: #/^\| ((?:INV-|C|O|X)\d+) \|/#) {
        places.insert(String(found.1))
      }
    }
    return places
  }

  /// The links to other files and to headings: what is written, and in which line.
  var links: [(number: Int, target: String)] {
    prose.flatMap { number, text in
      text.matches(of: /\]\(([^)\s]+)\)/).map { (number, String($0.1)) }
        .filter { !$0.1.contains("://") }
    }
  }
}

/// A place of a document that a comment, a case or another document names.
struct Citation: Hashable {
  var document: String
  var place: String

  /// What a line cites: `PLATFORM.md 4.3, 10.16 (timeout)`, `CONTRACTS.md section 3`, `INV-7`, `complaint C4`.
  static func all(in line: String) -> [Citation] {
    var found: [Citation] = []
    for match in line.matches(of: /\b(PLATFORM|CONTRACTS|ARCHITECTURE)(?:\.md)?,? +/) {
      let document = String(match.1) + ".md"
      // Numbers with what stands in brackets behind them, until something else follows.
      var rest = line[match.range.upperBound...]
      while let next = rest.prefixMatch(
        of: #/(?:sections? )?(\d+(?:\.\d+)*)(?:'s)?(?: \([^)]*\))?(?:,| and| or)? */#)
      {
        found.append(Citation(document: document, place: String(next.1)))
        rest = rest[next.range.upperBound...]
      }
    }
    for match in line.matches(of: /\b(INV-\d+)\b/) {
      found.append(Citation(document: "PLATFORM.md", place: String(match.1)))
    }
    for match in line.matches(of: /\bcomplaint (C\d+)\b/) {
      found.append(Citation(document: "PLATFORM.md", place: String(match.1)))
    }
    for match in line.matches(of: /\bdecision (\d+)\b/) {
      found.append(Citation(document: "PLATFORM.md", place: "10." + match.1))
    }
    return found
  }
}
