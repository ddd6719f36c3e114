import FoundationEssentials
import Measurement

/// A record as a file: JSON, laid out so that a difference of two versions can be read line by line.
extension ScenarioRecord {
  /// The file's text; equal records give equal bytes.
  var text: String {
    let head = [
      "\"format\": \(Self.format)", "\"scenario\": \(jsonText(scenario))",
      "\"digest\": \(jsonText(digest))", "\"seed\": \(seed)",
      "\"replications\": \(replications)", "\"fingerprint\": \(jsonText(fingerprint))",
    ]
    let body = strategies.map { Self.text(of: $0) }.joined(separator: ",\n")
    return "{\n" + head.map { "  \($0),\n" }.joined() + "  \"strategies\": [\n\(body)\n  ]\n}\n"
  }

  private static func text(of strategy: Strategy) -> String {
    let goals = strategy.goals.map { "\(jsonText($0.goal)): \"\($0.result.rawValue)\"" }
    let metrics = strategy.metrics.map { name, estimate in
      let interval = [estimate.mean, estimate.low, estimate.high].map { $0.map(shortest) ?? "null" }
      return "\(jsonText(name)): [\(interval.joined(separator: ", "))]"
    }
    let trail = strategy.trail
    return "    {\n      \"name\": \(jsonText(strategy.name)),\n"
      + block("goals", "{", goals, "}") + ",\n" + block("metrics", "{", metrics, "}") + ",\n"
      + block("events", "{", counts(trail.events), "}") + ",\n"
      + block("effects", "{", counts(trail.effects), "}") + ",\n"
      + "      \"trail\": \(jsonText(trail.hash)),\n"
      + block("choices", "[", trail.lines.map(jsonText), "]") + ",\n"
      + block("checkpoints", "[", trail.checkpointLines.map(jsonText), "]") + "\n    }"
  }

  private static func block(
    _ name: String, _ opening: String, _ lines: [String], _ closing: String
  ) -> String {
    guard !lines.isEmpty else { return "      \"\(name)\": \(opening)\(closing)" }
    return "      \"\(name)\": \(opening)\n"
      + lines.map { "        " + $0 }.joined(separator: ",\n") + "\n      \(closing)"
  }

  private static func counts(_ counts: [String: Int]) -> [String] {
    counts.keys.sorted().map { "\(jsonText($0)): \(counts[$0] ?? 0)" }
  }

  // MARK: Reading

  /// Why a text is no record.
  struct Unreadable: Error {
    var why: String
  }

  /// Reads a record.
  init(text: String) throws(Unreadable) {
    let file: File
    do {
      file = try JSONDecoder().decode(File.self, from: Data(text.utf8))
    } catch {
      guard let found = try? JSONDecoder().decode(Head.self, from: Data(text.utf8)) else {
        throw Unreadable(why: "this is no record of 'switchboard check'")
      }
      throw Unreadable(
        why: found.format == Self.format
          ? "the record is damaged" : "the record has format \(found.format), not \(Self.format)")
    }
    var strategies: [Strategy] = []
    for found in file.strategies {
      guard let choices = ChoiceTrail.choices(in: found.choices),
        let checkpoints = ChoiceTrail.checkpoints(in: found.checkpoints)
      else {
        throw Unreadable(why: "the choices of '\(found.name)' are damaged")
      }
      let metrics = found.metrics.sorted { $0.key < $1.key }.compactMap { name, values in
        values.first.flatMap { $0 }.map { mean in
          (
            name: name,
            estimate: Estimate(
              mean: mean, low: values.count > 1 ? values[1] : nil,
              high: values.count > 2 ? values[2] : nil)
          )
        }
      }
      strategies.append(
        Strategy(
          name: found.name,
          goals: found.goals.sorted { $0.key < $1.key }.map { (goal: $0.key, result: $0.value) },
          metrics: metrics,
          trail: ChoiceTrail(
            choices: choices, checkpoints: checkpoints, events: found.events,
            effects: found.effects, hash: found.trail)))
    }
    self.init(
      scenario: file.scenario, digest: file.digest, seed: file.seed,
      replications: file.replications, fingerprint: file.fingerprint, strategies: strategies)
  }

  private struct Head: Decodable {
    var format: Int
  }

  private struct File: Decodable {
    var format: Int
    var scenario: String
    var digest: String
    var seed: UInt64
    var replications: Int
    var fingerprint: String
    var strategies: [Inner]

    struct Inner: Decodable {
      var name: String
      var goals: [String: Goal.Outcome]
      var metrics: [String: [Double?]]
      var events: [String: Int]
      var effects: [String: Int]
      var trail: String
      var choices: [String]
      var checkpoints: [String]
    }
  }
}

/// A text as JSON has it.
func jsonText(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"", "\\": result += "\\" + String(scalar)
    case _ where scalar.value < 0x20 || scalar.value == 0x7F:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

/// A number with no more digits than it needs.
func shortest(_ value: Double) -> String {
  value == value.rounded() && value.magnitude < 1e15 ? "\(Int64(value))" : "\(value)"
}
