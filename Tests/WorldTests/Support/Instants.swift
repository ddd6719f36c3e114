import VirtualTime

/// Instants of small worlds, as nanoseconds from the start.
extension Instant: ExpressibleByIntegerLiteral {
  /// So many nanoseconds after the start.
  public init(integerLiteral nanoseconds: Int64) { self.init(nanoseconds: nanoseconds) }
}
