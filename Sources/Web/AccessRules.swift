/// Who may ask at all: by name of the host, by token, from which page.
struct AccessRules: Sendable {
  /// Hosts that a request may name, in small letters, without the port.
  let hosts: [String]
  let port: UInt16
  /// The token that must be shown; nil if none is needed.
  let token: [UInt8]?
  /// The cookie in which a browser shows it; nil where programs ask, which send it as a header.
  let cookie: String?

  /// Why a request is sent away; nil if it is not.
  func refusal(
    host: String?, origin: String?, authorization: String?, cookies: String?
  ) -> WebResponse? {
    // A page of somebody else whose name leads here must not reach us through its reader's browser.
    guard let host, isOurs(host) else {
      return .problem(
        421, "wrong host", "the Host header names another host than those that are served here")
    }
    if let origin {
      guard let name = origin.split(separator: "/").last.map(String.init),
        origin.hasPrefix("http://") || origin.hasPrefix("https://"), isOurs(name)
      else {
        return .problem(403, "wrong origin", "pages of other hosts may not ask")
      }
    }
    guard let token else { return nil }
    if let cookie { return isShown(token, cookie, cookies) ? nil : .noCookie }
    let shown = authorization.flatMap { text -> [UInt8]? in
      let words = text.split(separator: " ", maxSplits: 1)
      return words.count == 2 && words[0].lowercased() == "bearer" ? Array(words[1].utf8) : nil
    }
    guard let shown, Self.areEqual(shown, token) else {
      return .problem(
        401, "token needed", "send 'Authorization: Bearer TOKEN' with the token of this service",
        headers: [("WWW-Authenticate", "Bearer")])
    }
    return nil
  }

  /// The answer to a browser that comes with the token in its address; nil where it is another request.
  ///
  /// From then on it has the cookie, and an address without the token, which may be seen and kept.
  func exchange(_ request: WebRequest) -> WebResponse? {
    guard let token, let cookie, request.path == "/", request.method == "GET",
      let shown = request.query.first(where: { $0.name == "token" })?.value
    else { return nil }
    guard let host = request.header("host"), isOurs(host), Self.areEqual(Array(shown.utf8), token)
    else { return .noCookie }
    let setting = "\(cookie)=\(shown); Path=/; HttpOnly; SameSite=Strict"
    return WebResponse(
      status: 303, contentType: "text/plain; charset=utf-8", body: [],
      headers: [("Location", "/"), ("Set-Cookie", setting)])
  }

  private func isShown(_ token: [UInt8], _ cookie: String, _ cookies: String?) -> Bool {
    (cookies ?? "").split(separator: ";").contains { part in
      let sides = part.split(separator: "=", maxSplits: 1)
      return sides.count == 2 && sides[0].drop { $0 == " " } == cookie
        && Self.areEqual(Array(sides[1].utf8), token)
    }
  }

  private func isOurs(_ text: String) -> Bool {
    let text = text.lowercased()
    var name = text
    if let colon = text.lastIndex(of: ":"), !text.hasSuffix("]") {
      guard text[text.index(after: colon)...] == String(port) else { return false }
      name = String(text[..<colon])
    }
    return hosts.contains(name)
  }

  /// Compares in a time that depends on the lengths alone, so that a guess learns nothing.
  static func areEqual(_ shown: [UInt8], _ token: [UInt8]) -> Bool {
    var difference = UInt8(shown.count == token.count ? 0 : 1)
    for place in shown.indices { difference |= shown[place] ^ token[place % max(1, token.count)] }
    return difference == 0 && !token.isEmpty
  }
}

/// Whether an address is of this machine alone.
public func isLoopback(_ address: String) -> Bool {
  address == "localhost" || address == "::1"
    || address.split(separator: ".").count == 4 && address.hasPrefix("127.")
}

extension WebResponse {
  /// What is read by somebody who opened an address without its token.
  fileprivate static let noCookie = WebResponse(
    status: 401, contentType: "text/plain; charset=utf-8",
    body: Array(
      "Open the address that Switchboard printed last: it ends in a token. Then a page that was open before goes on.\n"
        .utf8))
}
