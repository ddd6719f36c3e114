import Handbook
import Scenarios

/// The desk that three answers describe: a template of the platform, so many agents, so many customers.
struct StartDesk {
  /// The ways that Start offers, by the names of their templates.
  ///
  /// Each stands beside another one, which is said before it is chosen: who wants to know which of two
  /// is better finds both in one.
  static let ways: [(template: String, name: String, words: String, beside: String)] = [
    (
      "round-robin-online", "Round Robin + Online Only", "In turn, to whoever is online.",
      "taking turns, online or not"
    ),
    ("least-open", "Least Open Contacts", "To whoever has the fewest open.", "round robin"),
    ("dedicated", "Dedicated agent", "The same agent again.", "no wait for that agent"),
    ("vip", "VIP customers", "Found by the CRM, agents of their own.", "everybody alike"),
    ("new-returning", "New and returning", "Newcomers are asked first.", "everybody alike"),
    (
      "prompt-transfer", "Prompt transfer", "No answer after 15 minutes: to somebody else.",
      "no transfer"
    ),
  ]
  static let usualWay = "least-open"
  static let usualAgents = 12
  static let usualVolume = 130
  static let agents = 1...200
  static let volume = 1...2_000

  var way = Self.usualWay
  var agents = Self.usualAgents
  var volume = Self.usualVolume

  /// The scenario; nil for a way that is not offered.
  var text: String? {
    guard let way = Self.ways.first(where: { $0.template == way }),
      let starter = Starter.all.first(where: { $0.name == way.template }),
      let text = try? ScenarioText(
        text: starter.file(title: "My desk: \(way.words.dropLast().lowercased())"), file: "")
    else { return nil }
    return (try? adjusted(text))?.text
  }

  private func adjusted(_ text: ScenarioText) throws(Diagnostics) -> ScenarioText {
    var text = text
    let teams = text.keys(at: path("teams")).compactMap { team in
      number(text, path("teams", team, "agents")).map { (path("teams", team, "agents"), $0) }
    }
    for (place, share) in zip(teams.map(\.0), Self.shared(agents, as: teams.map(\.1))) {
      text = try text.setting(place, toScalar: "\(share)")
    }
    let customers = text.keys(at: path("contacts")).compactMap { name in
      number(text, path("contacts", name, "arrivals", "poisson")).map {
        (path("contacts", name, "arrivals", "poisson"), $0)
      }
    }
    for (place, share) in zip(customers.map(\.0), Self.shared(volume, as: customers.map(\.1))) {
      text = try text.setting(place, toScalar: "\(share) per hour")
    }
    return text
  }

  private func path(_ keys: String...) -> ScenarioPath { ScenarioPath(keys.map { .key($0) }) }

  private func number(_ text: ScenarioText, _ path: ScenarioPath) -> Double? {
    text.value(at: path)?.scalar.flatMap(Quantity.init)?.number
  }

  /// A whole shared in proportion, nobody left with nothing.
  private static func shared(_ whole: Int, as parts: [Double]) -> [Int] {
    let sum = parts.reduce(0, +)
    guard sum > 0 else { return parts.map { _ in whole } }
    var shares = parts.map { max(1, Int((Double(whole) * $0 / sum).rounded(.down))) }
    let rest = whole - shares.reduce(0, +)
    // What rounding left goes to the largest part.
    if let largest = parts.indices.max(by: { parts[$0] < parts[$1] }) {
      shares[largest] = max(1, shares[largest] + rest)
    }
    return shares
  }
}
