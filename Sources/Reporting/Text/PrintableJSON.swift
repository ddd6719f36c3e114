/// JSON that reads back as the same and steers no terminal: beyond ASCII its own escapes stand for what
/// ``printable(_:)`` escapes elsewhere.
///
/// Such characters occur in strings only, and there an escape means the character itself.
public func printableJSON(_ json: String) -> String {
  // Nearly all is ASCII, which one look at the bytes tells, eight at a time.
  if unsafe json.utf8.withContiguousStorageIfAvailable({ unsafe isPlain($0) }) == true {
    return json
  }
  guard json.unicodeScalars.contains(where: { $0.value > 0x7E && isSteering($0) }) else {
    return json
  }
  var shown = ""
  for scalar in json.unicodeScalars {
    guard scalar.value > 0x7E, isSteering(scalar) else {
      shown.unicodeScalars.append(scalar)
      continue
    }
    for unit in String(scalar).utf16 {
      let digits = String(unit, radix: 16)
      shown += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
  return shown
}

/// Whether every byte is below 0x7F.
private func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  var bytes = UnsafeRawBufferPointer(bytes)
  let ones: UInt64 = 0x0101_0101_0101_0101
  while bytes.count >= 8 {
    let word = unsafe bytes.loadUnaligned(as: UInt64.self)
    // One more carries 0x7F into the high bit; what is higher has it already.
    if (word | (word &+ ones)) & (ones << 7) != 0 { return false }
    unsafe bytes = UnsafeRawBufferPointer(rebasing: bytes[8...])
  }
  return unsafe bytes.allSatisfy { $0 < 0x7F }
}
