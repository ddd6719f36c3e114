import Foundation
import Testing

/// A small scenario in a folder of its own, and the results beside it.
struct SmallDesk {
  let folder: URL
  let scenario: String

  static let text = """
    name: A desk
    duration: 1 h
    replications: 3
    parameters: {agents: 3, logic: round_robin}
    strategies:
      in turn: {logic: round_robin}
      fewest: {logic: least_open}
    contacts: {people: {arrivals: {poisson: 60 per hour}, patience: {exponential: 20 min}}}
    teams: {desk: {agents: $agents, reply_time: {exponential: 2 min}}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps: [{assign_to: {team: desk, logic: $logic}}]
    goals: [first_response.within(5 min) >= 80%]
    """

  init(_ text: String = SmallDesk.text) throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("desk-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appendingPathComponent("desk.yaml")
    try text.write(to: file, atomically: true, encoding: .utf8)
    scenario = file.path
  }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  func clean() { try? FileManager.default.removeItem(at: folder) }

  /// Every file of a result by its path, the manifest without the machine and the time.
  func files(_ name: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for place in try FileManager.default.subpathsOfDirectory(atPath: path(name)) {
      let url = URL(fileURLWithPath: path(name)).appendingPathComponent(place)
      guard (try url.resourceValues(forKeys: [.isRegularFileKey])).isRegularFile == true else {
        continue
      }
      var data = try Data(contentsOf: url)
      if place == "manifest.json" {
        var members = try #require(
          JSONSerialization.jsonObject(with: data) as? [String: Any])
        members["environment"] = nil
        data = try JSONSerialization.data(withJSONObject: members, options: .sortedKeys)
      }
      files[place] = data
    }
    return files
  }
}
