import Engine
import Sampling
import Scenarios

/// What a contact must know of its population at every turn, as plain numbers.
///
/// The population itself holds distributions and texts: a look into it costs more than what most
/// contacts find there, which is that there is nothing.
struct PopulationFacts: BitwiseCopyable {
  /// The only channel; nil when one of several is drawn.
  var channel: ChannelID?
  /// How many questions everybody has; 0 when their number is drawn.
  var questions: Int32
  var flags: Flags

  /// What there is to be looked up.
  struct Flags: OptionSet, BitwiseCopyable {
    let rawValue: UInt32

    static let patience = Flags(rawValue: 1)
    /// Patience that waits until an agent starts, and not for the answer.
    static let patienceUntilStart: Flags = [.patience, Flags(rawValue: 2)]
    static let returns = Flags(rawValue: 4)
    /// Something that is known of a contact.
    static let profile = Flags(rawValue: 8)
    /// Something else than a message of the contact begins.
    static let opening = Flags(rawValue: 16)
  }

  init(_ population: Population) {
    channel = population.channels.count == 1 ? population.channels[0] : nil
    // Whoever writes has at least one question.
    let isFixed = population.questions.variance == 0
    questions = isFixed ? Int32(clamping: max(1, Int(population.questions.mean))) : 0
    flags = []
    if population.patience != nil {
      flags.insert(population.patienceUntil == .start ? .patienceUntilStart : .patience)
    }
    if population.returns != nil { flags.insert(.returns) }
    if population.knownShare > 0 || !population.fields.isEmpty { flags.insert(.profile) }
    if population.opening != nil { flags.insert(.opening) }
  }
}
