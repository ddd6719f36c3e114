import Foundation
import Glibc
import Testing

@testable import Service

@Suite(.serialized) struct `A load test of a service` {
  private static let scenarios = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Scenarios")

  private var scenario: String {
    Self.scenarios.appendingPathComponent("support-desk.yaml").path
  }

  private func load(
    _ url: String, into folder: String, for length: String = "2 s"
  ) throws -> BuiltProgram {
    try BuiltProgram([
      "load", scenario, "--target", url, "--rate", "500/s", "--for", length, "--warmup", "0.5 s",
      "--output", folder, "--quiet",
    ])
  }

  /// The target and the only measurement of a result.
  private func result(_ folder: String) throws -> (target: [String: Any], step: [String: Any]) {
    let all = try foundationJSON(
      try String(contentsOfFile: folder + "/result.json", encoding: .utf8))
    let steps = try #require(all["steps"] as? [[String: Any]])
    #expect(steps.count == 1)
    return (try #require(all["target"] as? [String: Any]), steps[0])
  }

  @Test func `tells how it went and whom it drove`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk([scenario, "--journal", desk.journal, "--sync", "off"])
    let folder = desk.path("report")
    let ended = try load(served.url, into: folder).outcome(within: 60)
    #expect(ended.code == 0, "\(ended)")
    let (target, step) = try result(folder)
    #expect(target["address"] as? String == served.url)
    #expect(target["connections"] as? Int == 8)
    #expect(step["violations"] as? [String] == [])
    // On a busy machine the generator may be late, which is no fault of the service.
    let invalid = step["invalid"] as? String
    #expect(invalid?.hasPrefix("the generator itself was late") ?? true, "\(invalid ?? "")")
    #expect(step["refused_count"] as? Int == 0)
    #expect((step["done_count"] as? Int ?? 0) > 200, "\(step)")
    try served.expectSound()
    #expect(served.end().code == 0)
    #expect(try BuiltProgram.run("replay", desk.journal, within: 60).code == 0)
  }

  @Test func `says when nobody is there, or somebody else`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk(desk)
    let other = try load(served.url, into: desk.path("other")).outcome()
    #expect(other.code == 2, "\(other)")
    #expect(other.err.contains("serves 'Small desk', not 'Support desk, Monday'"))
    served.program.kill()
    let dead = try load(served.url, into: desk.path("dead")).outcome()
    #expect(dead.code == 6, "\(dead)")
    #expect(dead.err.contains("nobody answers at 127.0.0.1:\(served.port)"))
    for folder in ["other", "dead"] {
      #expect(!FileManager.default.fileExists(atPath: desk.path(folder)))
    }
    for address in ["127.0.0.1:80", "https://127.0.0.1", "http://", "http://h:99999"] {
      let wrong = try load(address, into: desk.path("wrong")).outcome()
      #expect(wrong.code == 2 && wrong.err.contains("--target takes an address"), "\(wrong)")
    }
  }

  @Test func `does not count when the service is gone in the middle`() throws {
    let desk = try TestDesk()
    let served = try ServedDesk([scenario, "--journal", desk.journal, "--sync", "off"])
    let folder = desk.path("report")
    let loading = try load(served.url, into: folder, for: "3 s")
    let state = try served.connection()
    // In the middle of the load, and not while it begins.
    #expect(
      waits(20) {
        let body = state.ask("GET", "/v1/state")?.body ?? []
        return !String(decoding: body, as: UTF8.self).contains(#""contacts":0,"#)
      })
    usleep(800_000)
    served.program.kill()
    let ended = loading.outcome(within: 60)
    #expect(ended.code == 0, "\(ended)")
    let (_, step) = try result(folder)
    let why = try #require(step["invalid"] as? String, "\(step)")
    #expect(why.contains("does not answer any more"), "\(why)")
    let said = (ended.out + ended.err).replacing("\n", with: " ")
    #expect(said.contains("does not answer any more"), "\(ended)")
  }
}
