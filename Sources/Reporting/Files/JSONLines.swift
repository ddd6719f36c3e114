/// Compact JSON with a line for each member and element, for people to read.
enum JSONLines {
  /// The same value over several lines, with a line feed at the end.
  ///
  /// - Parameter json: Valid JSON without spaces between its parts.
  static func laidOut(_ json: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(json.count + json.count / 4)
    var depth = 0
    var isText = false
    var isEscaped = false
    var isFirst = false
    func breakLine() {
      text.append(UInt8(ascii: "\n"))
      for _ in 0..<2 * depth { text.append(UInt8(ascii: " ")) }
    }
    for byte in json {
      if isText {
        text.append(byte)
        isText = byte != UInt8(ascii: "\"") || isEscaped
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      let isEnd = byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]")
      if isEnd {
        // What is empty keeps an empty line.
        if isFirst { text.append(UInt8(ascii: "\n")) }
        depth -= 1
      }
      if isEnd || isFirst { breakLine() }
      isFirst = false
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        text.append(byte)
        depth += 1
        isFirst = true
      case UInt8(ascii: ","):
        text.append(byte)
        breakLine()
      case UInt8(ascii: ":"): text += " : ".utf8
      default:
        text.append(byte)
        isText = byte == UInt8(ascii: "\"")
      }
    }
    text.append(UInt8(ascii: "\n"))
    return text
  }
}
