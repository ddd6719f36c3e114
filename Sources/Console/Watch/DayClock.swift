/// The scenario's clock in words; seconds count from midnight of its first day.
enum DayClock {
  /// `9:00`, from the second day on `day 2, 9:00`.
  static func minute(_ second: Int64) -> String {
    day(second) + "\(second / 3_600 % 24):" + two(second / 60 % 60)
  }

  /// `13:04:14`.
  static func second(_ second: Int64) -> String {
    day(second) + two(second / 3_600 % 24) + ":" + two(second / 60 % 60) + ":" + two(second % 60)
  }

  private static func day(_ second: Int64) -> String {
    second >= 86_400 ? "day \(second / 86_400 + 1), " : ""
  }

  private static func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
