import Glibc

extension Distribution {
  /// Up to so many stages an Erlang variate is a sum of exponentials; beyond, a gamma is quicker.
  static let stagesToAdd = 2

  /// Draws a value, in seconds where the distribution is one of durations.
  @inlinable
  public func sample(_ stream: inout RandomStream) -> Double {
    switch plain {
    case .constant(let value): value
    case .exponential(let mean): mean * stream.exponential()
    case .uniform(let from, let length): from + length * stream.uniform()
    case .lognormal, .other: sampleLaw(&stream)
    }
  }

  @usableFromInline
  func sampleLaw(_ stream: inout RandomStream) -> Double {
    switch law {
    case .constant(let value): return value
    case .exponential(let mean): return mean * stream.exponential()
    case .lognormal(let mu, let sigma): return Self.lognormal(&stream, mu, sigma)
    case .uniform(let from, let to): return from + (to - from) * stream.uniform()
    case .erlang(let stages, let scale):
      guard stages <= Self.stagesToAdd else {
        return GSLSource.gamma(&stream, shape: Double(stages), scale: scale)
      }
      var sum = 0.0
      for _ in 0..<stages { sum += stream.exponential() }
      return scale * sum
    case .gamma(let shape, let scale):
      return GSLSource.gamma(&stream, shape: shape, scale: scale)
    case .hyperexponential(let p, let mean1, let mean2):
      return (stream.chance(p) ? mean1 : mean2) * stream.exponential()
    case .weibull(let shape, let scale): return scale * pow(stream.exponential(), 1 / shape)
    case .pareto(let minimum, let shape): return minimum * exp(stream.exponential() / shape)
    case .triangular(let from, let mode, let to):
      return Self.triangularQuantile(stream.uniform(), from, mode, to)
    case .beta(let a, let b, let from, let to):
      return from + (to - from) * GSLSource.beta(&stream, a, b)
    case .empirical(let values): return values[stream.integer(below: values.count)]
    case .mixture(let shares, let parts): return parts[shares.choose(&stream)].sample(&stream)
    }
  }

  /// Draws a duration in nanoseconds; `SampledTime.never` beyond a hundred years.
  public func sampleNanoseconds(_ stream: inout RandomStream) -> Int64 {
    plain.sampleNanoseconds(&stream) ?? SampledTime.nanoseconds(sampleLaw(&stream))
  }

  @inline(__always)
  static func lognormal(_ stream: inout RandomStream, _ mu: Double, _ sigma: Double) -> Double {
    exp(mu + sigma * stream.normal())
  }

  static func triangularQuantile(
    _ u: Double, _ from: Double, _ mode: Double, _ to: Double
  ) -> Double {
    let rising = (mode - from) / (to - from)
    return u < rising
      ? from + (u * (to - from) * (mode - from)).squareRoot()
      : to - ((1 - u) * (to - from) * (to - mode)).squareRoot()
  }
}

extension Distribution.PlainLaw {
  /// Draws a duration in nanoseconds as its distribution does; nil where only that one can.
  public func sampleNanoseconds(_ stream: inout RandomStream) -> Int64? {
    if stream.left > 0, let time = exponential(from: stream.atHand) {
      stream.left &-= 1
      return time
    }
    return sampleOther(&stream)
  }

  /// Draws a duration in nanoseconds, from the whole distribution where only that can; never where
  /// there is none.
  ///
  /// Who holds a distribution in something larger asks this of its plain law: the distribution is then
  /// neither copied nor its reference counted unless it is needed.
  @inlinable @inline(__always)
  public func sampleNanoseconds(
    _ stream: inout RandomStream, or whole: @autoclosure () -> Distribution?
  ) -> Int64 {
    if let time = sampleNanoseconds(&stream) { return time }
    return whole()?.sampleNanoseconds(&stream) ?? SampledTime.never
  }

  /// The duration that a stream gives whose next 64 bits are these; nil where it may take more of
  /// them, or another law: then draw from the stream.
  public func sampleNanoseconds(from bits: UInt64) -> Int64? {
    exponential(from: bits)
  }

  /// What these bits alone make of an exponential law, as they do 98 times in a hundred.
  @inline(__always)
  private func exponential(from bits: UInt64) -> Int64? {
    guard case .exponential(let mean) = self, let x = ExponentialLayers.variate(of: bits) else {
      return nil
    }
    return SampledTime.nanoseconds(mean * x)
  }

  @inline(never)
  private func sampleOther(_ stream: inout RandomStream) -> Int64? {
    switch self {
    case .exponential(let mean): SampledTime.nanoseconds(mean * stream.exponential())
    case .constant(let value): SampledTime.nanoseconds(value)
    case .uniform(let from, let length):
      SampledTime.nanoseconds(from + length * stream.uniform())
    case .lognormal(let mu, let sigma):
      SampledTime.nanoseconds(Distribution.lognormal(&stream, mu, sigma))
    case .other: nil
    }
  }
}
