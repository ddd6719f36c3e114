/// The runs that go on, what each remembers, and which of them are the same contact's.
///
/// A slot is used again when its run is over; the id is not. A contact's runs are a chain of which the
/// contact has the first, the latest begun.
struct RunTable: Sendable, Codable {
  private var rows = RawTable<RunRow>()
  private var memories = SlotTable<RunMemory>()

  /// How many slots there are, the free ones included.
  @inline(__always) var count: Int { rows.count }
  /// How many runs go on.
  var liveCount: Int { rows.liveCount }

  subscript(slot: Int) -> RunRow {
    @inline(__always) _read { yield rows[slot] }
    @inline(__always) _modify { yield &rows[slot] }
  }

  /// A row where it stands: good until another run begins.
  @inline(__always)
  func handle(_ slot: Int) -> RowHandle<RunRow> { rows.handle(slot) }

  // MARK: Ids

  @inline(__always)
  func id(of slot: Int) -> RunID { RunID(slot: slot, generation: rows[slot].generation) }

  /// The slot of a run that is going on; nil when it is over.
  @inline(__always)
  func slot(of run: RunID) -> Int? {
    let slot = run.slot
    guard slot < rows.count, rows[slot].state != .free, rows[slot].generation == run.generation
    else { return nil }
    return slot
  }

  // MARK: Beginning and ending

  /// Begins a run, the first of its contact's.
  @inline(__always)
  mutating func begin(
    of contact: RowHandle<ContactRow>, _ slot: Int, in workflow: Int, at counter: Int32
  ) -> Int {
    let place = rows.take(orAppend: RunRow())
    let first = contact.row.firstRun
    rows.handle(place).row.begin(
      Int32(truncatingIfNeeded: slot), in: Int32(truncatingIfNeeded: workflow), at: counter,
      before: first)
    if first >= 0 { rows[Int(first)].previous = Int32(truncatingIfNeeded: place) }
    contact.row.firstRun = Int32(truncatingIfNeeded: place)
    return place
  }

  /// Takes a run that waits for nothing out of its contact's, with all that it remembers.
  @inline(__always)
  mutating func end(_ run: RowHandle<RunRow>, _ place: Int, of contact: RowHandle<ContactRow>) {
    let next = run.row.next
    let previous = run.row.previous
    if next >= 0 { rows[Int(next)].previous = previous }
    if previous >= 0 {
      rows[Int(previous)].next = next
    } else {
      contact.row.firstRun = next
    }
    if run.row.memory >= 0 { forget(place) }
    run.row.state = .free
    run.row.deadline = .never
    run.row.generation &+= 1
    rows.release(place)
  }

  /// Whether a run can pass that is over with the event that began it.
  @inline(__always) var canPass: Bool { rows.freedSlot != nil }

  /// Lets a run pass of which nobody is told: its id goes by.
  @inline(__always)
  mutating func pass() {
    if let slot = rows.freedSlot { rows.handle(slot).row.generation &+= 1 }
  }

  /// Lends a run that does nothing, for conditions that look at the contact of one.
  ///
  /// Gives what its row was before, for `giveBack`, so that no later run gets another place.
  mutating func lend() -> (place: Int, before: RunRow) {
    let place = rows.take(orAppend: RunRow())
    return (place, rows[place])
  }

  mutating func giveBack(_ place: Int, _ before: RunRow) {
    rows[place] = before
    rows.release(place)
  }

  // MARK: What runs remember

  /// What a run remembers: nothing, until it is given something.
  subscript(memoryOf place: Int) -> RunMemory {
    _read {
      let memory = rows[place].memory
      if memory >= 0 { yield memories[Int(memory)] } else { yield Self.noMemory }
    }
    _modify {
      let memory = memories.row(beside: &rows[place].memory, orAppend: RunMemory())
      yield &memories[memory]
    }
  }

  private static let noMemory = RunMemory()

  @inline(never)
  private mutating func forget(_ place: Int) {
    memories.release(beside: &rows[place].memory) { $0.clear() }
  }

  // MARK: Copies

  /// Goes on in memory of its own.
  mutating func separate() { rows.separate() }

  /// Which part differs from another table that ought to be the same; nil where none does.
  func difference(from other: RunTable) -> String? {
    guard rows.agrees(with: other.rows, goingOn: { $0.generation }) else { return "runs" }
    return memories == other.memories ? nil : "memories of runs"
  }
}
