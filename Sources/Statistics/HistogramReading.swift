import Glibc

extension Histogram {
  /// The shortest duration; nothing without durations.
  public var minimum: Int64? { storedCount > 0 ? smallest : nil }

  /// The longest duration; nothing without durations.
  public var maximum: Int64? { storedCount > 0 ? largest : nil }

  /// The exact sum in nanoseconds.
  public var total: UInt128 { sum }

  /// The exact mean in nanoseconds; nothing without durations.
  public var mean: Double? { storedCount > 0 ? Double(sum) / Double(storedCount) : nil }

  /// The standard deviation in nanoseconds (divided by count - 1); nothing below two durations.
  public var standardDeviation: Double? {
    guard storedCount > 1 else { return nil }
    // With sum = n m + r in whole numbers, sum (x - m)^2 = squares - n m^2 - 2 m r: exact, where
    // the textbook difference of two large floating-point numbers would lose digits.
    let (whole, rest) = sum.quotientAndRemainder(dividingBy: UInt128(storedCount))
    let product = (whole * whole).multipliedFullWidth(by: UInt128(storedCount))
    let (afterProduct, borrowed) = squaresLow.subtractingReportingOverflow(product.low)
    let (low, borrowedAgain) = afterProduct.subtractingReportingOverflow(2 * whole * rest)
    let high =
      UInt128(squaresHigh) - product.high - (borrowed ? 1 : 0) - (borrowedAgain ? 1 : 0)
    let about = Double(high) * 0x1p128 + Double(low)
    let count = Double(storedCount)
    let remainder = Double(rest)
    let aboutMean = about - remainder / count * remainder
    return max(0, aboutMean / (count - 1)).squareRoot()
  }

  /// The quantile at share `p` by nearest rank, within 1/2,048 of the true value; 1 is exact.
  ///
  /// It lies on the right side of every one of the ``bounds``, and is exact where two of them follow each
  /// other with the value between. Nothing without durations or outside 0...1.
  public func quantile(_ p: Double) -> Int64? {
    guard storedCount > 0, p >= 0, p <= 1 else { return nil }
    let rank = QuantileRule.rank(p, of: storedCount)
    if rank <= zeros { return 0 }
    if rank == storedCount { return largest }
    if rank == 1 { return smallest }
    guard let bucket = bucket(ofRank: rank) else { return largest }
    var low = max(smallest, Buckets.lower(bucket))
    var high = min(largest, Buckets.lower(bucket) + (Buckets.width(bucket) - 1))
    for (bound, count) in zip(bounds, within) where low <= bound && bound <= high {
      if count < rank { low = min(high, bound + 1) } else { high = bound }
    }
    return low + (high - low) / 2
  }

  /// How many durations are not longer than `bound`.
  ///
  /// Exact for the ``bounds`` named beforehand; otherwise the bucket with the bound in it is split
  /// in proportion.
  public func count(within bound: Int64) -> Double {
    if bound < 0 { return 0 }
    if let index = bounds.firstIndex(of: bound) { return Double(within[index]) }
    if storedCount == 0 || bound >= largest { return Double(storedCount) }
    if bound < smallest { return 0 }
    let bucket = Buckets.index(of: bound)
    var seen = Double(zeros)
    for used in used {
      if used.bucket > bucket { break }
      let reached = used.bucket < bucket ? 1 : Buckets.share(of: bucket, within: bound)
      seen += reached * Double(used.count)
    }
    return seen
  }

  /// The share of durations not longer than `bound`; nothing without durations.
  public func share(within bound: Int64) -> Double? {
    storedCount > 0 ? count(within: bound) / Double(storedCount) : nil
  }

  /// The buckets in use, ascending: shortest and longest duration of each and how many it holds.
  public var buckets: [(range: ClosedRange<Int64>, count: Int)] {
    var result: [(range: ClosedRange<Int64>, count: Int)] = []
    if zeros > 0 { result.append((0...0, zeros)) }
    for used in used {
      let low = Buckets.lower(used.bucket)
      result.append((low...(low + (Buckets.width(used.bucket) - 1)), used.count))
    }
    return result
  }

  /// Two histograms are equal when they have seen the same, however their memory has grown.
  public static func == (left: Histogram, right: Histogram) -> Bool {
    left.bounds == right.bounds && left.within == right.within
      && left.storedCount == right.storedCount && left.zeros == right.zeros
      && left.smallest == right.smallest && left.largest == right.largest
      && left.sum == right.sum && left.squaresLow == right.squaresLow
      && left.squaresHigh == right.squaresHigh && left.used.elementsEqual(right.used)
  }
}

extension Histogram {
  /// How many durations are not longer than each of `times` (ascending), in one pass; exact for the
  /// ``bounds``.
  public func counts(within times: [Int64]) -> [Double] {
    var result: [Double] = []
    result.reserveCapacity(times.count)
    var buckets = used
    var seen = zeros
    var next = buckets.next()
    for time in times {
      if time < 0 || storedCount == 0 {
        result.append(0)
        continue
      }
      if time >= largest {
        result.append(Double(storedCount))
        continue
      }
      if let exact = bounds.firstIndex(of: time) {
        result.append(Double(within[exact]))
        continue
      }
      let bucket = Buckets.index(of: time)
      while let used = next, used.bucket < bucket {
        seen += used.count
        next = buckets.next()
      }
      var total = Double(seen)
      if let used = next, used.bucket == bucket {
        total += Buckets.share(of: bucket, within: time) * Double(used.count)
      }
      result.append(total)
    }
    return result
  }
}
