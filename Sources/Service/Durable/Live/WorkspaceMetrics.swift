/// What a workspace has done since it was opened, in numbers.
public struct WorkspaceMetrics: Sendable, Equatable {
  /// Events that came from outside and are in the journal.
  public var events: UInt64 = 0
  /// Timers that went off.
  public var timers: UInt64 = 0
  /// Events that the engine refused.
  public var refused: UInt64 = 0
  /// Events that were known by their key and not carried out again.
  public var repeated: UInt64 = 0
  /// Requests that made no sense.
  var badRequests: UInt64 = 0
  /// Requests that could not be written, or came too fast.
  var failedRequests: UInt64 = 0
  /// Commits that did not work.
  var failedCommits: UInt64 = 0
  /// Snapshots that were written.
  var snapshots: UInt64 = 0
  /// How long commits took.
  var commits = LatencyCounts()
  /// The number of the last committed event.
  public var sequence: UInt64 = 0
  /// Who follows.
  var followers = 0
  /// Timers that are armed.
  var armedTimers = 0
  /// Contacts there are.
  public var contacts = 0
  /// Conversations that are open.
  public var openConversations = 0
  /// Contacts that wait in a queue.
  public var waiting = 0
  /// Whether the last commit worked.
  var isWritable = true

  /// The figures as Prometheus reads them, with the workspace's name on each.
  func prometheus(workspace: String) -> String {
    let name = workspace.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\n")
    let label = "workspace=\"\(name)\""
    var text = ""
    func put(_ metric: String, _ kind: String, _ help: String, _ value: String) {
      let full = "switchboard_" + metric
      text += "# HELP \(full) \(help)\n# TYPE \(full) \(kind)\n\(full){\(label)} \(value)\n"
    }
    put("events_total", "counter", "Events from outside in the journal.", "\(events)")
    put("timers_total", "counter", "Timers that went off.", "\(timers)")
    put("refused_total", "counter", "Events that the engine refused.", "\(refused)")
    put("repeated_total", "counter", "Events known by their key.", "\(repeated)")
    put("bad_requests_total", "counter", "Requests that made no sense.", "\(badRequests)")
    put("failed_requests_total", "counter", "Requests not written.", "\(failedRequests)")
    put("failed_commits_total", "counter", "Commits that did not work.", "\(failedCommits)")
    put("snapshots_total", "counter", "Snapshots written.", "\(snapshots)")
    put("sequence", "gauge", "The number of the last event.", "\(sequence)")
    put("followers", "gauge", "Who follows the events.", "\(followers)")
    put("armed_timers", "gauge", "Timers that are armed.", "\(armedTimers)")
    put("contacts", "gauge", "Contacts.", "\(contacts)")
    put("open_conversations", "gauge", "Open conversations.", "\(openConversations)")
    put("waiting", "gauge", "Contacts in queues.", "\(waiting)")
    put("writable", "gauge", "Whether the last commit worked.", isWritable ? "1" : "0")
    return text + commits.prometheus("switchboard_commit_seconds", label)
  }
}

/// How often something took how long.
struct LatencyCounts: Sendable, Equatable {
  /// The upper ends of the ranges, in seconds.
  static let bounds = [
    0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1,
    0.25, 0.5, 1, 2.5,
  ]
  /// How often within each range; the last one is beyond all ends.
  private(set) var counts = [UInt64](repeating: 0, count: bounds.count + 1)
  /// All of it together, in nanoseconds.
  private(set) var total: Int64 = 0

  /// How often in all.
  var count: UInt64 { counts.reduce(0, +) }

  mutating func add(nanoseconds: Int64) {
    let seconds = Double(nanoseconds) / 1e9
    counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
    total += nanoseconds
  }

  func prometheus(_ name: String, _ label: String) -> String {
    var text = "# HELP \(name) How long commits take.\n# TYPE \(name) histogram\n"
    var sum: UInt64 = 0
    for (bound, count) in zip(Self.bounds, counts) {
      sum += count
      text += "\(name)_bucket{\(label),le=\"\(bound)\"} \(sum)\n"
    }
    text += "\(name)_bucket{\(label),le=\"+Inf\"} \(count)\n"
    text += "\(name)_sum{\(label)} \(Double(total) / 1e9)\n"
    return text + "\(name)_count{\(label)} \(count)\n"
  }
}
