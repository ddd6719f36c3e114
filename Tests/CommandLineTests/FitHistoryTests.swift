import Foundation
import Testing

/// The bank's calls beside the project; nil where they are absent.
private let calls: URL? = {
  var folder = URL(fileURLWithPath: #filePath)
  for _ in 0..<3 { folder.deleteLastPathComponent() }
  let file = folder.deletingLastPathComponent()
    .appendingPathComponent("shared/data/anonymous_bank_1999_10.csv")
  return FileManager.default.fileExists(atPath: file.path) ? file : nil
}()

@Suite struct `A scenario fitted to the bank's calls` {
  @Test(.enabled(if: calls != nil, "../shared/data/anonymous_bank_1999_10.csv is not there"))
  func `has the hourly counts of the calls inside its intervals`() throws {
    let place = try Workplace()
    let outcome = try Program.run(
      "fit", try #require(calls).path, "--columns",
      "opened=date+vru_exit,answered=date+ser_start,closed=date+ser_exit,agent=agent,"
        + "gave_up=outcome:HANG,left=date+q_exit,only=outcome:AGENT|HANG", "--folder",
      place.path("fit"), "--quiet", "--replications", "3", "--format", "json")
    try #require(outcome.code == 0, "\(outcome.err)")
    let answer = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.out.utf8)) as? [String: Any])
    let study = try #require(answer["study"] as? [String: Any])
    let checks = try #require(study["checks"] as? [[String: Any]])
    let hours = try #require(
      checks.first { $0["name"] as? String == "hours inside their interval" })
    #expect(hours["outcome"] as? String == "agrees")
    let opened = try #require(checks.first { $0["name"] as? String == "conversations a run" })
    #expect(opened["outcome"] as? String == "agrees")
    // PROVENANCE.md: 32,950 offered calls, some of which began before they were offered.
    let source = try #require(study["source"] as? [String: Any])
    let used = try #require(source["conversations"] as? Int)
    #expect((32_800...32_950).contains(used))
    #expect(source["agents"] as? Int == 33)
    #expect(try place.read("fit/scenario.yaml").contains("# - who was on shift: "))
  }
}
