import CYAML

/// libyaml's event parser, with Swift's values in its events.
///
/// This file holds all the unsafe code of the reader. libyaml reads from a buffer that outlives the
/// parser (both live inside `forEachEvent`), and an event is freed as soon as its values are copied.
enum YAMLParser {
  /// What libyaml found, with its place in the text that was given to it.
  struct Event {
    enum Kind {
      case documentStart
      case scalar(text: String, style: Style)
      case listStart(isFlow: Bool)
      case listEnd
      case mappingStart(isFlow: Bool)
      case mappingEnd
      case alias(String)
    }
    enum Style { case plain, quoted, doubleQuoted, block }

    let kind: Kind
    let start: SourcePosition
    let end: SourcePosition
    var anchor: String?
    var tag: String?
  }

  /// A text that is not YAML.
  struct Failure: Error {
    let message: String
    let position: SourcePosition
    /// Where the value that was being read began, if that is known.
    var start: SourcePosition?
  }

  /// Parses a text and hands each event on, until `body` returns false.
  static func forEachEvent(
    of bytes: [UInt8], _ body: (Event) -> Bool
  ) throws(Failure) {
    var parser = unsafe yaml_parser_t()
    guard unsafe yaml_parser_initialize(&parser) == 1 else { throw outOfMemory }
    defer { unsafe yaml_parser_delete(&parser) }
    let failure: Failure? = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe yaml_parser_set_encoding(&parser, YAML_UTF8_ENCODING)
      // An empty array may have no address; libyaml wants one even for no bytes.
      var nothing: UInt8 = 0
      return unsafe withUnsafePointer(to: &nothing) { empty in
        unsafe yaml_parser_set_input_string(&parser, buffer.baseAddress ?? empty, buffer.count)
        return unsafe drain(&parser, body)
      }
    }
    if let failure { throw failure }
  }

  private static let outOfMemory = Failure(
    message: "libyaml ran out of memory", position: SourcePosition(line: 1, column: 1))

  private static func drain(
    _ parser: UnsafeMutablePointer<yaml_parser_t>, _ body: (Event) -> Bool
  ) -> Failure? {
    while true {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else { return unsafe failure(of: parser) }
      defer { unsafe yaml_event_delete(&event) }
      if unsafe event.type == YAML_STREAM_END_EVENT || event.type == YAML_NO_EVENT { return nil }
      if let copy = unsafe copy(of: event), !body(copy) { return nil }
    }
  }

  private static func failure(of parser: UnsafeMutablePointer<yaml_parser_t>) -> Failure {
    let problem = unsafe text(parser.pointee.problem)
    guard unsafe parser.pointee.error != YAML_MEMORY_ERROR, let problem else { return outOfMemory }
    let context = unsafe text(parser.pointee.context)
    return unsafe Failure(
      message: problem + (context.map { " \($0)" } ?? ""),
      position: position(parser.pointee.problem_mark),
      start: context.map { _ in unsafe position(parser.pointee.context_mark) })
  }

  private static func copy(of event: yaml_event_t) -> Event? {
    let data = unsafe event.data
    let kind: Event.Kind
    var anchor: UnsafeMutablePointer<UInt8>?
    var tag: UnsafeMutablePointer<UInt8>?
    switch unsafe event.type {
    case YAML_DOCUMENT_START_EVENT: kind = .documentStart
    case YAML_SCALAR_EVENT:
      let bytes = unsafe UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length)
      kind = unsafe .scalar(
        text: String(decoding: bytes, as: UTF8.self), style: style(data.scalar.style))
      unsafe (anchor, tag) = (data.scalar.anchor, data.scalar.tag)
    case YAML_SEQUENCE_START_EVENT:
      kind = unsafe .listStart(isFlow: data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
      unsafe (anchor, tag) = (data.sequence_start.anchor, data.sequence_start.tag)
    case YAML_MAPPING_START_EVENT:
      kind = unsafe .mappingStart(isFlow: data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
      unsafe (anchor, tag) = (data.mapping_start.anchor, data.mapping_start.tag)
    case YAML_SEQUENCE_END_EVENT: kind = .listEnd
    case YAML_MAPPING_END_EVENT: kind = .mappingEnd
    case YAML_ALIAS_EVENT: kind = unsafe .alias(string(data.alias.anchor) ?? "")
    default: return nil
    }
    return unsafe Event(
      kind: kind, start: position(event.start_mark), end: position(event.end_mark),
      anchor: string(anchor), tag: string(tag))
  }

  private static func style(_ style: yaml_scalar_style_t) -> Event.Style {
    switch style {
    case YAML_SINGLE_QUOTED_SCALAR_STYLE: .quoted
    case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
    case YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE: .block
    default: .plain
    }
  }

  private static func position(_ mark: yaml_mark_t) -> SourcePosition {
    SourcePosition(line: Int(clamping: mark.line) + 1, column: Int(clamping: mark.column) + 1)
  }

  private static func text(_ text: UnsafePointer<CChar>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
  }

  private static func string(_ text: UnsafeMutablePointer<UInt8>?) -> String? {
    unsafe text.map { unsafe String(cString: $0) }
  }
}
