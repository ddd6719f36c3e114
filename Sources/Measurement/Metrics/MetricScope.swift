/// The part of the conversations that a metric is limited to, as `population vip` or
/// `between 12:00 and 14:00`.
public enum MetricScope: Sendable, Hashable {
  /// One kind of customers.
  case population(String)
  /// The conversations first answered by somebody of a team; one that nobody answered is that of
  /// the team of whoever had it last, if somebody had.
  case team(String)
  /// The conversations opened on one channel.
  case channel(String)
  /// The conversations opened in a stretch of each day, in minutes after midnight of the workspace's
  /// clock; one that ends before it begins goes over midnight.
  case between(from: Int, to: Int)

  /// The parts that go by a name.
  static let named: [(word: String, make: @Sendable (String) -> MetricScope)] = [
    ("population", { .population($0) }), ("team", { .team($0) }), ("channel", { .channel($0) }),
  ]

  /// What kind of part it is.
  var kind: ResultDocument.Scope.Kind {
    switch self {
    case .population: .population
    case .team: .team
    case .channel: .channel
    case .between: .between
    }
  }

  /// The kind of the part, as it is written.
  public var word: String { kind.rawValue }

  /// The name of the part; of a stretch of the day `12:00 and 14:00`.
  public var name: String {
    switch self {
    case .population(let name), .team(let name), .channel(let name): name
    case .between(let from, let to): "\(Self.clock(from)) and \(Self.clock(to))"
    }
  }

  /// The part in front of a metric's words, such as `vip` or `12:00 to 14:00`.
  var label: String {
    if case .between(let from, let to) = self { return "\(Self.clock(from)) to \(Self.clock(to))" }
    return name
  }

  private static func clock(_ minutes: Int) -> String {
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(digits(minutes / 60)):\(digits(minutes % 60))"
  }
}

extension MetricScope: CustomStringConvertible {
  /// The part as it is written in front of a metric.
  public var description: String { "\(word) \(name)" }
}

extension MetricScope {
  /// Reads what stands before the last colon of a text; nothing if there is no colon.
  ///
  /// Gives the part and where the rest begins, in bytes.
  static func split(
    _ text: some StringProtocol
  ) throws(GrammarError) -> (scope: MetricScope, rest: Int)? {
    let bytes = Array(text.utf8)
    guard let colon = bytes.lastIndex(of: UInt8(ascii: ":")) else { return nil }
    return (try MetricScope(String(decoding: bytes[..<colon], as: UTF8.self)), colon + 1)
  }

  /// Reads `population vip` or `between 12:00 and 14:00`, as it stands before a metric's colon, spaces around it allowed.
  public init(_ text: String) throws(GrammarError) {
    var scanner = TextScanner(text)
    scanner.skipSpaces()
    let start = scanner.position
    let word = scanner.word()
    let wordRange = start..<max(scanner.position, start)
    scanner.skipSpaces()
    if word == "between" {
      self = try Self.stretch(&scanner)
      return
    }
    guard let kind = Self.named.first(where: { $0.word == word }) else {
      let known = Self.named.map(\.word) + ["between"]
      throw GrammarError(
        "a part before ':' is written as 'population vip', 'team support', 'channel web' or "
          + "'between 12:00 and 14:00'",
        suggestion: nearestName(to: word, in: known),
        range: wordRange.isEmpty ? 0..<text.utf8.count : wordRange)
    }
    var name = scanner.text(scanner.rest)
    while name.last == " " || name.last == "\t" { name.removeLast() }
    guard !name.isEmpty else {
      throw GrammarError("the name of the \(word) is missing", range: wordRange)
    }
    self = kind.make(name)
  }

  private static func stretch(_ scanner: inout TextScanner) throws(GrammarError) -> MetricScope {
    let start = scanner.position
    let from = try clock(&scanner, isEnd: false)
    scanner.skipSpaces()
    let between = scanner.position
    guard scanner.word() == "and" else {
      throw GrammarError(
        "a stretch of the day is written as 'between 12:00 and 14:00'",
        range: between..<max(scanner.position, between))
    }
    scanner.skipSpaces()
    let to = try clock(&scanner, isEnd: true)
    let end = scanner.position
    scanner.skipSpaces()
    guard scanner.isAtEnd else {
      throw GrammarError(
        "a stretch of the day is written as 'between 12:00 and 14:00'", range: scanner.rest)
    }
    guard from != to else {
      throw GrammarError("a stretch of the day that ends when it starts", range: start..<end)
    }
    return .between(from: from, to: to)
  }

  /// Minutes after midnight of a time of day such as `09:30`.
  private static func clock(
    _ scanner: inout TextScanner, isEnd: Bool
  ) throws(GrammarError) -> Int {
    let start = scanner.position
    func digits() -> String {
      let from = scanner.position
      while let byte = scanner.next, TextScanner.isDigit(byte) { scanner.skip() }
      return scanner.text(from..<scanner.position)
    }
    let hour = digits()
    let hasColon = scanner.take(":")
    let minute = digits()
    guard hasColon, (1...2).contains(hour.utf8.count), minute.utf8.count == 2,
      let hours = Int(hour), let minutes = Int(minute), minutes < 60,
      hours < 24 || isEnd && hours == 24 && minutes == 0
    else {
      throw GrammarError(
        "a time of day is written as '09:00'", range: start..<max(scanner.position, start))
    }
    return hours * 60 + minutes
  }
}

extension MetricScope: Codable {
  /// Writes the part as text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }

  /// Reads a part as it is written.
  public init(from decoder: any Decoder) throws {
    self = try GrammarError.read(decoder) { text throws(GrammarError) in try MetricScope(text) }
  }
}
