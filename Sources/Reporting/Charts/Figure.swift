/// A figure of the page: what it shows, how to read it, the drawing twice, and its numbers.
struct Figure: Sendable {
  /// A drawing and its height.
  struct Drawing: Sendable {
    var height: Double
    var svg: SVG
  }

  var id: String
  var title: String
  /// One line that says how to read it.
  var reading: String
  /// The same for those who cannot see it.
  var description: String
  var wideWidth: Double = 556
  /// For windows between the two, where the wide one would shrink its words.
  var mediumWidth: Double?
  var narrowWidth: Double = 360
  /// Whether something in it can be moved, which an image would hide from those who cannot see it.
  var isMovable = false
  /// The numbers of the figure.
  var table: DataTable
  var draw: @Sendable (_ width: Double, _ isNarrow: Bool) -> Drawing

  /// The markup of the figure.
  var html: String {
    let three = mediumWidth == nil ? "" : " class=\"three\""
    var html = "<figure id=\"\(id)\"\(three)>\n<figcaption><h3>" + escaped(title) + "</h3><p>"
    html += escaped(reading) + "</p></figcaption>\n"
    html += image("w", width: wideWidth, isNarrow: false)
    if let mediumWidth { html += image("m", width: mediumWidth, isNarrow: false) }
    html += image("n", width: narrowWidth, isNarrow: true)
    return html + table.folded(of: title) + "</figure>\n"
  }

  /// The drawing as a file of its own, with its title: for a text or a slide.
  var picture: String {
    let drawing = draw(mediumWidth ?? wideWidth, false)
    let width = (mediumWidth ?? wideWidth) + 32
    let height = drawing.height + 74
    var svg = SVG()
    svg.text("h", 16, 28, title)
    svg.text("t", 16, 47, cut(reading, pixels: width - 32))
    let size = "width=\"\(coordinate(width))\" height=\"\(coordinate(height))\""
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" \(size) viewBox=\"0 0 \(coordinate(width)) "
      + "\(coordinate(height))\" role=\"img\"><title>" + escaped(title) + "</title><desc>"
      + escaped(description) + "</desc><style>" + PageStyle.ofDrawings
      + "svg .h{font:650 14px var(--sans);fill:var(--ink)}</style>"
      + "<rect width=\"100%\" height=\"100%\" fill=\"var(--paper)\"/>" + svg.body
      + "<g transform=\"translate(16 60)\">" + drawing.svg.body + "</g></svg>\n"
  }

  private func image(_ kind: String, width: Double, isNarrow: Bool) -> String {
    let drawing = draw(width, isNarrow)
    let name = id + "-" + kind
    let size = coordinate(width)
    var html = "<svg class=\"\(kind)\" viewBox=\"0 0 \(size) " + coordinate(drawing.height)
    html +=
      "\" role=\"\(isMovable ? "group" : "img")\" aria-labelledby=\"\(name)-t \(name)-d\" style=\"max-width:\(size)px\">"
    html += "<title id=\"\(name)-t\">" + escaped(title) + "</title><desc id=\"\(name)-d\">"
    return html + escaped(description) + "</desc>" + drawing.svg.body + "</svg>\n"
  }
}

/// A table of texts: the numbers behind a figure, or a table in its own right.
struct DataTable: Sendable {
  /// A column with its heading.
  struct Column: Sendable {
    var title: String
    var isText = false
    /// Whether the words of the column may be broken into lines.
    var isWrapped = false
  }

  var columns: [Column]
  var rows: [[String]] = []
  /// Where the rows stand in the wide, the medium and the narrow drawing, for values at the pointer.
  var places: [(wide: Double, medium: Double, narrow: Double)] = []
  var caption: String?

  init(_ columns: [Column], caption: String? = nil) {
    self.columns = columns
    self.caption = caption
  }

  /// The table behind a line that opens it and says which figure's numbers they are.
  func folded(of title: String) -> String {
    let summary = "Numbers: " + title
    guard !rows.isEmpty else { return "" }
    return "<details><summary>" + escaped(summary)
      + "</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\""
      + escaped(summary) + "\">" + html(style: "data") + "</div></details>\n"
  }

  /// The table itself.
  func html(style: String) -> String {
    var html = MarkupWriter()
    html.add("<table class=\"\(style)\">")
    if let caption { html.add("<caption>" + escaped(caption) + "</caption>") }
    html.add("<thead><tr>")
    for column in columns {
      html.add("<th scope=\"col\"" + attribute(column) + ">" + escaped(column.title) + "</th>")
    }
    html.add("</tr></thead><tbody>")
    let attributes = columns.map(attribute)
    let labels = columns.map { " data-l=\"" + escaped($0.title) + "\"" }
    for (number, row) in rows.enumerated() {
      html.add("<tr")
      if number < places.count {
        html.add(" data-w=\"")
        html.add(coordinate: places[number].wide)
        html.add("\" data-m=\"")
        html.add(coordinate: places[number].medium)
        html.add("\" data-n=\"")
        html.add(coordinate: places[number].narrow)
        html.add("\"")
      }
      html.add(">")
      for (place, cell) in row.enumerated() {
        html.add(place == 0 ? "<th scope=\"row\"" : "<td")
        if place > 0 { html.add(labels[place]) }
        html.add(attributes[place])
        html.add(">")
        html.add(escaped: cell)
        html.add(place == 0 ? "</th>" : "</td>")
      }
      html.add("</tr>")
    }
    html.add("</tbody></table>")
    return html.text
  }

  private func attribute(_ column: Column) -> String {
    let styles = (column.isText ? ["l"] : []) + (column.isWrapped ? ["wrap"] : [])
    return styles.isEmpty ? "" : " class=\"" + styles.joined(separator: " ") + "\""
  }
}
