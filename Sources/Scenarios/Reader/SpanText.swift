extension SourceSpan {
  /// The whole text with this stretch replaced by another.
  public func replaced(by new: String) -> String {
    let (from, to) = (source.offset(of: start), source.offset(of: end))
    return String(
      decoding: source.bytes[..<from] + Array(new.utf8) + source.bytes[to...], as: UTF8.self)
  }

  /// Where it begins in its line and how much of that line it takes, as browsers count: in UTF-16 units, from one.
  public var inBrowser: (column: Int, length: Int) {
    let line = source.line(start.line)
    let from = source.offset(of: start)
    let last = end.line > start.line ? line.endIndex : source.offset(of: end)
    func units(_ range: Range<Int>) -> Int {
      String(decoding: source.bytes[range], as: UTF8.self).utf16.count
    }
    let first = min(line.startIndex, from)
    return (units(first..<from) + 1, units(from..<max(from, min(last, source.bytes.count))))
  }
}
