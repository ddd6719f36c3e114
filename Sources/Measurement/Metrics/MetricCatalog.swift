// The metrics by name. Times are PLATFORM.md 6.2's definitions; the rest is CONTRACTS.md section 4.

import Statistics

extension MetricDefinition {
  /// The metrics of a load test.
  public static let load: [MetricDefinition] = [latency, lateness, achieved]

  /// How long a decision takes, from the moment it was due.
  public static let latency = MetricDefinition(
    "latency", "latency", .time, .lower, .service, unit: "s", shown: "ms", factor: 1_000,
    decimals: 3, "From the moment a request was due to its answer.")

  /// How late requests were sent.
  public static let lateness = MetricDefinition(
    "lateness", "lateness", .time, .lower, .service, unit: "s", shown: "ms", factor: 1_000,
    decimals: 3, "From the moment a request was due to the moment it was sent.")

  /// How much of the offered load was carried.
  public static let achieved = MetricDefinition(
    "achieved", "achieved", .share, .higher, .service, unit: "ratio", shown: "%", factor: 100,
    decimals: 2, "Share of the offered requests that were answered in time to be counted.")

  /// Every metric of a simulation, in the order of tables and files.
  public static let all: [MetricDefinition] = [
    wait, firstResponse, response, resolution, timeToAssignment, abandoned, waiting,
    windowExpired, deliveryFailed, sameAgent,
    assignments, reassigned, reassignments, movesNoSooner, pingPong,
    busy, openContacts, workloadGini, workloadJain, workloadCV, cost,
    opened, closed, openAtEnd, unassignedAtEnd,
  ]

  /// The times, in the order of their histograms.
  public static let times = [wait, firstResponse, response, resolution, timeToAssignment]

  /// Opening to the start of work.
  public static let wait = time(
    "wait", "wait",
    "From opening until an agent starts to work on it. A wait that ended stays one if the customer "
      + "gives up later. A share within a bound is of all conversations opened.")

  /// Opening to the first message of a human.
  public static let firstResponse = time(
    "first_response", "first response", short: "response",
    "From opening to the first message of a human. A share within a bound is of all conversations "
      + "opened: who gave up before, or was closed without an answer (junk, or closed by a workflow), "
      + "is missed, and what is too young at the end to tell is left out.")

  /// A message of the contact to its answer.
  public static let response = time(
    "response", "response",
    "From the contact's first unanswered message to the next answer. A share within a bound is of "
      + "all these messages.")

  /// Opening to closing.
  public static let resolution = time(
    "resolution", "resolution", minutes: true,
    "From opening to closing. A share within a bound is of all conversations opened; one that the "
      + "customer gave up on is not resolved.")

  /// Opening to the first assignment.
  public static let timeToAssignment = time(
    "time_to_assignment", "time to assignment", short: "assignment",
    "From opening to the first assignment; empty if the contact was assigned already. A share "
      + "within a bound is of all conversations opened with nobody assigned.")

  /// Customers who gave up.
  public static let abandoned = share(
    "abandoned", "abandoned", .lower, .answering, decimals: 2,
    "Share of conversations in which the customer gave up.")

  /// Conversations that wait for an agent.
  public static let waiting = MetricDefinition(
    "waiting", "waiting", .level, .lower, .answering, unit: "count", shown: "", decimals: 1,
    "Conversations that need an agent and have nobody working on them, on average over time.")

  /// Reply windows that closed before the answer.
  public static let windowExpired = share(
    "window_expired", "reply window missed", .lower, .answering, decimals: 2,
    "Share of conversations in which a reply came after the channel's window had closed.")

  /// Messages that never arrived.
  public static let deliveryFailed = share(
    "delivery_failed", "messages not delivered", short: "not delivered", .lower, .answering,
    decimals: 2,
    "Share of messages to contacts that were not delivered.")

  /// Returning customers who met the same agent.
  public static let sameAgent = share(
    "same_agent", "same agent again", .higher, .answering,
    "Share of returning contacts first answered by the agent who answered them last time.")

  /// Changes of the assignee.
  public static let assignments = MetricDefinition(
    "assignments", "assignments", .perConversation, .lower, .changingHands, unit: "count",
    shown: "/100", factor: 100, decimals: 1,
    "Changes of the assignee per conversation, unassignments included.")

  /// Conversations that changed hands.
  public static let reassigned = share(
    "reassigned", "reassigned", .lower, .changingHands,
    "Share of conversations with a move: a change of assignee from one person to another, whoever "
      + "makes it, the one who had the contact at opening included.")

  /// Moves.
  public static let reassignments = MetricDefinition(
    "reassignments", "reassignments", .perConversation, .lower, .changingHands, unit: "count",
    shown: "/100", factor: 100, decimals: 1,
    "Moves per conversation: changes of assignee from one person to another, whoever makes them, "
      + "the one who had the contact at opening included.")

  /// Moves in vain.
  public static let movesNoSooner = MetricDefinition(
    "moves_no_sooner", "moves that did not help", short: "unhelpful moves", .perConversation,
    .lower, .changingHands,
    unit: "count", shown: "/100", factor: 100, decimals: 1,
    "Moves per conversation of an unanswered message after which the answer came no sooner than the "
      + "agent that it left would have reached it.")

  /// Moves back and forth.
  public static let pingPong = share(
    "ping_pong", "came back", .lower, .changingHands,
    "Share of conversations that came back to an agent who had them before.")

  /// Working time.
  public static let busy = MetricDefinition(
    "busy", "busy", .level, .neither, .agents, unit: "ratio", shown: "%", factor: 100, decimals: 1,
    "Share of online time spent working, all agents together.")

  /// Open contacts of an agent.
  public static let openContacts = MetricDefinition(
    "open_contacts", "open contacts", .level, .lower, .agents, unit: "count", shown: "",
    decimals: 1, "Open conversations assigned to an agent, on average over time and agents.")

  /// Unevenness of work, after Gini.
  static let workloadGini = MetricDefinition(
    "workload.gini", "workload, Gini x 100", .index, .lower, .agents, unit: "ratio", shown: "",
    factor: 100, decimals: 1,
    "Gini's index of conversations handled per agent: 0 if all handled the same number.")

  /// Evenness of work, after Jain.
  static let workloadJain = MetricDefinition(
    "workload.jain", "workload, Jain x 100", .index, .higher, .agents, unit: "ratio", shown: "",
    factor: 100, decimals: 1,
    "Jain's index of conversations handled per agent: 1 if all handled the same number.")

  /// Spread of work.
  static let workloadCV = MetricDefinition(
    "workload.cv", "workload, variation", .index, .lower, .agents, unit: "ratio", shown: "%",
    factor: 100, decimals: 1,
    "Standard deviation over mean of conversations handled per agent.")

  /// Money.
  public static let cost = MetricDefinition(
    "cost", "cost", .money, .lower, .agents, unit: "", shown: "", decimals: 2,
    "What the agents' hours on shift cost.")

  /// Conversations opened.
  public static let opened = count("opened", "opened", .neither, "Conversations opened.")

  /// Conversations closed.
  public static let closed = count(
    "closed", "closed", .neither, "Conversations opened and closed again.")

  /// Conversations left.
  static let openAtEnd = count(
    "open_at_end", "open at the end", .lower, "Conversations still open at the end.")

  /// Conversations that nobody has.
  static let unassignedAtEnd = count(
    "unassigned_at_end", "unassigned at the end", .lower,
    "Conversations still open at the end that nobody has.")
}
