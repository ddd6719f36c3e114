import Engine

/// Things by their names, for people and clients.
extension WorkspaceNames {
  /// Who did something: `user:ana`, `program:api`, `workflow:assignment`, `contact` or `workspace`.
  func told(_ actor: Actor) -> String {
    switch actor {
    case .contact: "contact"
    case .user(let user): "user:" + users.name(user)
    case .workflow(let workflow): "workflow:" + workflows.name(workflow)
    case .program(let source): "program:" + source.description
    case .workspace: "workspace"
    }
  }

  /// A pool by its team's name, or the whole workspace.
  func told(_ pool: PoolID) -> String {
    switch pool {
    case .workspace: "workspace"
    case .team(let team): teams.name(team)
    }
  }
}

extension TimerKey {
  /// What goes off, and of what, as journals have it.
  func told(_ names: WorkspaceNames) -> (timer: String, of: String?) {
    switch self {
    case .run(let run): ("run", run.description)
    case .autoClose(let contact): ("auto_close", contact.description)
    case .snooze(let contact): ("snooze", contact.description)
    case .inactivity(let user): ("inactivity", user.description)
    case .queues: ("queues", nil)
    }
  }
}

extension Refusal {
  /// What is wrong, with names instead of numbers.
  func told(of resolved: ResolvedEvent, in state: WorkspaceState) -> String {
    let names = state.names
    func contact(_ id: ContactID) -> String {
      let name =
        id == NobodysID.contact
        ? resolved.contact
        : id == NobodysID.absorbed ? resolved.absorbed : state.contacts.name(id) ?? resolved.contact
      return name.map { "'\($0)'" } ?? "\(id)"
    }
    func user(_ id: UserID) -> String { "'\(names.users.name(id))'" }
    return switch self {
    case .unknownContact(let id): "there is no contact \(contact(id)), or not any more"
    case .unknownUser(let id) where id == NobodysID.user: "there is no such user"
    case .unknownUser(let id): "the user \(user(id)) is not in the workspace any more"
    case .contactBlocked(let id): "\(contact(id)) is blocked"
    case .noOpenConversation(let id): "\(contact(id)) has no open conversation"
    case .notVisible(let id, let viewer): "\(user(viewer)) does not see \(contact(id))"
    case .offlineIsNotChosen(let id): "\(user(id)) cannot choose offline; log out instead"
    case .alreadyInTeam(let id, let team):
      "\(user(id)) is in '\(names.teams.name(team))'; leave it first"
    case .notInTeam(let id, let team): "\(user(id)) is not in '\(names.teams.name(team))'"
    case .contactInUse(let id): "\(contact(id)) has an open conversation or a run"
    case .mergeWithItself(let id): "\(contact(id)) cannot be merged with itself"
    case .workflowPublished(let id):
      "the workflow '\(names.workflows.name(id))' is published; stop it first"
    case .takenOver(let id): "a person took \(contact(id)) over; the AI agent is silent"
    case .unsuitable(let id, let about, let why):
      "\(user(id)) cannot get \(contact(about)): \(why)"
    case .idOutOfTurn: "\(resolved.contact.map { "'\($0)'" } ?? "it") is there already"
    default: description
    }
  }
}
