import Engine
import Measurement
public import Sampling
import Scenarios
public import World

/// What a load test of a scenario needs to know: who lives in it, how fast, how many events are due when.
public struct LoadPlan: Sendable {
  /// The world of the strategy.
  public let world: WorldPlan
  /// The root of all randomness.
  public let seed: UInt64
  /// How many events a second are due.
  public var course: RateCourse
  /// Seconds at the beginning that are not counted.
  public var warmup: Double
  /// How many times faster than on the clock people live; nil for as fast as the rate wants, so that agents
  /// have as much to do as in the scenario.
  public var speed: Double?
  /// The engine stands still from a moment on, for some seconds: for tests of the measuring itself.
  var freeze: (at: Double, length: Double)?
  /// The most seconds that the generator may be late at its 99th percentile before the measurement counts no
  /// more.
  var latenessLimit = 0.001

  /// Plans a test of a scenario's strategy.
  public init(
    world: WorldPlan, seed: UInt64, course: RateCourse, warmup: Double, speed: Double? = nil
  ) {
    self.world = world
    self.seed = seed
    self.course = course
    self.warmup = warmup
    self.speed = speed
  }

  /// How many contacts write in a second of the scenario, on average.
  var naturalRate: Double {
    let length = Double(world.duration) / 1e9
    return length > 0 ? populationWeights.reduce(0, +) / length : 0
  }

  /// The same people in a steady world that virtual time can be asked about, as long as the test lasts or until
  /// so many have written; nil where the rate is not constant.
  public func steadyWorld(atMost conversations: Double) throws(ImpossibleParameter) -> WorldPlan? {
    guard course.pieces.count == 1, course.first == course.last else { return nil }
    let speed = effectiveSpeed
    let rate = course.first / eventsPerConversation / speed
    let weights = populationWeights
    let total = weights.reduce(0, +)
    guard rate > 0, total > 0 else { return nil }
    let length = min(course.length * speed, conversations / rate)
    var steady = WorldPlan(
      model: try world.model.steady(arrivals: weights.map { $0 / total * rate }),
      duration: Int64(min(length, 1e9) * 1e9),
      warmup: Int64(min(min(warmup * speed, length / 5), 1e9) * 1e9), metrics: world.metrics)
    steady.mostContacts = world.mostContacts
    return steady
  }

  /// How many of each population write in the scenario's time, on average.
  var populationWeights: [Double] {
    let length = Double(world.duration) / 1e9
    return world.model.populations.map { $0.arrivals.expectedCount(from: 0, to: length) }
  }

  /// How many events a conversation is.
  ///
  /// Each question and each answer, the closing, and what agents change their status meanwhile. Timers, which the
  /// engine sets itself, come on top.
  var eventsPerConversation: Double {
    let weights = populationWeights
    let total = weights.reduce(0, +)
    guard total > 0 else { return 1 }
    let questions = zip(weights, world.model.populations).reduce(0) {
      $0 + $1.0 / total * $1.1.questions.mean
    }
    let styles = world.model.agents.map { world.model.style(of: $0) }
    func share(_ holds: (WorkStyle) -> Bool) -> Double {
      styles.isEmpty ? 0 : Double(styles.count { holds($0) }) / Double(styles.count)
    }
    let own = 2 * questions + 1 + share(\.greets) * questions + share { $0.picks != .nothing }
    return own + (naturalRate > 0 ? statusRate / naturalRate : 0)
  }

  /// How often somebody changes status in a second of the scenario.
  private var statusRate: Double {
    world.model.agents.reduce(0) { sum, agent in
      guard let away = world.model.style(of: agent).away else { return sum }
      let round = away.after.mean + away.length.mean
      return round > 0 && round.isFinite ? sum + 2 / round : sum
    }
  }

  /// How many times faster than on the clock people live.
  var effectiveSpeed: Double {
    if let speed { return speed }
    let natural = naturalRate * eventsPerConversation
    return natural > 0 ? max(1e-3, course.highest / natural) : 1
  }
}

/// What contacts have in their fields, and whether they wrote before: every combination, with its share.
struct ProfileTable: Sendable {
  /// The profiles; nil for a contact of whom nothing is known.
  let profiles: [ContactProfile?]
  /// Where each population's profiles begin, and how often each is had.
  let choices: [(first: Int, shares: Shares?)]

  /// More combinations than these are not told apart: the rarest are left out.
  private static let most = 256

  init(_ model: Model) {
    var profiles: [ContactProfile?] = []
    var choices: [(first: Int, shares: Shares?)] = []
    for population in model.populations {
      var combinations: [(fields: [FieldEntry], share: Double)] = [([], 1)]
      for field in population.fields {
        combinations = combinations.flatMap { combination in
          field.values.indices.map { place in
            let entry = field.values[place].map { FieldEntry(field.field, .text($0)) }
            return (
              combination.fields + (entry.map { [$0] } ?? []),
              combination.share * field.shares[place]
            )
          }
        }
        combinations.sort { $0.share > $1.share }
        combinations.removeLast(max(0, combinations.count - Self.most))
      }
      let first = profiles.count
      var weights: [Double] = []
      for (fields, share) in combinations where share > 0 {
        for isKnown in [false, true] {
          let weight = share * (isKnown ? population.knownShare : 1 - population.knownShare)
          guard weight > 0 else { continue }
          weights.append(weight)
          profiles.append(
            fields.isEmpty && !isKnown
              ? nil
              : ContactProfile(
                fields: fields, earlierConversations: isKnown ? 1 : 0, isArriving: !isKnown))
        }
      }
      choices.append((first, weights.count > 1 ? try? Shares(weights) : nil))
    }
    self.profiles = profiles
    self.choices = choices
  }
}
