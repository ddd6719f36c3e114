/// Rows that are left out, counted by reason.
struct Omitted {
  /// Why a row is left out, in the order in which reasons are told.
  enum Reason: Int, CaseIterable {
    case notOpened, closedFirst, answeredFirst, answeredAfterClosing, leftNever, twice

    var text: String {
      switch self {
      case .notOpened: "no opening time"
      case .closedFirst: "closed before opened"
      case .answeredFirst: "answered before opened"
      case .answeredAfterClosing: "answered after closing"
      case .leftNever: "gave up at no known time"
      case .twice: "listed twice"
      }
    }
  }

  private var counts = [Int](repeating: 0, count: Reason.allCases.count)
  private var places = [ExportPlace?](repeating: nil, count: Reason.allCases.count)

  /// The share of rows that may be left out; with more the file is not what it is taken for.
  static let tolerated = 0.2

  mutating func add(_ reason: Reason, at place: @autoclosure () -> ExportPlace) {
    if counts[reason.rawValue] == 0 { places[reason.rawValue] = place() }
    counts[reason.rawValue] += 1
  }

  var total: Int { counts.reduce(0, +) }

  var all: [History.Omission] {
    Reason.allCases.compactMap { reason in
      guard counts[reason.rawValue] > 0 else { return nil }
      return History.Omission(
        reason: reason.text, count: counts[reason.rawValue],
        firstLine: places[reason.rawValue]?.line ?? 0)
    }
  }

  /// Tells each reason at its first row; refuses a file of which too much is left out.
  func tell(of rows: Int, _ problems: inout ExportProblems) {
    for reason in Reason.allCases {
      guard let place = places[reason.rawValue] else { continue }
      problems.warning(
        at: place,
        "\(counted(counts[reason.rawValue], "row")) left out: \(reason.text); this is the first")
    }
    guard Double(total) > Self.tolerated * Double(rows),
      let worst = Reason.allCases.max(by: { counts[$0.rawValue] < counts[$1.rawValue] }),
      let place = places[worst.rawValue]
    else { return }
    problems.error(
      at: place,
      "\(grouped(total)) of \(counted(rows, "row")) cannot be used, most because of "
        + "\"\(worst.text)\"; this is the first of them",
      hint: "at most a fifth may be left out: are these the right columns?")
  }
}
