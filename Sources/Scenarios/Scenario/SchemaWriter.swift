import Engine
import Sampling

/// Writes JSON Schemas (draft 2020-12) of scenarios and cases from the tables that reading uses.
///
/// Editors type YAML's plain scalars before they look at a schema, so a value that our reader takes
/// as text may arrive as a number or a boolean; every shape allows for that.
enum SchemaWriter {
  /// The schema of scenario files: `Scenarios/scenario.schema.json`.
  static func scenario() -> String {
    text(
      title: "Switchboard scenario", table: ScenarioKeys.top,
      definitions: SchemaDefinitions(allowsParameters: true))
  }

  /// The schema of case files: `Scenarios/engine/case.schema.json`.
  static func caseFile() -> String {
    text(
      title: "Switchboard case", table: CaseKeys.top,
      definitions: SchemaDefinitions(allowsParameters: false))
  }

  private static func text(
    title: String, table: KeyTable, definitions: SchemaDefinitions
  ) -> String {
    var root: [(String, JSONText)] = [
      ("$schema", .text("https://json-schema.org/draft/2020-12/schema")), ("title", .text(title)),
    ]
    root += definitions.members(of: table)
    root.append(("$defs", .object(definitions.all(usedBy: JSONText.object(root)))))
    return JSONText.object(root).written() + "\n"
  }
}

/// Turns shapes into schemas.
struct SchemaDefinitions {
  /// Whether `$name` may stand for any value: in scenarios, not in cases.
  let allowsParameters: Bool

  /// The definitions that a schema refers to, and those that they refer to.
  func all(usedBy schema: JSONText) -> [(String, JSONText)] {
    var found: [(String, JSONText)] = []
    var open = schema.references
    while !open.isEmpty {
      let name = open.removeFirst()
      guard !found.contains(where: { $0.0 == name }) else { continue }
      let definition = definition(name)
      found.append((name, definition))
      open += definition.references
    }
    return found.sorted { $0.0 < $1.0 }
  }

  /// The members of an object schema with the keys of a table.
  func members(of table: KeyTable) -> [(String, JSONText)] {
    var members: [(String, JSONText)] = [
      ("type", .text("object")), ("description", .text(table.subject)),
    ]
    let properties = table.keys.map { key -> (String, JSONText) in
      guard case .object(var members) = schema(key.shape) else {
        preconditionFailure("the schema of a shape is an object")
      }
      if !key.about.isEmpty {
        members.removeAll { $0.0 == "description" }
        members.append(("description", .text(key.about)))
      }
      if let standard = key.standard { members.append(("default", .text(standard))) }
      return (key.name, .object(members))
    }
    members.append(("properties", .object(properties)))
    let required = table.keys.filter(\.isRequired).map { JSONText.text($0.name) }
    if !required.isEmpty { members.append(("required", .list(required))) }
    if !table.oneOf.isEmpty {
      let choices = table.oneOf.map { key in
        JSONText.object([("required", .list([.text(key)]))])
      }
      members.append(("oneOf", .list(choices)))
    }
    members.append(("additionalProperties", table.isOpen ? .object([]) : .flag(false)))
    return members
  }

  /// A schema for a shape; a parameter may stand for anything but a text, which allows it anyway.
  func schema(_ shape: Shape) -> JSONText {
    switch shape {
    case .text: return .object([("type", scalarTypes)])
    case .name: return .reference("name")
    case .anything: return .object([])
    case .reference(let name): return .reference(name)
    case .toggle: return .reference("switch")
    case .choice(let words): return choice(words)
    case .whole(let range): return whole(range)
    case .number: return .reference("number")
    case .list(let shape):
      return orParameter([.object([("type", .text("array")), ("items", schema(shape))])])
    case .map(let table): return orParameter([.object(members(of: table))])
    case .named(let shape):
      return orParameter([
        .object([("type", .text("object")), ("additionalProperties", schema(shape))])
      ])
    case .either(let shapes): return .object([("anyOf", .list(shapes.map { schema($0) }))])
    }
  }

  private var scalarTypes: JSONText { .list([.text("string"), .text("number"), .text("boolean")]) }

  private func orParameter(_ schemas: [JSONText]) -> JSONText {
    let all = allowsParameters ? schemas + [.reference("parameter")] : schemas
    return all.count == 1 ? all[0] : .object([("anyOf", .list(all))])
  }

  /// One of some words; `true` and `off` may have become booleans on the way.
  private func choice(_ words: [String]) -> JSONText {
    var values = words.map { JSONText.text($0) }
    if words.contains(where: { ["true", "on", "yes"].contains($0) }) { values.append(.flag(true)) }
    if words.contains(where: { ["false", "off", "no"].contains($0) }) {
      values.append(.flag(false))
    }
    return orParameter([.object([("enum", .list(values))])])
  }

  private func whole(_ range: ClosedRange<Int>) -> JSONText {
    var number: [(String, JSONText)] = [
      ("type", .text("integer")), ("minimum", .number(range.lowerBound)),
    ]
    if range.upperBound < Int.max { number.append(("maximum", .number(range.upperBound))) }
    let text = JSONText.object([
      ("type", .text("string")), ("pattern", .text("^[+-]?[0-9.]+([eE][+-]?[0-9]+)?$")),
    ])
    return orParameter([.object(number), text])
  }

  /// A text of a certain form, or a parameter.
  private func text(_ pattern: String, _ description: String) -> JSONText {
    orParameter([
      .object([
        ("type", .text("string")), ("pattern", .text(pattern)),
        ("description", .text(description)),
      ])
    ])
  }

  private func definition(_ name: String) -> JSONText {
    let number = "[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?"
    switch name {
    case "parameter": return pattern("^[$][A-Za-z_][A-Za-z0-9_]*$", "a parameter: $agents")
    case "variable": return pattern("^[$][A-Za-z_][A-Za-z0-9_.]*$", "a variable: $timer")
    case "variable_name": return pattern("^[A-Za-z_][A-Za-z0-9_]*$", "the name of a variable")
    case "json_path": return pattern("^[$][.].+$", "a path into an answer: $.customerType")
    case "name":
      return .object([
        (
          "anyOf",
          .list([
            pattern("^[^/]{1,100}$", "a name"),
            .object([("type", .list([.text("number"), .text("boolean")]))]),
          ])
        )
      ])
    case "switch":
      return orParameter([
        .object([("type", .text("boolean"))]),
        pattern(
          "^([Tt]rue|TRUE|[Ff]alse|FALSE|[Yy]es|YES|[Nn]o|NO|[Oo]n|ON|[Oo]ff|OFF|[YyNn])$",
          "true or false"),
      ])
    case "number":
      return orParameter([
        .object([("type", .text("number"))]), pattern("^\(number)$", "a number"),
      ])
    case "duration":
      return text(
        "^\\s*(\(number)\\s*(d|h|min|s|ms|us|ns)\\s*)+$", "a duration: 40 s, 1 h 30 min")
    case "rate":
      return text(
        "^\\s*\(number)\\s*per\\s+(second|minute|hour|day|s|min|h|d)\\s*$", "a rate: 90 per hour")
    case "share": return text("^\\s*\(number)\\s*%\\s*$", "a share: 35%")
    case "multiple":
      return orParameter([
        .object([("type", .text("number")), ("minimum", .number(0))]),
        pattern("^\\s*\(number)\\s*%?\\s*$", "a multiple: 150% or 1.5"),
      ])
    case "date":
      return text(
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?$",
        "a date and time: 2026-11-23 09:00")
    default: return structure(name)
    }
  }

  private func pattern(_ pattern: String, _ description: String) -> JSONText {
    .object([
      ("type", .text("string")), ("pattern", .text(pattern)), ("description", .text(description)),
    ])
  }

  /// The definitions that are made of others.
  private func structure(_ name: String) -> JSONText {
    switch name {
    case "days":
      let day = "(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
      let days = pattern(
        "^(every day|daily|all|\(day)(\\s*-\\s*\(day))?(\\s*,\\s*\(day)(\\s*-\\s*\(day))?)*)$",
        "days: mon-fri")
      return orParameter([days, .object([("type", .text("array")), ("items", days)])])
    case "hours":
      let hours = pattern(
        "^[0-9]{1,2}:[0-9]{2}\\s*-\\s*[0-9]{1,2}:[0-9]{2}$", "hours: 09:00-13:00")
      return orParameter([hours, .object([("type", .text("array")), ("items", hours)])])
    case "day_profile":
      return .object([
        ("type", .text("object")), ("minProperties", .number(1)),
        (
          "propertyNames",
          .object([("pattern", .text("^[0-9]{1,2}:[0-9]{2}$"))])
        ), ("additionalProperties", .reference("rate")),
      ])
    case "scoped_goal":
      return .object([
        ("type", .text("object")), ("description", .text("a goal for a part of the conversations")),
        ("minProperties", .number(1)), ("maxProperties", .number(1)),
        (
          "propertyNames",
          .object([
            (
              "pattern",
              .text(
                "^\\s*((population|team|channel)\\s+.+|between\\s+[0-9]{1,2}:[0-9]{2}\\s+and\\s+"
                  + "[0-9]{1,2}:[0-9]{2}\\s*)$")
            )
          ])
        ), ("additionalProperties", schema(.text)),
      ])
    case "distribution": return distribution(.reference("duration"), "distribution")
    case "number_distribution": return distribution(.reference("number"), "number_distribution")
    case "any_distribution":
      let value = JSONText.object([
        ("anyOf", .list([.reference("duration"), .reference("number")]))
      ])
      return distribution(value, "any_distribution")
    case "count": return count
    case "arrivals": return schema(.map(ValueReader.arrivalKeys))
    case "logic":
      return .object([
        (
          "anyOf",
          .list([
            choice(Logic.plain.map(\.name) + ["sticky"]),
            object("sticky", schema(.map(WorkflowReader.stickyKeys))),
          ])
        )
      ])
    case "trigger": return trigger
    case "step": return step
    case "condition":
      return .object([
        ("anyOf", .list([schema(.text), schema(.map(WorkflowReader.conditionKeys))]))
      ])
    case "entry": return entry
    default: preconditionFailure("every reference of a shape has a definition: \(name)")
    }
  }

  /// A map with exactly one key.
  private func object(_ key: String, _ value: JSONText) -> JSONText {
    .object([
      ("type", .text("object")), ("properties", .object([(key, value)])),
      ("required", .list([.text(key)])), ("additionalProperties", .flag(false)),
    ])
  }

  private func distribution(_ value: JSONText, _ name: String) -> JSONText {
    var choices = [value]
    var families: [String] = []
    for form in DistributionForm.allCases where !families.contains(form.family) {
      families.append(form.family)
    }
    for family in families {
      let forms = DistributionForm.allCases.filter { $0.family == family }
      var ways = forms.map { form in parameters(form, value) }
      if forms.contains(where: { $0.parameters.count == 1 }) { ways.append(value) }
      choices.append(object(family, ways.count == 1 ? ways[0] : .object([("anyOf", .list(ways))])))
    }
    choices.append(object("empirical", schema(.map(ValueReader.columnKeys))))
    let part = KeyTable(
      "a part of a mixture",
      [.required("share", .reference("share")), .required("of", .reference(name))])
    choices.append(object("mixture", schema(.list(.map(part)))))
    return orParameter([.object([("anyOf", .list(choices))])])
  }

  private func parameters(_ form: DistributionForm, _ value: JSONText) -> JSONText {
    let properties = form.parameters.map { parameter -> (String, JSONText) in
      switch parameter.kind {
      case .value: (parameter.name, value)
      case .number: (parameter.name, .reference("number"))
      case .count: (parameter.name, whole(1...1_000_000))
      case .share: (parameter.name, .reference("share"))
      }
    }
    return .object([
      ("type", .text("object")), ("properties", .object(properties)),
      ("required", .list(form.parameters.map { .text($0.name) })),
      ("additionalProperties", .flag(false)),
    ])
  }

  private var count: JSONText {
    let mean = JSONText.object([
      (
        "anyOf",
        .list([
          .reference("number"),
          schema(.map(KeyTable("a count", [.required("mean", .number)]))),
        ])
      )
    ])
    return orParameter([
      .object([
        (
          "anyOf",
          .list([
            whole(0...CountDistribution.largest), object("geometric", mean),
            object("poisson", mean),
            object("uniform", schema(.map(ValueReader.uniformCountKeys))),
          ])
        )
      ])
    ])
  }

  private var trigger: JSONText {
    var choices = WorkflowReader.triggerKeys.map { object($0.key, schema(.map($0.value))) }
    let bare = WorkflowReader.triggerKeys.filter { !$0.value.keys.contains(where: \.isRequired) }
    choices.append(choice(bare.map(\.key)))
    return .object([("anyOf", .list(choices))])
  }

  private var step: JSONText {
    let steps = JSONText.object([
      ("type", .text("array")), ("items", .reference("step")),
    ])
    let choices = WorkflowReader.steps.map { step -> JSONText in
      var properties: [(String, JSONText)] = [
        (step.key, schema(step.value.shape)), ("id", .reference("name")),
        ("name", schema(.text)),
      ]
      for outcome in step.value.outcomes {
        let ways = outcome == "on" ? schema(.map(WorkflowReader.agentOutcomes)) : steps
        properties.append((outcome, ways))
      }
      return .object([
        ("type", .text("object")), ("properties", .object(properties)),
        ("required", .list([.text(step.key)])), ("additionalProperties", .flag(false)),
      ])
    }
    return .object([("anyOf", .list(choices))])
  }

  private var entry: JSONText {
    let waiting = KeyTable("time passes", [.required("at", .reference("duration"))])
    let tables = [waiting] + CaseKeys.verbs.map(\.table)
    return .object([("anyOf", .list(tables.map { .object(members(of: $0)) }))])
  }
}
