/// What a contact field or a workflow variable holds.
public enum Value: Hashable, Sendable, Codable {
  /// Words; also dates (`2026-11-23`), times (`09:00`), addresses and numbers to call.
  case text(String)
  /// A number.
  case number(Double)
  /// A ticked or an empty box.
  case flag(Bool)

  /// The value as it appears inside a message.
  public var text: String {
    switch self {
    case .text(let text): text
    case .number(let number): Self.print(number)
    case .flag(let flag): flag ? "true" : "false"
    }
  }

  /// The value as a number, also when it was written as text.
  public var number: Double? {
    switch self {
    case .text(let text): text.decimal
    case .number(let number): number
    case .flag: nil
    }
  }

  /// Whole numbers print without a decimal point: an order number is not `17.0`.
  private static func print(_ number: Double) -> String {
    if let whole = Int64(exactly: number) { return "\(whole)" }
    return "\(number)"
  }
}

/// A service's answer or a webhook's payload, already parsed: the engine reads no text formats.
public indirect enum JSON: Hashable, Sendable, Codable {
  /// Nothing.
  case null
  /// True or false.
  case flag(Bool)
  /// A number.
  case number(Double)
  /// Words.
  case text(String)
  /// A list.
  case list([JSON])
  /// Named members in the order they came.
  case object([Member])

  /// One named member of an object.
  public struct Member: Hashable, Sendable, Codable {
    /// The name.
    public var name: String
    /// What stands under it.
    public var value: JSON

    /// Names a value.
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// What a variable receives from this: lists and objects have no value of their own.
  public var value: Value? {
    switch self {
    case .null, .list, .object: nil
    case .flag(let flag): .flag(flag)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    }
  }

  /// What stands at a path, nothing where it leads nowhere.
  public func at(_ path: JSONPath) -> JSON? {
    var place = self
    for step in path.steps {
      switch (step, place) {
      case (.name(let name), .object(let members)):
        guard let member = members.last(where: { $0.name == name }) else { return nil }
        place = member.value
      case (.position(let position), .list(let items)):
        guard items.indices.contains(position) else { return nil }
        place = items[position]
      default: return nil
      }
    }
    return place
  }
}

/// A way into a JSON value, such as `$.orders[0].status`.
public struct JSONPath: Hashable, Sendable, Codable {
  /// One step of the way.
  public enum Step: Hashable, Sendable, Codable {
    /// Into the member with this name.
    case name(String)
    /// Into the item at this position, counted from zero.
    case position(Int)
  }

  /// The steps from the root on.
  public var steps: [Step]

  /// Makes a path of its steps.
  public init(steps: [Step]) { self.steps = steps }

  /// Reads `$`, then `.name` and `[position]`; nothing when it is written otherwise.
  public init?(_ text: String) {
    guard text.first == "$" else { return nil }
    var steps: [Step] = []
    var rest = text.dropFirst()
    while let opening = rest.first {
      rest = rest.dropFirst()
      if opening == "." {
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard !name.isEmpty else { return nil }
        steps.append(.name(String(name)))
        rest = rest.dropFirst(name.count)
      } else if opening == "[", let end = rest.firstIndex(of: "]"), let n = Int(rest[..<end]),
        n >= 0
      {
        steps.append(.position(n))
        rest = rest[rest.index(after: end)...]
      } else {
        return nil
      }
    }
    self.steps = steps
  }
}
