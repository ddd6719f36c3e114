import FoundationEssentials
import Measurement
import Reporting

/// Whether a result came out again as it was saved; else where it parts first.
struct RerunDifference {
  let isEqual: Bool
  let text: String

  /// Compares the bytes of the saved result, and of the files of its conversations, with those that
  /// would be written now.
  init(
    _ result: SavedResult, _ old: ResultDocument, _ new: ResultDocument, _ exports: [ReportFile]
  ) {
    let saved = result.text
    let again = (try? ResultJSON.text(of: new)) ?? ""
    let line = Self.firstLine(exports, in: result.folder)
    isEqual = again == saved && old.fingerprint == new.fingerprint && line == nil
    let runs = "\(counted(old.runs, "run")), seed \(old.seed)"
    let other = old.version == Program.version ? "" : ", saved by version \(old.version)"
    guard !isEqual else {
      text =
        "THE SAME: \(printable(old.scenario.name)), \(runs)\(other): fingerprint \(printable(old.fingerprint)), "
        + "and \(saved.utf8.count) bytes of result.json"
        + (exports.isEmpty
          ? "" : ", and \(counted(exports.count, "file")) of conversations and assignments")
      return
    }
    var lines = ["NOT THE SAME: \(printable(old.scenario.name)), \(runs)\(other)"]
    if old.fingerprint != new.fingerprint {
      lines.append("  fingerprint: saved \(printable(old.fingerprint)), now \(new.fingerprint)")
    }
    // An assignment has its instant; a metric of a run only says where to look.
    lines += line ?? Self.firstRun(old, new)
    if lines.count == 1 { lines.append("  " + Self.firstByte(saved, again)) }
    text = lines.joined(separator: "\n")
  }

  /// The first line of the first file that is another, the assignments before the conversations.
  private static func firstLine(_ exports: [ReportFile], in folder: String) -> [String]? {
    for file in exports.reversed() {
      let path = folder + "/" + file.name
      let saved = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
      guard saved != file.contents else { continue }
      let old = saved.split(separator: "\n", omittingEmptySubsequences: false)
      let new = file.contents.split(separator: "\n", omittingEmptySubsequences: false)
      let index = zip(old, new).prefix { $0 == $1 }.count
      func line(_ lines: [Substring]) -> String {
        index < lines.count ? printable(String(lines[index])) : "no such line"
      }
      return [
        "  first in line \(index + 1) of \(printable(file.name))",
        "           " + printable(String(new.first ?? "")), "    saved  " + line(old),
        "    now    " + line(new),
      ]
    }
    return nil
  }

  /// The first run of the first strategy in which a metric is another.
  private static func firstRun(_ old: ResultDocument, _ new: ResultDocument) -> [String] {
    for run in 0..<max(old.replications, new.replications) {
      for (before, now) in zip(old.strategies, new.strategies) {
        for (value, other) in zip(before.values, now.values) where value.metric == other.metric {
          let samples = [value, other].map {
            $0.samples.indices.contains(run) ? $0.samples[run] : nil
          }
          guard samples[0] != samples[1] else { continue }
          let words = samples.map { $0.map { "\($0)" } ?? "none" }
          return [
            "  first in run \(run + 1) of '\(printable(before.name))': \(printable(value.metric)): "
              + "saved \(words[0]), now \(words[1])",
            "  its story: switchboard replay RESULT --strategy "
              + "'\(printable(before.name))' --replication \(run + 1) --at T, with either program",
          ]
        }
      }
    }
    return []
  }

  private static func firstByte(_ old: String, _ new: String) -> String {
    let (a, b) = (Array(old.utf8), Array(new.utf8))
    let place = zip(a, b).prefix { $0 == $1 }.count
    func around(_ bytes: [UInt8]) -> String {
      printable(
        String(decoding: bytes[max(0, place - 60)..<min(bytes.count, place + 40)], as: UTF8.self))
    }
    return
      "first at byte \(place + 1) of result.json:\n    saved  \(around(a))\n    now    \(around(b))"
  }
}
