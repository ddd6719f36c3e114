/// Where a text stops being YAML, and what helps: libyaml often notices a slip a line after it was made.
struct YAMLSlip {
  let source: SourceFile
  /// libyaml's words.
  let problem: String
  /// Where libyaml noticed.
  let noticed: SourcePosition
  /// Where what it was reading began; nil if that is not known.
  let began: SourcePosition?
  /// The last text in quotes, if nothing came after it.
  let quoted: SourceSpan?
  /// The innermost bracket that is open.
  let bracket: SourcePosition?

  /// The place to show, and the advice beside it.
  var place: (position: SourcePosition, hint: String?) {
    if isAtEnd {
      if says("quoted scalar"), let began { return (began, "this quote is not closed") }
      if let bracket { return (bracket, "this bracket is not closed") }
      return (began ?? noticed, says("expected ':'") ? missingColon : advice)
    }
    if let quoted, quoted.end == noticed {
      if quoted.start.line < quoted.end.line {
        return (quoted.start, "this quote ends only in line \(quoted.end.line): close it before")
      }
      return (noticed, "inside '...' a quote is written '', inside \"...\" it is written \\\"")
    }
    if says("could not find expected ':'"), let began { return (began, missingColon) }
    if says("did not find expected ',' or"), let began {
      if began.line < noticed.line, indentation(noticed.line) <= indentation(began.line) {
        return (began, "this bracket is not closed")
      }
      if isBracket { return (noticed, "line \(began.line) opened the other kind of bracket") }
      return (noticed, "separate with a comma, or close the bracket")
    }
    return (noticed, advice)
  }

  private let missingColon = "a key needs ': ' after it, and an item of a list '- ' before it"

  private var advice: String? {
    if character == "\t" { return "indent with spaces, not with tabs" }
    if says("cannot start any token") { return "quote a text that begins with '\(character)'" }
    if says("mapping values are not allowed") {
      // A key that stands alone before its colon was meant as one: the line is indented too deep.
      let key = text(noticed.line).prefix(noticed.column - 1)
      let isKey = noticed.line > 1 && !key.drop { $0 == " " }.contains(" ")
      return isKey
        ? "indent this line like its neighbours" : "quote a text that contains ': '"
    }
    if says("did not find expected key") {
      if isBracket { return "there is one bracket too many" }
      if character == "-" { return "a list cannot go on among the keys of a map" }
      return "indent it like its neighbours, and quote texts with special characters"
    }
    if says("invalid Unicode character escape code") {
      return "half a surrogate pair is no character"
    }
    if says("unknown escape character") { return "inside \"...\" a backslash is written \\\\" }
    return nil
  }

  private func says(_ words: String) -> Bool { problem.contains(words) }

  private var isAtEnd: Bool {
    source.bytes[source.offset(of: noticed)...].allSatisfy {
      [0x20, 0x09, 0x0A, 0x0D].contains($0)
    }
  }

  private var isBracket: Bool { character == "]" || character == "}" }

  private var character: Unicode.Scalar {
    text(noticed.line).dropFirst(noticed.column - 1).first ?? " "
  }

  private func text(_ line: Int) -> String.UnicodeScalarView {
    String(decoding: source.line(line), as: UTF8.self).unicodeScalars
  }

  private func indentation(_ line: Int) -> Int { text(line).prefix { $0 == " " }.count }
}
