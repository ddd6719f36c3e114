import Foundation
import Testing

/// The table of modules, which says who may import whom.
private let house: [(module: String, mayImport: [String])] = [
  ("VirtualTime", ["CThread"]),
  ("Sampling", ["CGSL"]),
  ("Statistics", ["CGSL"]),
  ("Engine", []),
  ("Measurement", ["VirtualTime", "Statistics"]),
  ("Scenarios", ["CYAML", "Engine", "Sampling", "Measurement"]),
  ("World", ["VirtualTime", "Sampling", "Engine", "Scenarios", "Measurement"]),
  (
    "Experiments",
    [
      "CGLPK", "COnDemand", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
      "Scenarios",
      "World",
    ]
  ),
  (
    "Verification",
    ["VirtualTime", "Sampling", "Engine", "Measurement", "Scenarios", "World", "Experiments"]
  ),
  ("Fitting", ["Sampling", "Statistics", "Engine", "Measurement", "Scenarios"]),
  ("Reporting", ["Measurement", "Statistics"]),
  ("Web", ["CMicroHTTP", "COnDemand", "VirtualTime"]),
  (
    "Service",
    [
      "CSQLite", "COnDemand", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
      "Scenarios",
      "World", "Web",
    ]
  ),
  ("Handbook", ["Measurement", "Scenarios", "Statistics", "Experiments", "Reporting"]),
  (
    "Console",
    [
      "CPages", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement", "Scenarios",
      "World",
      "Experiments", "Fitting", "Reporting", "Web", "Handbook",
    ]
  ),
  (
    "switchboard",
    [
      "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement", "Scenarios", "World",
      "Experiments", "Verification", "Fitting", "Reporting", "Web", "Service", "Handbook",
      "Console",
    ]
  ),
  (
    "Benchmarks",
    [
      "CPlainLoops", "CGSL", "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
      "Scenarios", "World", "Experiments",
    ]
  ),
]

/// What comes with the toolchain and the system; full Foundation costs start-up time everywhere.
private let system: Set<String> = ["Glibc", "Synchronization", "_Concurrency"]

/// Modules whose results must not depend on anything that Foundation brings.
private let withoutFoundation: Set<String> = [
  "VirtualTime", "Sampling", "Statistics", "Engine", "Measurement",
]

private func imports(of file: Checkout.File) -> [String] {
  file.lines.compactMap { line in
    var words = line.split(separator: " ").map(String.init)
    while let first = words.first,
      first.hasPrefix("@") || ["public", "package", "internal", "private"].contains(first)
    {
      words.removeFirst()
    }
    guard words.first == "import", words.count >= 2 else { return nil }
    let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
    let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
    return name.split(separator: ".").first.map(String.init)
  }
}

@Suite struct `The house` {
  @Test(arguments: house.map(\.module))
  func `a module imports only what stands above it`(module: String) throws {
    let allowed = Set(house.first { $0.module == module }?.mayImport ?? [])
    for file in try Checkout.swiftFiles(below: "Sources/" + module) {
      for name in imports(of: file) where !allowed.contains(name) && !system.contains(name) {
        let isEssentials = name == "FoundationEssentials" && !withoutFoundation.contains(module)
        #expect(isEssentials, "\(file) imports \(name), which does not stand above \(module)")
      }
    }
  }

  @Test func `every folder of Sources is in the table`() throws {
    let folders = try FileManager.default.contentsOfDirectory(
      atPath: Checkout.root.appendingPathComponent("Sources").path)
    let known = Set(
      house.map(\.module) + [
        "CThread", "CGSL", "CYAML", "CGLPK", "CMicroHTTP", "CSQLite", "CPlainLoops",
        "CPages", "COnDemand",
      ])
    // Folders of documents alone.
    let documents = ["Reference", "Guide"]
    for folder in folders.sorted() where !folder.hasSuffix(".md") && !documents.contains(folder) {
      #expect(known.contains(folder), "Sources/\(folder) is not in the table of modules")
    }
  }

  @Test(arguments: house.map(\.module))
  func `the manifest gives a module no more than the table`(module: String) throws {
    let manifest = try Checkout.text("Package.swift")
    let allowed = Set(house.first { $0.module == module }?.mayImport ?? [])
    guard let start = manifest.range(of: "\"\(module)\""),
      let declared = manifest.range(
        of: #"(module\(\s*"\#(module)"|executableTarget\(\s*name: "\#(module)")"#,
        options: .regularExpression)
    else {
      Issue.record("Package.swift does not declare \(module)")
      return
    }
    _ = start
    let rest = manifest[declared.upperBound...]
    let end = rest.range(of: #"\)[,\n]"#, options: .regularExpression)?.lowerBound ?? rest.endIndex
    let names = rest[..<end].split(separator: "\"").enumerated()
      .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    for name in names where !name.hasSuffix(".md") {
      #expect(allowed.contains(name), "\(module) is given \(name)")
    }
  }
}
