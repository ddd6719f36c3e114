import Engine
import Measurement

extension CaseReader {
  /// Learns the users and teams that come later, so that the whole file may name them.
  func announce(_ value: ValueReader) {
    guard case .mapping(let entries) = value.node.content else { return }
    func text(_ key: String) -> Name? {
      guard let node = entries.first(where: { $0.key == key })?.value,
        case .scalar(let scalar) = node.content
      else { return nil }
      return Name(text: scalar.text, span: node.span)
    }
    // Who is gained by a team without being in the workspace joins both.
    let joining = text("joins") != nil ? text("user") : text("team") != nil ? text("gains") : nil
    if let user = joining, names.users[user.text] == nil, user.text != CaseFile.unknown {
      _ = names.users.intern(user.text)
      names.latecomers.users.insert(user.text)
      users.append(CaseFile.User(profile: UserProfile(name: user.text), joinsLater: true))
    }
    if text("founded") != nil, let team = text("team"), names.teams[team.text] == nil {
      _ = names.teams.intern(team.text)
      names.latecomers.teams.insert(team.text)
      teams.append(CaseFile.Team(name: team.text, members: [], isFoundedLater: true))
    }
  }

  func timeline(_ values: [ValueReader]) -> [CaseFile.Entry] {
    var last = EngineTime.zero
    var entries: [CaseFile.Entry] = []
    for value in values {
      guard let mapping = value.anyMapping("an entry of the timeline") else { continue }
      guard let written = mapping.required("at", of: "an entry of the timeline") else { continue }
      let at = written.duration("a time").map { EngineTime.zero + $0 }
      if let at, at < last {
        written.error("time goes back: the entry before is at \(last)")
      }
      last = max(last, at ?? last)
      let actions = actions(mapping)
      entries.append(CaseFile.Entry(at: last, actions: actions, span: value.span))
    }
    return entries
  }

  /// What an entry does, its keys checked against those of its verb.
  private func actions(_ mapping: Mapping) -> [CaseFile.Action] {
    let keys = mapping.entries.map(\.key)
    guard let subject = CaseKeys.subjects.first(where: { keys.contains($0) }) else {
      for entry in mapping.entries where entry.key != "at" {
        reading.problems.unknownName(
          "subject of an entry", entry.key, at: entry.keySpan, known: CaseKeys.subjects)
      }
      return []
    }
    let verbs = CaseKeys.verbs.filter { $0.subject == subject }
    let found = mapping.entries.filter { entry in verbs.contains { $0.name == entry.key } }
    guard let first = found.first, let verb = verbs.first(where: { $0.name == first.key }) else {
      let names = verbs.map(\.name)
      let stranger = mapping.entries.first { $0.key != "at" && $0.key != subject }
      if let stranger {
        reading.problems.unknownName(
          "verb of a \(subject)", stranger.key, at: stranger.keySpan, known: names)
      } else {
        reading.problems.error(
          mapping.span, "the entry says who, but not what happens",
          note: "known: " + names.joined(separator: ", "))
      }
      return []
    }
    let problems = reading.problems.all.count
    check(mapping, verb)
    guard reading.problems.all.count == problems, let who = mapping[subject],
      let what = mapping[verb.name]
    else { return [] }
    switch subject {
    case "contact": return contactActs(verb.name, who, what, mapping)
    case "user":
      if let actions = userActs(verb.name, who, what, mapping) { return actions }
      return handActs(verb.name, actor(who, subject), what, mapping)
    case "program":
      if verb.name == "distributes" { return distributes(actor(who, subject), what, mapping) }
      return handActs(verb.name, actor(who, subject), what, mapping)
    case "webhook", "broadcast", "ai_agent": return aboutContact(subject, what, mapping)
    default:
      guard let action = otherActs(verb, who, what, mapping) else { return [] }
      if case .teamGains(_, let user) = action, users.indices.contains(user.index),
        users[user.index].joinsLater, joined.insert(user.index).inserted
      {
        return [.joins(user), action]
      }
      return [action]
    }
  }

  private func check(_ mapping: Mapping, _ verb: CaseKeys.Verb) {
    let table = verb.table
    for entry in mapping.entries where !table.names.contains(entry.key) {
      reading.problems.error(
        entry.keySpan, "'\(entry.key)' does not go with '\(verb.name)'",
        hint: nearestName(to: entry.key, in: table.names).map { "did you mean '\($0)'?" },
        note: "known: " + table.names.joined(separator: ", "))
    }
    for key in table.keys where key.isRequired && mapping[key.name] == nil {
      reading.problems.error(mapping.span, "'\(verb.name)' needs the key '\(key.name)'")
    }
  }

  private func contactActs(
    _ verb: String, _ who: ValueReader, _ what: ValueReader, _ mapping: Mapping
  ) -> [CaseFile.Action] {
    let numbers =
      who.scalarText == CaseFile.unknown
      ? [CaseFile.unknownContact]
      : (contactNames(in: who) ?? []).map { arriving($0.text, mapping) }
    return numbers.flatMap { contactActs(verb, $0, what, mapping) }
  }

  /// The number of a contact that does something; at the first time, with what is known of it.
  private func arriving(_ name: String, _ mapping: Mapping) -> Int {
    let number = contact(name)
    if arrived.insert(number).inserted {
      readProfile(mapping, of: number)
      return number
    }
    for key in ["fields", "tags"] {
      if let span = mapping.keySpan(key) {
        reading.problems.error(
          span, "'\(key)' goes with the contact's first entry only",
          hint: "later, a user 'sets' fields and 'tags' contacts")
      }
    }
    return number
  }

  private func contactActs(
    _ verb: String, _ number: Int, _ what: ValueReader, _ mapping: Mapping
  ) -> [CaseFile.Action] {
    let channel = mapping.optional("channel") { self.channel($0) }
    guard let channel else { return [] }
    switch verb {
    case "says":
      return what.text("what the contact says").map { [.says(number, on: channel, text: $0)] } ?? []
    case "sends":
      return what.choice("thing to send", ["attachment": true]).map { _ in
        [.sendsAttachment(number, on: channel)]
      } ?? []
    case "comes_by":
      let way = what.choice("way to come", ["welcome_event": true, "widget": false])
      return way.map {
        [$0 ? .greeted(number, on: channel) : .usesWidget(number, on: channel)]
      } ?? []
    default:
      return what.filledText("the name of an ad").map {
        [.clicksAd(number, on: channel, ad: $0)]
      } ?? []
    }
  }

  /// What users and programs do alike.
  private func handActs(
    _ verb: String, _ actor: Actor?, _ what: ValueReader, _ mapping: Mapping
  ) -> [CaseFile.Action] {
    guard let actor else { return [] }
    if verb == "imports" { return imports(actor, what, mapping) }
    return (knownContacts(what) ?? []).flatMap { handActs(verb, actor, on: $0, mapping) }
  }

  private func handActs(
    _ verb: String, _ actor: Actor, on contact: CaseFile.ContactNumber, _ mapping: Mapping
  ) -> [CaseFile.Action] {
    switch verb {
    case "opens": return [.opens(contact, by: actor)]
    case "closes": return [.closes(contact, by: actor, note: note(mapping))]
    case "assigns":
      guard let to = mapping["to"] else { return [] }
      if to.scalarText == "nobody" { return [.assigns(contact, to: nil, by: actor)] }
      return user(to).map { [.assigns(contact, to: $0, by: actor)] } ?? []
    case "tags", "untags":
      let action: TagAction = verb == "tags" ? .added : .removed
      guard let tag = mapping["tag"]?.filledText("a tag", limit: 200) else { return [] }
      return [.tags(contact, names.tag(tag), action, by: actor)]
    case "sets":
      return (mapping["fields"]?.named("a field") ?? []).compactMap { name, value in
        names.setFields.insert(name.text)
        let field = names.field(name.text)
        if value.scalarText == "" { return .setsField(contact, nil, field, by: actor) }
        return fieldValue(value, name.text).map {
          .setsField(contact, FieldEntry(field, $0), field, by: actor)
        }
      }
    case "replies":
      let text = mapping.optional("text", else: "A reply.") { $0.text("a reply") }
      return text.map { [.sends(contact, text: $0, by: actor)] } ?? []
    case "comments":
      guard let text = mapping["text"]?.text("a comment") else { return [] }
      return [.comments(contact, text: text, mentions: names.mentions(in: text), by: actor)]
    default:
      guard let from = mapping["from"].flatMap({ workflow($0) }) else { return [] }
      return [.ejects(contact, from: from, by: actor)]
    }
  }

  private func note(_ mapping: Mapping) -> ClosingNote? {
    guard mapping["category"] != nil || mapping["summary"] != nil else { return nil }
    return ClosingNote(
      category: mapping["category"].flatMap { $0.text("a category") } ?? "",
      summary: mapping["summary"].flatMap { $0.text("a summary") } ?? "")
  }

  /// What only users do; nil for a verb of `handActs`.
  private func userActs(
    _ verb: String, _ who: ValueReader, _ what: ValueReader, _ mapping: Mapping
  ) -> [CaseFile.Action]? {
    let hand = CaseKeys.verbs.contains { $0.subject == "program" && $0.name == verb }
    guard !hand, let user = user(who) else { return nil }
    switch verb {
    case "snoozes", "unsnoozes", "blocks", "unblocks", "merges":
      return each(what) { userActs(verb, user, on: $0, mapping) }
    case "uses": return usesShortcut(user, what, mapping)
    default: return userActs(verb, user, what, mapping).map { [$0] } ?? []
    }
  }

  /// What users do for themselves.
  private func userActs(
    _ verb: String, _ user: UserID, _ what: ValueReader, _ mapping: Mapping
  ) -> CaseFile.Action? {
    switch verb {
    case "becomes":
      return status(what).map { $0 == .offline ? .logsOut(user) : .chooses(user, $0) }
    case "logs":
      return what.choice("way to log", ["in": true, "out": false]).map {
        $0 ? .logsIn(user) : .logsOut(user)
      }
    case "acts": return what.toggle().map { _ in .acts(user) }
    case "joins":
      guard users.indices.contains(user.index) else { return .joins(user) }
      if !joined.insert(user.index).inserted || !users[user.index].joinsLater {
        what.error("\(quoted(users[user.index].profile.name)) is in the workspace already")
      }
      readProfile(mapping, &users[user.index].profile)
      return what.choice("place to join", ["workspace": true]).map { _ in .joins(user) }
    default:
      return what.choice("place to leave", ["workspace": true]).map { _ in .leaves(user) }
    }
  }

  private func userActs(
    _ verb: String, _ user: UserID, on contact: CaseFile.ContactNumber, _ mapping: Mapping
  ) -> CaseFile.Action? {
    switch verb {
    case "snoozes":
      let until = mapping.optional("until") { $0.duration("a time").map { EngineTime.zero + $0 } }
      return until.map { .snoozes(contact, until: $0, by: user) }
    case "unsnoozes": return .unsnoozes(contact, by: user)
    case "blocks": return .blocks(contact, by: user)
    case "unblocks": return .unblocks(contact, by: user)
    default:
      guard let other = mapping["absorbing"].flatMap({ known($0) }) else { return nil }
      return .merges(contact, absorbing: other, by: user)
    }
  }

  private func usesShortcut(
    _ user: UserID, _ what: ValueReader, _ mapping: Mapping
  ) -> [CaseFile.Action] {
    guard let name = what.filledText("the name of a shortcut"), let on = mapping["on"] else {
      return []
    }
    let form = (mapping["form"]?.anyMapping("a form")?.entries ?? []).compactMap { entry in
      ValueReader(entry.value, reading).text("an input").map { FormInput(entry.key, .text($0)) }
    }
    return each(on) { .usesShortcut($0, name: name, form: form, by: user) }
  }

  /// What services, teams, workflows, channels and other systems do.
  private func otherActs(
    _ verb: CaseKeys.Verb, _ who: ValueReader, _ what: ValueReader, _ mapping: Mapping
  ) -> CaseFile.Action? {
    switch verb.subject {
    case "service": return serviceActs(verb.name, who, what, mapping)
    case "team":
      guard let team = team(who) else { return nil }
      if verb.name == "founded" { return what.toggle().map { _ in .founds(team) } }
      return user(what).map {
        verb.name == "gains" ? .teamGains(team, $0) : .teamLoses(team, $0)
      }
    case "workflow":
      guard let workflow = workflow(who) else { return nil }
      return workflowBecomes(workflow, what, mapping)
    case "auto_close":
      if what.scalarText?.lowercased() == "off" { return .setsAutoClose(nil) }
      return what.positiveDuration("auto_close").map { .setsAutoClose($0) }
    default:
      guard let channel = channel(who) else { return nil }
      return what.delivery().map { .setsDelivery(channel, $0) }
    }
  }

  private func aboutContact(
    _ subject: String, _ what: ValueReader, _ mapping: Mapping
  ) -> [CaseFile.Action] {
    if subject == "broadcast" { return broadcasts(what, mapping) }
    guard let contact = mapping["contact"] else { return [] }
    switch subject {
    case "webhook":
      let payload = mapping["payload"].map { $0.json() } ?? .object([])
      guard let name = what.filledText("the name of a webhook") else { return [] }
      return each(contact) { .webhookArrives($0, name: name, payload: payload) }
    default:
      guard let text = what.filledText("an outcome") else { return [] }
      if let outcome = AIAgent.Outcome(rawValue: text) {
        return each(contact) { .aiAgentEnds($0, outcome) }
      }
      reading.problems.unknownName(
        "outcome", text, at: what.span, known: AIAgent.Outcome.allCases.map(\.rawValue))
      return []
    }
  }

  private func serviceActs(
    _ verb: String, _ who: ValueReader, _ what: ValueReader, _ mapping: Mapping
  ) -> CaseFile.Action? {
    guard let service = service(who), let about = mapping.optional("contact", { known($0) }) else {
      return nil
    }
    if verb == "answers" {
      let status = mapping.optional("status", else: 200) { $0.whole("a status", in: 100...599) }
      return status.map {
        .serviceAnswers(service, about: about, status: Int32($0), body: what.json())
      }
    }
    if what.scalarText == "timeout" { return .serviceFails(service, about: about) }
    return what.whole("'timeout' or a status", in: 300...599).map {
      .serviceAnswers(service, about: about, status: Int32($0), body: .null)
    }
  }
}
