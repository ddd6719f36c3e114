/// What can be asked of a service, as data: routes and description are both made from it.
struct Endpoint: Sendable {
  /// A name that follows `?`.
  struct Parameter: Sendable {
    var name: String
    var summary: String
    var isNumber = false
  }

  let method: String
  /// Below `/v1` for the only workspace, below `/v1/workspaces/{workspace}` for each of several.
  let path: String
  let name: String
  let summary: String
  var parameters: [Parameter] = []
  /// What a good answer is: a schema of the description.
  var answer: String
  var contentType = "application/json"
  var takesEvents = false

  /// Those of a workspace.
  static let ofWorkspace: [Endpoint] = [
    Endpoint(
      method: "POST", path: "/events", name: "postEvents",
      summary: "Take one event, or a list of up to 1,000, carried out together", answer: "Results",
      takesEvents: true),
    Endpoint(
      method: "GET", path: "/stream", name: "followEvents",
      summary: "Every event with what came of it, as it is committed (server-sent events)",
      parameters: [
        Parameter(
          name: "after", summary: "Begin after this event; else with the next", isNumber: true),
        Parameter(name: "type", summary: "Only events of this type, such as timer_fires"),
      ],
      answer: "Result", contentType: "text/event-stream"),
    Endpoint(
      method: "GET", path: "/state", name: "getState", summary: "How the workspace stands",
      answer: "State"),
    Endpoint(
      method: "GET", path: "/users", name: "getUsers", summary: "Everybody who answers",
      answer: "Users"),
    Endpoint(
      method: "GET", path: "/users/{name}", name: "getUser",
      summary: "One of them, with the contacts at hand", answer: "User"),
    Endpoint(
      method: "GET", path: "/contacts/{name}", name: "getContact",
      summary: "A contact and its conversation", answer: "Contact"),
    Endpoint(
      method: "GET", path: "/queues", name: "getQueues", summary: "Who waits where",
      answer: "Queues"),
    Endpoint(
      method: "GET", path: "/audit", name: "getAudit",
      summary: "Events of the journal with what came of them",
      parameters: [
        Parameter(name: "after", summary: "Begin after this event", isNumber: true),
        Parameter(name: "limit", summary: "At most so many, up to 1,000", isNumber: true),
      ],
      answer: "Audit"),
    Endpoint(
      method: "GET", path: "/check", name: "check",
      summary: "Look at everything for what must not be", answer: "Check"),
  ]

  /// Those of the service as a whole.
  static let ofService: [Endpoint] = [
    Endpoint(
      method: "GET", path: "/v1/workspaces", name: "getWorkspaces", summary: "The workspaces",
      answer: "Workspaces"),
    Endpoint(
      method: "GET", path: "/metrics", name: "getMetrics",
      summary: "Figures as Prometheus reads them", answer: "Text",
      contentType: "text/plain; version=0.0.4"),
    Endpoint(
      method: "GET", path: "/health", name: "getHealth",
      summary: "Whether every journal can be written", answer: "Health"),
    Endpoint(
      method: "GET", path: "/openapi.json", name: "getDescription", summary: "This description",
      answer: "Description"),
  ]
}
