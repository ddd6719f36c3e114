extension EngineCore {
  // What only looks is `mutating` here all the same: the core is large, and where a mutating function
  // calls one that is not, all of it is copied.

  /// Finds the first way whose conditions hold (PLATFORM.md 3.3); without one and without Else the run ends.
  ///
  /// Gives the instruction to go on with, or `nowhere`.
  @inline(never)
  mutating func branch(
    _ branch: Int, _ workflow: ElementHandle<WorkflowRow>, _ run: RowHandle<RunRow>, _ place: Int
  ) -> Int32 {
    let contact = contacts.handle(Int(run.row.contact))
    let row = workflow.element.program.branches[branch]
    var number = row.firstWay
    while number < row.firstWay &+ row.wayCount {
      let way = workflow.element.program.ways.handle(Int(number))
      if isOpen(way, workflow, contact, place) { return way.row.target }
      number &+= 1
    }
    return nowhere
  }

  /// Whether the conditions of a way hold.
  @inline(__always)
  private mutating func isOpen(
    _ way: RowHandle<WayRow>, _ workflow: ElementHandle<WorkflowRow>,
    _ contact: RowHandle<ContactRow>, _ place: Int
  ) -> Bool {
    // Mostly the first condition asks for the conversation's status and decides.
    if way.row.testCount > 0,
      case .status(let status, let isSo) = workflow.element.program.tests[Int(way.row.firstTest)]
    {
      let holds = (contact.row.status == status) == isSo
      if holds != way.row.needsAll { return holds }
    }
    return isOpenInAll(way, workflow, contact, place)
  }

  @inline(never)
  private mutating func isOpenInAll(
    _ way: RowHandle<WayRow>, _ workflow: ElementHandle<WorkflowRow>,
    _ contact: RowHandle<ContactRow>, _ place: Int
  ) -> Bool {
    var number = Int(way.row.firstTest)
    let end = number &+ Int(way.row.testCount)
    while number < end {
      // All must hold, or one must: the first that differs decides.
      let holds =
        holds(workflow.element.program.tests[number], contact)
        ?? holds(workflow.element.program.conditions[number], place)
      if holds != way.row.needsAll { return holds }
      number &+= 1
    }
    // Else has no conditions, and all of none hold.
    return way.row.needsAll
  }

  /// Whether a test holds; nil where plain numbers do not tell.
  @inline(__always)
  private mutating func holds(_ test: ConditionTest, _ contact: RowHandle<ContactRow>) -> Bool? {
    switch test {
    case .status(let status, let isSo): return (contact.row.status == status) == isSo
    case .incoming(let exists): return (contact.row.lastIncoming != .never) == exists
    case .outgoing(let exists): return (lastOutgoing(contact.row) != .never) == exists
    case .other: return nil
    }
  }

  /// Whether the conditions of a segment hold for the contact of a run.
  mutating func holds(_ segment: Segment, _ place: Int) -> Bool {
    segment.needsAll
      ? segment.conditions.allSatisfy { holds($0, place) }
      : segment.conditions.contains { holds($0, place) }
  }

  @inline(never)
  private mutating func holds(_ condition: CompiledCondition, _ place: Int) -> Bool {
    let slot = Int(runs[place].contact)
    if case .tags = condition.subject { return holdsForTags(condition, slot, place) }
    let value = value(of: condition.subject, slot, place)
    switch condition.comparison {
    case .exists: return Self.exists(value)
    case .isMissing: return !Self.exists(value)
    case .equals: return equals(value, condition, 0, place)
    case .differs: return !equals(value, condition, 0, place)
    case .isOneOf:
      return condition.operands.indices.contains { equals(value, condition, $0, place) }
    case .contains: return contains(value, condition, place)
    case .lacks: return !contains(value, condition, place)
    case .above, .atLeast, .below, .atMost:
      guard let order = compare(value, condition, place) else { return false }
      switch condition.comparison {
      case .above: return order > 0
      case .atLeast: return order >= 0
      case .below: return order < 0
      default: return order <= 0
      }
    }
  }

  /// An empty text is as good as none: an e-mail field that holds nothing is no e-mail.
  private static func exists(_ value: Value?) -> Bool {
    switch value {
    case nil: false
    case .text(let text)?: !text.isEmpty
    case .number?, .flag?: true
    }
  }

  private mutating func equals(
    _ value: Value?, _ condition: CompiledCondition, _ index: Int, _ place: Int
  ) -> Bool {
    guard let value else { return false }
    let text = render(condition.operands[index], place)
    // Numbers are equal whatever way they are written, words when they are written alike.
    if let left = value.number,
      let right = index == 0 ? condition.number ?? text.decimal : text.decimal
    {
      return left == right
    }
    return fold(value.text) == fold(text)
  }

  mutating func contains(
    _ value: Value?, _ condition: CompiledCondition, _ place: Int
  ) -> Bool {
    guard let value else { return false }
    let text = fold(render(condition.operands[0], place))
    return text.isEmpty || fold(value.text).contains(text)
  }

  /// Less than, equal to or more than 0; nil when the two cannot be compared.
  mutating func compare(
    _ value: Value?, _ condition: CompiledCondition, _ place: Int
  ) -> Int? {
    guard let value else { return nil }
    let text = render(condition.operands[0], place)
    switch (value.number, condition.number ?? text.decimal) {
    case (let left?, let right?):
      return left < right ? -1 : left > right ? 1 : left == right ? 0 : nil
    case (nil, nil):
      // Dates and times written from the largest part to the smallest order like words.
      let left = fold(value.text)
      let right = fold(text)
      return left < right ? -1 : left == right ? 0 : 1
    default: return nil
    }
  }

  private mutating func fold(_ text: String) -> String {
    policies.compareText == .exact ? text : text.lowercased()
  }

  private mutating func holdsForTags(_ condition: CompiledCondition, _ slot: Int, _ place: Int)
    -> Bool
  {
    let tags = contacts[detailsOf: slot].tags
    func has(_ index: Int) -> Bool {
      let name = fold(render(condition.operands[index], place))
      return tags.contains { fold(settings.tags[$0.index]) == name }
    }
    switch condition.comparison {
    case .exists: return !tags.isEmpty
    case .isMissing: return tags.isEmpty
    case .equals, .contains: return has(0)
    case .differs, .lacks: return !has(0)
    case .isOneOf: return condition.operands.indices.contains(where: has)
    case .above, .atLeast, .below, .atMost: return false
    }
  }

  mutating func value(of subject: CompiledSubject, _ slot: Int, _ place: Int) -> Value? {
    let row = contacts[slot]
    switch subject {
    case .conversationStatus: return .text(row.status.description)
    case .contactType:
      // As recorded, so that branch and report agree; before the first conversation, as it would be.
      let isNew = row.conversations > 0 ? row.wasNew : isNew(contacts.handle(slot))
      return .text(isNew ? "new" : "returning")
    case .tags: return nil
    case .assigneeStatus:
      guard let assignee = row.assignee, users[assignee.index].exists else { return nil }
      return .text(users[assignee.index].status.description)
    case .lastChannel: return row.lastChannel.map { .text(settings.channels[$0.index].name) }
    case .lastIncomingMessage:
      guard row.lastIncoming != .never, row.details >= 0 else { return nil }
      return .text(contacts[detailsOf: slot].lastIncomingText)
    case .timeSinceLastIncomingMessage: return seconds(since: row.lastIncoming)
    case .timeSinceLastOutgoingMessage: return seconds(since: lastOutgoing(row))
    case .operand(let operand): return value(of: operand, place)
    }
  }

  /// Both traps of PLATFORM.md 5.5 are policies: where one looks, and whose messages count.
  @inline(__always)
  private mutating func lastOutgoing(_ row: ContactRow) -> EngineTime {
    switch (policies.lastOutgoingScope, policies.lastOutgoingCounts) {
    case (.conversation, .all): row.lastOutgoingHere
    case (.conversation, .users): row.lastUserOutgoingHere
    case (.contact, .all): row.lastOutgoing
    case (.contact, .users): row.lastUserOutgoing
    }
  }

  mutating func seconds(since time: EngineTime) -> Value? {
    time == .never ? nil : .number((now - time).inSeconds)
  }
}
