import Engine
import Measurement
import Scenarios
import VirtualTime

/// What is done through the developer API, by its method: each has a limit of its own (PLATFORM.md 7).
enum APIMethod: Int, CaseIterable {
  /// A conversation is opened.
  case open
  /// A conversation is closed.
  case close
}

/// So many calls of each method in a stretch of time, which begins with the first of them; more are refused
/// with 429 and told when the next stretch begins.
struct APIGate {
  private let most: Int
  private let length: Int64
  private var stretches: [(begin: Instant, calls: Int)]

  init(_ limit: Rate) {
    most = Int(limit.count)
    length = Instant.nanoseconds(fromSeconds: limit.seconds)
    stretches = APIMethod.allCases.map { _ in (begin: .distantPast, calls: 0) }
  }

  /// From now until a call may be made again; nil where this one is let through.
  mutating func refusal(of method: APIMethod, at now: Instant) -> Int64? {
    var stretch = stretches[method.rawValue]
    if now.nanoseconds(since: stretch.begin) >= length { stretch = (begin: now, calls: 0) }
    guard stretch.calls < most else { return length - now.nanoseconds(since: stretch.begin) }
    stretch.calls += 1
    stretches[method.rawValue] = stretch
    return nil
  }
}

extension Exchange {
  /// Makes a call of the API, which is counted; how long its caller is to wait where it is refused.
  func callsAPI(_ method: APIMethod) -> Int64? {
    if isCounting { links.apiCalls += 1 }
    let wait = api?.refusal(of: method, at: kernel.now)
    if wait != nil, isCounting { links.apiRefusals += 1 }
    return wait
  }
}

extension Contact {
  /// Whoever gave up is to be closed through the API: now, or when it takes calls again.
  func closesThroughAPI() {
    guard mayCall(.close) else { return }
    if let id { exchange.handle(.closes(id, by: .program(.api), note: exchange.gaveUpNote)) }
  }

  /// The conversation of a new contact is to be opened through the API: now, or when it takes calls again.
  ///
  /// Zapier and Make are programs that call it like any other.
  func opensThroughAPI(as source: Source) {
    guard mayCall(.open) else { return }
    if let id { exchange.handle(.opens(id, by: .program(source))) }
  }

  /// Whether the API takes the call; if not, it is made again when it takes calls again.
  private func mayCall(_ method: APIMethod) -> Bool {
    guard exchange.features.contains(.apiLimit), let wait = exchange.callsAPI(method) else {
      return true
    }
    pending += 1
    kernel.schedule(
      Event(
        to: target, kind: ContactEvent.callsAPI.rawValue, subject: number.raw, value: openings),
      afterNanoseconds: wait)
    return false
  }

  /// The API is called again, if nothing was opened or closed since: the first conversation is to be opened, any other
  /// was to be closed.
  func callsAPIAgain(opening: UInt32) {
    pending -= 1
    if openings == opening {
      if state.isOpen { return closesThroughAPI() }
      if opening == 0, case .program(let source)? = wayIn { return opensThroughAPI(as: source) }
    }
    exchange.letGoIfDone(self)
  }

  /// In which way the contact's population comes.
  private var wayIn: Population.Opening.Way? {
    exchange.plan.model.populations[population].opening?.way
  }
}
