import Reporting
import Scenarios

/// A scenario's text as the form looks at it: which value stands where, and where it is to be written.
struct FormSource {
  let text: ScenarioText?
  private let savedText: String?
  let scenario: Scenario?

  init(text: String, saved: String?, scenario: Scenario?) {
    self.text = try? ScenarioText(text: text, file: "")
    savedText = saved
    self.scenario = scenario
  }

  /// What the disk has; read only where the form asks for it.
  var saved: ScenarioText? { savedText.flatMap { try? ScenarioText(text: $0, file: "") } }

  /// A value with the place where the form writes it.
  struct Place {
    var path: ScenarioPath
    var found: ScenarioText.Found
    /// Whether ways of assigning set it each in their own way, so that no one value can be shown.
    var isVaried = false
  }

  static func path(_ keys: String...) -> ScenarioPath { ScenarioPath(keys.map { .key($0) }) }

  /// The keys of the map at a place, in the order of the text.
  func keys(_ path: ScenarioPath) -> [String] { text?.keys(at: path) ?? [] }

  /// The value at a place; where a parameter stands there, that of the parameter.
  func place(_ path: ScenarioPath) -> Place? {
    var path = path
    // A parameter may name another; one that names itself is refused elsewhere.
    for _ in 0..<8 {
      guard let found = text?.value(at: path) else { return nil }
      guard let scalar = found.scalar, scalar.hasPrefix("$") else {
        return Place(path: path, found: found)
      }
      let name = String(scalar.dropFirst())
      if ways.contains(where: { keys(Self.path("strategies", $0)).contains(name) }) {
        return Place(path: path, found: found, isVaried: true)
      }
      path = Self.path("parameters", name)
    }
    return nil
  }

  /// The names of the ways that the file names.
  var ways: [String] { keys(Self.path("strategies")) }
}

/// A number with its unit, as it stands in a scenario: `40 min`, `80%`, `12`.
struct Quantity: Equatable {
  var number: Double
  var unit: String

  /// Reads one number and what follows it; nil for anything else, such as `1 h 30 min`.
  init?(_ text: String) {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard !digits.isEmpty, let number = Double(digits), number.isFinite else { return nil }
    let rest = text.dropFirst(digits.count).drop { $0 == " " }
    guard rest.allSatisfy({ $0.isLetter || $0 == "%" || $0 == " " }) else { return nil }
    self.number = number
    unit = String(rest)
  }

  /// How a value of this unit is written: `{} min`, `{}%`.
  var template: String { unit.isEmpty ? "{}" : unit == "%" ? "{}%" : "{} \(unit)" }

  /// The number without needless digits.
  var text: String { Self.text(number) }

  static func text(_ number: Double) -> String {
    if let whole = Int(exactly: number) { return "\(whole)" }
    let rounded = (number * 1_000).rounded() / 1_000
    return Int(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
  }

  /// A step that suits the size: 1 for 12, 5 for 130, 0.5 for 6 minutes.
  var step: Double {
    switch number {
    case ..<2: 0.1
    case ..<10: 0.5
    case ..<100: 1
    default: 5
    }
  }
}
