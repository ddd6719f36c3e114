import CGSL
import Sampling

extension Benchmark {
  /// A table of its own, which prints itself.
  static let variates = Benchmark(
    name: "variates", summary: "nanoseconds per variate, beside the GSL calls"
  ) { _ in
    variatesBenchmark()
    return []
  }
}

/// One distribution, drawn by us and by the GSL call that it stands for.
private struct VariateCase {
  let name: String
  let distribution: Distribution
  /// The call of GSL on its usual generator, and its name.
  let peerName: String
  let peer: () -> Double
}

/// Prints nanoseconds per variate by distribution, beside GSL drawing from its Mersenne twister.
///
/// The two alternate, seven rounds each, and the best round of each counts: a shared machine only
/// ever adds time.
func variatesBenchmark() {
  guard let mersenne = unsafe gsl_rng_alloc(sb_gsl_mt19937()) else { return }
  defer { unsafe gsl_rng_free(mersenne) }
  guard let streams = try? RandomStreams(seed: 1, replication: 0),
    let cases = unsafe try? variateCases(mersenne)
  else { return }
  var stream = streams.stream(.other, of: 1)
  let draws = 1_000_000

  print(row("variate", "ns", "GSL ns", "share", "GSL call"))
  let uniform = best(
    draws, { stream.uniform() }, { unsafe gsl_rng_uniform_pos(mersenne) })
  print(row("uniform draw", uniform, "gsl_rng_uniform_pos"))
  let made = best(
    draws,
    {
      var fresh = streams.stream(.other, of: UInt64(truncatingIfNeeded: stream.integer(below: 99)))
      return fresh.uniform()
    }, nil)
  print(row("new stream and a draw", made, ""))
  for item in cases {
    let times = best(draws, { item.distribution.sample(&stream) }, item.peer)
    print(row(item.name, times, item.peerName))
  }
}

private func variateCases(_ mersenne: UnsafeMutablePointer<gsl_rng>) throws -> [VariateCase] {
  let scale = 4.0
  func variate(
    _ name: String, _ distribution: Distribution, _ peerName: String,
    _ peer: @escaping () -> Double
  ) -> VariateCase {
    VariateCase(name: name, distribution: distribution, peerName: peerName, peer: peer)
  }
  return [
    variate("exponential", try .exponential(mean: 40), "gsl_ran_exponential") {
      unsafe gsl_ran_exponential(mersenne, 40)
    },
    variate("lognormal", try .lognormal(mu: 3, sigma: 0.8), "gsl_ran_lognormal") {
      unsafe gsl_ran_lognormal(mersenne, 3, 0.8)
    },
    variate("uniform", try .uniform(from: 2, to: 12), "gsl_ran_flat") {
      unsafe gsl_ran_flat(mersenne, 2, 12)
    },
    variate("erlang, 2 stages", try .erlang(k: 2, mean: 8), "gsl_ran_gamma") {
      unsafe gsl_ran_gamma(mersenne, 2, scale)
    },
    variate("erlang, 20 stages", try .erlang(k: 20, mean: 80), "gsl_ran_gamma") {
      unsafe gsl_ran_gamma(mersenne, 20, scale)
    },
    variate("gamma, shape 2.5", try .gamma(shape: 2.5, scale: 4), "gsl_ran_gamma") {
      unsafe gsl_ran_gamma(mersenne, 2.5, scale)
    },
    variate("gamma, shape 0.5", try .gamma(shape: 0.5, scale: 4), "gsl_ran_gamma") {
      unsafe gsl_ran_gamma(mersenne, 0.5, scale)
    },
    variate("weibull", try .weibull(shape: 0.7, scale: 8), "gsl_ran_weibull") {
      unsafe gsl_ran_weibull(mersenne, 8, 0.7)
    },
    variate("pareto", try .pareto(minimum: 3, shape: 2.5), "gsl_ran_pareto") {
      unsafe gsl_ran_pareto(mersenne, 2.5, 3)
    },
    variate("triangular", try .triangular(from: 2, mode: 5, to: 14), "two gsl_ran_flat, added") {
      unsafe gsl_ran_flat(mersenne, 1, 7) + gsl_ran_flat(mersenne, 1, 7)
    },
    variate(
      "hyperexponential", try .hyperexponential(p: 0.9, mean1: 5, mean2: 50),
      "gsl_ran_bernoulli and _exponential"
    ) {
      unsafe gsl_ran_exponential(mersenne, gsl_ran_bernoulli(mersenne, 0.9) == 1 ? 5 : 50)
    },
    variate("beta", try .beta(a: 2, b: 5, from: 0, to: 1), "gsl_ran_beta") {
      unsafe gsl_ran_beta(mersenne, 2, 5)
    },
  ]
}

/// The best nanoseconds per draw of ours and of a peer, in alternating rounds.
private func best(
  _ draws: Int, _ ours: () -> Double, _ peer: (() -> Double)?
) -> (ours: Double, peer: Double?) {
  var times = (ours: Double.infinity, peer: Double.infinity)
  for _ in 0..<7 {
    times.ours = min(times.ours, nanoseconds(draws, ours))
    if let peer { times.peer = min(times.peer, nanoseconds(draws, peer)) }
  }
  return (times.ours, peer == nil ? nil : times.peer)
}

private func nanoseconds(_ draws: Int, _ draw: () -> Double) -> Double {
  var sum = 0.0
  let taken = ContinuousClock().measure {
    for _ in 0..<draws { sum += draw() }
  }
  // The sum is looked at, so that the draws cannot be left out.
  precondition(!sum.isNaN, "a variate is never NaN")
  return Double(taken.components.attoseconds) / 1e9 / Double(draws)
    + Double(taken.components.seconds) * 1e9 / Double(draws)
}

private func row(_ name: String, _ times: (ours: Double, peer: Double?), _ call: String) -> String {
  guard let peer = times.peer else { return row(name, tenths(times.ours), "", "", call) }
  return row(name, tenths(times.ours), tenths(peer), hundredths(times.ours / peer), call)
}

private func row(
  _ name: String, _ ours: String, _ peer: String, _ share: String, _ call: String
) -> String {
  func left(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
  func right(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
  return left(name, 24) + right(ours, 8) + right(peer, 8) + right(share, 8) + "  " + call
}

private func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

private func hundredths(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
