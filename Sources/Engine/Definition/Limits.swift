/// The platform's limits; a workspace may raise them.
public struct Limits: Hashable, Sendable, Codable {
  /// Workflows of the workspace.
  public var workflows = 100
  /// Steps of a workflow, those of its lists included.
  public var steps = 100
  /// Branches of one step, Else not counted.
  public var branches = 9
  /// Conditions of one branch.
  public var conditions = 10
  /// Jumps of one Jump To step in one run.
  public var jumps = 10
  /// The longest wait, and the longest time-out of an Assign To or a question.
  public var wait = EngineDuration.days(7)
  /// Characters of a message.
  public var textLength = 2_000
  /// Possible answers of a multiple-choice question.
  public var choices = 10
  /// Characters of a possible answer.
  public var choiceLength = 20
  /// Headers of a request.
  public var headers = 10
  /// Values saved from an answer.
  public var mappings = 10
  /// Teams of the workspace.
  public var teams = 100
  /// Characters of a comment.
  public var commentLength = 1_000
  /// Characters of a closing note's category.
  public var categoryLength = 128
  /// Characters of a closing note's summary.
  public var summaryLength = 512
  /// Bytes of a text that comes in with an event; longer ones are refused.
  var incomingBytes = 65_536

  /// The platform's limits.
  public init() {}
}
