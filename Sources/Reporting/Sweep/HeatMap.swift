import Measurement

/// A metric over two names as a map: the stronger a cell's shade the higher its value, with the line where the goal
/// is met drawn across.
struct HeatMap: Sendable {
  let index: SweepIndex
  let metric: String
  /// The name along the lower axis.
  let along: Int
  /// The name along the left axis.
  let up: Int
  /// Where all other names stand.
  var fixed: [Int]
  /// The lowest and highest value that any map of the same page shows.
  let range: ClosedRange<Double>

  var format: MetricFormat { index.format(metric) }

  /// The darkest cell; words on it stay readable in light and dark.
  private static let darkest = 0.36

  func point(_ column: Int, _ row: Int) -> SweepDocument.Point? {
    var place = fixed
    place[along] = column
    place[up] = row
    return index.document.point(at: place)
  }

  private func shown(_ column: Int, _ row: Int) -> Double? {
    point(column, row).flatMap { index.value($0, metric)?.mean }.map(format.shown)
  }

  /// Draws the cells, the contours, and the words of the cells where there is room for all of them.
  func draw(_ svg: inout SVG, _ panel: Panel, hasRowLabels: Bool, hasColumnLabels: Bool) {
    let columns = index.factors[along].values.count
    let rows = index.factors[up].values.count
    let x = Self.edges(columns, panel.left, panel.right)
    let y = Self.edges(rows, panel.bottom, panel.top)
    let cells = (0..<rows).flatMap { row in (0..<columns).map { ($0, row) } }
    let (width, height) = (x[1] - x[0], y[0] - y[1])
    for (column, row) in cells {
      cell(&svg, column, row, x: x[column], y: y[row + 1], width: width, height: height)
    }
    svg.line("ax", panel.left, panel.bottom, panel.right, panel.bottom)
    let lines = hasContours ? contours(&svg, x, y) : []
    if !hasContours { border(&svg, x, y) }
    let texts = cells.map { text($0.0, $0.1, hasMark: true) }
    let hasMarks = texts.allSatisfy { estimatedWidth($0) + 4 <= width }
    let plain = hasMarks ? texts : cells.map { text($0.0, $0.1, hasMark: false) }
    if height >= 13, plain.allSatisfy({ estimatedWidth($0) + 4 <= width }) {
      for ((column, row), text) in zip(cells, plain) {
        let (middle, line) = (x[column] + width / 2, y[row + 1] + height / 2)
        // Where a line goes through the words they have room around them.
        let reach = estimatedWidth(text) / 2 + 2
        let isCrossed = lines.contains {
          Self.touches($0, middle - reach...middle + reach, line - 8...line + 8)
        }
        svg.text(isCrossed ? "k halo" : "k", middle, line + 4, text, .middle)
      }
    }
    if hasColumnLabels { labels(&svg, along, x, panel) }
    if hasRowLabels { sideLabels(&svg, y, panel) }
  }

  /// Lines between the middles of cells mean something where both names are numbers.
  private var hasContours: Bool {
    [along, up].allSatisfy {
      index.factors[$0].numbers != nil && index.factors[$0].values.count > 2
    }
  }

  /// The borders of equal cells.
  private static func edges(_ count: Int, _ from: Double, _ to: Double) -> [Double] {
    (0...count).map { from + (to - from) * Double($0) / Double(count) }
  }

  private func cell(
    _ svg: inout SVG, _ column: Int, _ row: Int, x: Double, y: Double, width: Double,
    height: Double
  ) {
    guard let value = shown(column, row) else {
      svg.line("gr", x, y + height, x + width, y)
      return
    }
    let extent = range.upperBound - range.lowerBound
    let share = extent > 0 ? (value - range.lowerBound) / extent : 0
    let opacity = coordinateOfOpacity(0.03 + Self.darkest * max(0, min(1, share)))
    svg.raw(
      "<rect class=\"ppk\" fill-opacity=\"\(opacity)\" x=\"\(coordinate(x))\" y=\"\(coordinate(y))\" "
        + "width=\"\(coordinate(max(0, width - 1)))\" height=\"\(coordinate(max(0, height - 1)))\"/>"
    )
  }

  /// The value with what became of the goal.
  private func text(_ column: Int, _ row: Int, hasMark: Bool) -> String {
    guard let value = shown(column, row) else { return "" }
    let mark =
      hasMark ? point(column, row).flatMap { index.result($0, metric) }.map(Self.mark) : nil
    return trueMinus(fixedText(value)) + (mark.map { " " + $0 } ?? "")
  }

  private func fixedText(_ shown: Double) -> String { Reporting.fixed(shown, format.decimals) }

  private static func mark(_ result: Goal.Outcome) -> String {
    switch result {
    case .met: "✓"
    case .missed: "✗"
    case .inconclusive: "?"
    }
  }

  private func coordinateOfOpacity(_ value: Double) -> String {
    shortest((value * 1000).rounded() / 1000)
  }

  // MARK: - Contours

  /// Values whose contours are drawn: the goal alone, or round ones where there is none.
  private var limits: [Double] {
    if let goal = index.goal(metric) { return [format.shown(goal.limit)] }
    guard range.upperBound > range.lowerBound else { return [] }
    return Ticks.linear(low: range.lowerBound, high: range.upperBound, wanted: 4).map(\.value)
      .filter { $0 > range.lowerBound && $0 < range.upperBound }
  }

  /// Lines of equal value between the middles of cells, straight across each square of four of them
  /// (marching squares, the values between two middles on a straight line).
  private func contours(_ svg: inout SVG, _ x: [Double], _ y: [Double]) -> [Piece] {
    var all: [Piece] = []
    for limit in limits {
      var pieces: [Piece] = []
      for row in 0..<max(0, y.count - 2) {
        for column in 0..<max(0, x.count - 2) {
          pieces += Self.crossing(corners(column, row, x, y), limit)
        }
      }
      svg.path(
        "lk", pieces.map { polyline([($0.from.x, $0.from.y), ($0.to.x, $0.to.y)]) }.joined())
      all += pieces
    }
    return all
  }

  /// Whether a straight piece comes into a box.
  private static func touches(
    _ piece: Piece, _ across: ClosedRange<Double>, _ down: ClosedRange<Double>
  ) -> Bool {
    // The part of the piece within each pair of parallel sides, as shares of its length.
    var (first, last) = (0.0, 1.0)
    for (from, to, sides) in [
      (piece.from.x, piece.to.x, across), (piece.from.y, piece.to.y, down),
    ] {
      guard from != to else {
        if sides.contains(from) { continue }
        return false
      }
      let ends = [(sides.lowerBound - from) / (to - from), (sides.upperBound - from) / (to - from)]
      first = max(first, min(ends[0], ends[1]))
      last = min(last, max(ends[0], ends[1]))
    }
    return first <= last
  }

  /// The borders between cells on either side of the goal's limit.
  private func border(_ svg: inout SVG, _ x: [Double], _ y: [Double]) {
    guard let limit = index.goal(metric).map({ format.shown($0.limit) }) else { return }
    func parts(_ one: Double?, _ other: Double?) -> Bool {
      guard let one, let other else { return false }
      return (one >= limit) != (other >= limit)
    }
    for row in 0..<(y.count - 1) {
      for column in 0..<(x.count - 1) {
        let here = shown(column, row)
        if column + 2 < x.count, parts(here, shown(column + 1, row)) {
          svg.line("lk", x[column + 1] - 0.5, y[row], x[column + 1] - 0.5, y[row + 1])
        }
        if row + 2 < y.count, parts(here, shown(column, row + 1)) {
          svg.line("lk", x[column], y[row + 1] - 0.5, x[column + 1], y[row + 1] - 0.5)
        }
      }
    }
  }

  private typealias Corner = (x: Double, y: Double, value: Double)
  private typealias Place = (x: Double, y: Double)
  private typealias Piece = (from: Place, to: Place)

  /// Four middles of cells around a border point, in turn; nothing where one has no value.
  private func corners(_ column: Int, _ row: Int, _ x: [Double], _ y: [Double]) -> [Corner] {
    let around = [(0, 0), (1, 0), (1, 1), (0, 1)].compactMap { step -> Corner? in
      let (right, above) = (column + step.0, row + step.1)
      guard let value = shown(right, above) else { return nil }
      return ((x[right] + x[right + 1]) / 2, (y[above] + y[above + 1]) / 2, value)
    }
    return around.count == 4 ? around : []
  }

  /// The pieces of a contour within four corners.
  private static func crossing(_ corners: [Corner], _ limit: Double) -> [Piece] {
    guard corners.count == 4 else { return [] }
    var places: [Place] = []
    for (place, corner) in corners.enumerated() {
      let next = corners[(place + 1) % 4]
      guard (corner.value >= limit) != (next.value >= limit) else { continue }
      let share = (limit - corner.value) / (next.value - corner.value)
      places.append(
        (corner.x + share * (next.x - corner.x), corner.y + share * (next.y - corner.y)))
    }
    // Four crossings are a saddle: two lines.
    return stride(from: 0, to: places.count - 1, by: 2).map { (places[$0], places[$0 + 1]) }
  }

  // MARK: - Labels

  private func labels(_ svg: inout SVG, _ factor: Int, _ x: [Double], _ panel: Panel) {
    let names = index.factors[factor].values.indices.map { index.label(factor, $0) }
    let ticks = names.enumerated().map { place, name in
      Tick(
        value: (x[place] + x[place + 1]) / 2,
        label: cut(name, pixels: max(30, panel.right - panel.left)))
    }
    let scale = Scale(low: panel.left, high: panel.right, from: panel.left, to: panel.right)
    panel.bottomLabels(&svg, ticks, scale, hasMarks: false)
  }

  private func sideLabels(_ svg: inout SVG, _ y: [Double], _ panel: Panel) {
    let names = shortNames(
      index.factors[up].values.indices.map { index.label(up, $0) }, in: .pixels(panel.left - 8))
    var last = Double.infinity
    for (row, name) in names.enumerated() {
      let middle = (y[row] + y[row + 1]) / 2 + 4
      guard last - middle >= 13 || last.isInfinite else { continue }
      last = middle
      svg.text("t", panel.left - 7, middle, name, .end)
    }
  }
}
