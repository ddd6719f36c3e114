import Measurement

/// Which columns of a file mean what, as `--columns opened=date+time,gave_up=outcome:HANG` says it.
public struct ColumnMap: Sendable, Hashable {
  /// What a column can mean.
  public enum Role: String, Sendable, Hashable, CaseIterable {
    /// When the conversation was opened.
    case opened
    /// When an agent began with it.
    case answered
    /// When the first answer went out.
    case responded
    /// When it was closed.
    case closed
    /// When somebody who gave up left.
    case left
    /// Who gave up.
    case gaveUp = "gave_up"
    /// Who answered.
    case agent
    /// On which channel.
    case channel
    /// Which kind of contact.
    case population
    /// Whose conversation it is.
    case contact
    /// The number of the conversation.
    case id
    /// Which rows count.
    case only
    /// The case that an event belongs to: the file then has a row for each event.
    case `case`
    /// When the event or message was.
    case at
    /// Who sent the message.
    case sender
  }

  /// Where the value of a role comes from.
  public struct Source: Sendable, Hashable {
    /// The columns; several are joined by a blank, as a date and a time.
    public var columns: [String]
    /// The values that count, for a role that is a condition; empty for one that is a value.
    public var values: [String]
  }

  /// Each role that is given, in the order of the text.
  public private(set) var sources: [(role: Role, source: Source)] = []

  /// What is wrong with the text.
  public struct Mistake: Error {
    /// In words.
    public let message: String
  }

  /// The columns of a role.
  public subscript(_ role: Role) -> Source? { sources.first { $0.role == role }?.source }

  /// Reads the text; names with a mark in them stand in quotes.
  public init(_ text: String) throws(Mistake) {
    var reader = Tokens(text)
    repeat {
      let name = try reader.word()
      guard let role = Role(rawValue: name) else {
        let near = nearestName(to: name, in: Role.allCases.map(\.rawValue))
        throw Mistake(
          message: "unknown column '\(name)'" + (near.map { ", did you mean '\($0)'?" } ?? ";")
            + " known: " + Role.allCases.map(\.rawValue).joined(separator: ", "))
      }
      guard self[role] == nil else { throw Mistake(message: "'\(name)' is given twice") }
      guard reader.take("=") else {
        throw Mistake(message: "'\(name)' needs a column: \(name)=NAME")
      }
      var source = Source(columns: [try reader.word()], values: [])
      while reader.take("+") { source.columns.append(try reader.word()) }
      if reader.take(":") {
        repeat { source.values.append(try reader.word()) } while reader.take("|")
        guard source.columns.count == 1 else {
          throw Mistake(message: "'\(name)': a value is looked for in one column, not in several")
        }
      }
      sources.append((role, source))
    } while reader.take(",")
    if let rest = reader.rest {
      throw Mistake(message: "'\(rest)' is not expected; roles are divided by commas")
    }
    try check()
  }

  private init() {}

  private func check() throws(Mistake) {
    for (role, source) in sources {
      let isCondition = !source.values.isEmpty
      let mayBe = isEvents ? [.opened, .answered, .closed, .gaveUp, .only] : [Role.gaveUp, .only]
      if isCondition, !mayBe.contains(role) {
        throw Mistake(
          message: "'\(role.rawValue)' takes a column, not a value of one (NAME:VALUE)")
      }
      if !isCondition, role == .only || role == .gaveUp || isEvents && mayBe.contains(role) {
        throw Mistake(
          message: "'\(role.rawValue)' says which values count: \(role.rawValue)=NAME:VALUE")
      }
    }
    if isEvents, self[.at] == nil {
      throw Mistake(message: "events need a time: at=NAME")
    }
    if !isEvents, self[.at] == nil, self[.opened] == nil {
      throw Mistake(message: "'opened' is missing: opened=NAME")
    }
  }

  /// Whether the file has a row for each event instead of one for each conversation.
  var isEvents: Bool { self[.case] != nil }

  /// A map of known columns.
  init(_ known: [(Role, String)]) {
    sources = known.map { ($0.0, Source(columns: [$0.1], values: [])) }
  }

  /// Whether two maps give the same roles to the same columns.
  public static func == (a: Self, b: Self) -> Bool {
    a.sources.count == b.sources.count
      && zip(a.sources, b.sources).allSatisfy { $0.role == $1.role && $0.source == $1.source }
  }

  /// Mixes roles and columns in.
  public func hash(into hasher: inout Hasher) {
    for (role, source) in sources {
      hasher.combine(role)
      hasher.combine(source)
    }
  }
}

/// Words and marks of a text.
private struct Tokens {
  private var rest_: Substring

  init(_ text: String) { rest_ = Substring(text) }

  var rest: String? { rest_.isEmpty ? nil : String(rest_) }

  mutating func take(_ mark: Character) -> Bool {
    guard rest_.first == mark else { return false }
    rest_.removeFirst()
    return true
  }

  mutating func word() throws(ColumnMap.Mistake) -> String {
    if take("\"") {
      guard let end = rest_.firstIndex(of: "\"") else {
        throw ColumnMap.Mistake(message: "a quote that is never closed")
      }
      let word = String(rest_[..<end])
      rest_ = rest_[rest_.index(after: end)...]
      return word
    }
    let word = rest_.prefix { !"=+:|,\"".contains($0) }
    rest_ = rest_.dropFirst(word.count)
    var name = String(word)
    while name.first == " " { name.removeFirst() }
    while name.last == " " { name.removeLast() }
    guard !name.isEmpty else { throw ColumnMap.Mistake(message: "a name is missing") }
    return name
  }
}
