public import World

/// The fewest that keep all goals: a search over settings on common random numbers, each looked at only
/// as often as it takes to tell.
public struct PlanSearch: Sendable {
  /// How many values each name has.
  public let sizes: [Int]
  /// The world of a setting by its number; the last name's values turn fastest.
  public let world: @Sendable (Int) -> WorldPlan
  /// What a setting costs.
  public let costs: [Double]
  /// When a setting is known to do.
  public let test: StagedTest

  /// Describes a search.
  public init(
    sizes: [Int], costs: [Double], test: StagedTest,
    world: @escaping @Sendable (Int) -> WorldPlan
  ) {
    self.sizes = sizes
    self.world = world
    self.costs = costs
    self.test = test
  }

  /// What came of a search.
  public struct Outcome: Sendable {
    /// The settings that were run and their worlds' numbers in `trials`, in the order of the search.
    public var tried: [(place: [Int], number: Int, answer: StagedTest.Answer)] = []
    /// The position in `tried` of the cheapest that does; nil if none is known to.
    public var chosen: Int?
    /// All runs.
    public var trials: Trials
    /// Whether the user stopped it.
    public var isPartial = false
  }

  /// Searches; what was found before an interruption counts.
  public func run(_ trials: Trials, _ name: String) throws(Campaign.Failure) -> Outcome {
    var outcome = Outcome(trials: trials)
    var search = CheapestSearch(sizes: sizes) { costs[index(of: $0)] }
    do throws(Trials.Failure) {
      while let place = search.next {
        let known = try ask(place, name, &outcome)
        search.record(place, does: known == .feasible)
      }
      if let best = search.best {
        outcome.chosen = outcome.tried.firstIndex { $0.place == best }
        try runNeighbours(of: best, name, &outcome)
      }
    } catch {
      switch error {
      case .run(let failure): throw failure
      case .interrupted:
        outcome.isPartial = true
        outcome.tried.removeAll { outcome.trials.all[$0.number].count < 2 }
        outcome.chosen = search.best.flatMap { best in
          outcome.tried.firstIndex { $0.place == best }
        }
      }
    }
    return outcome
  }

  /// The position of a setting among all.
  public func index(of place: [Int]) -> Int {
    zip(place, sizes).reduce(0) { $0 * $1.1 + $1.0 }
  }

  /// Looks at a setting until it is told or the cap is reached.
  private func ask(
    _ place: [Int], _ name: String, _ outcome: inout Outcome
  ) throws(Trials.Failure) -> StagedTest.Answer {
    let number = outcome.trials.add(name, world(index(of: place)))
    outcome.tried.append((place, number, .open))
    let position = outcome.tried.count - 1
    for look in test.looks {
      try outcome.trials.extend([number], to: look)
      let answer = test.answer(outcome.trials.all[number].result)
      outcome.tried[position].answer = answer
      if answer != .open { return answer }
    }
    return .open
  }

  /// Runs a step more and a step less of each name, as often as the one of them that was run most.
  private func runNeighbours(
    of place: [Int], _ name: String, _ outcome: inout Outcome
  ) throws(Trials.Failure) {
    guard let chosen = outcome.chosen else { return }
    // Changes are taken run by run: all must have the same runs.
    var numbers = [outcome.tried[chosen].number]
    for neighbour in neighbours(of: place) {
      if let known = outcome.tried.first(where: { $0.place == neighbour.place }) {
        numbers.append(known.number)
      } else {
        let number = outcome.trials.add(name, world(index(of: neighbour.place)))
        outcome.tried.append((neighbour.place, number, .open))
        numbers.append(number)
      }
    }
    let most = numbers.map { outcome.trials.all[$0].count }.max() ?? 0
    try outcome.trials.extend(numbers, to: most)
    for position in outcome.tried.indices where outcome.tried[position].answer == .open {
      let answer = test.answer(outcome.trials.all[outcome.tried[position].number].result)
      outcome.tried[position].answer = answer
    }
  }

  /// Settings with a step more or less of one name.
  public func neighbours(of place: [Int]) -> [(name: Int, direction: Int, place: [Int])] {
    place.indices.flatMap { name in
      [-1, 1].compactMap { direction in
        var other = place
        other[name] += direction
        return (0..<sizes[name]).contains(other[name]) ? (name, direction, other) : nil
      }
    }
  }
}
