public import Engine
import Scenarios
import Synchronization

/// A workspace before its first customer: users, teams and published workflows, which are compiled once
/// and not for every replication.
///
/// What its opening set off waits in it to be carried out by whoever takes a copy.
public struct OpenedWorkspace: Sendable {
  let core: EngineCore

  /// Opens the workspace of a world.
  public init(_ plan: WorldPlan) {
    var core = EngineCore(settings: plan.openingSettings)
    core.omit(plan.omissions)
    plan.tellOpening { core.handle($0, at: .zero) }
    self.core = core
  }

  /// The workspace of a replication, whose decisions by chance are its own.
  public func copy(policySeed: UInt64) -> EngineCore {
    var core = core
    core.beginDraws(from: policySeed)
    return core
  }
}

/// The opened workspace of a world, made when it is asked for first, by whichever thread that is.
public final class OpenedOnce: Sendable {
  private let opened = Mutex<OpenedWorkspace?>(nil)

  /// Nothing is opened yet.
  public init() {}

  /// The opened workspace of the world, which must be the same at every call.
  public func workspace(of plan: WorldPlan) -> OpenedWorkspace {
    opened.withLock { opened in
      if let opened { return opened }
      let made = OpenedWorkspace(plan)
      opened = made
      return made
    }
  }
}

extension WorldPlan {
  /// What the administrator of this world set.
  var openingSettings: WorkspaceSettings {
    var settings = model.settings
    // Closed under categories of our own, which a list of categories must know.
    if !settings.categories.isEmpty {
      for category in model.ownCategories where !settings.categories.contains(category) {
        settings.categories.append(category)
      }
    }
    return settings
  }

  /// What the actors of this world do without.
  fileprivate var omissions: Omissions {
    var omitted = Omissions.measuring
    // Who is taken for absent is not online, and only the engine knows.
    if model.settings.inactivity != nil { omitted.remove(.statuses) }
    if !model.settings.segments.isEmpty { omitted.remove(.unreadWords) }
    // A program that decides is told what happens.
    if model.engine != nil { omitted.subtract([.queues, .statuses, .details]) }
    // The accounts of closed conversations fill the ledger and the reports; the ledger has all assignments, too.
    if recordsConversations || recordsReports { omitted.remove(.accounts) }
    if recordsConversations { omitted.remove(.details) }
    return omitted
  }
}
