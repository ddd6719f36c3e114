import Engine
import Sampling
public import Scenarios
import World

/// How a roster is tried: the periods that are judged, and how much of each a shift covers.
///
/// A run of a week or more is judged over one week, after a day that leads into it: the week then begins
/// as weeks do, with what the night before has left. A shorter run is judged as it stands, after its
/// warm-up. A shift that works half of a period counts half there: the integer program is a guide, the
/// simulation is the judge.
public struct RosterFrame: Sendable {
  /// The periods.
  public let grid: PeriodGrid
  /// The steps of a run that are judged.
  public let judged: Range<Int>
  /// How long a run lasts, in nanoseconds: until it is known what became of whoever wrote last.
  public let duration: Int64
  /// The share of each period that a shift works, shift by shift.
  public let coverage: [[Double]]
  /// Whether a whole week is judged.
  public let isWeek: Bool

  private static let week: Int64 = 7 * 86_400

  /// The frame of a scenario; nil if the length is no whole number of minutes that divides a day, or if
  /// nothing of the run is left to judge.
  public init?(_ scenario: Scenario, _ roster: Roster, length: Int64, bound: Int64) {
    guard length >= 60, length % 60 == 0, 86_400 % length == 0 else { return nil }
    let whole = scenario.duration.nanoseconds / 1_000_000_000
    isWeek = whole >= Self.week
    let span = min(whole, Self.week)
    guard
      let grid = PeriodGrid(
        length: length, start: scenario.start, duration: .seconds(max(1, span)))
    else { return nil }
    self.grid = grid
    let repeats = isWeek && Self.comesAgain(scenario.standard.model)
    var first = 0
    if repeats {
      first = Int(86_400 / length)
    } else if case .fixed(let warmup) = scenario.warmup {
      let step = length * 1_000_000_000
      first = Int((warmup.nanoseconds + step - 1) / step)
    }
    let end = repeats ? first + grid.count : grid.steps
    guard first < end else { return nil }
    judged = first..<end
    // Whoever writes last needs the time of the promise; a day more is enough for any promise.
    let after = min(max(0, bound), 86_400_000_000_000)
    let length = Int64(end) * length * 1_000_000_000
    duration = (repeats ? length : min(length, scenario.duration.nanoseconds)) + after
    coverage = roster.shifts.map { Self.coverage(of: $0, grid) }
  }

  /// Whether a second week is like the first: recorded times and single broadcasts come only once.
  private static func comesAgain(_ model: Model) -> Bool {
    model.broadcasts.isEmpty
      && model.populations.allSatisfy { !$0.arrivals.isRecorded }
  }

  private static func coverage(of shift: RosterShift, _ grid: PeriodGrid) -> [Double] {
    let pattern = shift.pattern
    let minutes = grid.length / 60
    return (0..<grid.count).map { period in
      let begin = grid.begin(of: period).seconds
      let held = (0..<minutes).count { minute in
        let local = LocalTime(seconds: begin + minute * 60)
        return pattern.contains { $0.holds(local) }
      }
      return Double(held) / Double(minutes)
    }
  }

  /// How many agents a roster has on in a period, on average over the period.
  public func staffed(_ counts: [Int], in period: Int) -> Double {
    zip(coverage, counts).reduce(0) { $0 + $1.0[period] * Double($1.1) }
  }

  /// Whether any shift works in a period.
  func isCovered(_ period: Int) -> Bool { coverage.contains { $0[period] > 0 } }
}
