import Engine
import Scenarios

/// Whether what a case claims is so.
extension CasePlayer {
  /// Compares one claim with what came; a difference is noted.
  func check(_ fact: CaseFile.Fact) {
    switch fact.claim {
    case .refused(let contact, let reason):
      let found = refusals.firstIndex {
        $0.reason == reason && (contact == nil || $0.contact == contact)
      }
      guard found.map({ refusals.remove(at: $0) }) == nil else { return }
      let got = refusals.first.map { "refused: \($0.reason)" } ?? "nothing refused"
      // One difference says it all: what was refused instead is not told again.
      refusals = []
      differ(
        fact.span, contact.map { "refusal about \(words.contact($0))" } ?? "refusal",
        expected: "refused: \(reason)", got: got, contact: contact)
    case .waiting(let pool, let contacts): check(fact.span, waiting: contacts, in: pool)
    case .calls(let service, let count):
      compare(fact.span, "calls of \(words.service(service))", count, calls[service, default: 0])
    case .call(let service, let part, let pattern): check(fact.span, service, part, pattern)
    case .members(let segment, let contacts): check(fact.span, segment, members: contacts)
    case .warning(let text):
      let remarks = file.warnings.all.map(\.message)
      if !remarks.contains(where: { $0.contains(text) }) {
        differ(
          fact.span, "remarks on the file", expected: words.clean(text), got: words.texts(remarks))
      }
    case .count(let user, let count):
      compare(
        fact.span, "contacts that workflows gave to \(words.user(user))", count,
        counts[user, default: 0])
    case .open(let user, let count):
      compare(
        fact.span, "open contacts of \(words.user(user))", count, core.openContacts(of: user))
    case .status(let user, let status):
      let got = core.status(of: user)?.description ?? "not in the workspace"
      compare(fact.span, "status of \(words.user(user))", status.description, got)
    case .runs(nil, let workflow, let count):
      let got = ledgers.reduce(0) { $0 + ($1.runs[workflow]?.count ?? 0) }
      compare(fact.span, "runs of '\(words.workflow(workflow))'", count, got)
    default: checkContact(fact)
    }
  }

  /// Compares what a claim says of a contact.
  private func checkContact(_ fact: CaseFile.Fact) {
    switch fact.claim {
    case .assignee(let contact, let users): check(fact.span, assignee: users, of: contact)
    case .history(let contact, let users): check(fact.span, history: users, of: contact)
    case .source(let contact, let source):
      let last = ledger(contact).assignments.last
      say(
        fact.span, contact, "source of the last assignment", source.description,
        last?.source.description ?? "no assignment", decision: last?.decision)
    case .conversation(let contact, let status):
      say(
        fact.span, contact, "conversation", status.description,
        (core.contact(id(contact))?.status ?? .closed).description)
    case .conversations(let contact, let count):
      let got = core.contact(id(contact))?.conversations ?? 0
      say(fact.span, contact, "conversations", "\(count)", "\(got)")
    case .openedBy(let contact, let source):
      let got = ledger(contact).openedBy?.description
      say(fact.span, contact, "opening", "by \(source)", got.map { "by \($0)" } ?? "none")
    case .closedBy(let contact, let source):
      let got = ledger(contact).closed?.closedBy?.description
      say(fact.span, contact, "closing", "by \(source)", got.map { "by \($0)" } ?? "none")
    case .category(let contact, let category):
      say(
        fact.span, contact, "category", words.clean(category),
        words.clean(ledger(contact).closed?.category ?? ""))
    case .asked(let contact, let count):
      say(fact.span, contact, "questions asked", "\(count)", "\(ledger(contact).asked)")
    case .tags(let contact, let tags):
      let got = core.contact(id(contact))?.tags ?? []
      say(
        fact.span, contact, "tags", words.list(tags.map(words.tag).sorted()),
        words.list(got.map(words.tag).sorted()))
    case .field(let contact, let field, let value):
      let got = core.contact(id(contact))?.fields.first { $0.field == field }?.value
      say(
        fact.span, contact, "field '\(words.field(field))'",
        value.map { words.clean($0.text) } ?? "not set",
        got.map { words.clean($0.text) } ?? "not set")
    default: checkCourse(fact)
    }
  }

  /// Compares what a claim says of a contact's messages, runs and reports.
  private func checkCourse(_ fact: CaseFile.Fact) {
    switch fact.claim {
    case .received(let contact, let patterns):
      check(fact.span, contact, "messages received", patterns, ledger(contact).received)
    case .comments(let contact, let patterns):
      check(fact.span, contact, "comments", patterns, ledger(contact).comments)
    case .mentioned(let contact, let users):
      say(
        fact.span, contact, "users named in comments", words.list(users.map(words.user)),
        words.list(ledger(contact).mentioned.map(words.user)))
    case .tagHistory(let contact, let changes):
      say(
        fact.span, contact, "tags that came and went",
        words.list(changes.map { words.tagChange($0.tag, $0.action) }),
        words.list(ledger(contact).tagHistory.map { words.tagChange($0.tag, $0.action) }))
    case .fieldHistory(let contact, let field, let values):
      say(
        fact.span, contact, "values of '\(words.field(field))'",
        words.texts(values.map { $0?.text ?? "" }),
        words.texts((ledger(contact).fieldHistory[field] ?? []).map { $0?.text ?? "" }))
    case .runs(let contact?, let workflow, let count):
      say(
        fact.span, contact, "runs of '\(words.workflow(workflow))'", "\(count)",
        "\(ledger(contact).runs[workflow]?.count ?? 0)")
    case .runEnded(let contact, let workflow, let reason):
      say(
        fact.span, contact, "run of '\(words.workflow(workflow))'", "ended: \(reason.rawValue)",
        state(of: ledger(contact).runs[workflow]))
    case .runAt(let contact, let workflow, let step):
      say(
        fact.span, contact, "run of '\(words.workflow(workflow))'",
        "waits at '\(words.clean(step))'", state(of: ledger(contact).runs[workflow]))
    case .report(let contact, let figure, let value):
      say(
        fact.span, contact, figure.rawValue, words.figure(value),
        words.figure(self.figure(figure, of: contact)))
    default: preconditionFailure("a claim that nobody looks at: \(fact.claim)")
    }
  }

  /// What is known of a contact; nothing of one that is not of the case.
  private func ledger(_ contact: CaseFile.ContactNumber) -> ContactLedger {
    ledgers.indices.contains(contact) ? ledgers[contact] : ContactLedger()
  }

  private func state(of run: ContactLedger.RunTally?) -> String {
    guard let run else { return "none" }
    if let reason = run.ended { return "ended: \(reason.rawValue)" }
    return core.step(of: run.latest).map { "waits at '\(words.clean($0))'" } ?? "goes on"
  }

  // Assignments and queues, whose differences the engine explains.

  private func check(
    _ span: SourceSpan, assignee users: [UserID], of contact: CaseFile.ContactNumber
  ) {
    let got = core.assignee(of: id(contact))
    guard users.isEmpty ? got != nil : !users.contains(where: { $0 == got }) else { return }
    differ(
      span, "assignee of \(words.contact(contact))",
      expected: users.isEmpty ? "nobody" : users.map(words.user).joined(separator: " or "),
      got: words.user(got), contact: contact,
      decision: ledger(contact).assignments.last?.decision, wanted: users)
  }

  private func check(
    _ span: SourceSpan, history users: [UserID?], of contact: CaseFile.ContactNumber
  ) {
    let got = ledger(contact).assignments
    guard got.map(\.to) != users else { return }
    let first = zip(got, users).prefix { $0.0.to == $0.1 }.count
    let wanted = first < users.count ? users[first] : nil
    differ(
      span, "assignees of \(words.contact(contact)) in turn",
      expected: words.list(users.map(words.user)),
      got: words.list(got.map { words.user($0.to) }), contact: contact,
      decision: first < got.count ? got[first].decision : nil, wanted: wanted.map { [$0] } ?? [])
  }

  private func check(
    _ span: SourceSpan, waiting contacts: [CaseFile.ContactNumber], in pool: PoolID?
  ) {
    let waiting = pool.map { core.waiting(in: $0) } ?? queue.map(\.contact)
    let got = waiting.map { numbers[$0] ?? CaseFile.unknownContact }
    guard got != contacts else { return }
    // Who waits and should not, or should and does not, has something to explain.
    let isWaiting = Set(got)
    let shouldWait = Set(contacts)
    let odd =
      contacts.first { !isWaiting.contains($0) } ?? got.first { !shouldWait.contains($0) }
    differ(
      span, "queue of \(pool.map(words.pool) ?? "all pools")", expected: words.contacts(contacts),
      got: words.contacts(got), contact: odd,
      decision: odd.flatMap { ledger($0).assignments.last?.decision })
  }

  private func check(
    _ span: SourceSpan, _ segment: Int, members: [CaseFile.ContactNumber]
  ) {
    let definition = file.settings.segments[segment]
    let got = core.contacts(in: definition.conditions, at: now).compactMap { numbers[$0] }
    guard got != members else { return }
    differ(
      span, "members of '\(escaped(definition.name))'", expected: words.contacts(members),
      got: words.contacts(got))
  }

  private func check(
    _ span: SourceSpan, _ service: ServiceID, _ part: CaseFile.CallPart,
    _ pattern: CaseFile.TextPattern
  ) {
    let subject = "latest call of \(words.service(service))"
    guard let call = latestCall[service] else {
      return differ(span, subject, expected: words.clean(pattern.description), got: "no call")
    }
    let got: String? =
      switch part {
      case .method: call.method
      case .url: call.url
      case .body: call.body
      case .header(let name): call.header(name)
      }
    guard got.map({ pattern.matches($0) }) != true else { return }
    differ(
      span, subject, expected: words.clean(pattern.description),
      got: got.map { words.clean($0) } ?? "no such header")
  }

  // Everything else.

  private func check(
    _ span: SourceSpan, _ contact: CaseFile.ContactNumber, _ subject: String,
    _ patterns: [CaseFile.TextPattern], _ texts: [String]
  ) {
    let isSame =
      patterns.count == texts.count && zip(patterns, texts).allSatisfy { $0.matches($1) }
    guard !isSame else { return }
    differ(
      span, "\(subject) of \(words.contact(contact))",
      expected: words.texts(patterns.map(\.description)), got: words.texts(texts),
      contact: contact)
  }

  private func say(
    _ span: SourceSpan, _ contact: CaseFile.ContactNumber, _ subject: String, _ expected: String,
    _ got: String, decision: UInt64? = nil
  ) {
    guard expected != got else { return }
    differ(
      span, "\(subject) of \(words.contact(contact))", expected: expected, got: got,
      contact: contact, decision: decision)
  }

  private func compare<T: Equatable>(
    _ span: SourceSpan, _ subject: String, _ expected: T, _ got: T
  ) {
    if expected != got { differ(span, subject, expected: "\(expected)", got: "\(got)") }
  }
}

extension ServiceCall {
  /// What a line above the body says.
  fileprivate func header(_ name: String) -> String? {
    stride(from: 0, to: headers.count - 1, by: 2).first { headers[$0] == name }.map {
      headers[$0 + 1]
    }
  }
}

extension CaseWords {
  /// `+vip` came, `-vip` went.
  fileprivate func tagChange(_ tag: TagID, _ action: TagAction) -> String {
    (action == .added ? "+" : "-") + self.tag(tag)
  }
}
