import Synchronization
import World

/// The runs of one world that were done already, by number: a way that did not change is not run again.
///
/// Whoever gives the same memory to two entries says that their worlds are the same, seed included.
public final class RunMemory: Sendable {
  private let runs = Mutex<[Int: WorldResult]>([:])

  /// Nothing yet.
  public init() {}

  /// How many runs it keeps.
  public var count: Int { runs.withLock { $0.count } }

  func run(_ number: Int) -> WorldResult? { runs.withLock { $0[number] } }

  func keep(_ run: WorldResult, as number: Int) { runs.withLock { $0[number] = run } }
}
