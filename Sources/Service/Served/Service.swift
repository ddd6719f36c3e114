import Synchronization
public import Web

/// Workspaces behind HTTP.
public struct Service: Sendable {
  private let workspaces: [LiveWorkspace]
  private let version: String

  /// Serves workspaces; the first one answers to the short paths too, where it is the only one.
  public init(_ workspaces: [LiveWorkspace], version: String) {
    self.workspaces = workspaces
    self.version = version
  }

  /// The routes of all endpoints.
  public func routes(counts: @escaping @Sendable () -> WebCounts) -> [Route] {
    var routes: [Route] = []
    if workspaces.count == 1, let only = workspaces.first {
      for endpoint in Endpoint.ofWorkspace {
        routes.append(
          Route(endpoint.method, "/v1" + endpoint.path, endpoint.summary) { request, responder in
            Self.serve(endpoint, only, request, responder)
          })
      }
    }
    let byName = Dictionary(workspaces.map { ($0.name, $0) }) { first, _ in first }
    for endpoint in Endpoint.ofWorkspace {
      routes.append(
        Route(
          endpoint.method, "/v1/workspaces/{workspace}" + endpoint.path, endpoint.summary
        ) { request, responder in
          guard let workspace = byName[request.parameter("workspace") ?? ""] else {
            return responder.answer(
              .problem(404, "unknown workspace", "there is no workspace of this name"))
          }
          Self.serve(endpoint, workspace, request, responder)
        })
    }
    return routes + ofService(counts)
  }

  private func ofService(_ counts: @escaping @Sendable () -> WebCounts) -> [Route] {
    let (workspaces, version) = (workspaces, version)
    return Endpoint.ofService.map { endpoint in
      Route(endpoint.method, endpoint.path, endpoint.summary) { _, responder in
        switch endpoint.name {
        case "getWorkspaces":
          var line = JSONLine(capacity: 256)
          line.begin("[")
          for workspace in workspaces { line.text(workspace.name) }
          line.end("]")
          responder.answer(WebResponse(body: line.bytes))
        case "getMetrics":
          let text = ServiceMetrics(workspaces: workspaces, web: counts()).text
          responder.answer(
            WebResponse(contentType: endpoint.contentType, body: Array(text.utf8)))
        case "getHealth":
          let isWell = workspaces.allSatisfy(\.metrics.isWritable)
          responder.answer(
            WebResponse(
              status: isWell ? 200 : 503,
              body: Array("{\"writable\":\(isWell)}".utf8)))
        default:
          let text = Description(version: version, workspaces: workspaces.map(\.name)).text
          responder.answer(WebResponse(body: Array(text.utf8)))
        }
      }
    }
  }

  // MARK: - Of a workspace

  private static func serve(
    _ endpoint: Endpoint, _ workspace: LiveWorkspace, _ request: WebRequest,
    _ responder: Responder
  ) {
    let known = Set(endpoint.parameters.map(\.name))
    if let stranger = request.query.first(where: { !known.contains($0.name) }) {
      return responder.answer(
        .problem(
          400, "unknown parameter",
          "'\(stranger.name)' is no parameter here"
            + (known.isEmpty
              ? "" : ", known: " + endpoint.parameters.map(\.name).joined(separator: ", "))))
    }
    for parameter in endpoint.parameters where parameter.isNumber {
      let given = request.query.last { $0.name == parameter.name }
      if let given, WebRequest.number(given.value) == nil {
        return responder.answer(
          .problem(400, "no number", "'\(parameter.name)' is a whole number from 0 on"))
      }
    }
    switch endpoint.name {
    case "postEvents": post(workspace, request, responder)
    case "followEvents": follow(workspace, request, responder)
    default:
      guard let question = question(endpoint, request) else {
        return responder.answer(.problem(404, "not found", "there is nothing at this path"))
      }
      workspace.get(question) { responder.answer(WebResponse($0)) }
    }
  }

  private static func question(_ endpoint: Endpoint, _ request: WebRequest) -> Question? {
    let name = request.parameter("name") ?? ""
    switch endpoint.name {
    case "getState": return .state
    case "getUsers": return .users
    case "getUser": return .user(name)
    case "getContact": return .contact(name)
    case "getQueues": return .queues
    case "check": return .check
    case "getAudit":
      return .audit(
        after: request.number("after") ?? 0, limit: Int(clamping: request.number("limit") ?? 100))
    default: return nil
    }
  }

  private static func post(
    _ workspace: LiveWorkspace, _ request: WebRequest, _ responder: Responder
  ) {
    let type = request.header("content-type")?.lowercased() ?? "application/json"
    guard type.hasPrefix("application/json") else {
      return responder.answer(
        .problem(
          415, "unsupported media type",
          "events are sent with the header 'Content-Type: application/json'"))
    }
    workspace.post(request.body, key: request.header("idempotency-key")) {
      responder.answer(WebResponse($0))
    }
  }

  private static func follow(
    _ workspace: LiveWorkspace, _ request: WebRequest, _ responder: Responder
  ) {
    let last = request.header("last-event-id")
    let after = last.flatMap { WebRequest.number($0) } ?? request.number("after")
    let wanted = request.query.last { $0.name == "type" }.map { "\"type\":\"\($0.value)\"" }
    let stream = responder.stream()
    // So that the client knows that it is heard before anything happens.
    stream.send(": following\n\n")
    // Following ends with its subscription: it lasts as long as whoever is told.
    let kept = KeptSubscription()
    let subscription = workspace.follow(from: after) { sequence, json in
      defer { withExtendedLifetime(kept) {} }
      if let wanted, !json.contains(wanted) { return stream.isOpen }
      return stream.send(event: sequence, json)
    }
    kept.keep(subscription)
  }
}

/// A subscription that lives as long as its receiver.
private final class KeptSubscription: Sendable {
  private let subscription = Mutex<Subscription?>(nil)

  func keep(_ subscription: Subscription) { self.subscription.withLock { $0 = subscription } }
}

extension WebResponse {
  /// A workspace's reply.
  init(_ reply: Reply) { self.init(status: reply.status, body: reply.body) }
}

extension WebRequest {
  /// A number that follows `?`.
  fileprivate func number(_ name: String) -> UInt64? {
    query.last { $0.name == name }.flatMap { Self.number($0.value) }
  }

  /// A number as it is written in digits, without sign, as far as a journal counts.
  fileprivate static func number(_ text: String) -> UInt64? {
    guard text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else { return nil }
    return Int64(text).map { UInt64($0) }
  }
}
