import Measurement

/// Why a request was not taken; nothing of it was applied.
struct BadRequest: Error, Sendable, Equatable {
  /// 400 for what cannot be read, 422 for what can be read and makes no sense.
  var status: Int
  /// In one word.
  var reason: String
  /// What is wrong and what was expected.
  var message: String
  /// The position in the array, where it came in one.
  var event: Int?

  init(_ status: Int, _ reason: String, _ message: String) {
    self.status = status
    self.reason = reason
    self.message = message
  }

  /// The same about one event of several.
  func at(_ event: Int?) -> BadRequest {
    var told = self
    told.event = event
    return told
  }

  /// A name that is none of those there are.
  static func unknown(
    _ noun: String, _ name: String, among known: [String], reason: String? = nil
  ) -> BadRequest {
    var message = "there is no \(noun) '\(shortened(name))'"
    if let near = nearestName(to: name, in: known) {
      message += "; did you mean '\(near)'?"
    } else if known.isEmpty {
      message += "; the workspace has none"
    } else {
      let shown = known.prefix(12).joined(separator: ", ")
      message += "; expected one of \(shown)" + (known.count > 12 ? ", …" : "")
    }
    return BadRequest(422, reason ?? "unknown_\(noun)", message)
  }

  static func shortened(_ text: String, to length: Int = 60) -> String {
    text.count > length ? text.prefix(length) + "…" : text
  }

  var reply: Reply {
    var line = JSONLine()
    line.begin()
    line.name("error")
    line.begin()
    line.member("reason", reason)
    line.member("message", message)
    if let event { line.member("event", event) }
    line.end()
    line.end()
    return Reply(status: status, body: line.bytes)
  }
}

/// What a request is answered with.
public struct Reply: Sendable, Equatable {
  /// The status as HTTP has it.
  public var status: Int
  /// The body as JSON.
  public var body: [UInt8]

  /// Answers.
  public init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  /// The body as text.
  public var text: String { String(decoding: body, as: UTF8.self) }
}
