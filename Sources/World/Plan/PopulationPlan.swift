public import Sampling

/// One kind of customers: when they write, what they need, how long they wait.
public struct PopulationPlan: Sendable {
  /// The name in files.
  public var name: String
  /// When conversations open.
  public var arrivals: ArrivalProcess
  /// The channels they write on, with weights; positions in the plan's channels.
  public var channels: [Int] = [0]
  /// The weight of each of those channels; nil when there is only one.
  public var channelShares: Shares?
  /// Messages that need an answer, a conversation.
  public var questions: CountDistribution?
  /// From an answer to the next question; nil for no time.
  public var thinkTime: Distribution?
  /// How long they wait for an answer; nil for ever.
  public var patience: Distribution?
  /// What ends the waiting.
  public var patienceUntil = PatienceUntil.start
  /// What happens to the conversation of somebody who gives up.
  public var givingUp = GivingUp.closes
  /// The share who wrote before.
  public var known = 0.0
  /// The share of those who are still assigned to somebody.
  public var knownAssigned = 0.0
  /// The chance of writing again after a closing.
  public var returnChance = 0.0
  /// How long after the closing they write again.
  public var returnAfter: Distribution?
  /// What is known about them.
  public var fields: [FieldPlan] = []
  /// How they answer a workflow's question.
  public var answers = AnswerPlan()

  /// Customers with one question each, who wait for ever.
  public init(name: String, arrivals: ArrivalProcess) {
    self.name = name
    self.arrivals = arrivals
  }
}

/// What ends the waiting of a customer.
public enum PatienceUntil: String, Hashable, Sendable, CaseIterable {
  /// An agent starts on the message.
  case start
  /// The answer is there.
  case answer
}

/// What happens to the conversation of a customer who gives up.
public enum GivingUp: String, Hashable, Sendable, CaseIterable {
  /// It is closed through the API.
  case closes
  /// It stays open.
  case staysOpen = "stays_open"
}

/// What a contact field of a population holds.
public struct FieldPlan: Sendable {
  /// The position among the workspace's fields.
  public var field: Int
  /// The values; nil leaves the field empty.
  public var values: [String?]
  /// The weight of each value.
  public var shares: Shares

  /// Describes a field.
  public init(field: Int, values: [String?], shares: Shares) {
    self.field = field
    self.values = values
    self.shares = shares
  }
}

/// How customers answer a workflow's question.
public struct AnswerPlan: Sendable {
  /// The share of valid answers.
  public var valid = 1.0
  /// How long an answer takes; nil for no time.
  public var after: Distribution?
  /// The share who never answer.
  public var never = 0.0

  /// Customers who answer validly and at once.
  public init() {}
}
