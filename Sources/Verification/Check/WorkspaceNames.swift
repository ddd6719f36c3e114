import Engine
import Scenarios

/// What the things of a workspace are called, by their numbers; nothing that a terminal would act on.
struct WorkspaceNames {
  let users: [String]
  let teams: [String]
  let workflows: [String]
  let services: [String]
  let tags: [String]
  let fields: [String]
  let channels: [String]
  /// The contacts of a case; those of a run have no names.
  let contacts: [String]

  /// The names that a case gives.
  init(_ file: CaseFile) {
    self.init(
      settings: file.settings, users: file.users.map(\.profile.name), teams: file.teams.map(\.name),
      workflows: file.workflows.map(\.name), contacts: file.contacts.map(\.name))
  }

  /// The names in a workspace that is open.
  init(_ core: EngineCore) {
    self.init(
      settings: core.settings,
      users: (0..<core.userCount).map { core.name(of: UserID(index: $0)) ?? CaseFile.unknown },
      teams: (0..<core.teamCount).map { core.name(of: TeamID(index: $0)) ?? CaseFile.unknown },
      workflows: (0..<core.nextWorkflow.index).map {
        core.name(of: WorkflowID(index: $0)) ?? CaseFile.unknown
      }, contacts: [])
  }

  private init(
    settings: WorkspaceSettings, users: [String], teams: [String], workflows: [String],
    contacts: [String]
  ) {
    self.users = users.map(escaped)
    self.teams = teams.map(escaped)
    self.workflows = workflows.map(escaped)
    self.contacts = contacts.map(escaped)
    services = settings.services.map(escaped)
    tags = settings.tags.map(escaped)
    fields = settings.fields.map { escaped($0.name) }
    channels = settings.channels.map { escaped($0.name) }
  }
}
