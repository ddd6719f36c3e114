import Measurement
import Scenarios
import Service

/// The course of the rate as the command line wishes it.
struct LoadWish {
  let course: RateCourse
  let warmup: Double
  let speed: Double?

  private static let usualRate = 10_000.0
  private static let stepCount = 6

  /// Nil, and told, where an option is wrong.
  init?(_ arguments: Arguments, _ settings: LoadSettings?) {
    do throws(LoadWishProblem) {
      let length =
        try Self.seconds(arguments, .forTime) ?? (arguments.has(.findLimit) ? 3 : 10)
      let rate = try Self.rate(arguments, .rate)
      let shapes = [OptionSpec.ramp, .steps, .spike, .soak].filter { arguments.has($0) }
      guard shapes.count <= 1 else {
        throw LoadWishProblem(
          text: "only one of \(shapes.map { "--" + $0.name }.joined(separator: ", "))")
      }
      switch shapes.first?.name {
      case "ramp":
        let (from, to) = try Self.rates(arguments, .ramp)
        course = RateCourse(
          shape: "ramp", pieces: [RateCourse.Piece(length: length, from: from, to: to)])
      case "steps":
        let (from, to) = try Self.rates(arguments, .steps)
        course = RateCourse(
          shape: "steps",
          pieces: (0..<Self.stepCount).map { step in
            let rate = from + (to - from) * Double(step) / Double(Self.stepCount - 1)
            return RateCourse.Piece(length: length / Double(Self.stepCount), from: rate, to: rate)
          })
      case "soak":
        let time = try Self.seconds(arguments, .soak) ?? length
        course = RateCourse(
          shape: "soak",
          pieces: [
            RateCourse.Piece(
              length: time, from: rate ?? Self.usualRate, to: rate ?? Self.usualRate)
          ])
      case "spike":
        let base = rate ?? Self.usualRate
        let top = try Self.rate(arguments, .spike) ?? base
        course = RateCourse(
          shape: "spike",
          pieces: [(2, base), (1, top), (2, base)].map {
            RateCourse.Piece(length: length * $0.0 / 5, from: $0.1, to: $0.1)
          })
      default:
        if let settings, rate == nil, !arguments.has(.findLimit) {
          course = RateCourse(settings.stages, length: arguments.has(.forTime) ? length : nil)
        } else {
          course = .constant(rate ?? Self.usualRate, for: length)
        }
      }
      // What is usual leaves something of a time that is shorter than was thought of.
      let usual = settings?.warmup ?? 1
      warmup =
        try Self.seconds(arguments, .loadWarmup)
        ?? (usual <= course.length / 2 ? usual : course.length / 4)
      guard warmup < course.length else {
        throw LoadWishProblem(
          text: "the warm-up takes all of the time: --warmup must be shorter than --for")
      }
      speed = try Self.speed(arguments) ?? settings?.speed
    } catch {
      complain("switchboard: error: " + printable(error.text))
      return nil
    }
  }

  private static func seconds(
    _ arguments: Arguments, _ option: OptionSpec
  ) throws(LoadWishProblem) -> Double? {
    guard let text = arguments.text(option) else { return nil }
    do throws(GrammarError) {
      return Double(try DurationText.parse(text)) / 1e9
    } catch {
      throw LoadWishProblem(text: "--\(option.name): \(error)")
    }
  }

  private static func rate(
    _ arguments: Arguments, _ option: OptionSpec
  ) throws(LoadWishProblem) -> Double? {
    guard let text = arguments.text(option) else { return nil }
    do throws(GrammarError) {
      return try RateText.parse(text)
    } catch {
      throw LoadWishProblem(text: "--\(option.name): \(error)")
    }
  }

  private static func rates(
    _ arguments: Arguments, _ option: OptionSpec
  ) throws(LoadWishProblem) -> (from: Double, to: Double) {
    do throws(GrammarError) {
      return try RateText.range(arguments.text(option) ?? "")
    } catch {
      throw LoadWishProblem(text: "--\(option.name): \(error)")
    }
  }

  private static func speed(_ arguments: Arguments) throws(LoadWishProblem) -> Double? {
    guard let text = arguments.text(.speed) else { return nil }
    guard let speed = Double(text), speed >= 0.001, speed <= 1e7 else {
      throw LoadWishProblem(
        text: "--speed takes a number from 0.001 to 10000000, got '\(text)'")
    }
    return speed
  }
}

/// What is wrong with an option of `load`.
struct LoadWishProblem: Error {
  var text: String
}

extension RateCourse {
  /// The stages of a scenario, all of them as much shorter or longer as a length wants.
  init(_ stages: [LoadSettings.Stage], length: Double?) {
    let whole = stages.reduce(0) { $0 + $1.length }
    let factor = length.map { $0 / whole } ?? 1
    self.init(
      shape: stages.count > 1
        ? "stages" : stages.first.map { $0.from == $0.to } == true ? "constant" : "ramp",
      pieces: stages.map { Piece(length: $0.length * factor, from: $0.from, to: $0.to) })
  }
}
