/// A checksum that goes on from row to row: each depends on all rows before it.
///
/// It tells damage, not forgery: every eight bytes, the least significant first and the last ones filled
/// up with zeros, are mixed in by `sum = (sum ^ word) * 0xD6E8FEB86659FD93; sum ^= sum >> 32`; a text is
/// its count of bytes and then its bytes.
struct ChainSum: Equatable, Sendable {
  private(set) var value: UInt64

  /// What the first row goes on from.
  static let start = ChainSum(0x9E37_79B9_7F4A_7C15)

  init(_ value: UInt64) { self.value = value }

  @inline(__always)
  mutating func mix(_ word: UInt64) {
    value = (value ^ word) &* 0xD6E8_FEB8_6659_FD93
    value ^= value &>> 32
  }

  mutating func mix(_ bytes: [UInt8]) {
    mix(UInt64(bytes.count))
    let span = unsafe bytes.span.bytes
    var place = 0
    while place &+ 8 <= span.byteCount {
      let word = unsafe span.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
      mix(UInt64(littleEndian: word))
      place &+= 8
    }
    guard place < bytes.count else { return }
    var last: UInt64 = 0
    for (index, byte) in bytes[place...].enumerated() {
      last |= UInt64(byte) &<< UInt64(8 &* index)
    }
    mix(last)
  }

  /// The sum after a row.
  func after(_ row: JournalRow) -> ChainSum {
    var sum = self
    sum.mix(row.sequence)
    sum.mix(UInt64(bitPattern: row.at))
    if let key = row.key { sum.mix(Array(key.utf8)) } else { sum.mix(.max) }
    sum.mix(row.event)
    sum.mix(row.result)
    return sum
  }
}

/// One event as the journal has it.
struct JournalRow: Equatable, Sendable {
  var sequence: UInt64
  /// Nanoseconds since the workspace began.
  var at: Int64
  /// The client's name for it, under which it is never carried out twice.
  var key: String?
  /// The event as it was accepted, as JSON.
  var event: [UInt8]
  /// What came of it, as JSON.
  var result: [UInt8]
}
