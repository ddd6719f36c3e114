import Foundation

/// What tests read out of markup.
enum Markup {
  /// The first tag that is closed wrongly or not at all; nil if all are in order.
  static func imbalance(_ html: String) -> String? {
    var open: [Substring] = []
    let empty: Set<Substring> = [
      "meta", "line", "rect", "circle", "path", "img", "br", "!doctype",
    ]
    var rest = html[...]
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...].dropFirst()
      guard let end = rest.firstIndex(of: ">") else { return "an open <" }
      let tag = rest[..<end]
      rest = rest[end...].dropFirst()
      let name = tag.prefix { $0 != " " && $0 != "/" && $0 != "\n" }
      if tag.hasPrefix("/") {
        guard open.popLast() == tag.dropFirst() else { return "</\(tag.dropFirst())>" }
      } else if !tag.hasSuffix("/"), !empty.contains(name) {
        open.append(name)
      }
      if name == "script" || name == "style", let close = rest.range(of: "</\(name)>") {
        rest = rest[close.lowerBound...]
      }
    }
    return open.last.map { "<\($0)>" }
  }

  /// The values of an attribute, in order.
  static func attributes(_ name: String, _ html: String) -> [String] {
    html.components(separatedBy: " \(name)=\"").dropFirst().map { part in
      String(part.prefix { $0 != "\"" })
    }
  }

  /// Colours of a style sheet by the names of their variables.
  static func variables(_ style: String) -> [String: String] {
    var colors: [String: String] = [:]
    for part in style.components(separatedBy: "--").dropFirst() {
      let pair = part.split(separator: ":", maxSplits: 1)
      guard pair.count == 2, pair[1].hasPrefix("#") else { continue }
      let value = pair[1].prefix { $0 == "#" || $0.isHexDigit }
      if colors[String(pair[0])] == nil { colors[String(pair[0])] = String(value) }
    }
    return colors
  }

  /// The contrast ratio of two colours as the guidelines define it.
  static func contrast(_ one: String, _ other: String) -> Double {
    let pair = [luminance(one), luminance(other)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  private static func luminance(_ color: String) -> Double {
    var digits = color.dropFirst().map { Double($0.hexDigitValue ?? 0) }
    if digits.count == 3 { digits = digits.flatMap { [$0, $0] } }
    let channels = stride(from: 0, to: 6, by: 2).map { place -> Double in
      let value = (digits[place] * 16 + digits[place + 1]) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * channels[0] + 0.7152 * channels[1] + 0.0722 * channels[2]
  }
}

/// SHA-256 (FIPS 180-4), enough of it to check a digest that is written down.
enum SHA256 {
  static func base64(_ text: String) -> String {
    Data(digest(Array(text.utf8))).base64EncodedString()
  }

  private static let primes: [UInt64] = {
    var found: [UInt64] = []
    var number: UInt64 = 2
    while found.count < 64 {
      if found.allSatisfy({ !number.isMultiple(of: $0) }) { found.append(number) }
      number += 1
    }
    return found
  }()

  /// The first 32 bits of the fraction of a root.
  private static func fraction(_ root: Double) -> UInt32 {
    UInt32(truncatingIfNeeded: UInt64((root - root.rounded(.down)) * 4_294_967_296))
  }

  static func digest(_ bytes: [UInt8]) -> [UInt8] {
    let k = primes.map { fraction(cbrt(Double($0))) }
    var h = primes.prefix(8).map { fraction(Double($0).squareRoot()) }
    var message = bytes + [0x80]
    while message.count % 64 != 56 { message.append(0) }
    let length = UInt64(bytes.count) * 8
    for shift in stride(from: 56, through: 0, by: -8) {
      message.append(UInt8(truncatingIfNeeded: length >> UInt64(shift)))
    }
    func rotated(_ x: UInt32, _ n: UInt32) -> UInt32 { x >> n | x << (32 - n) }
    for block in stride(from: 0, to: message.count, by: 64) {
      var w = (0..<16).map { word -> UInt32 in
        (0..<4).reduce(0) { $0 << 8 | UInt32(message[block + word * 4 + $1]) }
      }
      for i in 16..<64 {
        let a = rotated(w[i - 15], 7) ^ rotated(w[i - 15], 18) ^ w[i - 15] >> 3
        let b = rotated(w[i - 2], 17) ^ rotated(w[i - 2], 19) ^ w[i - 2] >> 10
        w.append(w[i - 16] &+ a &+ w[i - 7] &+ b)
      }
      var v = h
      for i in 0..<64 {
        let s1 = rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)
        let choice = v[4] & v[5] ^ ~v[4] & v[6]
        let t1 = v[7] &+ s1 &+ choice &+ k[i] &+ w[i]
        let s0 = rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)
        let majority = v[0] & v[1] ^ v[0] & v[2] ^ v[1] & v[2]
        v = [t1 &+ s0 &+ majority, v[0], v[1], v[2], v[3] &+ t1, v[4], v[5], v[6]]
      }
      h = zip(h, v).map { $0 &+ $1 }
    }
    return h.flatMap { word in [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
  }
}
