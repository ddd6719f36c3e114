import Glibc

/// Exponential and normal variates by the ziggurat (Marsaglia and Tsang, 2000), 256 layers.
///
/// The area under the density is cut into layers of equal area. Ninety-eight times in a hundred
/// a variate costs one draw, one comparison and one multiplication, without a logarithm.
/// One draw of 64 bits feeds the layer, the sign and 53 bits of position from bits of their own.
struct Ziggurat: Sendable {
  /// What the quick path reads of a layer.
  struct Layer {
    /// Positions below this one lie under the density for sure.
    let sure: UInt64
    /// The width of the layer over 2^53.
    let scale: Double
  }

  // Tables in place and not arrays, whose references would be counted at every draw.
  let layers: InlineArray<256, Layer>
  /// The right edges, from the base outwards in (the base's is virtual) to 0.
  let edge: InlineArray<257, Double>
  /// The density at each edge.
  let height: InlineArray<257, Double>

  static let exponential = Ziggurat(
    tail: 7.697117470131049720, area: { r in (r + 1) * exp(-r) },
    density: { exp(-$0) }, inverse: { -log($0) })

  static let normal = Ziggurat(
    tail: 3.654152885361008796,
    area: { r in r * exp(-r * r / 2) + (Double.pi / 2).squareRoot() * erfc(r / 2.0.squareRoot()) },
    density: { exp(-$0 * $0 / 2) }, inverse: { (-2 * log($0)).squareRoot() })

  private init(
    tail: Double, area: (Double) -> Double, density: (Double) -> Double,
    inverse: (Double) -> Double
  ) {
    let area = area(tail)
    var edge = [area / density(tail), tail]
    var height = [0, density(tail)]
    for layer in 1..<255 {
      let above = min(1, height[layer] + area / edge[layer])
      edge.append(inverse(above))
      height.append(above)
    }
    edge.append(0)
    height.append(1)
    self.edge = InlineArray { edge[$0] }
    self.height = InlineArray { height[$0] }
    self.layers = InlineArray {
      Layer(sure: UInt64(edge[$0 + 1] / edge[$0] * 0x1p53), scale: edge[$0] * 0x1p-53)
    }
  }

  /// Whether a point of a layer's edge strip lies under the density.
  @inline(__always)
  static func accepts(
    between low: Double, _ high: Double, density: Double, _ uniform: Double
  ) -> Bool {
    low + uniform * (high - low) < density
  }
}

/// What variates are made from: 64 random bits at a time.
protocol RandomBits {
  mutating func bits() -> UInt64
}

extension RandomBits {
  /// An exponential variate of mean 1, for the two kinds of streams to give.
  @inline(__always)
  mutating func drawExponential() -> Double {
    let bits = bits()
    return ExponentialLayers.variate(of: bits) ?? drawExponential(after: bits)
  }

  /// The rest, after a point that may lie beside the density: two times in a hundred.
  @inline(never)
  mutating func drawExponential(after first: UInt64) -> Double {
    var shift = 0.0
    var layer = Int(truncatingIfNeeded: first & 255)
    var x = ExponentialLayers.abscissa(of: first)
    while true {
      if layer == 0 {
        // What is left beyond the tail is exponential again.
        shift += Ziggurat.exponential.edge[1]
      } else {
        let uniform = Double(Int64(truncatingIfNeeded: self.bits() &>> 11 | 1)) * 0x1p-53
        if Ziggurat.accepts(
          between: Ziggurat.exponential.height[layer], Ziggurat.exponential.height[layer + 1],
          density: exp(-x), uniform)
        {
          return shift + x
        }
      }
      let bits = self.bits()
      layer = Int(truncatingIfNeeded: bits & 255)
      x = ExponentialLayers.abscissa(of: bits)
      if let sure = ExponentialLayers.variate(of: bits) { return shift + sure }
    }
  }
}

extension SequentialStream {
  /// An exponential variate of mean 1.
  @inline(__always)
  mutating func exponential() -> Double { drawExponential() }
}

extension RandomStream: RandomBits {}

extension RandomStream {
  /// An exponential variate of mean 1.
  public mutating func exponential() -> Double { drawExponential() }

  /// A normal variate of mean 0 and standard deviation 1.
  public mutating func normal() -> Double {
    while true {
      let bits = bits()
      let layer = Int(truncatingIfNeeded: bits & 255)
      let sign = bits & 256 == 0 ? 1.0 : -1.0
      let position = bits &>> 11
      let x = Double(Int64(truncatingIfNeeded: position)) * Ziggurat.normal.layers[layer].scale
      if position < Ziggurat.normal.layers[layer].sure { return sign * x }
      if layer == 0 {
        return sign * normalTail(beyond: Ziggurat.normal.edge[1])
      } else if Ziggurat.accepts(
        between: Ziggurat.normal.height[layer], Ziggurat.normal.height[layer + 1],
        density: exp(-x * x / 2), uniform())
      {
        return sign * x
      }
    }
  }

  /// A normal variate, given that it lies beyond `edge` (Marsaglia, 1964).
  private mutating func normalTail(beyond edge: Double) -> Double {
    while true {
      let x = exponential() / edge
      if 2 * exponential() > x * x { return edge + x }
    }
  }
}
