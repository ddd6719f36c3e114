/// A method and a pattern of paths, and what is done there.
public struct Route: Sendable {
  /// The method; `HEAD` is answered where `GET` is.
  public let method: String
  /// The pattern: `/v1/users/{name}`.
  public let pattern: String
  /// What is done, in a line.
  public let summary: String
  let handle: @Sendable (WebRequest, Responder) -> Void
  let segments: [String]

  /// Describes a route.
  public init(
    _ method: String, _ pattern: String, _ summary: String,
    handle: @escaping @Sendable (WebRequest, Responder) -> Void
  ) {
    self.method = method
    self.pattern = pattern
    self.summary = summary
    self.handle = handle
    segments = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
  }

  /// What the pattern's names stand for in a path; nil if it is another path.
  func matches(_ path: [String]) -> [(name: String, value: String)]? {
    guard path.count == segments.count else { return nil }
    var parameters: [(name: String, value: String)] = []
    for (pattern, segment) in zip(segments, path) {
      if pattern.hasPrefix("{"), pattern.hasSuffix("}") {
        guard !segment.isEmpty else { return nil }
        parameters.append((String(pattern.dropFirst().dropLast()), segment))
      } else if pattern != segment {
        return nil
      }
    }
    return parameters
  }
}

/// Which route a request belongs to.
struct Router: Sendable {
  let routes: [Route]

  enum Found {
    case route(Route, parameters: [(name: String, value: String)])
    case nothing(WebResponse)
  }

  func find(_ method: String, _ path: String) -> Found {
    guard let segments = PercentCoding.segments(path) else {
      return .nothing(
        .problem(400, "bad path", "the path has an escape or a segment that is not allowed"))
    }
    var allowed: [String] = []
    for route in routes {
      guard let parameters = route.matches(segments) else { continue }
      if route.method == method || route.method == "GET" && method == "HEAD" {
        return .route(route, parameters: parameters)
      }
      if !allowed.contains(route.method) { allowed.append(route.method) }
    }
    guard !allowed.isEmpty else {
      return .nothing(.problem(404, "not found", "there is nothing at this path"))
    }
    if allowed.contains("GET") { allowed.append("HEAD") }
    return .nothing(
      .problem(
        405, "method not allowed", "here is only " + allowed.joined(separator: ", "),
        headers: [("Allow", allowed.joined(separator: ", "))]))
  }
}

/// Percent-escapes of addresses.
enum PercentCoding {
  /// The parts of a path, decoded; nil if there is an escape that is none, a step up, a byte that ends texts in
  /// C, or a slash that was hidden.
  static func segments(_ path: String) -> [String]? {
    guard path.utf8.first == UInt8(ascii: "/") else { return nil }
    var segments: [String] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      guard let segment = decoded(part), segment != "..", segment != ".",
        !segment.utf8.contains(UInt8(ascii: "/")), !segment.utf8.contains(0)
      else { return nil }
      segments.append(segment)
    }
    return segments
  }

  /// Names and values after `?`; nil if one cannot be decoded.
  static func query(_ text: Substring) -> [(name: String, value: String)]? {
    var pairs: [(name: String, value: String)] = []
    for part in text.split(separator: "&") {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = decoded(sides[0], plusIsBlank: true),
        let value = sides.count > 1 ? decoded(sides[1], plusIsBlank: true) : ""
      else { return nil }
      pairs.append((name, value))
    }
    return pairs
  }

  static func decoded(_ text: Substring, plusIsBlank: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var iterator = text.utf8.makeIterator()
    while let byte = iterator.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = iterator.next().flatMap(digit), let low = iterator.next().flatMap(digit)
        else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
