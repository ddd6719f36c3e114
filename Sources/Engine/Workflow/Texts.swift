extension EngineCore {
  // What only looks is `mutating` here for the same reason as in the conditions.

  /// A text with its parts filled in; what is not set is filled in as nothing.
  mutating func render(_ text: CompiledText, _ place: Int) -> String {
    if let literal = text.literal { return literal }
    var result = ""
    for part in text.parts {
      switch part {
      case .text(let text): result += text
      case .operand(let operand): result += value(of: operand, place)?.text ?? ""
      }
    }
    return result
  }

  mutating func value(of operand: CompiledOperand, _ place: Int) -> Value? {
    let slot = Int(runs[place].contact)
    switch operand {
    case .contactField(let field): return held(field, of: slot, place)
    case .contact(.id): return .text("\(contactID(slot))")
    case .contact(.name):
      let names = [FieldID.firstName, .lastName].compactMap { held($0, of: slot, place)?.text }
      return names.isEmpty ? nil : .text(names.joined(separator: " "))
    case .assignee(let property): return value(of: property, slot)
    case .conversation(let property): return value(of: property, slot)
    case .variable(let variable):
      return runs[memoryOf: place].value(of: Int(variable))
    }
  }

  private mutating func held(_ field: FieldID, of slot: Int, _ place: Int) -> Value? {
    if policies.contactFields == .snapshot {
      return runs[memoryOf: place].fields.first { $0.field == field }?.value
    }
    return contacts[detailsOf: slot].value(of: field)
  }

  mutating func value(of property: AssigneeProperty, _ slot: Int) -> Value? {
    guard let assignee = contacts[slot].assignee else { return nil }
    let row = users[assignee.index]
    switch property {
    case .id: return .text("\(assignee)")
    case .name: return .text(users.name(of: assignee))
    case .team: return row.team.map { .text(teams.name(of: $0)) }
    case .status: return row.exists ? .text(row.status.description) : nil
    }
  }

  mutating func value(of property: ConversationProperty, _ slot: Int) -> Value? {
    let row = contacts[slot]
    switch property {
    case .id: return row.latestConversation.raw == 0 ? nil : .text("\(row.latestConversation)")
    case .status: return .text(row.status.description)
    case .source:
      return row.isOpen
        ? .text(conversations[Int(row.conversation)].openedBy.description) : nil
    case .category:
      return row.details < 0 ? nil : .text(contacts[detailsOf: slot].note.category)
    case .summary:
      return row.details < 0 ? nil : .text(contacts[detailsOf: slot].note.summary)
    }
  }
}
