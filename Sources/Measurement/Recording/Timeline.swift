/// Levels over time: how many conversations are open, assigned and waiting, how many agents online and busy.
///
/// Areas are exact integers, cut at the ends of the timeline's steps and at the end of the warm-up, so
/// that each change costs an addition and a comparison.
@frozen @usableFromInline
struct Timeline: ~Copyable {
  @usableFromInline var open = Level()
  /// The open ones that somebody has.
  @usableFromInline var assigned = Level()
  @usableFromInline var waiting = Level()
  @usableFromInline var online = Level()
  @usableFromInline var busy = Level()
  /// The next instant at which all areas are cut.
  @usableFromInline var nextCut: Int64
  /// The step that is being filled.
  @usableFromInline var current: Int32 = 0
  @usableFromInline var steps: RecordTable<Step>
  /// What was before the warm-up ended, not part of the totals.
  @usableFromInline var total = Areas()
  @usableFromInline var cutAt: Int64 = 0

  private let length: Int64
  private let warmup: Int64

  /// A level and the area under it.
  ///
  /// A level that changed by d at t has the area sum d (now - t) under it: so the products d t are
  /// added up, which for a change by one is an addition, and the rest is left to whoever asks.
  @frozen @usableFromInline
  struct Level: BitwiseCopyable {
    @usableFromInline var value: Int64 = 0
    @usableFromInline var moment: Int128 = 0
    /// The area that was taken away before.
    private var taken: Int128 = 0

    @inlinable init() {}

    @inlinable @inline(__always)
    mutating func change(by delta: Int64, at now: Int64) {
      value &+= delta
      moment &+= Int128(delta) &* Int128(now)
    }

    /// The area since it was last taken away.
    func area(at now: Int64) -> Int128 {
      Int128(value) &* Int128(now) &- moment &- taken
    }

    /// Gives the area since this was last done.
    mutating func takeArea(at now: Int64) -> Int128 {
      let area = area(at: now)
      taken &+= area
      return area
    }
  }

  /// Areas of the levels, in level times nanoseconds.
  @frozen @usableFromInline
  struct Areas: BitwiseCopyable {
    @usableFromInline var open: Int128 = 0
    @usableFromInline var assigned: Int128 = 0
    @usableFromInline var waiting: Int128 = 0
    @usableFromInline var online: Int128 = 0
    @usableFromInline var busy: Int128 = 0
    @usableFromInline var time: Int64 = 0

    @inlinable init() {}

    mutating func add(_ other: Areas) {
      open += other.open
      assigned += other.assigned
      waiting += other.waiting
      online += other.online
      busy += other.busy
      time += other.time
    }
  }

  /// One step of the timeline.
  @frozen @usableFromInline
  struct Step: BitwiseCopyable {
    @usableFromInline var areas = Areas()
    @usableFromInline var arrivals: Int64 = 0
    @usableFromInline var responses: Int64 = 0
    @usableFromInline var responseSum: Int128 = 0
    @usableFromInline var within: Int64 = 0
    /// Conversations too young at the end to tell whether they are within.
    @usableFromInline var unknown: Int64 = 0

    @inlinable init() {}
  }

  /// How long steps are and how many of them cover the run.
  static func grid(_ plan: RecordingPlan) -> (length: Int64, count: Int) {
    let duration = max(1, plan.duration)
    let length = max(1, plan.step, duration / 1_000_000)
    return (length, Int((duration - 1) / length) + 1)
  }

  init(_ plan: RecordingPlan) {
    let (length, count) = Self.grid(plan)
    self.length = length
    warmup = min(max(0, plan.warmup), max(1, plan.duration))
    steps = RecordTable(count: count, repeating: Step())
    nextCut = warmup > 0 ? min(length, warmup) : length
  }

  /// Cuts the areas at every step's end up to and including `now`; true if the warm-up ended.
  @usableFromInline @inline(never)
  mutating func roll(to now: Int64) -> Bool {
    var endedWarmup = false
    while nextCut <= now {
      let cut = nextCut
      take(until: cut)
      if cut == warmup, warmup > 0 { endedWarmup = true }
      let stepEnd = (Int64(current) + 1).multipliedReportingOverflow(by: length)
      var end = stepEnd.overflow ? Int64.max : stepEnd.partialValue
      if cut >= end {
        // The last step takes whatever comes at the very end.
        if Int(current) + 1 < steps.count {
          current += 1
          let next = (Int64(current) + 1).multipliedReportingOverflow(by: length)
          end = next.overflow ? Int64.max : next.partialValue
        } else {
          end = .max
        }
      }
      nextCut = cut < warmup ? min(end, warmup) : end
      if nextCut == .max { break }
    }
    return endedWarmup
  }

  /// Adds what has passed since the last cut to the current step, and to the totals after the warm-up.
  mutating func take(until now: Int64) {
    var areas = Areas()
    areas.open = open.takeArea(at: now)
    areas.assigned = assigned.takeArea(at: now)
    areas.waiting = waiting.takeArea(at: now)
    areas.online = online.takeArea(at: now)
    areas.busy = busy.takeArea(at: now)
    areas.time = now - cutAt
    steps[Int(current)].areas.add(areas)
    if cutAt >= warmup { total.add(areas) }
    cutAt = now
  }
}
