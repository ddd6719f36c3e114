import Experiments
import Measurement
import Reporting
import Scenarios
import World

extension OptionSpec {
  static let shard = OptionSpec(
    name: "shard", placeholder: "K/N", value: .text,
    help: "Make only the K-th of N shares of the runs, into --output, for 'merge'")
  static let round = OptionSpec(
    name: "round", placeholder: "R", value: .integer(1...1_000_000),
    help: "With --shard: which round, where runs decide how many more are wanted (default: 1)")
  static let estimate = OptionSpec(
    name: "estimate", placeholder: "", value: .none,
    help: "Make a few of the runs and tell what all of them would cost; nothing is written")

  /// What commands take whose runs several machines can share.
  static let sharing: [OptionSpec] = [.shard, .round, .estimate]
}

/// What `merge` found, on the way to the command whose shares they are.
struct Merging: Sendable {
  let set: PartialSet
  /// Where the shares lie.
  let folders: [String]
  let allowsMissing: Bool
}

/// A command whose runs several machines share: this process makes a share, or puts all of them together.
struct Sharing {
  private enum Task {
    case make(PartialFile.Place, folder: String)
    case merge(Merging)
    case estimate
  }

  private let task: Task
  private let origin: PartialFile.Origin
  /// Where the runs of others are read.
  let set: PartialSet
  /// The same, as the experiments ask for it.
  let runs: SharedRuns

  /// How a piece of the work is called.
  private let noun: String

  /// Whether a share is made here, or a few pieces for an estimate; else all are merged.
  var isShare: Bool {
    if case .merge = task { return false }
    return true
  }

  /// What is missing of what is merged, in words; nil if nothing is.
  var missing: String? {
    guard case .merge = task, !set.missing.isEmpty else { return nil }
    let verb = set.missing.count == 1 && set.missing[0].hasPrefix("share ") ? "is" : "are"
    return "\(set.missing.joined(separator: ", ")) \(verb) missing"
  }

  /// What the words ask for: `sharing` is nil where one machine does it all; `end` says how the program ends where
  /// they make no sense, or the share is there already, which is told.
  static func read(
    _ arguments: Arguments, _ origin: PartialFile.Origin, noun: String = "run"
  ) -> (sharing: Sharing?, end: ExitCode?) {
    if let merging = arguments.merging { return merge(merging, origin, noun) }
    if arguments.has(.estimate) {
      guard !arguments.has(.shard), !arguments.has(.round) else {
        return (nil, refused("--estimate makes no share: leave out --shard and --round"))
      }
      let set = PartialSet()
      return (
        Sharing(task: .estimate, origin: origin, set: set, runs: runs(.estimate, set), noun: noun),
        nil
      )
    }
    guard let text = arguments.text(.shard) else {
      guard arguments.has(.round) else { return (nil, nil) }
      return (nil, refused("--round says which round --shard makes a share of"))
    }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let share = Int(parts[0]), let count = Int(parts[1]),
      (1...PartialFile.Place.most).contains(count), (1...count).contains(share)
    else {
      return (
        nil,
        refused("--shard takes K/N, such as 3/8 for the third of eight, got '\(printable(text))'")
      )
    }
    guard let folder = arguments.text(.output) else {
      return (nil, refused("--shard needs --output DIR, the folder that all shares are written to"))
    }
    for option in [OptionSpec.conversations, .journal] where arguments.has(option) {
      return (
        nil, refused("--\(option.name) writes what one machine alone knows: leave out --shard")
      )
    }
    let round = arguments.integer(.round).map { Int($0) } ?? 1
    return make(PartialFile.Place(round: round, share: share, of: count), folder, origin, noun)
  }

  private static func refused(_ why: String) -> ExitCode {
    complain("switchboard: error: \(why)")
    return .usage
  }

  private static func make(
    _ place: PartialFile.Place, _ folder: String, _ origin: PartialFile.Origin, _ noun: String
  ) -> (sharing: Sharing?, end: ExitCode?) {
    var set = PartialSet()
    if place.round > 1 {
      do throws(PartialSet.Problems) {
        set = try PartialSet(in: [folder], before: place.round)
      } catch {
        return (nil, Self.tell(error.lines))
      }
      guard set.roundCount == place.round - 1 else {
        return (
          nil,
          Self.tell(["round \(place.round) follows from round \(place.round - 1), which is missing"]
          )
        )
      }
      if let end = belongs(set, to: origin) { return (nil, end) }
    }
    let role = SharedRuns.Role.make(share: place.share, of: place.of, round: place.round)
    // An array of jobs that is run again makes only what is missing.
    if PartialSet.holds(place, in: folder, of: origin) {
      let path = folder + (folder.hasSuffix("/") ? "" : "/") + place.fileName
      say("share \(place.share) of \(place.of) is there already: \(printable(path))")
      return (nil, .done)
    }
    return (
      Sharing(
        task: .make(place, folder: folder), origin: origin, set: set, runs: runs(role, set),
        noun: noun),
      nil
    )
  }

  private static func merge(
    _ merging: Merging, _ origin: PartialFile.Origin, _ noun: String
  ) -> (sharing: Sharing?, end: ExitCode?) {
    if let end = belongs(merging.set, to: origin) { return (nil, end) }
    let role = SharedRuns.Role.merge(allowsMissing: merging.allowsMissing)
    return (
      Sharing(
        task: .merge(merging), origin: origin, set: merging.set, runs: runs(role, merging.set),
        noun: noun),
      nil
    )
  }

  /// How the program ends where the shares were made of something else than what is here now; nil where not.
  private static func belongs(
    _ set: PartialSet, to origin: PartialFile.Origin
  ) -> ExitCode? {
    guard let other = set.origin, let apart = origin.difference(from: other) else { return nil }
    return tell([
      "the shares were made with another \(apart.what): '\(printable(apart.other))', and here it is "
        + "'\(printable(apart.own))'"
    ])
  }

  static func tell(_ lines: [String]) -> ExitCode {
    for line in lines { complain("switchboard: error: \(line)") }
    return .invalidInput
  }

  private static func runs(_ role: SharedRuns.Role, _ set: PartialSet) -> SharedRuns {
    SharedRuns(
      role, SharedRuns.Source(pieces: { set.pieces($0) }, bytes: { set.bytes($0, $1) }),
      clock: { processorSeconds() })
  }

  // MARK: Making a share

  /// Does what ends with a share, and writes it.
  func make(
    _ title: String, _ terminal: Terminal, _ body: ((Int, Int) -> Void) throws -> Void
  ) -> ExitCode {
    var progress = Progress(terminal, title: title)
    do {
      defer { progress.clear() }
      try body { progress.show($0, of: $1) }
      progress.clear()
      guard case .make(let place, _) = task else {
        say("nothing is to be run: there is nothing to estimate")
        return .done
      }
      say("nothing is left to do in round \(place.round): the rounds before it are enough")
      return .done
    } catch let failure as Campaign.Failure {
      return end(failure)
    } catch Trials.Failure.run(let failure) {
      return end(failure)
    } catch Trials.Failure.interrupted {
      return end(.shared(.interrupted))
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
  }

  /// Writes a share that is made; how the program ends.
  func keep(_ share: SharedRuns.Share) -> ExitCode {
    guard case .make(let place, let folder) = task else { return .done }
    let file = PartialFile(
      origin: origin, place: place, pieces: share.pieces, range: share.range, made: share.made)
    do throws(OutputError) {
      let path = try file.write(into: folder)
      say(
        "share \(place.share) of \(place.of)\(place.round > 1 ? " of round \(place.round)" : ""): "
          + "\(counted(share.range.count, noun)) of \(share.pieces) in \(printable(path))")
      return .done
    } catch {
      complain("switchboard: error: \(error)")
      return .usage
    }
  }

  /// How the program ends where it comes to no result; told, or the share written.
  func end(_ failure: Campaign.Failure) -> ExitCode {
    guard case .shared(let end) = failure else {
      complain("switchboard: error: \(SimulationCommand.text(failure))")
      return .failed
    }
    switch end {
    case .made(let share): return keep(share)
    case .estimated(let sample):
      say(EstimateWords(sample: sample, noun: noun).text)
      return .done
    case .interrupted:
      complain("switchboard: interrupted before the \(noun)s were made; nothing is written")
      return .interrupted
    case .roundMissing(let round, let pieces):
      if case .merge(let merging) = task, round > 1 { NextRound.note(round, in: merging.folders) }
      return Self.tell([
        "round \(round) is wanted, and nothing of it is there: \(counted(pieces, noun)). Make it with --shard "
          + "K/N --round \(round), then merge again"
      ])
    case .pieceMissing(let round, let piece):
      return Self.tell([
        "\(noun) \(piece + 1) of round \(round) is in none of the shares, or is damaged"
      ])
    case .otherPieces(let round, let wanted, let found):
      return Self.tell([
        "the shares of round \(round) are of \(counted(found, noun)), and it has \(wanted): they are of another "
          + "experiment"
      ])
    }
  }
}

/// A file beside the shares that says which round is wanted next, for scripts.
enum NextRound {
  private static let name = "next-round"

  /// Says that a round is wanted.
  static func note(_ round: Int, in folders: [String]) {
    guard let folder = folders.first else { return }
    // Where it cannot be written the message says the same.
    try? ShareNote.write("\(round)\n", to: folder + "/" + name)
  }

  /// Says that none is.
  static func clear(in folders: [String]) {
    guard let folder = folders.first else { return }
    ShareNote.remove(folder + "/" + name)
  }
}

extension PartialFile.Origin {
  /// What shares of a command about a scenario have in common.
  init(_ arguments: Arguments, _ command: String, _ input: ScenarioInput, _ options: [OptionSpec]) {
    let environment = Manifest.Environment(seconds: 0, threads: 0, zone: input.scenario.timeZone)
    self.init(
      version: Program.version,
      // As they were typed: a seed that the scenario has itself stands elsewhere in its resolved form.
      words: ["switchboard", command, input.path]
        + arguments.words(
          of: options,
          without: Set(
            (OptionSpec.sharing + [.output, .threads, .format]).map(\.name))),
      scenario: DocumentBuilder.digest(
        ([input.scenario.resolved] + input.fileDigests).joined(separator: "\n")),
      seed: input.scenario.seed, libm: environment.libmDigest, gsl: environment.gslDigest,
      timeZone: environment.timeZoneDigest)
  }
}
