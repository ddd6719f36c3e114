import Engine

/// The schemas of the description: what an event may have in it, and what is answered.
enum Schemas {
  static func tell(_ line: inout JSONLine) {
    line.name("Event")
    line.begin()
    line.name("oneOf")
    line.begin("[")
    for kind in EventKind.requestable { tell(kind, &line) }
    line.end("]")
    line.end()
    for (name, schema) in plain {
      line.key(name)
      line.raw(Array(schema.utf8))
    }
  }

  // MARK: - Events

  private static func tell(_ kind: EventKind, _ line: inout JSONLine) {
    let (required, optional) = kind.keys
    line.begin()
    line.member("title", kind.name)
    line.member("type", "object")
    line.name("required")
    line.begin("[")
    line.text("type")
    for key in required.list { line.text(key.name) }
    line.end("]")
    line.member("additionalProperties", false)
    line.name("properties")
    line.begin()
    line.name("type")
    line.begin()
    line.member("const", kind.name)
    line.end()
    line.name("key")
    line.raw(key)
    for key in required.list + optional.subtracting(required).list {
      line.key(key.name)
      line.raw(schema(of: key, in: kind))
    }
    line.end()
    tellRules(of: kind, optional, &line)
    line.end()
  }

  /// What must hold between the keys of an event.
  private static func tellRules(
    of kind: EventKind, _ optional: MemberSet, _ line: inout JSONLine
  ) {
    if optional.contains(.user), optional.contains(.program) {
      line.name("oneOf")
      line.raw(Array(#"[{"required":["user"]},{"required":["program"]}]"#.utf8))
    }
    if optional.contains(.until), optional.contains(.for) {
      line.name("not")
      line.raw(Array(#"{"required":["until","for"]}"#.utf8))
    }
    if kind == .decides {
      line.name("if")
      line.raw(Array(#"{"properties":{"decision":{"const":"assign"}}}"#.utf8))
      line.name("then")
      line.raw(Array(#"{"required":["user"]}"#.utf8))
    }
  }

  /// An idempotency key.
  static let key = Array(
    #"{"type":"string","minLength":1,"maxLength":\#(EventDraft.nameLimit)}"#.utf8)

  /// What may stand under a key.
  private static func schema(of key: MemberKey, in kind: EventKind) -> [UInt8] {
    let name = Self.key
    switch (key, kind) {
    case (.contact, _) where kind.makesContact: return name
    case (.user, .userAdded), (.team, .teamAdded): return name
    case (.run, _): return Array(#"{"type":"string","pattern":"^run-[0-9]{1,9}$"}"#.utf8)
    case (.to, _): return Array(#"{"type":["string","null"]}"#.utf8)
    case (.value, _): return Array(#"{"type":["string","number","boolean","null"]}"#.utf8)
    case (.mentions, _), (.tags, _), (.workflows, _):
      return Array(
        #"{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]}"#.utf8)
    case (.until, _), (.for, _), (.after, _):
      return Array(#"{"type":["number","null"],"minimum":0}"#.utf8)
    case (.fields, _), (.form, _):
      return Array(
        #"{"type":"object","additionalProperties":{"type":["string","number","boolean"]}}"#.utf8)
    case (.payload, _), (.body, _): return Array("{}".utf8)
    case (.conversations, _), (.limit, _): return whole(0, 1_000_000)
    case (.weight, _): return whole(1, 1_000_000)
    case (.message, _): return whole(0, (1 << 53) - 1)
    case (.status, .serviceAnswers): return whole(100, 599)
    default: return choices(of: key, in: kind).map(words) ?? Array(#"{"type":"string"}"#.utf8)
    }
  }

  /// The words of which one stands under a key; nil where it may be any.
  private static func choices(of key: MemberKey, in kind: EventKind) -> [String]? {
    switch key {
    case .status: ActivityStatus.allCases.map(\.description)
    case .program where kind == .distributes: [Source.aiAgent.description]
    case .program: Source.integrations.map(\.description)
    case .action: TagAction.allCases.map(\.rawValue)
    case .role: UserProfile.Role.allCases.map(\.rawValue)
    case .sees: UserProfile.Visibility.allCases.map(\.rawValue)
    case .logic: ["round_robin", "least_open"]
    case .decision: ["assign", "wait", "leave"]
    case .outcome: AIAgent.Outcome.allCases.map(\.rawValue)
    default: nil
    }
  }

  private static func whole(_ least: UInt64, _ most: UInt64) -> [UInt8] {
    Array(#"{"type":"integer","minimum":\#(least),"maximum":\#(most)}"#.utf8)
  }

  /// One of some words.
  static func words(_ words: [String]) -> [UInt8] {
    var line = JSONLine()
    line.begin()
    line.member("type", "string")
    line.name("enum")
    line.begin("[")
    for word in words { line.text(word) }
    line.end("]")
    line.end()
    return line.bytes
  }

  // MARK: - Answers

  private static let plain: KeyValuePairs<String, String> = [
    "Result": result,
    "Results":
      ##"{"oneOf":[{"$ref":"#/components/schemas/Result"},{"type":"array","items":{"$ref":"#/components/schemas/Result"}}]}"##,
    "State": object(
      ["workspace": text, "scenario": text, "at": #"{"type":"number"}"#],
      counts: [
        "sequence", "contacts", "open", "waiting", "runs", "timers", "opened", "closed",
        "decisions", "refused",
      ]),
    "User": object(
      ["user": text, "status": text, "team": textOrNull], counts: ["open", "assigned"]),
    "Users": ##"{"type":"array","items":{"$ref":"#/components/schemas/User"}}"##,
    "Contact": object(
      [
        "contact": text, "status": text, "assignee": textOrNull, "queued": flag, "blocked": flag,
        "channel": textOrNull, "tags": texts, "fields": #"{"type":"array"}"#,
      ], counts: ["conversations"]),
    "Queues":
      #"{"type":"array","items":\#(object(["pool": text, "contacts": texts], counts: ["waiting"]))}"#,
    "Audit":
      #"{"type":"array","items":\#(object(["at": #"{"type":"number"}"#, "key": textOrNull, "event": #"{"type":"object"}"#, "result": #"{"type":"object"}"#], counts: ["sequence"]))}"#,
    "Check": object(["holds": flag, "violations": texts]),
    "Workspaces": texts,
    "Health": object(["writable": flag]),
    "Text": text,
    "Description": object(
      ["openapi": text, "info": #"{"type":"object"}"#, "paths": #"{"type":"object"}"#]),
    "Error":
      #"{"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["reason","message"],"properties":{"reason":{"type":"string"},"message":{"type":"string"},"event":{"type":"integer","minimum":0}}}}}"#,
    "Problem": object(["title": text, "status": count, "detail": text]),
  ]

  private static let result =
    #"{"type":"object","required":["sequence","at","type","effects"],"properties":{"sequence":{"type":"integer","minimum":1},"at":{"type":"number"},"type":{"type":"string"},"contact":{"type":"string"},"effects":{"type":"array","items":{"type":"object","required":["effect"]}},"refused":{"type":"object","required":["reason","message"]},"repeated":{"const":true}}}"#

  private static let text = #"{"type":"string"}"#
  private static let textOrNull = #"{"type":["string","null"]}"#
  private static let texts = #"{"type":"array","items":{"type":"string"}}"#
  private static let flag = #"{"type":"boolean"}"#
  private static let count = #"{"type":"integer","minimum":0}"#

  /// An object with members that are all there.
  private static func object(
    _ members: KeyValuePairs<String, String>, counts: [String] = []
  ) -> String {
    let all = members.map { ($0.key, $0.value) } + counts.map { ($0, count) }
    let required = all.map { "\"\($0.0)\"" }.joined(separator: ",")
    let properties = all.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
    return #"{"type":"object","required":[\#(required)],"properties":{\#(properties)}}"#
  }
}
