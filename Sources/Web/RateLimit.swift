import Synchronization

/// So many requests a second from one address: a bucket that fills evenly and holds a second's worth.
final class RateLimit: Sendable {
  private struct Bucket {
    var level: Double
    var at: Int64
  }

  private let perSecond: Double
  private let buckets = Mutex<[String: Bucket]>([:])
  /// More addresses than these are forgotten together: nobody gains more than a second's worth by it.
  private static let most = 10_000

  init(perSecond: Double) { self.perSecond = perSecond }

  /// Whether one more request may come now.
  func admits(_ client: String, at nanoseconds: Int64) -> Bool {
    buckets.withLock { buckets in
      if buckets.count > Self.most { buckets.removeAll() }
      let full = max(1, perSecond)
      var bucket = buckets[client] ?? Bucket(level: full, at: nanoseconds)
      let passed = Double(max(0, nanoseconds - bucket.at)) * 1e-9
      bucket.level = min(full, bucket.level + passed * perSecond)
      bucket.at = nanoseconds
      let isAdmitted = bucket.level >= 1
      if isAdmitted { bucket.level -= 1 }
      buckets[client] = bucket
      return isAdmitted
    }
  }
}
