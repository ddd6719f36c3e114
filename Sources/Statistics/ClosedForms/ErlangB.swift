/// Erlang's loss formula: M/M/c where whoever finds nobody free is turned away.
enum ErlangB {
  /// The share turned away by `servers` at an offered load in erlangs.
  ///
  /// By the usual recursion, never by factorials: each step is a sum of positive terms, so it keeps
  /// its digits for millions of servers. Nothing for impossible arguments.
  static func blocking(servers: Int, offeredLoad: Double) -> Double? {
    guard (0...ClosedFormLimits.servers).contains(servers), offeredLoad >= 0,
      offeredLoad.isFinite
    else { return nil }
    var blocked = 1.0
    for server in 0..<servers {
      blocked = offeredLoad * blocked / (Double(server + 1) + offeredLoad * blocked)
    }
    return blocked
  }
}
