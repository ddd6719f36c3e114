import Engine
import World

/// What a start found in the journal and did with it.
public struct Restoration: Sendable, Equatable, CustomStringConvertible {
  /// Whether the journal was made just now.
  public var isNew = false
  /// After which event the snapshot was taken that was gone on from; nil where all was played again.
  public var snapshot: UInt64?
  /// How many events were played again; of each the result is the one in the journal.
  var replayed: UInt64 = 0
  /// How many rows there are; all were looked at: numbers without gap, times that never go back, checksums.
  public var events: UInt64 = 0
  /// How long it took.
  public var seconds: Double = 0
  /// What was passed over, such as a damaged snapshot.
  public var remarks: [String] = []

  /// One line that says all this.
  public var description: String {
    if isNew { return "a new journal" }
    let start = snapshot.map { "from the snapshot after event \($0)" } ?? "from the first event"
    let told =
      "\(events) events checked, \(replayed) played again \(start), "
      + "in \((seconds * 1_000).rounded() / 1_000) s"
    return ([told] + remarks).joined(separator: "; ")
  }
}

/// Brings a workspace back from its journal.
struct Restorer {
  let store: JournalStore
  /// Whether every row is looked at, or only those after the snapshot.
  var checksAll = true

  /// A row that is not what was written, or does not come out as it did.
  private struct Fault: Error {
    var event: UInt64
    var why: String
    /// Whether the row is as it was written and only its result is another.
    var isDifference = false
  }

  /// The workspace as it was after the last event.
  func restore() throws(JournalProblem) -> (state: WorkspaceState, found: Restoration) {
    var found = Restoration()
    var snapshots: [UInt64] = []
    do throws(SQLiteFailure) { snapshots = try store.snapshots() } catch {
      found.remarks.append("the snapshots cannot be read: \(error)")
    }
    for sequence in snapshots {
      guard let state = memory(sequence) else {
        found.remarks.append("the snapshot after event \(sequence) is damaged and was left out")
        continue
      }
      do throws(Fault) {
        let replayed = try play(into: state, from: sequence)
        found.snapshot = sequence
        return finished(state, found, replayed)
      } catch {
        guard error.isDifference else { throw problem(error) }
        found.remarks.append(
          "event \(error.event) comes out differently after the snapshot of \(sequence)")
      }
    }
    let state = WorkspaceState(store.meta.opening, epoch: epoch)
    do throws(Fault) {
      return finished(state, found, try play(into: state, from: 0))
    } catch {
      throw problem(error)
    }
  }

  /// What came of playing all rows from the first on.
  struct Played {
    var state: WorkspaceState
    var entries: [Journal.Entry] = []
    /// Where it came to an end before the last row.
    var problem: JournalProblem?
    /// Whether that row is as it was written, and its result is another.
    var isDifference = false
  }

  /// Plays all rows without any snapshot, and keeps the events.
  func playAll() -> Played {
    let state = WorkspaceState(store.meta.opening, epoch: epoch)
    var entries: [Journal.Entry] = []
    do throws(Fault) {
      _ = try play(into: state, from: 0) { entries.append($0) }
      return Played(state: state, entries: entries)
    } catch {
      return Played(
        state: state, entries: entries, problem: problem(error),
        isDifference: error.isDifference)
    }
  }

  /// The second since 1970 at which the workspace began.
  var epoch: Int64 { store.meta.began / 1_000_000_000 }

  private func finished(
    _ state: WorkspaceState, _ found: Restoration, _ replayed: UInt64
  ) -> (state: WorkspaceState, found: Restoration) {
    var found = found
    found.replayed = replayed
    found.events = state.sequence
    return (state, found)
  }

  private func problem(_ fault: Fault) -> JournalProblem {
    JournalProblem(
      .damaged, store.path, fault.why, event: fault.event, wholeEvents: fault.event - 1)
  }

  private func memory(_ sequence: UInt64) -> WorkspaceState? {
    guard let bytes = try? store.snapshot(sequence),
      let memory = try? CompactForm.decode(WorkspaceMemory.self, from: bytes),
      memory.sequence == sequence
    else { return nil }
    return WorkspaceState(memory, store.meta.opening)
  }

  /// Plays the rows that a workspace does not know yet, and looks at those that it does.
  private func play(
    into state: WorkspaceState, from start: UInt64, _ visit: (Journal.Entry) -> Void = { _ in }
  ) throws(Fault) -> UInt64 {
    var checked = RowCheck()
    if !checksAll { checked = RowCheck(sequence: start, chain: state.chain, at: 0) }
    var fault: Fault?
    do throws(SQLiteFailure) {
      try store.forEachRow(after: checked.sequence) { row, sum in
        if let why = checked.fault(row, sum) {
          fault = Fault(event: checked.sequence + 1, why: why)
        } else if row.sequence == start, checked.chain != state.chain {
          fault = Fault(
            event: start, why: "the snapshot is of another journal", isDifference: true)
        } else if row.sequence > start {
          fault = play(row, state, visit)
          state.chain = sum
        }
        return fault == nil
      }
    } catch {
      fault = Fault(event: checked.sequence + 1, why: "it cannot be read: \(error)")
    }
    if let fault { throw fault }
    guard checked.sequence >= start else {
      throw Fault(
        event: checked.sequence + 1,
        why: "the journal ends, but a snapshot was taken after event \(start)")
    }
    return state.sequence - start
  }

  /// Plays a row; says what is different from what it says.
  private func play(
    _ row: JournalRow, _ state: WorkspaceState, _ visit: (Journal.Entry) -> Void
  ) -> Fault? {
    do throws(BadRequest) {
      let draft = try EventDraft(journal: row.event)
      let time = EngineTime(nanoseconds: row.at)
      let resolved = try state.resolve(draft, at: time)
      visit(Journal.Entry(at: time, event: resolved.event))
      let result = state.carryOut(resolved, draft.kind, at: time)
      if result == row.result { return nil }
      let why =
        "its result is '\(Self.shown(row.result))', played again it is '\(Self.shown(result))'"
      return Fault(event: row.sequence, why: why, isDifference: true)
    } catch {
      return Fault(
        event: row.sequence, why: "this version cannot read it: \(error.message)")
    }
  }

  private static func shown(_ bytes: [UInt8]) -> String {
    BadRequest.shortened(String(decoding: bytes, as: UTF8.self), to: 400)
  }
}

/// Follows rows in order and tells what is not as it was written.
struct RowCheck {
  /// The last row that was right.
  private(set) var sequence: UInt64
  private(set) var chain: ChainSum
  private(set) var at: Int64

  init(sequence: UInt64 = 0, chain: ChainSum = .start, at: Int64 = 0) {
    self.sequence = sequence
    self.chain = chain
    self.at = at
  }

  /// What is wrong with the next row; nil where it is right.
  mutating func fault(_ row: JournalRow, _ sum: ChainSum) -> String? {
    guard row.sequence == sequence + 1 else {
      return "it is missing: event \(row.sequence) comes after event \(sequence)"
    }
    guard row.at >= at else { return "its time is before that of event \(sequence)" }
    let expected = chain.after(row)
    guard expected == sum else { return "its checksum is another: the row was changed" }
    sequence = row.sequence
    chain = expected
    at = row.at
    return nil
  }
}
