extension WorkspaceSettings {
  /// The platform's own domain that an address leads to, or nil.
  func ownDomain(in url: String) -> String? {
    let host = Self.host(of: url)
    return ownDomains.first { domain in
      let domain = domain.lowercased()
      return !domain.isEmpty && (host == domain || host.hasSuffix("." + domain))
    }
  }

  /// The host that an address names, in small letters; scheme, user, port and the final dot left out.
  private static func host(of url: String) -> String {
    var rest = url.trimmed[...]
    if let slashes = rest.firstRange(of: "//") { rest = rest[slashes.upperBound...] }
    rest = rest.prefix { !"/?#\\".contains($0) }
    if let at = rest.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
    rest = rest.prefix { $0 != ":" }
    while rest.last == "." { rest = rest.dropLast() }
    return rest.lowercased()
  }
}
