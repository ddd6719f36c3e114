/// A desk as six questions describe it, and the scenario that follows from the answers.
public struct DeskAnswers: Sendable {
  /// How many agents answer.
  public var agents = 8
  /// When they work, as the platform writes hours.
  public var hours = "09:00-18:00"
  /// Conversations a day.
  public var conversations = 400
  /// The channels that customers write on.
  public var channels = ["whatsapp"]
  /// The work on one answer, in minutes.
  public var minutes = 3.0
  /// Within how many minutes four of five customers are to have an answer.
  public var promise = 10.0

  /// The answers of somebody who only presses return.
  public init() {}

  /// The scenario, for whoever wants it to be called so.
  public func file(title: String) -> String {
    let share = 100 / channels.count
    let shares = channels.enumerated().map { index, name in
      "\(name): \(index == 0 ? 100 - share * (channels.count - 1) : share)%"
    }
    return """
      # \(agents) agents, \(hours), \(conversations) conversations a day: which way of assigning keeps the promise?
      #   switchboard compare FILE                               which strategy is better, and by how much
      #   switchboard plan FILE --vary agents=\(max(1, agents / 2))..\(agents * 2)    how few agents keep the promise
      #   switchboard help scenario                              what else can be said here
      name: \(Starter.quoted(title))
      description: Which way of assigning answers customers sooner?
      start: 2026-11-23 00:00
      duration: \(length)
      replications: 20                  # independent days: the intervals come from them
      office_hours: {hours: \(hours)}
      parameters: {agents: \(agents), logic: round_robin}
      strategies:
        round robin: {logic: round_robin}
        least open: {logic: least_open}
      channels:
      \(channels.map { "  \($0): {kind: \($0)}\n" }.joined())contacts:
        customers:
          arrivals:
            profile: \(profile)
          channels: {\(shares.joined(separator: ", "))}
          questions: {geometric: 1.5}     # in one conversation, on average: tell what you know
          think_time: {lognormal: {median: 40 s, p90: 4 min}}
          patience: {exponential: 4 h}    # who waits longer gives up
      teams:
        support:
          agents: $agents
          attention: {parallel: 2}        # conversations at a time
          reply_time: {lognormal: {median: \(Self.text(minutes)) min, p90: \(Self.text(minutes * 2.5)) min}}
          shift: {hours: \(hours)}
      workflows:
        assignment:
          trigger: {conversation_opened: {source: contact}}
          steps:
            - assign_to: {team: support, logic: $logic, only_online: true, fewer_than: 6} # nobody gets the whole night
      goals:
        - between \(hours.split(separator: "-").joined(separator: " and ")): first_response.within(\(Self.text(promise)) min) >= 80%

      """
  }

  /// When work begins and ends, in hours after midnight.
  private var ends: [Double] {
    hours.split(separator: "-").map { text in
      let parts = text.split(separator: ":").map { Double($0) ?? 0 }
      return parts[0] + (parts.count > 1 ? parts[1] / 60 : 0)
    }
  }

  /// From midnight to the end of work: what comes after it is the next morning's.
  private var length: String {
    let ends = ends
    return ends[1] > ends[0] ? "\(Self.text(ends[1])) h" : "1 d"
  }

  /// Most of the day's conversations come while agents work, the rest evenly around that.
  private var profile: String {
    let ends = ends
    let open = ends[1] > ends[0] ? ends[1] - ends[0] : 24 - ends[0] + ends[1]
    guard open < 24 else { return "{\"00:00\": \(Self.text(Double(conversations) / 24)) per hour}" }
    let busy = Self.text(Double(conversations) * 0.9 / open)
    let quiet = Self.text(Double(conversations) * 0.1 / (24 - open))
    let clock = hours.split(separator: "-").map(String.init)
    var rates = [
      (ends[0], clock[0], "\(busy) per hour"),
      (ends[1] == 24 ? 0 : ends[1], ends[1] == 24 ? "00:00" : clock[1], "\(quiet) per hour"),
    ]
    if !rates.contains(where: { $0.0 == 0 }) {
      rates.append((0, "00:00", ends[1] > ends[0] ? "\(quiet) per hour" : "\(busy) per hour"))
    }
    let points = rates.sorted { $0.0 < $1.0 }.map { "\"\($0.1)\": \($0.2)" }
    return "{" + points.joined(separator: ", ") + "}"
  }

  /// A number as a person writes it, with two decimals at most.
  static func text(_ number: Double) -> String {
    let hundredths = (number * 100).rounded()
    guard !hundredths.truncatingRemainder(dividingBy: 100).isZero else {
      return "\(Int(hundredths / 100))"
    }
    return "\(hundredths / 100)"
  }
}

extension Starter {
  /// The shortest scenario that is of use: what `new` writes where nobody can be asked.
  public static func shortest(title: String) -> String {
    """
    # A desk with two agents: which way of assigning answers sooner?
    #   switchboard compare FILE
    name: \(quoted(title))
    duration: 8 h
    parameters: {logic: round_robin}
    strategies:
      round robin: {logic: round_robin}
      least open: {logic: least_open}
    contacts:
      customers:
        arrivals: {poisson: 20 per hour}
        patience: {exponential: 40 min}
    teams:
      support: {agents: 2, reply_time: {lognormal: {median: 3 min, p90: 8 min}}}
    workflows:
      assignment:
        trigger: {conversation_opened: {source: contact}}
        steps:
          - assign_to: {team: support, logic: $logic, only_online: true}
    goals:
      - first_response.within(10 min) >= 80%

    """
  }
}
