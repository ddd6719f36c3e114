import Synchronization

/// The way to answer one request: once, from any thread, now or later.
public final class Responder: Sendable {
  private let exchange: WebExchange

  init(_ exchange: WebExchange) { self.exchange = exchange }

  deinit { exchange.answer(Self.nothing) }

  private static let nothing = WebExchange.Answer.whole(
    .problem(500, "no answer", "the request was dropped"))

  /// Answers; a second answer is none.
  public func answer(_ response: WebResponse) { exchange.answer(.whole(response)) }

  /// Answers with events for as long as the client stays.
  public func stream() -> EventStream {
    let stream = EventStream(limit: exchange.streamLimit)
    exchange.answer(.stream(stream))
    return stream
  }
}

/// A request under way, between the thread that reads it and the one that answers.
final class WebExchange: Sendable {
  enum Answer: Sendable {
    case whole(WebResponse)
    case stream(EventStream)
  }

  private struct State {
    var answer: Answer?
    var isSuspended = false
    var isOver = false
  }

  let streamLimit: Int
  private let state = Mutex(State())
  /// Lets the connection go on; called at most once, while the connection is suspended.
  private let resume: @Sendable () -> Void

  init(streamLimit: Int, resume: @escaping @Sendable () -> Void) {
    self.streamLimit = streamLimit
    self.resume = resume
  }

  func answer(_ answer: Answer) {
    let isFirst = state.withLock { state in
      guard state.answer == nil, !state.isOver else { return false }
      state.answer = answer
      if state.isSuspended {
        state.isSuspended = false
        resume()
      }
      return true
    }
    if !isFirst, case .stream(let stream) = answer { stream.close() }
  }

  /// The answer if it is there; else the connection is suspended before anybody can answer.
  func answerOrSuspend(_ suspend: () -> Void) -> Answer? {
    state.withLock { state in
      if let answer = state.answer { return answer }
      state.isSuspended = true
      suspend()
      return nil
    }
  }

  /// The events that it is answered with, which end when somebody says so; nil if it is answered otherwise.
  var stream: EventStream? {
    state.withLock { state in
      if case .stream(let stream)? = state.answer { return stream }
      return nil
    }
  }

  var isStream: Bool { stream != nil }

  /// The service ends: whoever waits is told so, and events end.
  func dismiss() {
    answer(.whole(.problem(503, "shutting down", "the service is shutting down")))
    if case .stream(let stream)? = state.withLock({ $0.answer }) { stream.close() }
  }

  /// The connection is gone: nobody may resume it any more.
  func end() {
    let answer = state.withLock { state in
      state.isOver = true
      state.isSuspended = false
      return state.answer
    }
    if case .stream(let stream)? = answer { stream.leave() }
  }
}
