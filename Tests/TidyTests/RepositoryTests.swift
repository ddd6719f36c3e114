import Foundation
import Testing

/// What stands at the top, what git keeps of `Reports`, and what the README says of both.
@Suite struct `The repository` {
  /// What git keeps of what it ignores otherwise: the example, and the picture of the README.
  private func kept() throws -> [String] {
    try Checkout.text(".gitignore").split(separator: "\n")
      .filter { $0.hasPrefix("!/") }
      .map { $0.dropFirst(2).trimmingCharacters(in: CharacterSet(charactersIn: "/")) }
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Checkout.root.appendingPathComponent(path).path)
  }

  @Test func `the licence is the one that the README names, at the top`() throws {
    let licence = try Checkout.text("LICENSE")
    #expect(licence.contains("GNU GENERAL PUBLIC LICENSE"))
    #expect(licence.contains("Version 3, 29 June 2007"))
    #expect(try Checkout.text("README.md").contains("GPL-3.0-or-later ([LICENSE](LICENSE))"))
  }

  @Test func `what git is told to keep is there`() throws {
    #expect(try kept() == ["Reports/example", "Reports/reassignment-timer.svg"])
    for path in try kept() {
      #expect(exists(path.hasSuffix(".svg") ? path : path + "/manifest.json"), "\(path)")
    }
  }

  /// A new user's first step must not change what git keeps.
  @Test func `no command of the README writes where git keeps something`() throws {
    let readme = try Checkout.text("README.md")
    let commands = readme.matches(of: /switchboard (run|compare|sweep) Scenarios\/([a-z-]+)\.yaml/)
    #expect(!commands.isEmpty)
    for command in commands {
      let suffix = command.1 == "compare" ? "" : "-\(command.1)"
      #expect(try !kept().contains("Reports/\(command.2)\(suffix)"), "\(command.0)")
    }
  }
}
