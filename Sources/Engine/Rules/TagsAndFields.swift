extension EngineCore {
  mutating func tags(
    _ contact: ContactID, _ tag: TagID, _ action: TagAction, by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    try known(tag)
    try accept(actor, for: slot)
    if case .user(let user) = actor { act(user) }
    change(slot, tag, action, by: actor)
  }

  /// Adds or removes a tag; what is so already is no change and no occasion.
  mutating func change(_ slot: Int, _ tag: TagID, _ action: TagAction, by actor: Actor) {
    let has = contacts[detailsOf: slot].tags.contains(tag)
    guard has == (action == .removed) else { return }
    switch action {
    case .added: contacts[detailsOf: slot].tags.append(tag)
    case .removed: contacts[detailsOf: slot].tags.removeAll { $0 == tag }
    }
    effects.append(.tagChanged(contactID(slot), tag, action, by: actor))
    if !workflows.listeners.tag.isEmpty { agenda.add(.tag(contactID(slot), tag, action)) }
  }

  mutating func setsField(
    _ contact: ContactID, _ field: FieldID, _ value: Value?, by actor: Actor
  ) throws(Refusal) {
    let slot = try known(contact)
    try known(field)
    if let value { _ = try accept(value, in: field) }
    try accept(actor, for: slot)
    if case .user(let user) = actor { act(user) }
    change(slot, field, value, by: actor)
  }

  /// A value as a field holds it; refused is what is too long or not of the field's kind.
  mutating func accept(_ value: Value, in field: FieldID) throws(Refusal) -> Value {
    try known(field)
    try accept(value.text)
    let definition = settings.fields[field.index]
    guard let held = definition.kind.accept(value) else {
      throw .badValue(
        "'\(value.text)' in \(definition.name); expected a value of the kind \(definition.kind)")
    }
    return held
  }

  /// Sets or empties a field; the same value again is no change and no occasion.
  ///
  /// Nor is a value that is not of the field's kind, which only a workflow brings: the field stays.
  mutating func change(_ slot: Int, _ field: FieldID, _ value: Value?, by actor: Actor) {
    var value = value
    if let written = value {
      value = settings.fields[field.index].kind.accept(written)
      if value == nil { return }
    }
    guard contacts[detailsOf: slot].value(of: field) != value else { return }
    contacts[detailsOf: slot].fields.removeAll { $0.field == field }
    if let value { contacts[detailsOf: slot].fields.append(FieldEntry(field, value)) }
    effects.append(.fieldChanged(contactID(slot), field, value, by: actor))
    if !workflows.listeners.field.isEmpty { agenda.add(.field(contactID(slot), field)) }
  }
}
