/// What an hour of one run shows under two ways of assigning, in words.
public struct HourWords: Sendable {
  /// What is counted of one way.
  public struct Side: Sendable {
    /// Its place in the file, which is its hue.
    public var way: Int
    /// Its name.
    public var name: String
    /// How many customers were moved in the hour.
    public var moved: Int
    /// How many wrote in it.
    public var wrote: Int
    /// How many of those were answered in time; without a goal, at all.
    public var answered: Int
    /// In how many seconds half of those who were answered had their answer; nil where nobody was.
    public var median: Double?

    /// Counts one way.
    public init(way: Int, name: String, moved: Int, wrote: Int, answered: Int, median: Double?) {
      self.way = way
      self.name = name
      self.moved = moved
      self.wrote = wrote
      self.answered = answered
      self.median = median
    }
  }

  private let sides: [Side]
  private let count: Int
  private let goal: Double?
  private let shortened: Double?

  /// Describes an hour.
  ///
  /// - Parameters:
  ///   - count: How many ways there are.
  ///   - goal: Within how many seconds customers are to be answered.
  ///   - shortened: How many seconds are shown where the whole hour has too many customers.
  public init(_ sides: [Side], of count: Int, goal: Double?, shortened: Double?) {
    self.sides = sides
    self.count = count
    self.goal = goal
    self.shortened = shortened
  }

  /// Whether one way alone is watched.
  private var isAlone: Bool { sides.count < 2 || sides[0].way == sides[1].way }

  /// The finding.
  public var verdict: String {
    guard let first = sides.first, let second = sides.last else { return "" }
    if first.wrote == 0, second.wrote == 0, first.moved == 0, second.moved == 0 {
      return "Nobody writes in this hour."
    }
    if isAlone {
      let under = count > 1 ? " under " + html(first) : ""
      let moved =
        switch first.moved {
        case 0: "nobody is moved."
        case 1: "one customer is moved."
        default: spokenCount(first.moved) + " customers are moved."
        }
      return "One hour of one run\(under): " + moved
    }
    let start = "The same customers, the same hour: "
    if first.moved == second.moved {
      let both = html(first) + " and " + html(second)
      if first.moved > 0 { return start + both + " move \(spokenCount(first.moved)) of them each." }
      if first.answered == second.answered { return start + both + " move nobody." }
      return start + html(first) + " answers \(none(or: first.answered)) of them\(inTime), "
        + html(second) + " \(none(or: second.answered))."
    }
    if first.moved == 0 {
      return start + html(first) + " moves nobody, " + html(second)
        + " \(spokenCount(second.moved)) of them."
    }
    return start + html(first) + " moves \(spokenCount(first.moved)) of them, " + html(second)
      + " \(second.moved == 0 ? "nobody" : spokenCount(second.moved))."
  }

  /// What goes with it.
  public var details: String {
    var sentences: [String] = []
    if let shortened {
      sentences.append(
        "So many customers are there that only the first \(spokenDuration(shortened)) of the hour are shown."
      )
    }
    if let share { sentences.append(share) }
    if let half { sentences.append(half) }
    sentences.append(
      "One hour of one run shows how, not how much; <a href=\"#whatif\">What if</a> tells how much."
    )
    return sentences.joined(separator: " ")
  }

  /// How many of those who wrote were answered in time.
  private var share: String? {
    guard let first = sides.first, let second = sides.last, first.wrote + second.wrote > 0 else {
      return nil
    }
    let verb = first.answered == 1 ? "is" : "are"
    let start =
      "\(first.answered) of \(first.wrote) \(verb) answered\(inTime) under " + html(first)
    guard !isAlone else {
      return "\(first.answered) of \(first.wrote) \(verb) answered\(inTime)."
    }
    return start + ", \(second.answered) of \(second.wrote) under " + html(second) + "."
  }

  /// How long half of them waited, where no goal says what is in time.
  private var half: String? {
    guard goal == nil, let first = sides.first, let second = sides.last,
      let firstMedian = first.median, let secondMedian = second.median
    else { return nil }
    let start = "Half of these waited at most " + spokenDuration(firstMedian)
    guard !isAlone else { return start + "." }
    return start + " under " + html(first) + ", \(spokenDuration(secondMedian)) under "
      + html(second) + "."
  }

  private func none(or count: Int) -> String { count == 0 ? "none" : spokenCount(count) }

  private var inTime: String {
    guard let goal else { return "" }
    let minutes = Int(goal / 60)
    guard goal == Double(minutes) * 60, (1..<60).contains(minutes) else {
      return " within " + spokenDuration(goal)
    }
    return " within " + (minutes == 1 ? "1 minute" : "\(minutes) minutes")
  }

  /// A way's name, in its hue but for the first.
  private func html(_ side: Side) -> String {
    let hue = side.way % 5
    return hue == 0 ? named(side.name) : "<em class=\"x\(hue)t\">" + named(side.name) + "</em>"
  }
}
