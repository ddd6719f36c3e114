import Measurement

/// What was driven, and how, in words.
struct LoadSetting: Sendable {
  let document: LoadDocument

  /// `the engine in this process, under least open, 10,000 agents`.
  var target: String {
    let target = document.target
    let place =
      target.address.map { "the engine at " + printable($0) } ?? "the engine in this process"
    return "\(place), \(printable(target.strategy)), "
      + "\(grouped(Int64(target.agents))) agent\(target.agents == 1 ? "" : "s")"
  }

  /// `16 connections, each event sent when it is due, 2 cores`.
  var manner: String {
    let target = document.target
    var parts: [String] = []
    if target.address != nil {
      parts.append(
        "\(grouped(Int64(target.connections))) connection\(target.connections == 1 ? "" : "s")")
    }
    parts.append("open loop: events are sent when they are due")
    if !target.machine.isEmpty { parts.append(printable(target.machine)) }
    return parts.joined(separator: ", ")
  }

  /// What was tried: one course, or several rates.
  var tried: String {
    guard let first = document.steps.first else { return "nothing was measured" }
    if document.steps.count == 1 {
      return LoadWords.course(first) + " for " + spokenDuration(first.duration) + warmup(first)
        + pace(first)
    }
    let lengths = document.steps.map(\.duration)
    let (least, most) = (lengths.min() ?? 0, lengths.max() ?? 0)
    let time =
      least == most
      ? "\(spokenDuration(least)) each" : "\(spokenDuration(least)) to \(spokenDuration(most)) each"
    let rates = document.steps.map(\.rate)
    let (low, high) = (rateDigits(rates.min() ?? 0), eventRate(rates.max() ?? 0))
    let span = low + " events a second" == high ? high : "\(low) to \(high)"
    let isSame = document.steps.allSatisfy { $0.warmup == first.warmup }
    return "\(LoadWords.measurements(document.steps.count)) at \(span), \(time)"
      + (isSame ? warmup(first) : "")
  }

  private func warmup(_ step: LoadStep) -> String {
    step.warmup > 0 ? ", the first \(spokenDuration(step.warmup)) not counted" : ""
  }

  private func pace(_ step: LoadStep) -> String {
    step.speed == 1
      ? "" : ", people \(rateDigits(step.speed)) times as fast as on the clock"
  }

  /// What does not differ when the command is repeated, and what does.
  static let repetition =
    "Times differ from run to run and from machine to machine; seed and fingerprint are those of what "
    + "arrived."
}
