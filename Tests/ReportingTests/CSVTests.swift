import Measurement
import Statistics
import Testing

@testable import Reporting

@Suite struct `CSV files` {
  /// Reads RFC 4180 back, by the book.
  static func rows(_ text: String) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell = ""
    var isQuoted = false
    let scalars = Array(text.unicodeScalars)
    var place = 0
    while place < scalars.count {
      let scalar = scalars[place]
      place += 1
      if isQuoted {
        guard scalar == "\"" else {
          cell.unicodeScalars.append(scalar)
          continue
        }
        if place < scalars.count, scalars[place] == "\"" {
          cell += "\""
          place += 1
        } else {
          isQuoted = false
        }
      } else if scalar == "\"" {
        isQuoted = true
      } else if scalar == "," {
        row.append(cell)
        cell = ""
      } else if scalar == "\n" {
        rows.append(row + [cell])
        row = []
        cell = ""
      } else {
        cell.unicodeScalars.append(scalar)
      }
    }
    return rows
  }

  @Test func `cells come back as they went in`() {
    var table = CSVTable(["name", "value"])
    let texts = ["plain", "a,b", "say \"hi\"", "João 客服", "", "'quoted'"]
    for text in texts { table.add([.text(text), .number(1.25)]) }
    #expect(Self.rows(table.contents).dropFirst().map { $0[0] } == texts)
    #expect(table.contents.hasPrefix("name,value\nplain,1.25\n\"a,b\",1.25\n"))
  }

  @Test func `what a spreadsheet would run is defused and numbers never are`() {
    var table = CSVTable(["cell"])
    for text in ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1"] { table.add([.text(text)]) }
    table.add([.number(-1.5)])
    table.add([.number(.nan)])
    table.add([.count(nil)])
    table.add([.flag(true)])
    let cells = Self.rows(table.contents).dropFirst().map { $0[0] }
    #expect(
      cells == [
        "'=1+1", "'+1", "'-1", "'@x", "'\\u{9}x", "'\\u{d}x", "'＝1", "-1.5", "", "", "true",
      ])
  }

  @Test func `every table has its columns and a row for everything`() {
    let files = ResultTables(of: Fixture.comparison()).files
    let tables = files.map { ($0.name, Self.rows($0.contents)) }
    let headers = tables.map { $0.1[0].joined(separator: ",") }
    #expect(
      headers == [
        "strategy,metric,unit,mean,low,high,half_width,sd,replications",
        "baseline,strategy,metric,unit,baseline_mean,mean,change,low,high,p_value,verdict,family",
        "strategy,replication,metric,value", "strategy,goal,value,low,high,result,unit,scope",
        "strategy,agent,team,conversations_count,replies_count,online_s,busy_s,busy_ratio,"
          + "open_mean,open_max,reassigned_in_count,reassigned_out_count,first_response_mean_s,"
          + "user_id,team_id",
        "strategy,start_s,arrivals_count,open_mean,waiting_mean,agents_online_mean,busy_ratio,"
          + "first_response_mean_s,start_clock,assigned_mean,unassigned_mean",
      ])
    let metrics = Fixture.rows.count
    #expect(
      tables.map { $0.1.count - 1 } == [3 * metrics, 2 * metrics, 90 * metrics, 9, 36, 96])
    for (name, rows) in tables {
      #expect(rows.allSatisfy { $0.count == rows[0].count }, "\(name)")
    }
  }

  @Test func `numbers of the summary are those of the document`() {
    let document = Fixture.comparison()
    let rows = Self.rows(ResultTables(of: document).files[0].contents).dropFirst()
    let values = document.strategies.flatMap(\.values)
    for (row, value) in zip(rows, values) {
      #expect(Double(row[3]) == value.mean)
      #expect(Double(row[6]) == value.halfWidth)
    }
  }

  @Test func `all pairs are appended to the comparison once`() {
    let tables = ResultTables(of: Fixture.extended()).files
    let comparison = tables.first { $0.name == "comparison.csv" }?.contents ?? ""
    let rows = Self.rows(comparison).dropFirst()
    #expect(rows.count == 2 * Fixture.rows.count + 1)
    #expect(rows.last?.prefix(3) == ["least open", "look first", "first_response.p90"])
  }

  @Test func `what does not exist has no verdict and no result`() {
    var document = Fixture.comparison()
    document.comparison?.differences[0].mean = nil
    document.comparison?.differences[0].verdict = .inconclusive
    document.strategies[0].goals[0].value = nil
    document.strategies[0].goals[0].result = .inconclusive
    let files = ResultTables(of: document).files
    func rows(_ name: String) -> [[String]] {
      Array(Self.rows(files.first { $0.name == name }?.contents ?? "").dropFirst())
    }
    #expect(rows("comparison.csv")[0][10] == "")
    #expect(rows("goals.csv")[0][5] == "")
    #expect(rows("comparison.csv").dropFirst().allSatisfy { $0[10] != "" })
    #expect(rows("goals.csv").dropFirst().allSatisfy { $0[5] != "" })
  }

  @Test func `a run has no comparison`() {
    #expect(!ResultTables(of: Fixture.run()).files.contains { $0.name == "comparison.csv" })
  }

  @Test func `hostile names are inert in every table`() {
    for file in ResultTables(of: Fixture.hostile()).files {
      for scalar in file.contents.unicodeScalars where scalar != "\n" {
        #expect(scalar.value >= 0x20 && scalar.value != 0x7F && scalar.value != 0x202E)
        if scalar.value < 0x20 || scalar.value == 0x202E { return }
      }
      for row in Self.rows(file.contents) {
        let run = row.filter { "=+@\t\r".contains($0.first ?? "a") }
        #expect(run == [], "\(file.name)")
      }
    }
  }
}
