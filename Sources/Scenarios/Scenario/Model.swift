public import Engine
public import Sampling

/// Everything of a scenario that a strategy can change: the people, the channels, the rules.
///
/// Positions are ids: agents in the order of `agents` are the engine's users, and so on.
public struct Model: Sendable {
  /// The workspace as the engine takes it; `policySeed` is set for each replication.
  public internal(set) var settings: WorkspaceSettings
  /// The channels.
  public internal(set) var channels: [ChannelSettings]
  /// The outside services.
  public internal(set) var services: [ServiceSettings]
  /// Who writes.
  public internal(set) var populations: [Population]
  /// The teams.
  public internal(set) var teams: [TeamSettings]
  /// Everybody who answers: the members of the teams in their order, then the users outside them, then
  /// those who join during the run, in the order in which they do.
  public internal(set) var agents: [AgentSettings]
  /// The ways of working that agents share.
  public internal(set) var styles: [WorkStyle]
  /// The workflows.
  public internal(set) var workflows: [WorkflowDefinition]
  /// The settings of AI agents, by the key of their steps.
  public internal(set) var aiAgents: [AIAgentSettings]
  /// The contacts that are imported during the run.
  public internal(set) var imports: [ImportSettings]
  /// The broadcasts.
  public internal(set) var broadcasts: [BroadcastSettings]
  /// The managers who reassign by hand.
  public internal(set) var supervisors: [SupervisorSettings]
  /// What goes wrong.
  public internal(set) var faults: [FaultSettings]
  /// The program that decides who gets a conversation; the engine itself if nil.
  public internal(set) var engine: ForeignEngine?
  /// The most calls of one method of the developer API in a time; without limit if nil.
  public internal(set) var apiLimit: Rate?
  /// The endpoints that are told what happens.
  public internal(set) var webhooks: [WebhookSettings]

  /// How many agents are there from the start: the first of the list.
  public var founderCount: Int { agents.firstIndex { $0.joins != nil } ?? agents.count }

  /// How an agent works.
  public func style(of agent: AgentSettings) -> WorkStyle { styles[Int(agent.style)] }

  /// What each way of working comes to: worked out once, asked for by agent.
  @inlinable
  public func byStyle<Value>(_ value: (WorkStyle) -> Value) -> ByStyle<Value> {
    ByStyle(styles.map(value))
  }
}

/// A value for each way of working.
///
/// A hundred thousand agents may share one, and a whole style is slow to hand over.
public struct ByStyle<Value> {
  @usableFromInline let values: [Value]

  @inlinable init(_ values: [Value]) { self.values = values }

  /// The value of an agent's way of working.
  @inlinable
  public subscript(agent: AgentSettings) -> Value { values[Int(agent.style)] }
}

/// A channel on which contacts write.
public struct ChannelSettings: Sendable {
  /// The name in the file.
  public let name: String
  /// What it is, with the presets that follow.
  public let kind: ChannelKind
  /// How long a message is on its way.
  public let delivery: Distribution
  /// The share of outgoing messages that fail.
  public let failure: Double
  /// The most messages in a time; without limit if nil.
  public let throughput: Rate?
  /// The longest that a message waits for the throughput before it fails; for ever if nil.
  public let queue: EngineDuration?
  /// How long after the contact's last message one may write freely; for ever if nil.
  public let window: EngineDuration?
  /// Whether an approved template goes out when the window is closed.
  public let templates: Bool
  /// What only some channels have.
  public internal(set) var extras = ChannelExtras()
  /// Whether something may hold up, repeat or lose its messages, so that each must be on its way.
  public internal(set) var isDisturbed = false
  /// Whether a fault may take it down, which loses what goes out.
  var hasOutages = false

  /// Whether messages may be lost on their way.
  public var losesMessages: Bool {
    failure > 0 || throughput != nil && queue != nil || hasOutages || extras.losesMessages
  }
}

/// An outside service that workflows call.
public struct ServiceSettings: Sendable {
  /// The name in the file.
  public let name: String
  /// How long it takes to answer.
  public let latency: Distribution
  /// The share of calls that fail.
  public let failure: Double
  /// What it answers.
  public let answers: [Answer]

  /// One member of an answer.
  public struct Answer: Sendable {
    /// The name of the member.
    public let name: String
    /// What stands under it.
    public let value: AnswerValue
  }

  /// What a member of an answer is.
  public enum AnswerValue: Sendable {
    /// A text, in which fields of the contact may be filled in.
    case text(Template)
    /// A number drawn anew for each call; seconds for a time.
    case drawn(Distribution)
  }
}

/// People of one kind who write.
public struct Population: Sendable {
  /// The name in the file.
  public let name: String
  /// When conversations open, the volume put in.
  public internal(set) var arrivals: ArrivalProcess
  /// The channels they use.
  public let channels: [ChannelID]
  /// How often each of `channels` is used.
  public let channelShares: Shares
  /// Messages that need an answer, per conversation.
  public let questions: CountDistribution
  /// From an answer to the next question.
  public let thinkTime: Distribution
  /// How long an answer is waited for; for ever if nil.
  public let patience: Distribution?
  /// What patience waits for.
  public let patienceUntil: PatienceEnd
  /// What happens to the conversation of somebody who gives up.
  public let givingUp: GivingUp
  /// The share who wrote before.
  public let knownShare: Double
  /// The share of those who are still assigned to somebody.
  public let assignedShare: Double
  /// Who comes back after closing; nobody if nil.
  public internal(set) var returns: Returns?
  /// What contacts have in their fields.
  public let fields: [Field]
  /// How they answer the questions of workflows.
  public let answers: Answers
  /// The junk among them; none if nil.
  public internal(set) var spam: Spam?
  /// Who writes on a second channel too; nobody if nil.
  public internal(set) var secondChannel: SecondChannel?
  /// What begins their conversations, where they themselves do not write first.
  public internal(set) var opening: Opening?
  /// How they rate a conversation that is closed; as they answer any question if nil.
  public internal(set) var ratings: Ratings?

  /// What ends the waiting of a patient contact.
  public enum PatienceEnd: String, Sendable, Hashable, CaseIterable {
    /// An agent starts on the message.
    case start
    /// The answer is there.
    case answer
  }

  /// What becomes of the conversation of a contact who gives up.
  public enum GivingUp: String, Sendable, Hashable, CaseIterable {
    /// It is closed through the API.
    case closes
    /// It stays open.
    case staysOpen = "stays_open"
  }

  /// Who comes back.
  public struct Returns: Sendable {
    /// The probability after every closing.
    public let chance: Double
    /// How long after it.
    public let after: Distribution
  }

  /// A field of the contacts.
  public struct Field: Sendable {
    /// Which.
    public let field: FieldID
    /// The values, one of which a contact has; nil where it is empty.
    public let values: [String?]
    /// How often each value is had.
    public let shares: Shares
  }

  /// How contacts answer a workflow's question.
  public struct Answers: Sendable {
    /// The share of answers that are valid.
    public let valid: Double
    /// How long an answer takes.
    public let after: Distribution
    /// The share of questions that are never answered.
    public let never: Double
  }
}

/// A team of agents.
public struct TeamSettings: Sendable {
  /// The name in the file.
  public let name: String
  /// Those of its members who are there from the start, as a range of `Model.agents`.
  public let members: Range<Int>
  /// The positions of those who join it during the run.
  public internal(set) var latecomers: [Int] = []
}

/// Somebody who answers.
public struct AgentSettings: Sendable {
  /// The name: the file's own, or the team's with a number.
  public let name: String
  /// The team, if the agent has one.
  public let team: TeamID?
  /// The share of weighted logics.
  public let weight: Int32
  /// A personal `fewer_than`, in force at every automatic choice.
  public let limit: Int32?
  /// What the agent may do.
  public let role: UserProfile.Role
  /// Whose contacts the agent sees.
  public let sees: UserProfile.Visibility
  /// The position in `Model.styles`.
  public internal(set) var style: Int32
  /// When the agent joins the workspace; from the start if nil.
  public internal(set) var joins: EngineDuration?
  /// When the agent leaves it for good; never if nil.
  public internal(set) var leaves: EngineDuration?
}

/// What an AI agent's step needs besides the engine's definition.
public struct AIAgentSettings: Sendable {
  /// The outcomes that can be drawn.
  public let outcomes: [AIAgent.Outcome]
  /// How often each of `outcomes` comes.
  public let shares: Shares
  /// How long the conversation with it takes.
  public let latency: Distribution
}
