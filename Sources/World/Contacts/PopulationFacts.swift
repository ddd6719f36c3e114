import Engine
import Sampling
import Scenarios

/// What a contact must know of its population at every turn, as plain numbers.
///
/// The population itself holds distributions and texts: a look into it costs more than what most
/// contacts find there, which is that there is nothing.
struct PopulationFacts: BitwiseCopyable {
  /// The only channel; negative when one of several is drawn.
  var channel: Int32
  /// How many questions everybody has; 0 when their number is drawn.
  var questions: Int32
  var hasPatience: Bool
  /// Whether waiting ends when an agent starts, and not with the answer.
  var waitsForStart: Bool
  var hasReturns: Bool
  /// Whether contacts come with anything that is known of them.
  var hasProfile: Bool

  init(_ population: Population) {
    channel = population.channels.count == 1 ? Int32(population.channels[0].index) : -1
    // Whoever writes has at least one question.
    let isFixed = population.questions.variance == 0
    questions = isFixed ? Int32(clamping: max(1, Int(population.questions.mean))) : 0
    hasPatience = population.patience != nil
    waitsForStart = population.patienceUntil == .start
    hasReturns = population.returns != nil
    hasProfile = population.knownShare > 0 || !population.fields.isEmpty
  }
}
