import Measurement
import Synchronization

/// Runs that several machines make, each a share, and one machine puts together.
///
/// Every experiment asks for its runs in batches that are known as a whole before the first of them is made:
/// all replications at once, or, where what was seen decides how many more are wanted, the next look. A batch
/// is a *round*; rounds are numbered in the order in which the experiment comes to them, which follows from the
/// scenario and from the runs of earlier rounds alone. So every machine counts the same rounds and the same
/// pieces in them, and a run is named by these two numbers.
///
/// Who makes a share of round R reads the runs of the rounds before, comes to round R, makes its pieces of it and
/// stops there. Who merges reads all rounds, and comes to the end as if it had made the runs itself.
public final class SharedRuns: Sendable {
  /// What is to be done.
  public enum Role: Sendable, Equatable {
    /// Make one of so many shares of a round; shares and rounds count from 1.
    case make(share: Int, of: Int, round: Int)
    /// Make nothing; with `allowsMissing` leave out what nobody made.
    case merge(allowsMissing: Bool)
    /// Make a few pieces of the first round, to tell what all of it would cost.
    case estimate
  }

  /// Where the runs of other machines are read.
  public struct Source: Sendable {
    /// How many pieces a round has; nil where nothing of it was made.
    public var pieces: @Sendable (_ round: Int) -> Int?
    /// The bytes of a piece; nil where nobody made it.
    public var bytes: @Sendable (_ round: Int, _ piece: Int) -> [UInt8]?

    /// Puts the two together.
    public init(
      pieces: @escaping @Sendable (_ round: Int) -> Int?,
      bytes: @escaping @Sendable (_ round: Int, _ piece: Int) -> [UInt8]?
    ) {
      self.pieces = pieces
      self.bytes = bytes
    }
  }

  /// How working with shares ends where it does not go on to a result.
  public enum End: Error, Sendable {
    /// The share is made.
    case made(Share)
    /// A few pieces were made to tell what all would cost.
    case estimated(Sample)
    /// Somebody wished to stop before the share was made.
    case interrupted
    /// Nothing of a round is there, and it is wanted: so many pieces.
    case roundMissing(Int, pieces: Int)
    /// Nobody made this piece, or it is no run.
    case pieceMissing(round: Int, piece: Int)
    /// The round has another number of pieces than were made: of another experiment.
    case otherPieces(round: Int, wanted: Int, found: Int)
  }

  /// A share of a round.
  public struct Share: Sendable {
    /// How many pieces the whole round has.
    public var pieces: Int
    /// Those of this share.
    public var range: Range<Int>
    /// Each with its bytes; what whoever merges makes anew is left out.
    public var made: [(piece: Int, bytes: [UInt8])]

    /// Puts the parts together.
    public init(pieces: Int, range: Range<Int>, made: [(piece: Int, bytes: [UInt8])]) {
      self.pieces = pieces
      self.range = range
      self.made = made
    }
  }

  /// A few pieces of a round, made by one thread.
  public struct Sample: Sendable {
    /// How many pieces the whole round has.
    public var pieces: Int
    /// How many of them were made.
    public var made = 0
    /// Seconds of processor time that they took.
    public var seconds = 0.0
    /// Conversations that they had.
    public var conversations = 0
    /// Bytes that they are kept in.
    public var bytes = 0

    /// Nothing made yet.
    public init(pieces: Int) { self.pieces = pieces }

    /// The pieces to make: some, evenly spaced.
    var places: [Int] {
      let count = min(pieces, 16)
      return (0..<count).map { (2 * $0 + 1) * pieces / (2 * count) }
    }
  }

  /// What is to be done.
  public let role: Role
  let source: Source
  /// Tells the processor time of this process in seconds, for estimates.
  private let clock: @Sendable () -> Double
  private let begun = Mutex(0)

  /// Describes who makes what, and where the rest is read.
  public init(
    _ role: Role, _ source: Source, clock: @escaping @Sendable () -> Double = { 0 }
  ) {
    self.role = role
    self.source = source
    self.clock = clock
  }

  /// Whether pieces that nobody made are left out.
  var allowsMissing: Bool { role == .merge(allowsMissing: true) }

  /// One batch.
  struct Round: Sendable {
    let number: Int
    let pieces: Int
    /// What is to be done of it here.
    let task: Task
    fileprivate let source: Source

    /// What is to be done of a round.
    enum Task: Sendable {
      /// Read it.
      case read
      /// Make these pieces.
      case make(Range<Int>)
      /// Make a few.
      case estimate
    }

    /// A run that was made elsewhere.
    func run(_ piece: Int) -> KeptRun? {
      source.bytes(number, piece).flatMap { KeptRun(packed: $0) }
    }
  }

  /// Begins the next round, which has so many pieces.
  func begin(pieces: Int) throws(Campaign.Failure) -> Round {
    let number = begun.withLock { begun in
      begun += 1
      return begun
    }
    func round(_ task: Round.Task) -> Round {
      Round(number: number, pieces: pieces, task: task, source: source)
    }
    switch role {
    case .estimate: return round(.estimate)
    case .make(let share, let count, let wanted) where wanted == number:
      return round(.make(Self.range(share, of: count, pieces: pieces)))
    case .make, .merge: break
    }
    guard let found = source.pieces(number) else {
      throw .shared(.roundMissing(number, pieces: pieces))
    }
    guard found == pieces else {
      throw .shared(.otherPieces(round: number, wanted: pieces, found: found))
    }
    return round(.read)
  }

  /// The pieces of a share: as many as of any other, or one fewer, and those that follow each other.
  public static func range(_ share: Int, of count: Int, pieces: Int) -> Range<Int> {
    func start(_ share: Int) -> Int {
      let (high, low) = pieces.multipliedFullWidth(by: share)
      return count.dividingFullWidth((high, low)).quotient
    }
    return start(share - 1)..<start(share)
  }

  /// Begins a round; makes what is to be made of it here and ends with that, or gives the round to be read.
  func begin(
    pieces: Int, threads: Int, progress: (Int, Int) -> Void,
    _ body: @escaping @Sendable (Int) -> Result<KeptRun?, Campaign.Failure>?
  ) throws(Campaign.Failure) -> Round {
    let round = try begin(pieces: pieces)
    switch round.task {
    case .read: return round
    case .make(let range): throw Self.make(range, of: pieces, threads: threads, progress, body)
    case .estimate: throw estimate(pieces, body)
    }
  }

  private static func make(
    _ range: Range<Int>, of pieces: Int, threads: Int, _ progress: (Int, Int) -> Void,
    _ body: @escaping @Sendable (Int) -> Result<KeptRun?, Campaign.Failure>?
  ) -> Campaign.Failure {
    var share = Share(pieces: pieces, range: range, made: [])
    var failure: Campaign.Failure?
    Replications.run(count: range.count, threads: threads) {
      body(range.lowerBound + $0)
    } take: {
      place, found in
      switch found {
      case nil: failure = .shared(.interrupted)
      case .failure(let what): failure = what
      case .success(let run):
        if let run {
          guard let bytes = run.packed else {
            failure = .shared(.pieceMissing(round: 0, piece: range.lowerBound + place))
            return false
          }
          share.made.append((range.lowerBound + place, bytes))
        }
        progress(place + 1, range.count)
        return true
      }
      return false
    }
    return failure ?? .shared(.made(share))
  }

  /// Seconds of processor time after which an estimate makes no more pieces.
  private static let longestSample = 3.0

  private func estimate(
    _ pieces: Int, _ body: (Int) -> Result<KeptRun?, Campaign.Failure>?
  ) -> Campaign.Failure {
    estimate(pieces) { (piece, sample) throws(Campaign.Failure) in
      switch body(piece) {
      case nil: throw .shared(.interrupted)
      case .failure(let what): throw what
      case .success(nil): return false
      case .success(let run?):
        sample.conversations += run.measured.all.conversations
        sample.bytes += run.packed?.count ?? 0
        return true
      }
    }
  }

  /// Makes a few pieces; `body` adds what it found, and says whether it made any.
  func estimate(
    _ pieces: Int, _ body: (Int, inout Sample) throws(Campaign.Failure) -> Bool
  ) -> Campaign.Failure {
    var sample = Sample(pieces: pieces)
    let start = clock()
    do throws(Campaign.Failure) {
      for piece in sample.places where sample.seconds < Self.longestSample {
        if try body(piece, &sample) { sample.made += 1 }
        sample.seconds = clock() - start
      }
    } catch {
      return error
    }
    return .shared(.estimated(sample))
  }
}
