/// What happened to one conversation, a sentence for each time.
public struct TaleWords: Sendable {
  private var items: [String] = []

  /// Nothing yet.
  public init() {}

  /// Adds what happened at a time of day.
  ///
  /// - Parameters:
  ///   - time: The time as it is shown.
  ///   - strong: What stands out, as plain text.
  ///   - text: What goes with it, as plain text.
  ///   - account: Why it happened, if somebody decided.
  public mutating func add(
    _ time: String, strong: String = "", _ text: String = "", account: AccountWords? = nil
  ) {
    var parts: [String] = []
    if !strong.isEmpty { parts.append("<span class=\"big\">" + escaped(strong) + "</span>") }
    if !text.isEmpty { parts.append(escaped(text)) }
    if let account { parts += [account.sentence, account.table] }
    items.append(
      "<li><span class=\"at\">" + escaped(time) + "</span><span>" + parts.joined(separator: " ")
        + "</span></li>")
  }

  /// The list.
  public var html: String { "<ol class=\"tale\">" + items.joined() + "</ol>" }

  /// A stretch of time in seconds as a clock shows it: `28:14`.
  public static func length(_ seconds: Double) -> String { clockDuration(seconds) }

  /// A length of time in seconds as people say it at the beginning of a sentence: `Six minutes`, `90 s`.
  public static func waited(_ seconds: Double) -> String {
    let minutes = Int(seconds / 60)
    guard seconds == Double(minutes) * 60, (1..<60).contains(minutes) else {
      return spokenDuration(seconds)
    }
    return spokenCount(minutes).capitalizedFirst + (minutes == 1 ? " minute" : " minutes")
  }
}
