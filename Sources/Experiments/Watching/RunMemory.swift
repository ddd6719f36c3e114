import Synchronization

/// The runs of one world that were done already, by number: a way that did not change is not run again.
///
/// Whoever gives the same memory to two entries says that their worlds are the same, seed included.
public final class RunMemory: Sendable {
  /// Packed: a run is some 20 kB then, and half a megabyte with its histograms as they are reckoned with.
  private let runs = Mutex<[Int: [UInt8]]>([:])

  /// Nothing yet.
  public init() {}

  /// How many runs it keeps.
  public var count: Int { runs.withLock { $0.count } }

  func run(_ number: Int) -> FinishedRun? {
    runs.withLock { $0[number] }.flatMap { KeptRun(packed: $0) }.map { FinishedRun($0) }
  }

  func keep(_ run: KeptRun, as number: Int) {
    guard let packed = run.packed else { return }
    runs.withLock { $0[number] = packed }
  }
}
