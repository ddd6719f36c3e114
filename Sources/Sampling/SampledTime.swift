/// Times that were drawn: seconds as real numbers, turned into whole nanoseconds.
public enum SampledTime {
  /// The time that never comes.
  public static let never = Int64.max

  /// A hundred years of 365.25 days: a draw beyond it means never.
  public static let longest = 3_155_760_000.0

  /// The nearest whole number of nanoseconds, at least 0; `never` beyond a hundred years.
  @inlinable @inline(__always)
  public static func nanoseconds(_ seconds: Double) -> Int64 {
    let exact = seconds * 1e9
    // Up to 52 days. Also false for NaN, so that nothing here can trap.
    guard exact > 0 && exact < 0x1p52 else { return longNanoseconds(seconds) }
    // Rounded half away from zero by hand: the library's function is a call. A sum of 2^52 and more
    // has no fraction, its last 52 bits are the whole number, and a half has gone to the even one.
    let sum = exact + 0x1p52
    let whole = Int64(bitPattern: sum.bitPattern &- 0x1p52.bitPattern)
    return exact - (sum - 0x1p52) == 0.5 ? whole &+ 1 : whole
  }

  /// The same for what is not a time of some days.
  @usableFromInline @inline(never)
  static func longNanoseconds(_ seconds: Double) -> Int64 {
    guard seconds <= longest else { return never }
    if seconds <= 0 { return 0 }
    let exact = seconds * 1e9
    let whole = Int64(exact)
    return exact - Double(whole) >= 0.5 ? whole + 1 : whole
  }
}
