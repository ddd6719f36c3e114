/// What an event says, by its name in requests: the cases of `EngineEvent` in snake case.
enum EventKind: UInt8, CaseIterable, Sendable {
  case contactWrites, contactSendsAttachment, channelGreets, contactClicksAd, contactUsesWidget
  case opens, closes, assigns, tags, setsField, sends, comments, snoozes, unsnoozes
  case blocks, unblocks, merges, usesShortcut, ejects, broadcasts, webhookArrives, imports
  case distributes
  case choosesStatus, logsIn, logsOut, acts
  case userAdded, userRemoved, teamAdded, teamGains, teamLoses
  case workflowsPublished, workflowStopped, autoCloseSet
  case contactAdded, contactForgotten, messageDelivered, messageFailed
  case serviceAnswers, serviceFails, aiAgentEnds, decides
  /// Only in journals: nobody but the workspace's own clock says it.
  case timerFires

  /// Those that come from outside.
  static let requestable = allCases.filter { $0 != .timerFires }

  /// The keys that must stand in it, and those that may.
  var keys: (required: MemberSet, optional: MemberSet) {
    switch self {
    case .contactWrites: ([.contact, .channel, .text], [])
    case .contactSendsAttachment, .channelGreets, .contactUsesWidget: ([.contact, .channel], [])
    case .contactClicksAd: ([.contact, .channel, .ad], [])
    case .opens: ([.contact], .actor)
    case .closes: ([.contact], [.category, .summary] + .actor)
    case .assigns: ([.contact, .to], .actor)
    case .tags: ([.contact, .tag], [.action] + .actor)
    case .setsField: ([.contact, .field, .value], .actor)
    case .sends: ([.contact, .text], .actor)
    case .comments: ([.contact, .text], [.mentions] + .actor)
    case .snoozes: ([.contact, .user], [.until, .for])
    case .unsnoozes, .blocks, .unblocks: ([.contact, .user], [])
    case .merges: ([.contact, .absorbing, .user], [])
    case .usesShortcut: ([.contact, .shortcut, .user], [.form])
    case .ejects: ([.contact, .workflow], .actor)
    case .broadcasts: ([.contact, .channel, .text], [])
    case .webhookArrives: ([.contact, .webhook], [.payload])
    case .imports: ([.contact], [.fields, .tags] + .actor)
    case .distributes: ([.contact], [.team, .logic, .program])
    case .choosesStatus: ([.user, .status], [])
    case .logsIn, .logsOut, .acts, .userRemoved: ([.user], [])
    case .userAdded: ([.user], [.role, .sees, .weight, .limit, .status])
    case .teamAdded: ([.team], [])
    case .teamGains, .teamLoses: ([.team, .user], [])
    case .workflowsPublished: ([.workflows], [])
    case .workflowStopped: ([.workflow], [])
    case .autoCloseSet: ([.after], [])
    case .contactAdded: ([.contact], [.fields, .tags, .conversations, .assignee])
    case .contactForgotten: ([.contact], [])
    case .messageDelivered, .messageFailed: ([.message], [])
    case .serviceAnswers: ([.run], [.status, .body])
    case .serviceFails: ([.run], [])
    case .aiAgentEnds: ([.run, .outcome], [])
    case .decides: ([.run, .decision], [.user])
    case .timerFires: ([.timer], [.of])
    }
  }

  /// Whether it makes the contact that it names, where there is none.
  var makesContact: Bool {
    switch self {
    case .contactWrites, .contactSendsAttachment, .channelGreets, .contactClicksAd,
      .contactUsesWidget, .imports, .contactAdded:
      true
    default: false
    }
  }

  /// The name in requests and journals.
  var name: String { Self.names[Int(rawValue)] }

  private static let names = allCases.map { snakeCase("\($0)") }
  static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
  /// The keys of each, worked out once.
  static let keyTable = allCases.map(\.keys)
}

/// `contactWrites` as `contact_writes`.
private func snakeCase(_ name: String) -> String {
  name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
}

/// A key of an event, besides `type` and `key`.
enum MemberKey: UInt8, CaseIterable, Sendable {
  case contact, channel, text, ad, user, program, category, summary, to, tag, action, field
  case value, mentions, until, `for`, absorbing, shortcut, form, workflow, webhook, payload
  case fields, tags, team, logic, status, role, sees, weight, limit, workflows, after
  case conversations, assignee, message, run, body, outcome, decision, timer, of

  var name: String { Self.names[Int(rawValue)] }

  private static let names = allCases.map { "\($0)" }
  static let byName = Dictionary(uniqueKeysWithValues: allCases.map { ($0.name, $0) })
}

/// Some keys of events.
struct MemberSet: Sendable, ExpressibleByArrayLiteral {
  private(set) var bits: UInt64 = 0

  init(arrayLiteral keys: MemberKey...) { for key in keys { insert(key) } }

  /// Who does it: a user or a program.
  static let actor: MemberSet = [.user, .program]

  private static func bit(_ key: MemberKey) -> UInt64 { 1 &<< UInt64(key.rawValue) }

  static func + (left: MemberSet, right: MemberSet) -> MemberSet {
    var sum = left
    sum.bits |= right.bits
    return sum
  }

  mutating func insert(_ key: MemberKey) { bits |= Self.bit(key) }
  func contains(_ key: MemberKey) -> Bool { bits & Self.bit(key) != 0 }
  func subtracting(_ other: MemberSet) -> MemberSet {
    var rest = self
    rest.bits &= ~other.bits
    return rest
  }

  /// The keys in the order of their declaration.
  var list: [MemberKey] { MemberKey.allCases.filter(contains) }
}
