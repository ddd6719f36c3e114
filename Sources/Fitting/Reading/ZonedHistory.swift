import Engine

/// The clock of a time zone, in milliseconds.
struct WallClock {
  private let rules: TimeZoneRules

  init(_ rules: TimeZoneRules) { self.rules = rules }

  /// What is to be added to a moment in UTC to have the time on the wall.
  func offset(at moment: Int64) -> Int64 {
    let second = (Double(moment) / 1_000).rounded(.down)
    var (low, high) = (0, rules.changes.count)
    while low < high {
      let middle = (low + high) / 2
      if Double(rules.changes[middle].at) <= second { low = middle + 1 } else { high = middle }
    }
    return 1_000 * (low > 0 ? rules.changes[low - 1].offset : rules.offset)
  }

  /// The moments at which the clock shows a time: two in the night in which it is set back.
  ///
  /// A time that it never shows is taken by the clock before the change.
  func moments(of local: Int64) -> (first: Int64, second: Int64?) {
    // A clock is changed by less than a day, so its offset is one of these two.
    let before = local - offset(at: local - 86_400_000)
    let after = local - offset(at: local + 86_400_000)
    let found = [before, after].filter { $0 + offset(at: $0) == local }
    guard let first = found.min(), let last = found.max() else { return (before, nil) }
    return (first, first == last ? nil : last)
  }
}

extension History {
  /// Lays the times on the clock of a zone: those in UTC are moved to it, those of a wall are its own.
  ///
  /// Within a conversation times stay as far apart as they were: all of it is on the clock that was shown
  /// at its opening, so that an hour that the clock skips or shows twice lengthens nothing. What agents
  /// did is on the clock of its own moment.
  mutating func place(in rules: TimeZoneRules) {
    let clock = WallClock(rules)
    for index in conversations.indices {
      if isUTC {
        let offset = clock.offset(at: conversations[index].opened)
        conversations[index].move { $0 + offset }
      } else {
        let opened = conversations[index].opened
        let start = clock.moments(of: opened).first
        conversations[index].move { time in
          // Of two moments with the same time on the wall the first that is not before the opening.
          let (first, second) = clock.moments(of: time)
          return opened + (second.map { first < start ? $0 : first } ?? first) - start
        }
      }
    }
    if isUTC {
      for index in actions.indices { actions[index].at += clock.offset(at: actions[index].at) }
    }
    conversations.sort { ($0.opened, $0.contact) < ($1.opened, $1.contact) }
    zone = rules
  }
}

extension PastConversation {
  /// Replaces every time that is known.
  public mutating func move(_ time: (Int64) -> Int64) {
    func move(_ old: inout Int64) {
      if old != Self.never { old = time(old) }
    }
    move(&opened)
    move(&assigned)
    move(&started)
    move(&responded)
    move(&closed)
    move(&left)
  }
}
