/// Limits of a YAML or JSON file.
enum YAMLLimits {
  /// 10 MB.
  static let bytes = 10_000_000
  /// Lists and maps inside each other.
  static let depth = 64
  /// Values in all: what a file of 10 MB of brackets would otherwise cost in memory.
  static let nodes = 2_000_000
}

extension Node {
  /// Reads a file into a tree of values.
  ///
  /// Everything wrong with it as YAML goes to `problems`; nil if nothing can be read at all.
  static func read(file path: String, _ problems: Problems) -> Node? {
    do throws(FileProblem) {
      let bytes = try readRegularFile(path, limit: YAMLLimits.bytes)
      return read(SourceFile(name: path, bytes: bytes), problems)
    } catch {
      switch error {
      case .missing:
        problems.add(Diagnostic(file: path, "cannot read the file: there is no such file"))
      case .cannotOpen(let why):
        problems.add(Diagnostic(file: path, "cannot read the file: \(why)"))
      case .notRegular:
        problems.add(Diagnostic(file: path, "this is not a regular file"))
      case .tooLarge:
        problems.add(Diagnostic(file: path, "the file is larger than 10 MB"))
      }
      return nil
    }
  }

  /// Reads a text into a tree of values.
  static func read(_ source: SourceFile, _ problems: Problems) -> Node? {
    guard source.bytes.count <= YAMLLimits.bytes else {
      problems.add(Diagnostic(file: source.name, "the file is larger than 10 MB"))
      return nil
    }
    if let (offset, why) = firstForbiddenByte(source.bytes) {
      let start = source.position(of: offset)
      let end = SourcePosition(line: start.line, column: start.column + 1)
      problems.error(SourceSpan(source: source, start: start, end: end), why)
      return nil
    }
    let pairs = SurrogatePairs(in: source)
    var builder = TreeBuilder(source: source, pairs: pairs)
    builder.build()
    if !builder.literalPairs.isEmpty {
      // Some "pairs" were plain text after all: leave those alone and read again.
      let rest = SurrogatePairs(in: source, except: Set(builder.literalPairs))
      builder = TreeBuilder(source: source, pairs: rest)
      builder.build()
    }
    for diagnostic in builder.diagnostics { problems.add(diagnostic) }
    return builder.root
  }
}

/// Makes the tree from libyaml's events and refuses what the format leaves out.
private struct TreeBuilder {
  let source: SourceFile
  let pairs: SurrogatePairs
  private(set) var root: Node?
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var literalPairs: [SourcePosition] = []

  private var open: [Collection] = []
  private var documents = 0
  private var nodes = 0
  private var isBroken = false
  /// The last value, if it was a text in quotes.
  private var lastQuoted: SourceSpan?

  /// A list or map whose end has not come yet.
  private struct Collection {
    var isMapping: Bool
    var isFlow: Bool
    var span: SourceSpan
    var items: [Node] = []
    var entries: [Node.Entry] = []
    /// The line of each key so far.
    var names: [String: Int] = [:]
    /// A key that waits for its value; `name` is nil where the key was refused.
    var key: (name: String?, span: SourceSpan)?
  }

  init(source: SourceFile, pairs: SurrogatePairs) {
    self.source = source
    self.pairs = pairs
  }

  mutating func build() {
    do throws(YAMLParser.Failure) {
      try YAMLParser.forEachEvent(of: pairs.replaced(in: source.bytes)) { take($0) }
      if root == nil, !isBroken {
        let start = SourcePosition(line: 1, column: 1)
        fail(at: SourceSpan(source: source, start: start, end: start), "the file is empty")
      }
    } catch {
      let (start, hint) = slip(of: error).place
      let end = SourcePosition(line: start.line, column: start.column + 1)
      fail(
        at: SourceSpan(source: source, start: start, end: end),
        "this is not YAML: \(error.message)", hint: hint)
    }
    if isBroken { root = nil }
  }

  /// A failure with what is known around it; libyaml ends every text with a line break of its own, but
  /// places stay inside the file.
  private func slip(of failure: YAMLParser.Failure) -> YAMLSlip {
    func inside(_ position: SourcePosition) -> SourcePosition {
      source.position(of: source.offset(of: pairs.original(position)))
    }
    return YAMLSlip(
      source: source, problem: failure.message, noticed: inside(failure.position),
      began: failure.start.map(inside), quoted: lastQuoted,
      bracket: open.last { $0.isFlow }?.span.start)
  }

  private mutating func fail(
    at span: SourceSpan, _ message: String, hint: String? = nil, isFatal: Bool = true
  ) {
    if diagnostics.count < Problems.limit {
      diagnostics.append(Diagnostic(at: span, message, hint: hint))
    }
    if isFatal { isBroken = true }
  }

  private mutating func take(_ event: YAMLParser.Event) -> Bool {
    let span = SourceSpan(
      source: source, start: pairs.original(event.start), end: pairs.original(event.end))
    refuseProperties(of: event, at: span)
    lastQuoted = nil
    switch event.kind {
    case .documentStart:
      documents += 1
      if documents > 1 {
        fail(at: span, "a second document in the file", hint: "write one file for each")
      }
    case .scalar(let text, let style): takeScalar(text, style, at: span)
    case .alias(let name):
      fail(
        at: span, "aliases are not used here: '*\(name)'", hint: "use parameters", isFatal: false)
      add(Node(.refused, at: span))
    case .listStart(let isFlow): begin(isMapping: false, isFlow: isFlow, at: span)
    case .mappingStart(let isFlow): begin(isMapping: true, isFlow: isFlow, at: span)
    case .listEnd, .mappingEnd: end(at: span)
    }
    return !isBroken
  }

  private mutating func refuseProperties(of event: YAMLParser.Event, at span: SourceSpan) {
    // An anchor or tag stands before the value, and the event starts with it.
    if let anchor = event.anchor {
      let mark = span.part(from: 0, length: anchor.unicodeScalars.count + 1)
      fail(
        at: event.tag == nil ? mark : span, "anchors are not used here: '&\(anchor)'",
        hint: "use parameters", isFatal: false)
    }
    if let tag = event.tag {
      fail(
        at: event.anchor == nil ? span.part(from: 0, length: 1) : span,
        "tags are not used here: '\(tag)'",
        hint: "leave it out; the key decides how a value is read", isFatal: false)
    }
  }

  private mutating func takeScalar(
    _ text: String, _ style: YAMLParser.Event.Style, at span: SourceSpan
  ) {
    if style != .doubleQuoted {
      literalPairs += pairs.positions(from: span.start, to: span.end)
    }
    if style == .quoted || style == .doubleQuoted { lastQuoted = span }
    let length = text.unicodeScalars.count
    let inset = style == .plain ? 0 : 1
    let isVerbatim =
      style != .block && span.start.line == span.end.line
      && span.end.column - span.start.column == length + 2 * inset
    let scalar = Node.Scalar(text: text, isVerbatim: isVerbatim, inset: inset)
    add(Node(.scalar(scalar), at: span), isPlain: style == .plain)
  }

  private mutating func begin(isMapping: Bool, isFlow: Bool, at span: SourceSpan) {
    guard open.count < YAMLLimits.depth else {
      fail(at: span, "lists and maps are nested deeper than \(YAMLLimits.depth)")
      return
    }
    open.append(Collection(isMapping: isMapping, isFlow: isFlow, span: span))
  }

  private mutating func end(at span: SourceSpan) {
    guard let last = open.popLast() else { return }
    let place =
      last.isFlow
      ? SourceSpan(source: source, start: last.span.start, end: span.end)
      : last.entries.first?.keySpan ?? last.items.first?.span ?? last.span
    add(Node(last.isMapping ? .mapping(last.entries) : .list(last.items), at: place))
  }

  private mutating func add(_ node: Node, isPlain: Bool = false) {
    nodes += 1
    guard nodes <= YAMLLimits.nodes else {
      fail(at: node.span, "the file has more than \(YAMLLimits.nodes) values")
      return
    }
    guard let last = open.indices.last else {
      if root == nil { root = node }
      return
    }
    guard open[last].isMapping else {
      open[last].items.append(node)
      return
    }
    if let key = open[last].key {
      if let name = key.name {
        open[last].entries.append(Node.Entry(key: name, keySpan: key.span, value: node))
      }
      open[last].key = nil
    } else {
      open[last].key = (acceptedKey(node, isPlain: isPlain, in: last), node.span)
    }
  }

  /// The name of a key; nil (and a problem) if it may not stand here.
  private mutating func acceptedKey(_ node: Node, isPlain: Bool, in map: Int) -> String? {
    guard case .scalar(let scalar) = node.content else {
      if case .refused = node.content { return nil }
      fail(at: node.span, "a key must be a name, not \(node.kind)", isFatal: false)
      return nil
    }
    if isPlain, scalar.text == "<<" {
      fail(at: node.span, "merge keys are not used here", hint: "use parameters", isFatal: false)
      return nil
    }
    if let line = open[map].names[scalar.text] {
      fail(
        at: node.span, "the key \(quoted(scalar.text)) appears twice; it stands in line \(line)",
        isFatal: false)
      return nil
    }
    open[map].names[scalar.text] = node.span.start.line
    return scalar.text
  }
}
