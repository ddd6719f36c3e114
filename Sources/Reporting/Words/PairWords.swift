/// What the tables of all pairs and of other worlds show, for who did not ask for them.
enum PairWords {
  /// What the numbers of all pairs are.
  static func explanation(count: Int) -> String {
    "Change of the first strategy from the second; the \(grouped(Int64(count))) signs are corrected "
      + "together, so they ask more than those above."
  }

  /// What the other worlds are.
  static let worlds =
    "The same scenario with other loads, and with work that varies less or more (cv is its standard "
    + "deviation over its mean)."
}
