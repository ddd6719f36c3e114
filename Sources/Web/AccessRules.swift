/// Who may ask at all: by name of the host, by token, from which page.
struct AccessRules: Sendable {
  /// Hosts that a request may name, in small letters, without the port.
  let hosts: [String]
  let port: UInt16
  /// The token that must be shown; nil if none is needed.
  let token: [UInt8]?

  /// Why a request is sent away; nil if it is not.
  func refusal(
    host: String?, origin: String?, authorization: String?
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
