import Engine
public import Scenarios

/// Something that came otherwise than a case expects.
public struct CaseDifference: Sendable {
  /// When it was looked at, in words: `14 min 59 s`.
  public let at: String
  /// The expectation or the row in the file.
  public let span: SourceSpan?
  /// What was looked at: `assignee of c2`.
  public let subject: String
  /// What the file says.
  public let expected: String
  /// What came.
  public let got: String
  /// Who was considered and what decided, a line each; empty where the engine decided nothing, and
  /// in all differences of a case but the first.
  public let account: [String]
  /// What happened to the contact so far, a line each; empty like the account.
  public let story: [String]

  /// The difference in one line.
  public var line: String { "\(at), \(subject): expected \(expected), got \(got)" }

  /// The difference with its explanation, as it is read: indented by two, without an empty line at
  /// the end.
  public var text: String {
    var lines = ["  at \(at), \(subject)", "", "    expected  \(expected)", "    got       \(got)"]
    for block in [account, story] where !block.isEmpty {
      lines += [""] + block.map { $0.isEmpty ? "" : "  " + $0 }
    }
    return lines.joined(separator: "\n")
  }
}

extension CasePlayer {
  /// Notes a difference; the first one of a case is explained, what follows from it is not.
  func differ(
    _ span: SourceSpan?, _ subject: String, expected: String, got: String,
    contact: CaseFile.ContactNumber? = nil, decision: UInt64? = nil, wanted: [UserID] = []
  ) {
    guard !isStory else { return }
    let explains = differences.isEmpty
    let account =
      explains ? self.account(of: contact, decision: decision, wanted: wanted) : []
    let story = explains ? contact.map { self.story(of: $0) } ?? [] : []
    differences.append(
      CaseDifference(
        at: "\(EngineDuration(nanoseconds: now.nanoseconds))", span: span, subject: subject,
        expected: expected, got: got, account: account, story: story))
  }

  /// The account of the decision that a difference is about: the one given, or that nobody was chosen.
  private func account(
    of contact: CaseFile.ContactNumber?, decision: UInt64?, wanted: [UserID]
  ) -> [String] {
    guard let contact else { return [] }
    if let account = core.account(ofWaiting: id(contact)) {
      return words.lines(
        of: account, wanted: wanted, heading: "why \(words.contact(contact)) waits")
    }
    guard let decision, decision != 0, let journal = core.events,
      let account = start.account(of: decision, in: journal)
    else { return [] }
    let made = story.first {
      if case .assigneeChanged(let entry) = $0.effect { entry.decision == decision } else { false }
    }
    var heading = "decision \(decision)"
    if let made, case .assigneeChanged(let entry) = made.effect {
      heading += " at \(EngineDuration(nanoseconds: made.at.nanoseconds))"
      heading += ", by \(words.actor(entry.actor))"
    }
    return words.lines(of: account, wanted: wanted, heading: heading)
  }
}
