import Foundation
import Scenarios
import Testing
import Verification

/// A folder of files for one test, gone with it.
private final class TestFolder {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent(
    "switchboard-\(UUID().uuidString)")

  var path: String { url.path }

  init(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}

private func sample(_ name: String = "Nothing happens") -> String {
  """
  case: \(name)
  workspace: {users: {ana: online}}
  timeline: [{at: 0 s, contact: c1, says: hello}]
  expect: [{contact: c1, assignee: nobody}]
  """
}

@Suite struct `The cases of a folder` {
  @Test func `come in the order of their names, folder by folder`() throws {
    let folder = try TestFolder([
      "z.yaml": sample(), "b/two.yaml": sample(), "b/one.yaml": sample(), "a/c/x.yml": sample(),
      "a/y.yaml": sample(), "b/notes.md": "# Notes", "schema.json": "{}", ".git/x.yaml": "x",
      "b/expected/one.yaml": "x", "expected/x.yaml": "x",
    ])
    let suite = try CheckSuite([folder.path])
    let own = folder.url.lastPathComponent
    #expect(suite.groups.map(\.name) == [own, "a", "a/c", "b"])
    #expect(
      suite.groups.flatMap(\.cases).map(\.label) == [
        "\(own)/z", "a/y", "a/c/x", "b/one", "b/two",
      ])
  }

  private static let scenario = """
    name: Desk
    duration: 8 h
    contacts: {everyday: {arrivals: {poisson: 90 per hour}}}
    teams: {support: {agents: 2, reply_time: 1 min}}
    """

  @Test func `a scenario among them is one, a misspelt case is neither`() throws {
    let folder = try TestFolder([
      "a.yaml": sample(), "desk.yaml": Self.scenario,
      "b.yaml": sample().replacing("case:", with: "caes:"),
    ])
    let error = #expect(throws: Diagnostics.self) { try CheckSuite([folder.path]) }
    #expect(error?.all.allSatisfy { $0.file.hasSuffix("b.yaml") } == true)
    try FileManager.default.removeItem(at: folder.url.appendingPathComponent("b.yaml"))
    let suite = try CheckSuite([folder.path])
    #expect(suite.caseCount == 1)
    #expect(suite.scenarios.map { $0.path.hasSuffix("desk.yaml") } == [true])
  }

  @Test func `every problem of every file is told at once`() throws {
    let folder = try TestFolder([
      "a.yaml": "case: x", "b.yaml": "[", "c.yaml": sample(), "d.yaml": "",
    ])
    let error = try #require(
      #expect(throws: Diagnostics.self) { try CheckSuite([folder.path, folder.path + "/none"]) })
    let files = Set(error.errors.map { URL(fileURLWithPath: $0.file).lastPathComponent })
    #expect(files == ["a.yaml", "b.yaml", "d.yaml", "none"])
  }

  @Test func `a filter looks at names and sentences`() throws {
    let folder = try TestFolder([
      "q/polling.yaml": sample(), "q/b.yaml": sample("A Polled queue"), "q/c.yaml": sample(),
      "q/broken.yaml": "case: x",
    ])
    let suite = try CheckSuite([folder.path], filter: "poll")
    #expect(suite.groups.flatMap(\.cases).map(\.label) == ["q/b", "q/polling"])
    #expect(throws: Diagnostics.self) { try CheckSuite([folder.path], filter: "brok") }
  }

  @Test func `a file named twice is played once`() throws {
    let folder = try TestFolder(["a.yaml": sample(), "b.yaml": sample()])
    let suite = try CheckSuite([folder.path + "/a.yaml", folder.path, folder.path + "/a.yaml"])
    #expect(suite.caseCount == 2)
  }

  @Test func `a link to a folder above is not followed`() throws {
    let folder = try TestFolder(["a/b.yaml": sample()])
    try FileManager.default.createSymbolicLink(
      at: folder.url.appendingPathComponent("a/up"), withDestinationURL: folder.url)
    #expect(try CheckSuite([folder.path]).caseCount == 1)
  }

  @Test func `an empty folder is an error`() throws {
    let folder = try TestFolder(["a.txt": ""])
    let error = #expect(throws: Diagnostics.self) { try CheckSuite([folder.path]) }
    #expect(error?.description.contains("there are no case files or scenarios here") == true)
  }
}
