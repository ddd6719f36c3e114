import Glibc

/// Each customer joins the shortest of a few queues seen at random, among very many.
///
/// The limit of infinitely many queues (Vvedenskaya et al. 1996, Mitzenmacher 2001).
enum Supermarket {
  /// The mean time in the system in units of the mean service; nothing for a load outside 0..<1.
  static func meanTime(load: Double, choices: Int) -> Double? {
    guard load >= 0, load < 1, choices >= 1 else { return nil }
    if load == 0 { return 1 }
    if choices == 1 { return 1 / (1 - load) }
    // Exponents (d^i - d) / (d - 1): 0, d, d + d^2, ...
    let d = Double(choices)
    var exponent = 0.0
    var power = d
    var total = 0.0
    while true {
      let term = pow(load, exponent)
      total += term
      if term < 1e-18 { return total }
      exponent += power
      power *= d
    }
  }
}
