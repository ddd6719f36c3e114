public import Measurement

/// What was read of an export, what was fitted to it, and what it does not tell.
public struct ImportWords: Sendable {
  private let document: FitDocument
  private let words: FitWords

  /// The words of a fit.
  public init(of document: FitDocument) {
    self.document = document
    words = FitWords(document: document)
  }

  /// Three short paragraphs.
  public var html: String {
    let read = ([words.read] + [words.leftOut, words.daysLeftOut].compactMap { $0 })
      .map { $0.capitalizedFirst + "." }.joined(separator: " ")
    var html = "<p><b class=\"ink\">Read:</b> " + escaped(printable(read)) + "</p>"
    let fitted = document.quantities.map { $0.name + " (" + $0.law + ")" }
    if !fitted.isEmpty {
      html += "<p><b class=\"ink\">Fitted:</b> " + escaped(printable(listed(fitted))) + ".</p>"
    }
    if !document.assumptions.isEmpty {
      html += "<p><b class=\"ink\">Not in the file:</b></p><ul>"
      for gap in document.assumptions {
        html += "<li>" + escaped(printable(gap.unknown.capitalizedFirst)) + ": "
        html += escaped(printable(gap.instead)) + "</li>"
      }
      html += "</ul>"
    }
    return html
  }
}
