import Engine

/// Reads what a service answers: of all effects those that the crowd must hear of.
struct RemoteReader: Sendable {
  let names: RemoteNames
  let clock: LoadClock
  /// Where events are sent.
  let path: String

  /// Reads one result or a list of them; how many were refused.
  func read(_ body: [UInt8], at wall: Int64, into notices: inout ContiguousArray<LoadNotice>) -> Int
  {
    var scanner = JSONScanner(body)
    guard let value = try? scanner.value() else { return 1 }
    let time = clock.time(at: wall)
    switch value {
    case .list(let results): return results.reduce(0) { $0 + read($1, at: time, into: &notices) }
    default: return read(value, at: time, into: &notices)
    }
  }

  private func read(
    _ result: JSON, at time: Int64, into notices: inout ContiguousArray<LoadNotice>
  ) -> Int {
    guard case .object(let members) = result else { return 1 }
    var contact: String?
    var effects: [JSON] = []
    var refused = 0
    for member in members {
      switch (member.name, member.value) {
      case ("contact", .text(let name)): contact = name
      case ("effects", .list(let list)): effects = list
      case ("refused", _): refused = 1
      default: break
      }
    }
    for case .object(let effect) in effects { read(effect, contact, at: time, into: &notices) }
    return refused
  }

  private func read(
    _ effect: [JSON.Member], _ contact: String?, at time: Int64,
    into notices: inout ContiguousArray<LoadNotice>
  ) {
    var kind = ""
    var name = contact
    var user: UserID?
    for member in effect {
      guard case .text(let text) = member.value else { continue }
      switch member.name {
      case "effect": kind = text
      case "contact": name = text
      case "to", "assignee": user = names.user(text)
      default: break
      }
    }
    let told: LoadNotice.Kind
    switch kind {
    case "opened": told = .opened
    case "assigned": told = .assigned
    case "closed": told = .closed
    default: return
    }
    guard let name, let (person, stay) = names.person(name) else { return }
    notices.append(LoadNotice(kind: told, person: person, stay: stay, user: user, at: time))
    // The service keeps its contacts; the crowd's place is free for another one.
    if told == .closed {
      notices.append(LoadNotice(kind: .gone, person: person, stay: stay, user: nil, at: time))
    }
  }
}
