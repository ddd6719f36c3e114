import Foundation
import Testing

/// A word that must not stand in code, where it must not, and what to write instead.
struct Footgun: Sendable, CustomTestStringConvertible {
  var word: String
  var instead: String
  /// Folders of Sources where it is allowed.
  var allowedIn: [String] = []
  var testDescription: String { word }
}

private let shells = [
  "Sources/switchboard/", "Sources/Benchmarks/", "Sources/Experiments/",
]

/// Everything that would let a run depend on anything but scenario and seed, or hide a failure.
private let footguns: [Footgun] = [
  Footgun(word: "Task {", instead: "the bench starts tasks", allowedIn: shells),
  Footgun(word: "Task.detached", instead: "the bench starts tasks", allowedIn: shells),
  Footgun(word: "Task.sleep", instead: "a timer of the kernel", allowedIn: shells),
  Footgun(word: "withTaskGroup", instead: "replications are run by Experiments", allowedIn: shells),
  Footgun(word: "async let", instead: "replications are run by Experiments", allowedIn: shells),
  Footgun(word: "AsyncStream", instead: "a call through the door", allowedIn: shells),
  Footgun(word: "withCheckedContinuation", instead: "a timer of the kernel", allowedIn: shells),
  Footgun(word: "withUnsafeContinuation", instead: "a timer of the kernel", allowedIn: shells),
  Footgun(word: "DispatchQueue", instead: "the replication's executor"),
  Footgun(word: "ContinuousClock", instead: "virtual time", allowedIn: shells),
  Footgun(word: "SuspendingClock", instead: "virtual time", allowedIn: shells),
  Footgun(word: "Date()", instead: "virtual time"),
  Footgun(word: "Hasher()", instead: "the fingerprint"),
  Footgun(word: ".hashValue", instead: "the fingerprint"),
  Footgun(word: "SystemRandomNumberGenerator", instead: "a keyed stream"),
  Footgun(word: ".random(in:", instead: "a keyed stream"),
  Footgun(word: ".shuffled()", instead: "a keyed stream"),
  Footgun(word: "randomElement()", instead: "a keyed stream"),
  Footgun(word: "try!", instead: "a typed error"),
  Footgun(word: "as!", instead: "a type that needs no cast"),
  Footgun(word: "fatalError(", instead: "a precondition that names the invariant"),
  Footgun(word: "Bundle.module", instead: "a string in the binary"),
]

@Suite struct `House rules` {
  @Test(arguments: footguns)
  func `a footgun is not in the sources`(footgun: Footgun) throws {
    for file in try Checkout.swiftFiles(below: "Sources") {
      if footgun.allowedIn.contains(where: { file.path.hasPrefix($0) }) { continue }
      for (number, line) in file.lines.enumerated() where code(line).contains(footgun.word) {
        // One function of the kernel starts the driver's task; it says so on the line.
        if line.contains("// the bench's only task") { continue }
        Issue.record("\(file):\(number + 1) has '\(footgun.word)': use \(footgun.instead)")
      }
    }
  }

  @Test(arguments: ["Sources", "Tests"])
  func `a file is small enough to know its room`(folder: String) throws {
    for file in try Checkout.swiftFiles(below: folder) {
      #expect(file.lines.count <= 601, "\(file) has \(file.lines.count - 1) lines, at most 600")
    }
  }

  /// Seventy lines: what one page shows at once.
  @Test func `a function fits on a page`() throws {
    let begins =
      #/^ *(?:@\S+ +)*(?:[a-z]+(?:\(set\))? +)*(?:func|init|subscript)\b/#
    for file in try Checkout.swiftFiles(below: "Sources") {
      var open: (line: Int, indentation: Int)?
      for (number, line) in file.lines.enumerated() {
        let indentation = line.prefix { $0 == " " }.count
        if let start = open {
          guard indentation == start.indentation, line.hasSuffix("}") else { continue }
          let length = number - start.line + 1
          #expect(length <= 70, "\(file):\(start.line + 1) goes on for \(length) lines, at most 70")
          open = nil
        } else if line.contains(begins), !line.hasSuffix("}") {
          open = (number, indentation)
        }
      }
    }
  }

  /// A name that stands in the sources once is declared and never used, unless a protocol asks for it.
  @Test func `what is declared is named somewhere else`() throws {
    let asked: Set = ["userInfo", "isIsolatingCurrentContext", "minimumResolution"]
    let declares =
      #/^ *(?:@\S+ +)*(?:[a-z]+(?:\(set\))? +)*(?:func|var|let|struct|enum|class|actor|protocol|typealias) (\w{3,})/#
    var uses: [Substring: Int] = [:]
    var declared: [(name: Substring, place: String)] = []
    for folder in ["Sources", "Tests"] {
      for file in try Checkout.swiftFiles(below: folder) {
        for (number, line) in file.lines.enumerated() {
          // What stands in a string may be inserted there, so only comments are left out.
          if line.drop(while: { $0 == " " }).hasPrefix("//") { continue }
          for word in line.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" }) {
            uses[Substring(word), default: 0] += 1
          }
          if folder == "Sources", let found = line.firstMatch(of: declares) {
            declared.append((Substring(String(found.1)), "\(file):\(number + 1)"))
          }
        }
      }
    }
    #expect(declared.count > 5_000)
    for (name, place) in declared where uses[name] == 1 && !asked.contains(String(name)) {
      Issue.record("\(place): nothing names '\(name)'")
    }
  }

  /// What a module says in public signatures, whose types must be public too; a line that ends within a
  /// signature takes the next ones with it.
  private func signatures(_ file: Checkout.File) -> [String] {
    var result: [String] = []
    for (number, line) in file.lines.enumerated() where isExposed(line) {
      let text = code(line)
      var signature = text
      var next = number + 1
      while next < file.lines.count, next < number + 20,
        signature.count(where: { $0 == "(" }) > signature.count(where: { $0 == ")" })
      {
        signature += " " + code(file.lines[next])
        next += 1
      }
      if next < file.lines.count { signature += " " + code(file.lines[next]) }
      result.append(signature)
    }
    return result
  }

  private func isExposed(_ line: String) -> Bool {
    ["public ", "@usableFromInline", "@inlinable", "@frozen"].contains(where: line.contains)
      || line.drop { $0 == " " }.hasPrefix("case ")
  }

  private func words(_ text: some StringProtocol) -> Set<String> {
    let parts = text.utf8.split(whereSeparator: { byte in
      let letter = byte | 0x20
      return !(letter >= 0x61 && letter <= 0x7a || byte >= 0x30 && byte <= 0x39 || byte == 0x5f)
    })
    return Set(parts.map { String(decoding: $0, as: UTF8.self) })
  }

  /// A public name that no other module says is not public, unless a protocol, a default argument or code
  /// that is compiled into other modules asks for it.
  @Test func `what is public is named by another module`() throws {
    let asked: Set = ["minimumResolution", "mondayMidnight", "w0", "w1", "w2"]
    let declares =
      #/^ *(?:@\S+ +)*public (?:(?:internal|private)\(set\) +)?(?:[a-z]+ +)*(func|var|let|struct|enum|class|actor|protocol|typealias) `?(\w+)/#
    let files = Dictionary(grouping: try Checkout.swiftFiles(below: "Sources"), by: \.module)
    let said = files.mapValues { files in
      files.flatMap(\.lines).reduce(into: Set()) { $0.formUnion(words(withoutComment($1))) }
    }
    for (module, own) in files.sorted(by: { $0.key < $1.key }) {
      let others = said.filter { $0.key != module }.values
      var exposed: Set<String> = []
      for signature in own.flatMap({ signatures($0) }) {
        let declared = signature.firstMatch(of: declares)
        for word in words(signature) where declared.map({ $0.2 != word || $0.1 == "func" }) ?? true
        {
          exposed.insert(word)
        }
      }
      for file in own {
        for (number, line) in file.lines.enumerated() {
          guard line.contains("public "), let found = line.firstMatch(of: declares) else {
            continue
          }
          let name = String(found.2)
          if asked.contains(name) || others.contains(where: { $0.contains(name) }) { continue }
          if !["func", "var", "let"].contains(found.1), exposed.contains(name) { continue }
          Issue.record("\(file):\(number + 1): '\(name)' is public, and no other module names it")
        }
      }
    }
  }

  /// A line without its comment; what stands in quotes may be inserted there.
  private func withoutComment(_ line: String) -> Substring {
    line.range(of: "//").map { line[..<$0.lowerBound] } ?? line[...]
  }

  /// A command is named for what is done; `is` and `has` ask.
  @Test func `a function named is or has answers a question`() throws {
    let begins = #/func (?:is|has)[A-Z]\w*/#
    for file in try Checkout.swiftFiles(below: "Sources") {
      for (number, line) in file.lines.enumerated() where line.contains(begins) {
        let rest = file.lines[number...].prefix(6).joined(separator: " ")
        let head = rest.prefix { $0 != "{" }
        #expect(head.contains("-> Bool"), "\(file):\(number + 1) does something: name it for that")
      }
    }
  }

  @Test func `nothing is left to be done later`() throws {
    let words = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
    for file in try Checkout.swiftFiles(below: "Sources") {
      for (number, line) in file.lines.enumerated() {
        for word in words where line.contains(word) {
          Issue.record("\(file):\(number + 1) has '\(word)'")
        }
      }
    }
  }

  @Test func `the continuous integration runs the test command of the README`() throws {
    let readme = try Checkout.text("README.md")
    let script = try Checkout.text(".ci/run")
    let command = readme.split(separator: "\n").first { $0.contains("swift test") }
    let test = try #require(
      command.flatMap { line in
        line.range(of: #"swift test[^`&;]*"#, options: .regularExpression).map {
          line[$0].trimmingCharacters(in: .whitespaces)
        }
      }, "README.md names no test command")
    #expect(script.contains(test), ".ci/run does not call '\(test)'")
  }
}
