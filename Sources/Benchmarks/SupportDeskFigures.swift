import CPlainLoops
import Measurement
import Statistics

/// What a day at the support desk is told by, of the program and of the plain C loop alike.
///
/// Both draw customers of their own, so the figures of one day say nothing; over many days their means
/// must be the same, or the two are not the same desk.
struct SupportDeskFigures: Sendable {
  /// Name and unit of each figure, in the order of `values`.
  static let names = [
    "conversations a day", "closed a day", "wait, s", "first response, s", "answered in 5 min, %",
    "moves per 100", "abandoned, %", "resolution, s", "answers each", "busy, %", "online, h",
    "messages lost, %",
  ]

  private static let goal = try? MetricReference("first_response.within(5 min)")

  let values: [Double]

  /// How many conversations were opened.
  var conversations: Double { values[0] }

  /// A day of the program's.
  init(_ day: ReplicationResult) {
    let opened = Double(max(1, day.all.conversations))
    values = [
      Double(day.all.conversations),
      Double(day.closed.conversations),
      (day.times.wait.mean ?? .nan) / 1e9,
      (day.times.firstResponse.mean ?? .nan) / 1e9,
      (Self.goal.flatMap { day.value(of: $0)?.value } ?? .nan) * 100,
      Double(day.all.reassignments) / opened * 100,
      Double(day.all.abandoned) / opened * 100,
      (day.times.resolution.mean ?? .nan) / 1e9,
      Double(day.agents.reduce(0) { $0 + $1.replies }) / opened,
      day.busySeconds / max(1, day.onlineSeconds) * 100,
      day.onlineSeconds / 3_600,
      Double(day.all.messagesLost) / Double(max(1, day.all.messagesSent)) * 100,
    ]
  }

  /// A day of the plain C loop's.
  init(_ day: plain_day) {
    values = [
      day.opened,
      day.closed,
      day.wait / day.waits,
      day.response / day.responses,
      day.within / day.known * 100,
      day.moves / day.opened * 100,
      day.abandoned / day.opened * 100,
      day.resolution / day.closed,
      day.replies / day.opened,
      day.busy / day.online * 100,
      day.online / 3_600,
      day.lost / day.sent * 100,
    ]
  }
}

/// The means of the figures of both sides over many days, and whether they may be the same.
struct SupportDeskComparison: Sendable {
  /// A figure whose two means lie further apart than in one of a thousand comparisons of equals.
  static let limit = 3.2905

  struct Line: Sendable {
    let name: String
    let world: Moments
    let plain: Moments

    /// How many standard errors lie between the two means; far too many where one is no number.
    var distance: Double {
      guard let first = world.mean, let second = plain.mean, let one = world.standardError,
        let other = plain.standardError
      else { return .infinity }
      let distance = abs(first - second) / (one * one + other * other).squareRoot()
      return distance.isNaN ? .infinity : distance
    }
  }

  let lines: [Line]

  init(world: [SupportDeskFigures], plain: [SupportDeskFigures]) {
    lines = SupportDeskFigures.names.enumerated().map { index, name in
      Line(
        name: name, world: Moments(world.map { $0.values[index] }),
        plain: Moments(plain.map { $0.values[index] }))
    }
  }

  /// The figure in which the two are furthest apart.
  var worst: Line? { lines.max { $0.distance < $1.distance } }

  /// The figures in which the two cannot be the same.
  var differing: [Line] { lines.filter { $0.distance > Self.limit } }
}
