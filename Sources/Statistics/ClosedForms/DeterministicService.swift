import Glibc

/// M/D/c: constant service times; also round robin over n agents with k slots, where c = n k.
struct DeterministicService: Sendable, Equatable {
  /// The mean wait of everybody.
  let meanWait: Double

  /// The mean number waiting.
  let meanQueue: Double

  /// Nothing for impossible arguments or a load of 1 and more.
  init?(servers: Int, arrivalRate: Double, service: Double) {
    guard (1...100_000).contains(servers), ClosedFormLimits.isRate(arrivalRate),
      ClosedFormLimits.isRate(service)
    else { return nil }
    let c = Double(servers)
    let load = arrivalRate * service / c
    guard load > 0, load < 1 else { return nil }
    // How fast the terms of the series fall: P(Poisson(i a) >= i c) ~ exp(-i c decay).
    let decay = load - 1 - log(load)
    let terms = 40 / (c * decay)
    let inServices =
      terms <= 500
      ? Self.series(c: c, load: load, decay: decay) : Self.roots(servers: servers, load: load)
    guard inServices.isFinite, inServices >= 0 else { return nil }
    meanWait = inServices * service
    meanQueue = meanWait * arrivalRate
  }

  /// Crommelin's series (1932) in Spitzer's form, sum of E[(Poisson(i a) - i c)+] / (i a).
  ///
  /// It has positive terms only, so even a wait of 1e-7 keeps all its digits.
  private static func series(c: Double, load: Double, decay: Double) -> Double {
    var total = 0.0
    var i = 1.0
    while true {
      let level = i * c
      let mean = level * load
      var mass = poissonMass(level, decay: decay)
      var excess = 0.0
      var above = 1.0
      while true {
        mass *= mean / (level + above)
        let added = above * mass
        excess += added
        if added <= 1e-18 * excess || added == 0 { break }
        above += 1
      }
      let term = excess / mean
      total += term
      if term <= 1e-17 * total || term == 0 { return total }
      i += 1
    }
  }

  /// P(Poisson(level x load) = level) by Stirling's series, exact for any level (Loader 2000).
  private static func poissonMass(_ level: Double, decay: Double) -> Double {
    let error: Double
    if level < 16 {
      error =
        Special.logGamma(level + 1) - (level + 0.5) * log(level) + level
        - 0.5 * log(2 * Double.pi)
    } else {
      let square = level * level
      error =
        (1 / 12.0 - (1 / 360.0 - (1 / 1260.0 - (1 / 1680.0) / square) / square) / square) / level
    }
    return exp(-error - level * decay) / (2 * Double.pi * level).squareRoot()
  }

  /// By the roots of z^c = exp(a (z - 1)) in the unit disc, for loads where the series is long.
  ///
  /// From the generating function of the number in the system at distances of one service:
  /// E[L] = a + sum 1/(1 - z_k) - (c (c - 1) - a^2) / (2 (c - a)), one root z_k for each k in 1..<c.
  private static func roots(servers: Int, load: Double) -> Double {
    let c = Double(servers)
    let a = c * load
    var sum = 0.0
    for k in stride(from: 1, to: servers, by: 1) {
      let angle = 2 * Double.pi * Double(k) / c
      // Newton's method for z = w exp(load (z - 1)), from the root at load 0.
      let (cosine, sine) = (cos(angle), sin(angle))
      var (x, y) = (cosine * exp(-load), sine * exp(-load))
      for _ in 0..<100 {
        let size = exp(load * (x - 1))
        let turn = angle + load * y
        let (imageX, imageY) = (size * cos(turn), size * sin(turn))
        let (restX, restY) = (x - imageX, y - imageY)
        let (slopeX, slopeY) = (1 - load * imageX, -load * imageY)
        let norm = slopeX * slopeX + slopeY * slopeY
        let stepX = (restX * slopeX + restY * slopeY) / norm
        let stepY = (restY * slopeX - restX * slopeY) / norm
        x -= stepX
        y -= stepY
        if abs(stepX) + abs(stepY) < 1e-16 { break }
      }
      sum += (1 - x) / ((1 - x) * (1 - x) + y * y)
    }
    let waiting = sum - (c * (c - 1) - a * a) / (2 * (c - a))
    return max(0, waiting) / a
  }
}
