import Measurement

/// The platform's leaderboard: for each metric the first ten users and the first ten teams.
struct Leaderboard: Sendable {
  /// One of the ten.
  struct Place: Sendable {
    var metric: String
    var by: String
    var rank: Int
    var name: String
    var value: CSVTable.Cell
  }

  /// No more than so many are shown.
  static let length = 10

  let places: [Place]

  init(_ reports: ResultDocument.Reports) {
    typealias Row = ResultDocument.Reports.Performance
    var places: [Place] = []
    func rank(_ metric: String, _ size: (Row) -> Double?, _ cell: (Row) -> CSVTable.Cell) {
      for (by, rows) in [("User", reports.users), ("Team", reports.teams)] {
        let ranked = rows.indices.compactMap { number in
          size(rows[number]).map { (size: $0, number: number) }
        }.sorted { ($0.size, $0.number) < ($1.size, $1.number) }
        for (place, entry) in ranked.prefix(Self.length).enumerated() {
          let row = rows[entry.number]
          places.append(
            Place(metric: metric, by: by, rank: place + 1, name: row.name, value: cell(row)))
        }
      }
    }
    func count(_ metric: String, _ value: @escaping (Row) -> Int) {
      rank(metric, { value($0) > 0 ? -Double(value($0)) : nil }, { .count(value($0)) })
    }
    func time(_ metric: String, _ value: @escaping (Row) -> Double?) {
      rank(metric, value, { .clock(value($0)) })
    }
    count("Conversations Assigned") { $0.assigned }
    count("Conversations Closed") { $0.closed }
    time("Average First Response Time") { $0.firstResponse }
    time("Average First Assignment to First Response Time") { $0.firstAssignmentToFirstResponse }
    time("Average Resolution Time") { $0.resolution }
    self.places = places
  }
}
