/// All random streams of one replication.
///
/// A stream is found by purpose and entity: the key is the seed, the counter holds the draw,
/// the entity, the replication and the purpose side by side, so two streams cannot overlap.
@frozen
public struct RandomStreams: Hashable, Sendable {
  /// How many replications a seed has room for.
  public static let replicationLimit = 1 << 22

  /// The seed of the run.
  public let seed: UInt64
  /// The replication, from 0.
  public let replication: Int

  /// Names the streams of a replication; throws when there is no room for its number.
  public init(seed: UInt64, replication: Int) throws(ImpossibleParameter) {
    guard replication >= 0, replication < Self.replicationLimit else {
      throw ImpossibleParameter(
        "replication", mustBe: "from 0 to \(Self.replicationLimit - 1)",
        got: Quantity(Double(replication)))
    }
    self.seed = seed
    self.replication = replication
  }

  /// The stream for a purpose of an entity.
  ///
  /// Turns let something be drawn later without keeping the stream: the third reply of
  /// a conversation is turn 2. A turn has room for 131,072 numbers before it reaches the next.
  @inlinable
  public func stream(
    _ purpose: Purpose, of entity: UInt64, turn: UInt16 = 0
  ) -> RandomStream {
    RandomStream(
      seed: seed, entity: entity,
      lane: UInt32(truncatingIfNeeded: replication) &<< 10 | UInt32(purpose.rawValue),
      draw: UInt32(turn) &<< 16)
  }

  /// The same stream where its first block, drawn ahead with others, is at hand.
  ///
  /// The numbers are those of ``stream(_:of:turn:)`` for turn 0.
  @inlinable
  public func stream(
    _ purpose: Purpose, of entity: UInt64, beginning draws: RandomStream.Draws
  ) -> RandomStream {
    var stream = stream(purpose, of: entity)
    stream.block = draws
    stream.left = 2
    stream.draw = 1
    return stream
  }

  /// The seed of the engine's own chance, different in every replication.
  public var policySeed: UInt64 {
    var stream = stream(.policy, of: 0)
    return stream.bits()
  }
}
