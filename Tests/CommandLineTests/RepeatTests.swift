import Foundation
import Testing

/// Another process, another number of threads: the same files, byte for byte.
@Suite struct RepeatTests {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("repeat-\(UUID().uuidString)")

  /// The scenario that the README shows.
  private let scenario = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Scenarios/support-desk.yaml").path

  /// Runs a scenario into a folder of its own and gives the files that it wrote.
  private func files(_ name: String, of scenario: String, threads: Int) throws -> [String: Data] {
    let output = folder.appendingPathComponent(name)
    let outcome = try Program.run(
      "run", scenario, "--seed", "5", "--replications", "3", "--duration", "40 min", "--threads",
      "\(threads)", "--output", output.path, "--quiet")
    try #require(outcome.code == 0, "\(outcome.err)")
    var files: [String: Data] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: output.path) {
      let place = output.appendingPathComponent(file)
      if (try place.resourceValues(forKeys: [.isRegularFileKey])).isRegularFile == true {
        files[file] = try Data(contentsOf: place)
      }
    }
    return files
  }

  /// What a manifest says about the run itself, without the machine and the time.
  private func manifest(_ files: [String: Data]) throws -> NSDictionary {
    let json = try JSONSerialization.jsonObject(with: #require(files["manifest.json"]))
    var members = try #require(json as? [String: Any])
    members["environment"] = nil
    return members as NSDictionary
  }

  @Test func `one, two and eight threads of other processes write the same bytes`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let first = try files("1", of: scenario, threads: 1)
    #expect(first.keys.contains("summary.csv") && first.keys.contains("replications.csv"))
    for threads in [2, 8] {
      let other = try files("\(threads)", of: scenario, threads: threads)
      #expect(other.keys.sorted() == first.keys.sorted())
      for (name, data) in first where name != "manifest.json" {
        #expect(other[name] == data, "\(name) with \(threads) threads")
      }
      #expect(try manifest(other) == manifest(first))
    }
    #expect(try manifest(first)["fingerprint"] != nil)
  }

  @Test func `the resolved scenario repeats the fingerprint`() throws {
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let first = try files("first", of: scenario, threads: 2)
    let resolved = folder.appendingPathComponent("first/scenario.resolved.yaml").path
    let second = try files("second", of: resolved, threads: 2)
    #expect(first["summary.csv"] == second["summary.csv"])
    let left = try manifest(first)["fingerprint"] as? String
    let right = try manifest(second)["fingerprint"] as? String
    #expect(left != nil && left == right)
  }
}
