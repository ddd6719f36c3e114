public import Engine
import Measurement

extension RunMoment {
  /// Reads an instant of a run: a length of time after its start, or the first such time of day after it.
  public static func time(_ text: String, of recording: EngineRecording) -> EngineTime? {
    if let length = try? DurationText.parse(text) { return EngineTime(nanoseconds: length) }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int64($0) }
    let numbers = parts.compactMap(\.self)
    guard (2...3).contains(parts.count), numbers.count == parts.count,
      (0..<24).contains(numbers[0]), numbers.dropFirst().allSatisfy({ (0..<60).contains($0) })
    else { return nil }
    let wanted = numbers[0] * 3_600 + numbers[1] * 60 + (numbers.count > 2 ? numbers[2] : 0)
    let settings = recording.settings
    let start = (settings.timeZones.first ?? TimeZoneRules()).local(.zero, epoch: settings.epoch)
    let ahead = wanted - start.secondOfDay
    return EngineTime(nanoseconds: (ahead < 0 ? ahead + 86_400 : ahead) * 1_000_000_000)
  }
}
