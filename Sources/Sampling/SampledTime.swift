/// Times that were drawn: seconds as real numbers, turned into whole nanoseconds.
public enum SampledTime {
  /// The time that never comes.
  public static let never = Int64.max

  /// A hundred years of 365.25 days: a draw beyond it means never.
  public static let longest = 3_155_760_000.0

  /// The nearest whole number of nanoseconds, at least 0; `never` beyond a hundred years.
  @inlinable @inline(__always)
  public static func nanoseconds(_ seconds: Double) -> Int64 {
    // Also false for NaN, so that nothing here can trap.
    guard seconds <= 3_155_760_000.0 else { return never }
    if seconds <= 0 { return 0 }
    // Rounded half away from zero by hand: the library's function is a call.
    let exact = seconds * 1e9
    let whole = Int64(exact)
    return exact - Double(whole) >= 0.5 ? whole + 1 : whole
  }
}
