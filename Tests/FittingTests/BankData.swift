import Foundation
import Testing

/// The calls of October 1999 in the shared data, where they are at hand.
struct BankData {
  /// Service times of served calls in seconds.
  var services: [Double] = []
  /// Time in the queue of offered calls in seconds, and whether the caller hung up in it.
  var queued: [(seconds: Double, hungUp: Bool)] = []
  /// When offered calls on Sunday to Thursday entered the queue, in milliseconds since 1970.
  var entered: [Int64] = []

  static let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("../shared/data/anonymous_bank_1999_10.csv")

  static let missing: Comment = "../shared/data/anonymous_bank_1999_10.csv is not there"
  static var isThere: Bool { FileManager.default.fileExists(atPath: url.path) }

  /// Midnight of 1999-10-01, in days since 1970-01-01.
  static let firstDay = 10_865

  static func read() throws -> BankData {
    var data = BankData()
    let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
    for line in text.utf8.split(separator: 10).dropFirst() {
      let cells = line.split(separator: 44, omittingEmptySubsequences: false).map {
        String(Substring($0))
      }
      guard cells.count == 16, let day = Int(cells[4].suffix(2)), let queue = Double(cells[10])
      else { continue }
      let isServed = cells[11] == "AGENT"
      if isServed, let service = Double(cells[14]) { data.services.append(service) }
      guard isServed || cells[11] == "HANG" && queue > 0 else { continue }
      data.queued.append((queue, !isServed))
      let clock = cells[6].split(separator: ":").compactMap { Int64($0) }
      guard clock.count == 3 else { continue }
      let dayNumber = firstDay + day - 1
      // 0 is Monday: Sunday to Thursday are 6, 0, 1, 2, 3.
      guard ![4, 5].contains((dayNumber + 3) % 7) else { continue }
      let second = Int64(dayNumber) * 86_400 + clock[0] * 3_600 + clock[1] * 60 + clock[2]
      data.entered.append(second * 1_000)
    }
    data.entered.sort()
    return data
  }
}
