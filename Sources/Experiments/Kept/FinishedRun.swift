import Measurement
import VirtualTime
import World

/// What a run tells those who asked for it.
struct FinishedRun: Sendable {
  /// What counts in every table, whoever ran it and wherever.
  var kept: KeptRun
  /// Every conversation and assignment, if they were asked for.
  var ledger: Ledger?
  /// The platform's reports, if they were asked for.
  var reports: ResultDocument.Reports?
  /// The picture of some minutes, if it was asked for.
  var lanes: ResultDocument.LaneWindow?

  init(_ world: WorldResult) {
    kept = KeptRun(world)
    ledger = world.ledger
    reports = world.reports
    lanes = world.lanes
  }

  init(_ kept: KeptRun) { self.kept = kept }
}

/// What of a run is kept, so that it need not be run again: in memory, or in a file for another machine.
struct KeptRun: Sendable, Equatable, Codable {
  /// How many events were handled.
  var events: UInt64
  /// The rolling hash over all of them.
  var fingerprint: UInt64
  /// How many events the engine refused.
  var refusedCount: Int
  /// Why the first of them was refused.
  var firstRefusal: String?
  /// What faults did; nil where there are none.
  var faults: FaultCounts?
  /// What was measured.
  var measured: ReplicationResult

  init(_ world: WorldResult) {
    events = world.ending.events
    fingerprint = world.ending.fingerprint
    refusedCount = world.refusedCount
    firstRefusal = world.firstRefusal
    faults = world.faults
    measured = world.measured
  }

  /// The run as it is kept; nil where it cannot be.
  var packed: [UInt8]? { try? PackedEncoder.bytes(of: self) }

  /// What was kept; nil if the bytes are no run.
  init?(packed bytes: [UInt8]) {
    guard let run = try? PackedDecoder.value(KeptRun.self, of: bytes) else { return nil }
    self = run
  }
}
