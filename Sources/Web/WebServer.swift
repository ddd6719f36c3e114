import Synchronization

/// Counts of what a server did.
public struct WebCounts: Sendable, Equatable {
  /// Answers by the first digit of their status; the place 0 is unused.
  public internal(set) var answers = [Int](repeating: 0, count: 6)
  /// Connections that are open.
  public internal(set) var connections = 0
  /// Connections that were cut off because a request did not arrive, or nothing happened, in time.
  public internal(set) var cutOff = 0
  /// Requests that came too fast.
  var tooFast = 0

  /// Nothing yet.
  public init() {}
}

/// What all threads of a server share: routes, rules, counts, what is under way.
final class WebCore: Sendable {
  let settings: WebSettings
  let router: Router
  let limit: RateLimit?
  let watch: ConnectionWatch
  private let rules = Mutex<AccessRules?>(nil)
  private let counts = Mutex(WebCounts())
  private let underWay = Mutex<(last: UInt64, exchanges: [UInt64: WebExchange])>((0, [:]))
  private let isLeaving = Atomic<Bool>(false)

  init(_ settings: WebSettings, _ routes: [Route]) {
    self.settings = settings
    router = Router(routes: routes)
    limit = settings.requestsPerSecond.map { RateLimit(perSecond: $0) }
    watch = ConnectionWatch(
      arrival: Int64(settings.arrivalTime * 1e9), idle: Int64(settings.idleTime * 1e9))
  }

  /// The port is known.
  func listens(on port: UInt16) {
    var hosts = ["localhost", "127.0.0.1", "[::1]"] + settings.hosts.map { $0.lowercased() }
    hosts.append(settings.address.contains(":") ? "[\(settings.address)]" : settings.address)
    let token = settings.token.map { Array($0.utf8) }
    let made = AccessRules(
      hosts: hosts, port: port, token: token, cookie: settings.cookie.map { "\($0)-\(port)" })
    rules.withLock { $0 = made }
  }

  /// Carries a whole request to its route, which answers when it can.
  func handle(_ request: WebRequest, _ exchange: WebExchange) {
    let responder = Responder(exchange)
    if isLeaving.load(ordering: .relaxed) {
      return responder.answer(
        .problem(503, "shutting down", "the service is shutting down"))
    }
    if let limit, !limit.admits(request.client, at: watch.now) {
      counts.withLock { $0.tooFast += 1 }
      return responder.answer(
        .problem(
          429, "too many requests", "one address may ask so often and not more",
          headers: [("Retry-After", "1")]))
    }
    // Whoever comes before the port is known to the rules would be judged by none.
    guard let rules = rules.withLock({ $0 }) else {
      return responder.answer(.problem(503, "starting", "the service is starting"))
    }
    let refusal =
      rules.exchange(request)
      ?? rules.refusal(
        host: request.header("host"), origin: request.header("origin"),
        authorization: request.header("authorization"), cookies: request.header("cookie"))
    if let refusal { return responder.answer(refusal) }
    switch router.find(request.method, request.path) {
    case .nothing(let response): responder.answer(response)
    case .route(let route, let parameters):
      var request = request
      request.parameters = parameters
      route.handle(request, responder)
    }
  }

  func count(_ status: Int) {
    counts.withLock { counts in
      let place = status / 100
      if counts.answers.indices.contains(place) { counts.answers[place] += 1 }
    }
  }

  var allCounts: WebCounts {
    var all = counts.withLock { $0 }
    (all.connections, all.cutOff) = watch.counts
    return all
  }

  // MARK: - What is under way

  func begin(_ exchange: WebExchange) -> UInt64 {
    underWay.withLock { underWay in
      underWay.last += 1
      underWay.exchanges[underWay.last] = exchange
      return underWay.last
    }
  }

  func end(_ number: UInt64) {
    underWay.withLock { $0.exchanges.removeValue(forKey: number) }?.end()
  }

  private var everybody: [WebExchange] {
    underWay.withLock { $0.exchanges.sorted { $0.key < $1.key }.map(\.value) }
  }

  var underWayCount: Int { underWay.withLock { $0.exchanges.count } }

  var streamCount: Int { underWay.withLock { $0.exchanges.values.count(where: \.isStream) } }

  /// A sign of life to everybody who follows events: who left while there were none is found out by it.
  func beat() {
    for exchange in everybody { exchange.stream?.send(": still here\n\n") }
  }

  /// New requests are sent away.
  func leave() { isLeaving.store(true, ordering: .relaxed) }

  /// Whoever still waits is told that the service ends: nobody may be suspended when it stops.
  func dismissAll() {
    for exchange in everybody { exchange.dismiss() }
  }
}
