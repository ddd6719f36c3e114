/// The first byte of a text that a YAML file may not contain, and why.
///
/// libyaml checks the same while it reads ahead; checking first gives the exact place.
func firstForbiddenByte(_ bytes: [UInt8]) -> (offset: Int, why: String)? {
  if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
    return (0, "the file is UTF-16, expected UTF-8")
  }
  var offset = 0
  while offset < bytes.count {
    let byte = bytes[offset]
    if byte < 0x80 {
      if byte < 0x20 || byte == 0x7F, byte != 0x09, byte != 0x0A, byte != 0x0D {
        let name = byte == 0 ? "a NUL character" : "a control character (\(hexadecimal(byte)))"
        return (offset, "\(name) cannot stand in a file")
      }
      offset += 1
    } else {
      guard let width = sequenceWidth(bytes, offset) else {
        return (offset, "invalid UTF-8 (byte \(hexadecimal(byte)))")
      }
      if width == 2, byte == 0xC2, bytes[offset + 1] < 0xA0, bytes[offset + 1] != 0x85 {
        return (
          offset, "a control character (\(hexadecimal(bytes[offset + 1]))) cannot stand in a file"
        )
      }
      if width == 3, byte == 0xEF, bytes[offset + 1] == 0xBF, bytes[offset + 2] >= 0xBE {
        return (
          offset, "the code point U+FF\(hexadecimal(bytes[offset + 2] + 0x40)) is no character"
        )
      }
      offset += width
    }
  }
  return nil
}

/// The length of the well-formed multi-byte sequence at an offset (Unicode 15, table 3-7).
private func sequenceWidth(_ bytes: [UInt8], _ offset: Int) -> Int? {
  func isContinuation(_ distance: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
    offset + distance < bytes.count && range.contains(bytes[offset + distance])
  }
  switch bytes[offset] {
  case 0xC2...0xDF: return isContinuation(1) ? 2 : nil
  case 0xE0: return isContinuation(1, 0xA0...0xBF) && isContinuation(2) ? 3 : nil
  case 0xED: return isContinuation(1, 0x80...0x9F) && isContinuation(2) ? 3 : nil
  case 0xE1...0xEF: return isContinuation(1) && isContinuation(2) ? 3 : nil
  case 0xF0:
    return isContinuation(1, 0x90...0xBF) && isContinuation(2) && isContinuation(3) ? 4 : nil
  case 0xF1...0xF3: return isContinuation(1) && isContinuation(2) && isContinuation(3) ? 4 : nil
  case 0xF4:
    return isContinuation(1, 0x80...0x8F) && isContinuation(2) && isContinuation(3) ? 4 : nil
  default: return nil
  }
}

private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return digits.count == 1 ? "0" + digits : digits
}
