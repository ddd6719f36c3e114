import Statistics

/// Which channels have contacts of their own kind.
///
/// A scenario's population has one law of patience, of questions and of arrivals for all of its channels.
/// So the channels on which contacts differ in one of them become populations of their own: the two likest
/// are joined, again and again, as long as nothing sets them apart.
struct ChannelDivision {
  /// What sets contacts on channels apart.
  enum Trait: String, CaseIterable {
    case arrivals = "when they write"
    case patience = "patience"
    case questions = "questions"
  }

  /// The history, its populations divided.
  private(set) var history: History
  /// What the channels that became populations differ in; empty where none did.
  private(set) var traits: [Trait] = []

  /// A channel with fewer conversations cannot stand alone: it would have hours with less than one.
  ///
  /// With 200 over a working day of ten hours, each hour's rate rests on about twenty and is known to
  /// within a half; with fewer a profile is mostly chance.
  static let enough = 200
  /// So many would be seen to end if all were alike: a mean known to within a third.
  static let enoughEnds = 30
  /// More channels than this are not compared two by two; the smallest stay together.
  private static let most = 12
  /// Channels alike are divided in fewer than one of a hundred histories.
  private static let level = 0.01

  /// What is known of the contacts on some channels of a population.
  fileprivate struct Unit {
    var channels: [Int32]
    var openings: [Int64]
    var patience: [Observation]
    var questions: [Int]
  }

  /// Compares the channels of each population.
  ///
  /// - Parameter quantities: What a history says if each channel of each population is one.
  init(_ history: History, _ quantities: (History) -> Quantities) {
    self.history = history
    guard history.channels.count > 1, let days = HistoryFit.days(history) else { return }
    let fine = Self.byChannel(history)
    guard Self.large(fine) > 1 else { return }
    let known = quantities(fine.history).populations
    var groups: [(population: Int, channels: [Int32])] = []
    for population in 0..<max(1, history.populations.count) {
      let units = fine.cells.enumerated().filter { $0.element.population == population }
        .map { place, cell in
          Unit(
            channels: [Int32(cell.channel)], openings: known[place].openings,
            patience: known[place].patience, questions: known[place].questions)
        }
      for unit in join(units, days) { groups.append((population, unit.channels)) }
    }
    guard groups.count > max(1, history.populations.count) else { return }
    divide(groups)
  }

  private typealias Cell = (population: Int, channel: Int)

  /// Each channel of each population as a population, and which is which.
  private static func byChannel(_ history: History) -> (history: History, cells: [Cell]) {
    let width = history.channels.count + 1
    var numbers = [Int](repeating: 0, count: width * max(1, history.populations.count))
    for row in history.conversations { numbers[cell(of: row, in: history)] += 1 }
    let used = numbers.indices.filter { numbers[$0] > 0 }
    var position = [Int32](repeating: 0, count: numbers.count)
    for (place, cell) in used.enumerated() { position[cell] = Int32(place) }
    var fine = history
    fine.populations = used.map { "\($0)" }
    for index in fine.conversations.indices {
      fine.conversations[index].population =
        position[cell(of: history.conversations[index], in: history)]
    }
    return (fine, used.map { ($0 / width, $0 % width) })
  }

  /// The number of a conversation's channel among those of all populations, the last of each being none.
  private static func cell(of row: PastConversation, in history: History) -> Int {
    let population = min(max(0, Int(row.population)), max(1, history.populations.count) - 1)
    let none = history.channels.count
    return population * (none + 1) + (row.channel < 0 ? none : Int(row.channel))
  }

  /// How many channels of one population are large enough to be compared, at the most.
  private static func large(_ fine: (history: History, cells: [Cell])) -> Int {
    var numbers = [Int](repeating: 0, count: fine.cells.count)
    for row in fine.history.conversations { numbers[Int(row.population)] += 1 }
    var large: [Int: Int] = [:]
    for (place, cell) in fine.cells.enumerated() where numbers[place] >= enough {
      large[cell.population, default: 0] += 1
    }
    return large.values.max() ?? 0
  }

  /// Joins the channels of a population as long as nothing sets them apart; the largest comes first.
  private mutating func join(_ units: [Unit], _ days: ClosedRange<Int>) -> [Unit] {
    let sorted = units.sorted {
      ($1.openings.count, $0.channels[0]) < ($0.openings.count, $1.channels[0])
    }
    var groups = Array(sorted.filter { $0.openings.count >= Self.enough }.prefix(Self.most))
    let rest = sorted.dropFirst(groups.count)
    let pairs = max(1, groups.count * (groups.count - 1) / 2)
    let level = Self.level / Double(pairs * (Trait.allCases.count + 1))
    while groups.count > 1 {
      var likest: (distance: Double, left: Int, right: Int)?
      for left in groups.indices {
        for right in groups.indices where right > left {
          let distance = Self.distance(groups[left], groups[right], days, level)
          if distance < likest?.distance ?? 1 { likest = (distance, left, right) }
        }
      }
      guard let likest else { break }
      groups[likest.left].take(groups.remove(at: likest.right))
    }
    if groups.count > 1 { tell(groups, days, level) }
    // Those of which too little is known are counted with the largest.
    guard !groups.isEmpty else {
      return rest.first.map { first in
        [rest.dropFirst().reduce(into: first) { $0.take($1) }]
      } ?? []
    }
    for unit in rest { groups[0].take(unit) }
    return groups
  }

  private static func distance(
    _ a: Unit, _ b: Unit, _ days: ClosedRange<Int>, _ level: Double
  ) -> Double {
    differences(a, b, days).reduce(0) { max($0, $1.difference.distance(level: level)) }
  }

  private static func differences(
    _ a: Unit, _ b: Unit, _ days: ClosedRange<Int>
  ) -> [(trait: Trait, difference: Difference)] {
    var found = Difference.arrivals(a.openings, b.openings, days: days).map {
      (trait: Trait.arrivals, difference: $0)
    }
    let samples = [LifetimeSample(a.patience), LifetimeSample(b.patience)]
    if expectedEnds(samples).allSatisfy({ $0 >= Double(enoughEnds) }),
      let patience = Difference(
        times: samples, together: LifetimeSample(a.patience + b.patience))
    {
      found.append((.patience, patience))
    }
    if min(a.questions.count, b.questions.count) >= enoughEnds,
      let questions = Difference(numbers: [a.questions, b.questions])
    {
      found.append((.questions, questions))
    }
    return found
  }

  /// How many of each sample would be seen to end if all ended equally often in the time that they are seen.
  static func expectedEnds(_ samples: [LifetimeSample]) -> [Double] {
    let times = samples.map { sample in
      sample.groups.reduce(0.0) { sum, group in
        let seen = group.observation
        return sum + Double(group.count) * (seen.isCensored ? seen.low : (seen.low + seen.high) / 2)
      }
    }
    let ends = samples.reduce(0) { $0 + $1.count - $1.censored }
    let all = times.reduce(0, +)
    return times.map { all > 0 ? Double(ends) * $0 / all : 0 }
  }

  /// Remembers in what the groups that stay differ.
  private mutating func tell(_ groups: [Unit], _ days: ClosedRange<Int>, _ level: Double) {
    var seen = Set(traits)
    for left in groups.indices {
      for right in groups.indices where right > left {
        for (trait, difference) in Self.differences(groups[left], groups[right], days)
        where difference.distance(level: level) >= 1 {
          seen.insert(trait)
        }
      }
    }
    traits = Trait.allCases.filter { seen.contains($0) }
  }

  /// Gives every conversation its group as population.
  private mutating func divide(_ groups: [(population: Int, channels: [Int32])]) {
    let width = history.channels.count + 1
    var position = [Int32](repeating: 0, count: width * max(1, history.populations.count))
    for (place, group) in groups.enumerated() {
      for channel in group.channels {
        position[group.population * width + Int(channel)] = Int32(place)
      }
    }
    for index in history.conversations.indices {
      history.conversations[index].population =
        position[Self.cell(of: history.conversations[index], in: history)]
    }
    let parts = Dictionary(grouping: groups, by: \.population).mapValues(\.count)
    var names: [String] = []
    for group in groups {
      let own =
        group.population < history.populations.count
        ? history.populations[group.population] : ""
      var name = own
      if parts[group.population] ?? 1 > 1 {
        let channels = group.channels.map { history.channelName(Int($0)) }
        let shown =
          channels.count > 2 ? "\(channels[0]) and others" : channels.joined(separator: " and ")
        name = own.isEmpty ? shown : own + " on " + shown
      }
      names.append(Self.free(name, names))
    }
    history.populations = names
  }

  /// A name that is not taken yet.
  private static func free(_ name: String, _ taken: [String]) -> String {
    var candidate = name
    var number = 2
    while taken.contains(candidate) {
      candidate = "\(name) (\(number))"
      number += 1
    }
    return candidate
  }
}

extension ChannelDivision.Unit {
  /// Counts another's contacts with its own.
  fileprivate mutating func take(_ other: Self) {
    channels += other.channels
    // Both are in their order.
    openings = (openings + other.openings).sorted()
    patience += other.patience
    questions += other.questions
  }
}

extension History {
  /// How a scenario calls a channel; the one after the last has the conversations without any.
  func channelName(_ place: Int) -> String {
    guard place < channels.count else { return "unknown" }
    let name = channels[place]
    return name.utf8.allSatisfy { (0x30...0x39).contains($0) } ? "channel \(name)" : name
  }
}
