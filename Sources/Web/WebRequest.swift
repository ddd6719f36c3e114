/// What somebody asked.
public struct WebRequest: Sendable {
  /// The method, such as `GET`.
  public let method: String
  /// The path as it was sent, without what follows `?`.
  public let path: String
  /// What the names in the route's pattern stand for, decoded, in their order.
  public internal(set) var parameters: [(name: String, value: String)] = []
  /// What follows `?`, decoded, in the order in which it was sent.
  public let query: [(name: String, value: String)]
  /// What was sent with it.
  public let body: [UInt8]
  /// The headers that anything here asks for; names in small letters.
  let headers: [(name: String, value: String)]
  /// Who is at the other end.
  public let client: String

  init(
    method: String, path: String, query: [(name: String, value: String)], body: [UInt8],
    headers: [(name: String, value: String)], client: String
  ) {
    self.method = method
    self.path = path
    self.query = query
    self.body = body
    self.headers = headers
    self.client = client
  }

  /// What a name in the route's pattern stands for.
  public func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

  /// A header that is known here: see `knownHeaders`; nil if it was not sent.
  public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }

  /// The headers that are read at all.
  static let knownHeaders: [StaticString] = [
    "host", "authorization", "idempotency-key", "content-type", "last-event-id", "origin", "cookie",
  ]
}

/// An answer.
public struct WebResponse: Sendable {
  /// The status, such as 200.
  public var status: Int
  /// What kind of text the body is.
  public var contentType: String
  /// The body.
  public var body: [UInt8]
  /// Headers besides those that every answer has.
  public var headers: [(name: String, value: String)]

  /// An answer with a body.
  public init(
    status: Int = 200, contentType: String = "application/json", body: [UInt8],
    headers: [(name: String, value: String)] = []
  ) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.headers = headers
  }

  /// What went wrong, as RFC 9457 has it.
  public static func problem(
    _ status: Int, _ title: String, _ detail: String,
    headers: [(name: String, value: String)] = []
  ) -> WebResponse {
    let text =
      "{\"title\":\(quoted(title)),\"status\":\(status),\"detail\":\(quoted(detail))}"
    return WebResponse(
      status: status, contentType: "application/problem+json", body: Array(text.utf8),
      headers: headers)
  }
}

/// A text in quotes, as JSON has it.
func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    default:
      if scalar.value < 0x20 {
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
  }
  return result + "\""
}
