/// Levels over time: how many conversations are open and waiting, how many agents online and busy.
///
/// Areas are exact integers, cut at the ends of the timeline's steps and at the end of the warm-up, so
/// that each change costs one multiplication and one comparison.
@frozen @usableFromInline
struct Timeline: ~Copyable {
  @usableFromInline var open = Level()
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

  /// A level and the area under it since the last cut.
  @frozen @usableFromInline
  struct Level: BitwiseCopyable {
    @usableFromInline var value: Int64 = 0
    @usableFromInline var last: Int64 = 0
    @usableFromInline var area: Int128 = 0

    @inlinable init() {}

    @inlinable
    mutating func change(by delta: Int64, at now: Int64) {
      area &+= Int128(value) &* Int128(now &- last)
      last = now
      value &+= delta
    }
  }

  /// Areas of the four levels, in level times nanoseconds.
  @frozen @usableFromInline
  struct Areas: BitwiseCopyable {
    @usableFromInline var open: Int128 = 0
    @usableFromInline var waiting: Int128 = 0
    @usableFromInline var online: Int128 = 0
    @usableFromInline var busy: Int128 = 0
    @usableFromInline var time: Int64 = 0

    @inlinable init() {}

    mutating func add(_ other: Areas) {
      open += other.open
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

    @inlinable init() {}
  }

  init(_ plan: RecordingPlan) {
    let duration = max(1, plan.duration)
    length = max(1, plan.step, duration / 1_000_000)
    warmup = min(max(0, plan.warmup), duration)
    let count = Int((duration - 1) / length) + 1
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
    open.change(by: 0, at: now)
    waiting.change(by: 0, at: now)
    online.change(by: 0, at: now)
    busy.change(by: 0, at: now)
    var areas = Areas()
    swap(&areas.open, &open.area)
    swap(&areas.waiting, &waiting.area)
    swap(&areas.online, &online.area)
    swap(&areas.busy, &busy.area)
    areas.time = now - cutAt
    steps[Int(current)].areas.add(areas)
    if cutAt >= warmup { total.add(areas) }
    cutAt = now
  }
}
