/// What is done to many contacts at once: imports, and the segments that broadcasts go to.
extension EngineCore {
  /// A row of an import (PLATFORM.md 8.1): it makes a contact or brings one up to date, and opens nothing.
  ///
  /// Tags and fields change as they do by hand, so the workflows that wait for such changes begin.
  mutating func imports(
    _ contact: ContactID, _ row: ContactImport, by actor: Actor
  ) throws(Refusal) {
    for entry in row.fields { _ = try accept(entry.value, in: entry.field) }
    for tag in row.tags { try known(tag) }
    let isNew = contact == nextContact
    if isNew { try accept(actor) } else { try accept(actor, for: try known(contact)) }
    if case .user(let user) = actor { act(user) }
    let slot = isNew ? create(contact) : contact.slot
    // Whom an import made, no message makes any more.
    if isNew { contacts[slot].flags.remove(.isArriving) }
    for entry in row.fields { change(slot, entry.field, entry.value, by: actor) }
    for tag in row.tags { change(slot, tag, .added, by: actor) }
  }

  /// The contacts for whom a segment's conditions hold at a time, in the order in which they came.
  ///
  /// What conditions say of variables and of what came with a trigger never holds: there is no run.
  public func contacts(in segment: Conditions, at time: EngineTime) -> [ContactID] {
    var scratch = self
    return scratch.select(segment, at: time)
  }

  private mutating func select(_ segment: Conditions, at time: EngineTime) -> [ContactID] {
    let segment = self.segment(segment)
    now = max(now, time)
    policies.contactFields = .live
    // The conditions look at the contact of a run; this copy of the core lends them one.
    runs.separate()
    let place = runs.lend().place
    runs[place] = RunRow()
    var found: [ContactID] = []
    for slot in contacts.indices where contacts[slot].exists {
      runs[place].contact = Int32(truncatingIfNeeded: slot)
      if holds(segment, place) { found.append(contactID(slot)) }
    }
    return found
  }

  /// A segment's conditions, compiled once to be asked often.
  public func segment(_ conditions: Conditions) -> Segment {
    let nothing = WorkflowDefinition(name: "", trigger: .manual, steps: [])
    var compiler = WorkflowCompiler(
      nothing, as: WorkflowID(0), settings: settings,
      in: .init(userCount: users.count, teamCount: teams.count, workflows: []))
    let place = WorkflowCompiler.Place(path: "", step: nil, mark: -1)
    var needsAll = true
    if case .any = conditions { needsAll = false }
    return Segment(
      needsAll: needsAll,
      conditions: conditions.list.map { compiler.condition($0, at: place) })
  }

  /// Whether a segment's conditions hold for a contact at a time.
  public mutating func holds(_ segment: Segment, for contact: ContactID, at time: EngineTime)
    -> Bool
  {
    guard let slot = try? known(contact) else { return false }
    let kept = (now, policies.contactFields)
    now = max(now, time)
    policies.contactFields = .live
    // As in `select`, a run is lent; it is given back as it was, so no later run gets another place.
    let (place, before) = runs.lend()
    runs[place].contact = Int32(truncatingIfNeeded: slot)
    let holds = holds(segment, place)
    runs.giveBack(place, before)
    (now, policies.contactFields) = kept
    return holds
  }
}

/// The conditions of a segment or of a custom inbox, as the engine asks them.
public struct Segment: Sendable {
  /// Whether all must hold, and not any.
  let needsAll: Bool
  let conditions: [CompiledCondition]
}
