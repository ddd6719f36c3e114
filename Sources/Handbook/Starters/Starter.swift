/// A scenario to begin with: one of the platform's own workflow templates, on a small desk.
public struct Starter: Sendable {
  /// How it is asked for: `--template least-open`.
  public let name: String
  /// One line for the list of templates.
  public let summary: String
  /// What the first lines of the file say, without their marks.
  let lines: [String]
  /// What it asks, for the page.
  let question: String
  /// How long a run lasts.
  var duration = "8 h"
  /// The parts that differ from the desk that all starters share.
  var parameters = ""
  var services = ""
  var contacts = Self.customers
  var teams = Self.team()
  var workspace = ""
  var workflows: String
  var goals = "  - first_response.within(10 min) >= 85%\n"

  /// The file, for whoever wants it to be called so.
  public func file(title: String) -> String {
    let comment = lines.map { "# \($0)\n" }.joined()
    return """
      \(comment)#   switchboard compare FILE         every strategy on the same customers
      #   switchboard help scenario        what else can be said here
      name: \(Self.quoted(title))
      description: \(Self.quoted(question))
      start: 2026-11-23 09:00
      duration: \(duration)
      replications: 20                  # independent runs: the intervals come from them

      """ + parameters + """
        channels:
          whatsapp: {kind: whatsapp}      # its delays, failures and 24 hours for replies
        \(services)contacts:
        \(contacts)teams:
        \(teams)\(workspace)workflows:
        \(workflows)goals:                              # judged on the interval: met, missed or inconclusive
        \(goals)
        """
  }

  /// A name that YAML reads as a text, whatever is in it.
  static func quoted(_ title: String) -> String {
    let plain = title.unicodeScalars.allSatisfy {
      $0.properties.isAlphabetic || ("0"..."9").contains($0) || " -,.?!".unicodeScalars.contains($0)
    }
    let isWord = title.unicodeScalars.first?.properties.isAlphabetic == true
    if plain, isWord,
      !["true", "false", "yes", "no", "on", "off", "null"].contains(title.lowercased())
    {
      return title
    }
    let escaped = title.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + escaped.joined(separator: "''") + "'"
  }

  static let customers = """
      customers:
        arrivals: {poisson: 48 per hour}
        questions: {geometric: 1.6}     # in one conversation, on average
        think_time: {lognormal: {median: 40 s, p90: 4 min}}
        patience: {exponential: 45 min} # who waits longer for an answer gives up

    """

  /// A team of the desk.
  static func team(_ name: String = "support", agents: Int = 4) -> String {
    """
      \(name):
        agents: \(agents)
        attention: {parallel: 2}        # conversations at a time
        reply_time: {lognormal: {median: 3 min, p90: 8 min}}
        away: {after: {exponential: 90 min}, for: {exponential: 15 min}}

    """
  }

  /// The workflow of the strategy that does without what the starter is about: everybody to whoever has least.
  static func plain(_ pool: String = "team: support") -> String {
    """
      plain:
        status: $plain
        trigger: {conversation_opened: {source: contact}}
        steps:
          - assign_to: {\(pool), logic: least_open, only_online: true}

    """
  }
}
