import Engine
import World

/// What users, teams, workflows, channels, tags and fields are called.
struct WorkspaceNames: Sendable {
  private(set) var users = Named<UserID>()
  private(set) var teams = Named<TeamID>()
  let workflows: Named<WorkflowID>
  let channels: Named<ChannelID>
  let tags: Named<TagID>
  let fields: Named<FieldID>
  /// The workflows as the scenario has them, to be published again.
  let definitions: [WorkflowDefinition]
  let categories: [String]

  /// Things of one kind: a thing's id is the position of its name; of two with one name the later counts.
  struct Named<ID: EntityID>: Sendable {
    private(set) var names: [String] = []
    private var ids: [String: ID] = [:]

    init(_ names: [String] = []) { for name in names { add(name) } }

    mutating func add(_ name: String) {
      ids[name] = ID(index: names.count)
      names.append(name)
    }

    subscript(name: String) -> ID? { ids[name] }

    /// What a thing is called; its noun and number where it has no name.
    func name(_ id: ID) -> String { id.index < names.count ? names[id.index] : "\(id)" }
  }

  /// The names of a workspace's settings, and those that its opening gives.
  init(_ opening: WorkspaceOpening) {
    let settings = opening.settings
    channels = Named(settings.channels.map(\.name))
    tags = Named(settings.tags)
    fields = Named(settings.fields.map(\.name))
    categories = settings.categories
    var definitions: [WorkflowDefinition] = []
    for case .workflowsPublished(let publications) in opening.events {
      definitions += publications.map(\.definition)
    }
    self.definitions = definitions
    workflows = Named(definitions.map(\.name))
  }

  /// Learns the name of what an event made, which was not refused.
  mutating func learn(_ event: EngineEvent) {
    switch event {
    case .userAdded(_, let profile): users.add(profile.name)
    case .teamAdded(_, let name): teams.add(name)
    default: break
    }
  }

  /// Learns all names from a workspace that was written down.
  mutating func learn(from core: EngineCore) {
    users = Named((0..<core.userCount).map { core.name(of: UserID(index: $0)) ?? "" })
    teams = Named((0..<core.teamCount).map { core.name(of: TeamID(index: $0)) ?? "" })
  }
}
