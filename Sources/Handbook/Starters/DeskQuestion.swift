import Measurement
import Scenarios

/// One of the six questions that describe a desk.
public enum DeskQuestion: Sendable, CaseIterable {
  /// How many agents answer.
  case agents
  /// When they work.
  case hours
  /// How many conversations come on a day.
  case conversations
  /// On which channels.
  case channels
  /// How long one answer takes.
  case minutes
  /// What customers are promised.
  case promise

  /// The question, with the answer that an empty line stands for.
  public func text(_ answers: DeskAnswers) -> String {
    let (question, standard) =
      switch self {
      case .agents: ("How many agents?", "\(answers.agents)")
      case .hours: ("When do they work?", answers.hours)
      case .conversations: ("How many conversations a day?", "\(answers.conversations)")
      case .channels:
        ("On which channels? (with commas between them)", answers.channels.joined(separator: ", "))
      case .minutes: ("How many minutes of work is one answer?", DeskAnswers.text(answers.minutes))
      case .promise:
        ("Within how many minutes do you want to answer?", DeskAnswers.text(answers.promise))
      }
    return "\(question) [\(standard)] "
  }

  /// Takes an answer; says what is wrong with one that makes no sense.
  public func take(_ line: String, into answers: inout DeskAnswers) -> String? {
    let text = Self.trimmed(line)
    guard !text.isEmpty else { return nil }
    switch self {
    case .agents:
      guard let count = Int(text), (1...1_000).contains(count) else {
        return "a whole number from 1 to 1000, please"
      }
      answers.agents = count
    case .hours:
      guard let hours = Self.hours(text) else { return "hours such as 09:00-18:00, please" }
      answers.hours = hours
    case .conversations:
      guard let count = Int(text), (1...1_000_000).contains(count) else {
        return "a whole number from 1 to 1000000, please"
      }
      answers.conversations = count
    case .channels:
      return takeChannels(text, into: &answers)
    case .minutes:
      guard let minutes = Double(text), minutes >= 0.1, minutes <= 600 else {
        return "minutes from 0.1 to 600, please"
      }
      answers.minutes = minutes
    case .promise:
      guard let minutes = Double(text), minutes >= 0.1, minutes <= 10_080 else {
        return "minutes from 0.1 to 10080, please"
      }
      answers.promise = minutes
    }
    return nil
  }

  private func takeChannels(_ text: String, into answers: inout DeskAnswers) -> String? {
    let known = WordLists.channelKinds.map(\.name)
    var channels: [String] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" }) {
      let name = Self.trimmed(String(part)).lowercased()
      guard known.contains(name) else {
        let near = nearestName(to: name, in: known).map { ", did you mean \($0)?" } ?? ""
        return "there is no channel '\(name)'\(near) One of \(known.joined(separator: ", "))"
      }
      if !channels.contains(name) { channels.append(name) }
    }
    guard !channels.isEmpty else { return "one of \(known.joined(separator: ", ")), please" }
    answers.channels = channels
    return nil
  }

  /// `9-18`, `9:30 - 18:00` and `09:00-18:00` as the last of these; nil for what is none.
  private static func hours(_ text: String) -> String? {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
      .map { clock(trimmed(String($0))) }
    guard ends.count == 2, let from = ends[0], let to = ends[1], from != to, from < 1_440 else {
      return nil
    }
    return "\(clockText(from))-\(clockText(to))"
  }

  /// Minutes after midnight.
  private static func clock(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(parts.count), let hour = parts[0],
      let minute = parts.count > 1 ? parts[1] : 0,
      (0...24).contains(hour), (0...59).contains(minute), hour * 60 + minute <= 1_440
    else { return nil }
    return hour * 60 + minute
  }

  private static func clockText(_ minutes: Int) -> String {
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(digits(minutes / 60)):\(digits(minutes % 60))"
  }

  private static func trimmed(_ text: String) -> String {
    let blank: (Character) -> Bool = { $0.isWhitespace }
    return String(text.drop(while: blank).reversed().drop(while: blank).reversed())
  }
}
