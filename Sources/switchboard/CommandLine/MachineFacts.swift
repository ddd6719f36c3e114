import Engine
import Experiments
import Glibc
import Reporting
import Sampling

extension Manifest.Environment {
  /// What differs from machine to machine and from day to day, as it is now.
  init(seconds: Double, threads: Int, zone: TimeZoneRules?) {
    let changes = zone?.changes.map { "\($0.at) \($0.offset)" } ?? []
    self.init(
      commandLine: ["switchboard"] + CommandLine.arguments.dropFirst(), wallTime: seconds,
      threads: threads, date: Self.now(), libmDigest: Self.libmDigestNow(),
      gslDigest: GSL.version,
      timeZoneDigest: DocumentBuilder.digest(changes.joined(separator: "\n")))
  }

  /// The moment in UTC, such as `2026-11-23T09:00:00Z`.
  private static func now() -> String {
    var seconds = time(nil)
    var parts = unsafe tm()
    unsafe gmtime_r(&seconds, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let day = unsafe "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
    return unsafe day + "T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))Z"
  }

  /// A digest of what the maths library answers: processors differ in the last bit of `log` and `exp`.
  private static func libmDigestNow() -> String {
    var text = ""
    for step in 1...64 {
      let x = Double(step) * 0.37
      text += "\(log(x).bitPattern) \(exp(-x).bitPattern) \(pow(x, 0.3).bitPattern)\n"
    }
    return DocumentBuilder.digest(text)
  }
}
