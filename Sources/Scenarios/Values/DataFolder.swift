import Engine
import Sampling

/// A column of a file as a scenario names it, with the places of both names.
struct ColumnReference {
  let name: ColumnName
  let file: ValueReader
  let column: ValueReader
}

/// The files beside a scenario: those it may name, read once for all strategies.
final class DataFolder {
  /// The folder of the scenario, symbolic links resolved; nil for a text without a file.
  let folder: String?
  /// The start of the run, from which recorded dates count.
  var start = LocalTime(seconds: 0)
  /// The paths of the files that were read, `./` and doubled slashes left out, in the order of naming.
  private(set) var named: [String] = []
  private var columns: [ColumnName: [Column.Cell]] = [:]

  /// A file named in a scenario may have one gigabyte.
  static let fileLimit = 1_000_000_000

  init(folder: String?) { self.folder = folder.flatMap(resolvedPath) }

  /// The folder that a scenario's own path lies in.
  convenience init(of scenario: String) {
    let folder = scenario.lastIndex(of: "/").map { String(scenario[..<$0]) }
    self.init(folder: folder == "" ? "/" : folder ?? ".")
  }

  /// Recorded values as numbers; `30 s` counts as 30.
  func numbers(_ column: ColumnReference, _ value: ValueReader) -> [Double]? {
    guard let cells = cells(column) else { return nil }
    var numbers: [Double] = []
    numbers.reserveCapacity(cells.count)
    for cell in cells {
      guard case .number(let number) = cell else {
        value.error(
          "\(quoted(column.name.file)) has dates in the column \(quoted(column.name.column)), expected numbers"
        )
        return nil
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Recorded times as seconds since the start: numbers are seconds, dates count from `start`.
  ///
  /// Dates before the start are left out: an export may begin earlier than the run.
  func times(_ column: ColumnReference, _ value: ValueReader) -> [Double]? {
    guard let cells = cells(column) else { return nil }
    var times: [Double] = []
    times.reserveCapacity(cells.count)
    for cell in cells {
      switch cell {
      case .number(let seconds):
        guard seconds >= 0 else {
          value.error("\(quoted(column.name.file)) has a time before the start: \(seconds)")
          return nil
        }
        times.append(seconds)
      case .date(let date) where date >= start:
        times.append(Double(date.seconds - start.seconds))
      case .date: continue
      }
    }
    guard !times.isEmpty else {
      value.error("no recorded time lies after the start of the run")
      return nil
    }
    return times
  }

  private func cells(_ column: ColumnReference) -> [Column.Cell]? {
    if let known = columns[column.name] { return known }
    guard let path = path(column.file) else { return nil }
    do throws(ColumnProblem) {
      let cells = try Column.read(path, column.name.column, limit: Self.fileLimit)
      guard !cells.isEmpty else {
        column.column.error("the column \(quoted(column.name.column)) has no values")
        return nil
      }
      columns[column.name] = cells
      let name = Self.plain(column.name.file)
      if !named.contains(name) { named.append(name) }
      return cells
    } catch {
      switch error {
      case .file(let why): column.file.error("\(quoted(column.name.file)) \(why)")
      case .noColumn(let known):
        column.column.reading.problems.unknownName(
          "column", column.name.column, at: column.column.span, known: known)
      case .cell(let line, let text):
        column.column.error(
          "\(quoted(column.name.file)) has \(quoted(text)) in line \(line), expected a number, a duration or a date"
        )
      }
      return nil
    }
  }

  /// Remembers a word of a command that is a file of the scenario's folder, which must go with the scenario.
  func noteIfInside(_ word: String) {
    guard let folder, !word.hasPrefix("/"), !word.split(separator: "/").contains(".."),
      let path = resolvedPath(folder + "/" + word),
      path.hasPrefix(folder == "/" ? "/" : folder + "/"), isRegularFile(path)
    else { return }
    let name = Self.plain(word)
    if !named.contains(name) { named.append(name) }
  }

  /// `./sub//data.csv` as `sub/data.csv`.
  private static func plain(_ name: String) -> String {
    name.split(separator: "/").filter { $0 != "." }.joined(separator: "/")
  }

  /// The path of a file that lies in the scenario's folder once all links are followed.
  private func path(_ file: ValueReader) -> String? {
    guard let name = file.scalarText else { return nil }
    // Such a path may lead through a folder that a copy of the scenario does not have.
    guard !name.split(separator: "/").contains("..") else {
      file.error("\(quoted(name)) must name the file from the scenario's own folder, without '..'")
      return nil
    }
    guard let folder else {
      file.error("files can be named only by a scenario that is a file itself")
      return nil
    }
    guard !name.hasPrefix("/"), let path = resolvedPath(folder + "/" + name) else {
      file.error(
        name.hasPrefix("/")
          ? "\(quoted(name)) must lie in the scenario's own folder"
          : "there is no file \(quoted(name)) in the scenario's folder")
      return nil
    }
    guard path.hasPrefix(folder == "/" ? "/" : folder + "/") else {
      file.error("\(quoted(name)) must lie in the scenario's own folder")
      return nil
    }
    return path
  }
}
