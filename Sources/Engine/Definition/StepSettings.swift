/// What a Send a Message step sends.
public struct SendMessage: Hashable, Sendable, Codable {
  /// The text.
  public var text: Template
  /// The channel, by default the one the contact wrote on last.
  public var channel: ChannelID?
  /// What is said instead on some channels.
  public var variants: [Variant]

  /// Describes a message.
  public init(_ text: Template, channel: ChannelID? = nil, variants: [Variant] = []) {
    self.text = text
    self.channel = channel
    self.variants = variants
  }

  /// Other words for one channel.
  public struct Variant: Hashable, Sendable, Codable {
    /// The channel.
    public var channel: ChannelID
    /// What is said there.
    public var text: Template

    /// Describes other words.
    public init(_ channel: ChannelID, _ text: Template) {
      self.channel = channel
      self.text = text
    }
  }
}

/// A question to the contact and what becomes of the answer.
public struct AskQuestion: Hashable, Sendable, Codable {
  /// The question.
  public var text: Template
  /// What kind of answer is valid.
  public var answer: Answer
  /// Where a valid answer goes.
  public var save: Save?
  /// How long the answer is waited for, by default the longest wait.
  public var timeout: EngineDuration?

  /// Describes a question.
  public init(
    _ text: Template, answer: Answer = .text, save: Save? = nil, timeout: EngineDuration? = nil
  ) {
    self.text = text
    self.answer = answer
    self.save = save
    self.timeout = timeout
  }

  /// A kind of answer.
  public enum Answer: Hashable, Sendable, Codable {
    /// Any words.
    case text
    /// One of these, or its number.
    case choice([String])
    /// A number within these, where given.
    case number(minimum: Double? = nil, maximum: Double? = nil)
    /// A day.
    case date
    /// A telephone number.
    case phone
    /// An e-mail address.
    case email
    /// A web address.
    case url
    /// 1 to 5.
    case rating
    /// A place.
    case location
  }

  /// Where an answer goes.
  public enum Save: Hashable, Sendable, Codable {
    /// Into a field of the contact.
    case field(FieldID)
    /// Into a variable of the run.
    case variable(String)
    /// As a tag: one for each choice, in their order.
    case tags([TagID])
  }
}

/// Whom an Assign To step gives the contact, and how long that may take.
public struct AssignTo: Hashable, Sendable, Codable {
  /// One of the four actions.
  public var target: AssignTarget
  /// Which of the eligible users of a pool.
  public var logic: Logic
  /// Only assign to online users.
  public var onlyOnline: Bool
  /// Only users with fewer than so many open contacts.
  public var fewerThan: Int32?
  /// How long the contact may wait in the queue, by default the longest wait.
  public var timeout: EngineDuration?
  /// Never the user who has the contact already.
  public var excludeCurrent: Bool
  /// Only when the chosen user would answer sooner than the present one.
  public var onlyIfSooner: Bool

  /// Describes an assignment; for a user or nobody the other settings mean nothing.
  public init(
    _ target: AssignTarget, logic: Logic = .roundRobin, onlyOnline: Bool = false,
    fewerThan: Int32? = nil, timeout: EngineDuration? = nil, excludeCurrent: Bool = false,
    onlyIfSooner: Bool = false
  ) {
    self.target = target
    self.logic = logic
    self.onlyOnline = onlyOnline
    self.fewerThan = fewerThan
    self.timeout = timeout
    self.excludeCurrent = excludeCurrent
    self.onlyIfSooner = onlyIfSooner
  }
}

/// One way out of a Branch step; the first whose conditions hold is taken.
public struct Branch: Hashable, Sendable, Codable {
  /// What people call it.
  public var name: String?
  /// When it is taken; nil is Else.
  public var when: Conditions?
  /// The steps that follow.
  public var steps: [Step]
  /// A file reader's way back to the place in the file.
  public var mark: Int32

  /// Describes a way out.
  public init(
    _ name: String? = nil, when: Conditions? = nil, steps: [Step] = [], mark: Int32 = -1
  ) {
    self.name = name
    self.when = when
    self.steps = steps
    self.mark = mark
  }
}

/// How long a Wait step waits.
public enum WaitLength: Hashable, Sendable, Codable {
  /// So long.
  case duration(EngineDuration)
  /// So many seconds as this says; cut at the longest wait, nothing when it is no number.
  case seconds(Operand)
}

/// A call to an outside service.
public struct HTTPRequest: Hashable, Sendable, Codable {
  /// Who is called.
  public var service: ServiceID
  /// How, such as `GET`.
  public var method: String
  /// Where.
  public var url: Template
  /// What stands above the body.
  public var headers: [Header]
  /// What is sent.
  public var body: Template
  /// What is kept of the answer.
  public var save: [Mapping]
  /// The variable that receives the status code, 0 when there was no answer.
  public var status: String?

  /// Describes a call.
  public init(
    service: ServiceID, method: String = "GET", url: Template = "", headers: [Header] = [],
    body: Template = "", save: [Mapping] = [], status: String? = nil
  ) {
    self.service = service
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.save = save
    self.status = status
  }

  /// One line above the body.
  public struct Header: Hashable, Sendable, Codable {
    /// What it is called.
    public var name: String
    /// What it says.
    public var value: Template

    /// Describes a header.
    public init(_ name: String, _ value: Template) {
      self.name = name
      self.value = value
    }
  }

  /// A variable and where in the answer its value stands.
  public struct Mapping: Hashable, Sendable, Codable {
    /// The variable.
    public var variable: String
    /// The place.
    public var path: JSONPath

    /// Describes a mapping.
    public init(_ variable: String, _ path: JSONPath) {
      self.variable = variable
      self.path = path
    }
  }
}

/// One column of a row that is added to a sheet.
public struct SheetCell: Hashable, Sendable, Codable {
  /// The column.
  public var column: String
  /// What stands in it.
  public var value: Template

  /// Describes a cell.
  public init(_ column: String, _ value: Template) {
    self.column = column
    self.value = value
  }
}

/// A conversation between the contact and an AI agent.
public struct AIAgent: Hashable, Sendable, Codable {
  /// The steps after each outcome; an outcome that is not listed ends the run.
  public var outcomes: [Way]
  /// How long the contact may be silent.
  public var idle: EngineDuration
  /// What the host finds its own settings by: the shares of the outcomes, the time it takes.
  public var key: Int32

  /// Describes an AI agent.
  public init(outcomes: [Way] = [], idle: EngineDuration = .minutes(60), key: Int32) {
    self.outcomes = outcomes
    self.idle = idle
    self.key = key
  }

  /// What follows an outcome.
  public struct Way: Hashable, Sendable, Codable {
    /// How the conversation ended.
    public var outcome: Outcome
    /// The steps that follow.
    public var steps: [Step]

    /// Describes what follows.
    public init(_ outcome: Outcome, steps: [Step]) {
      self.outcome = outcome
      self.steps = steps
    }
  }

  /// How such a conversation can end.
  public enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
    /// It did what it was for.
    case success
    /// The contact asked for a person.
    case toHuman = "to_human"
    /// It had no answer.
    case unable
    /// Anything else.
    case others
    /// The contact fell silent.
    case idle
  }
}
