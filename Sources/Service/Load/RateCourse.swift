import Glibc

/// How many events a second are due, from moment to moment: straight pieces, one after the other.
public struct RateCourse: Sendable, Hashable {
  /// A piece of it.
  public struct Piece: Sendable, Hashable {
    /// How long it lasts, in seconds.
    public var length: Double
    /// Events a second at its beginning.
    public var from: Double
    /// Events a second at its end.
    public var to: Double

    /// A straight piece.
    public init(length: Double, from: Double, to: Double) {
      self.length = length
      self.from = from
      self.to = to
    }
  }

  /// What it is called: `constant`, `ramp`, `steps`, `soak`, `spike`, `stages`.
  public let shape: String
  /// The pieces, in order.
  public let pieces: [Piece]

  /// Pieces one after the other.
  public init(shape: String, pieces: [Piece]) {
    self.shape = shape
    self.pieces = pieces.filter { $0.length > 0 }
  }

  /// The same rate for some seconds.
  public static func constant(_ rate: Double, for length: Double) -> RateCourse {
    RateCourse(shape: "constant", pieces: [Piece(length: length, from: rate, to: rate)])
  }

  /// How long it lasts, in seconds.
  public var length: Double { pieces.reduce(0) { $0 + $1.length } }
  /// The highest rate.
  public var highest: Double { pieces.reduce(0) { max($0, $1.from, $1.to) } }
  /// The rate at the beginning.
  public var first: Double { pieces.first?.from ?? 0 }
  /// The rate at the end.
  public var last: Double { pieces.last?.to ?? 0 }
  /// How many events are due over all.
  public var total: Double { pieces.reduce(0) { $0 + $1.length * ($1.from + $1.to) / 2 } }

  /// The moment, in seconds from the beginning, by which so many events are due; nil if fewer are.
  ///
  /// A Poisson process of rate one, bent by this, has the rate of the course.
  func moment(after count: Double, startingIn place: inout Place) -> Double? {
    while pieces.indices.contains(place.piece) {
      let piece = pieces[place.piece]
      let content = piece.length * (piece.from + piece.to) / 2
      let wanted = count - place.count
      if wanted <= content {
        let slope = (piece.to - piece.from) / piece.length
        // The root of slope/2 t^2 + from t = wanted, in the form that does not cancel.
        let root = (piece.from * piece.from + 2 * slope * wanted).squareRoot()
        let time = piece.from + root > 0 ? 2 * wanted / (piece.from + root) : 0
        return place.start + min(piece.length, time)
      }
      place.count += content
      place.start += piece.length
      place.piece += 1
    }
    return nil
  }

  /// Which piece a search has come to, and what is due before it.
  struct Place {
    var piece = 0
    var count = 0.0
    var start = 0.0
  }
}
