import Engine
import Measurement

/// Remarks on a scenario that can be read and yet cannot be meant: nobody is ever at work, nothing gives
/// conversations to anybody, two strategies are one, a goal speaks of what cannot happen.
struct MeaningCheck {
  /// The tree with overrides put in, for places.
  let root: Node
  let run: RunSettings
  /// The parameters by name, for places that are given as `$name`.
  let parameters: [String: Node]
  /// The parameters that something uses.
  let used: Set<String>
  /// The worlds that are run: the strategies, or the parameters alone where there are none.
  let worlds: [Scenario.Strategy]

  /// A remark with its place.
  struct Remark {
    let span: SourceSpan
    let message: String
    var hint: String?

    /// The message as a sentence of its own.
    var sentence: String { message.prefix(1).uppercased() + message.dropFirst() + "." }
  }

  /// Everything that is remarkable.
  func remarks() -> [Remark] {
    let presence = Presence(run)
    let absent = worlds.map { world in world.model.teams.map { presence.isAbsent($0, world.model) }
    }
    return remarksOnShifts(absent) + remarksOnSteps(absent, presence) + remarksOnTriggers()
      + remarksOnInactivity() + remarksOnFaults() + remarksOnIdleness() + remarksOnTwins()
      + remarksOnGoals()
  }

  // MARK: - Nobody at work

  private func remarksOnShifts(_ absent: [[Bool]]) -> [Remark] {
    // Every strategy has the same teams: their names are no parameters.
    (worlds.first?.model.teams ?? []).enumerated().compactMap { index, team in
      guard let where_ = under({ absent[$0][index] }) else { return nil }
      let place = root.value(of: "teams")?.entry(team.name)
      return Remark(
        span: place?.value.entry("shift")?.keySpan ?? place?.keySpan ?? root.span,
        message:
          "nobody of the team '\(team.name)' is ever on shift in this run of \(run.duration) "
          + "from \(Self.moment(run.start))\(where_)",
        hint: "change the shift, or start and duration")
    }
  }

  private func remarksOnSteps(_ absent: [[Bool]], _ presence: Presence) -> [Remark] {
    let everybody = worlds.map { presence.isNobodyThere($0.model) }
    return steps("assign_to", in: root.value(of: "workflows")).compactMap { step in
      guard let online = step.value(of: "only_online").flatMap(text), isTrue(online) else {
        return nil
      }
      if let place = step.value(of: "team"), let name = text(place) {
        let where_ = under { world in
          worlds[world].model.teams.firstIndex { $0.name == name }.map { absent[world][$0] } == true
        }
        return where_.map { Remark(span: place.span, message: Self.inVain("'\(name)'", $0)) }
      }
      guard let place = step.value(of: "workspace"), let where_ = under({ everybody[$0] }) else {
        return nil
      }
      return Remark(span: place.span, message: Self.inVain("the workspace", where_))
    }
  }

  private static func inVain(_ pool: String, _ where_: String) -> String {
    "an assign_to step with only_online finds nobody: nobody of \(pool) is ever online in this run\(where_)"
  }

  // MARK: - Nothing to do

  private func remarksOnIdleness() -> [Remark] {
    guard let where_ = under({ !worlds[$0].model.givesWork }) else { return [] }
    let place = root.entry("workflows")?.keySpan ?? root.entry("teams")?.keySpan ?? root.span
    return [
      Remark(
        span: place,
        message: "nothing gives conversations to anybody\(where_): no published workflow has "
          + "assign_to, and no agent picks",
        hint: "write an assign_to step, or 'picks: oldest' for the team")
    ]
  }

  // MARK: - Strategies that are one

  private func remarksOnTwins() -> [Remark] {
    guard worlds.count > 1, let places = root.value(of: "strategies") else { return [] }
    let values = worlds.map { world in
      world.parameters.filter { used.contains($0.name) }.map(\.value)
        + (world.model.engine?.command ?? [])
    }
    return worlds.indices.compactMap { index in
      guard let twin = values[..<index].firstIndex(of: values[index]) else { return nil }
      return Remark(
        span: places.entry(worlds[index].name)?.keySpan ?? places.span,
        message: "the strategies '\(worlds[twin].name)' and '\(worlds[index].name)' are the same: "
          + "every parameter that is used has the same value in both")
    }
  }

  // MARK: - Support

  /// ` under 'x' and 'y'`, empty if it holds for all worlds, nil if for none.
  func under(_ holds: (Int) -> Bool) -> String? {
    let those = worlds.indices.filter(holds)
    if those.isEmpty { return nil }
    if those.count == worlds.count { return "" }
    return " under " + those.map { "'\(worlds[$0].name)'" }.joined(separator: ", ")
  }

  /// The text of a scalar, a parameter's value put in.
  func text(_ node: Node) -> String? {
    var node = node
    for _ in parameters { node = parameterName(of: node).flatMap { parameters[$0] } ?? node }
    guard case .scalar(let scalar) = node.content else { return nil }
    return scalar.text
  }

  private func isTrue(_ text: String) -> Bool {
    ["true", "yes", "on", "y"].contains(text.lowercased())
  }

  private func steps(_ key: String, in node: Node?) -> [Node] {
    switch node?.content {
    case .list(let items): items.flatMap { steps(key, in: $0) }
    case .mapping(let entries):
      entries.flatMap { $0.key == key ? [$0.value] : steps(key, in: $0.value) }
    default: []
    }
  }

  private static func moment(_ local: LocalTime) -> String {
    let name = "\(local.weekday)"
    let minute = local.secondOfDay / 60
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return
      "\(name.prefix(1).uppercased())\(name.dropFirst()) \(two(minute / 60)):\(two(minute % 60))"
  }
}

/// Who is at work at any time of a run.
struct Presence {
  private let run: RunSettings
  private let epoch: Int64

  init(_ run: RunSettings) {
    self.run = run
    epoch = run.timeZone.instant(of: run.start)
  }

  /// Whether no member of a team is ever on shift.
  func isAbsent(_ team: TeamSettings, _ model: Model) -> Bool {
    isAbsent(model.agents[team.members], model)
  }

  /// Whether nobody at all is ever on shift.
  func isNobodyThere(_ model: Model) -> Bool { isAbsent(model.agents[...], model) }

  private func isAbsent(_ agents: ArraySlice<AgentSettings>, _ model: Model) -> Bool {
    var absent: Set<[Shift]> = []
    for agent in agents {
      let shifts = model.style(of: agent).shifts
      if shifts.isEmpty || !absent.contains(shifts) && meets(shifts) { return false }
      absent.insert(shifts)
    }
    return !absent.isEmpty
  }

  /// Whether shifts hold a minute of the run; what a fortnight has not had never comes.
  func meets(_ shifts: [Shift]) -> Bool {
    let seconds = min(run.duration.nanoseconds / 1_000_000_000, 15 * 86_400)
    // Shifts begin on whole minutes of the clock.
    let firstMinute = 60 - ((epoch % 60) + 60) % 60
    return holds(shifts, at: 0)
      || stride(from: firstMinute, to: seconds, by: 60).contains { holds(shifts, at: $0) }
  }

  private func holds(_ shifts: [Shift], at second: Int64) -> Bool {
    let local = run.timeZone.local(.zero + .seconds(second), epoch: epoch)
    return shifts.contains { $0.holds(local) }
  }
}

extension Node {
  /// The entry of a key of a map.
  func entry(_ key: String) -> Entry? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key == key }
  }
}

extension Model {
  /// Whether conversations come to agents in any way.
  fileprivate var givesWork: Bool {
    styles.contains { $0.picks != .nothing || $0.grabs != nil }
      || supervisors.contains { $0.unassigned } || populations.contains { $0.assignedShare > 0 }
      || populations.contains { $0.opening?.source == .user }
      || hasStep {
        switch $0 {
        case .assignTo(let step): step.target != .unassign
        case .aiAgent: true
        default: false
        }
      }
  }

  /// Whether a workflow that runs has such a step, in whatever branch.
  func hasStep(_ isMeant: (StepAction) -> Bool) -> Bool {
    func has(_ steps: [Step]) -> Bool {
      steps.contains { step in
        if isMeant(step.action) { return true }
        var ways = [step.onTimeout, step.onInvalid, step.onFailure, step.outside].compactMap(\.self)
        switch step.action {
        case .branch(let branches): ways += branches.map(\.steps)
        case .aiAgent(let agent): ways += agent.outcomes.map(\.steps)
        default: break
        }
        return ways.contains { has($0) }
      }
    }
    return workflows.contains { $0.status == .published && has($0.steps) }
  }
}
