public import Sampling

/// How messages travel on a channel.
public struct ChannelPlan: Sendable {
  /// The name in files.
  public var name: String
  /// How long a message is on its way; nil for no time at all.
  public var delivery: Distribution?
  /// The share of messages to contacts that never arrive.
  public var failure = 0.0
  /// The most messages a second, in and out together; nil for any number.
  public var throughput: Double?

  /// A channel without delay, failure or limit.
  public init(name: String) { self.name = name }
}

/// How an outside service answers.
public struct ServicePlan: Sendable {
  /// The name in files.
  public var name: String
  /// How long an answer takes; nil for no time at all.
  public var latency: Distribution?
  /// The share of calls that fail.
  public var failure = 0.0
  /// What a good answer holds, by key.
  public var answers: [(key: String, value: ServiceAnswer)] = []

  /// A service that answers at once, with nothing.
  public init(name: String) { self.name = name }
}

/// One value of a service's answer.
public enum ServiceAnswer: Sendable {
  /// Always the same text.
  case text(String)
  /// A field of the contact that the call is about.
  case contactField(Int)
  /// A number of seconds, drawn anew for each call.
  case seconds(Distribution)
}
