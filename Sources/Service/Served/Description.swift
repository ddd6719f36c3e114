/// The service described as OpenAPI 3.1, made from its endpoints and the events it knows.
struct Description {
  let version: String
  let workspaces: [String]

  private var hasShortPaths: Bool { workspaces.count == 1 }

  var text: String {
    var line = JSONLine(capacity: 16_384)
    line.begin()
    line.member("openapi", "3.1.0")
    line.name("info")
    line.begin()
    line.member("title", "Switchboard")
    line.member("version", version)
    line.member(
      "description",
      "A workspace's assignment engine: events in, decisions out, every answered event in the journal."
    )
    line.end()
    line.name("paths")
    line.begin()
    if hasShortPaths { for group in Self.grouped { tell(group, "/v1", &line) } }
    for group in Self.grouped { tell(group, "/v1/workspaces/{workspace}", &line) }
    for endpoint in Endpoint.ofService { tell([endpoint], "", &line) }
    line.end()
    line.name("components")
    line.begin()
    line.name("schemas")
    line.begin()
    Schemas.tell(&line)
    line.end()
    line.name("securitySchemes")
    line.raw(Array(#"{"token":{"type":"http","scheme":"bearer"}}"#.utf8))
    line.end()
    line.end()
    return String(decoding: line.bytes, as: UTF8.self)
  }

  private static let eventsBody =
    ##"{"required":true,"content":{"application/json":{"schema":{"oneOf":[{"$ref":"##
    + ##""#/components/schemas/Event"},{"type":"array","minItems":1,"maxItems":1000,"items":"##
    + ##"{"$ref":"#/components/schemas/Event"}}]}}}}"##

  /// Endpoints of a path together.
  private static var grouped: [[Endpoint]] {
    var groups: [[Endpoint]] = []
    for endpoint in Endpoint.ofWorkspace {
      if let place = groups.firstIndex(where: { $0[0].path == endpoint.path }) {
        groups[place].append(endpoint)
      } else {
        groups.append([endpoint])
      }
    }
    return groups
  }

  private func tell(_ endpoints: [Endpoint], _ prefix: String, _ line: inout JSONLine) {
    let path = prefix + endpoints[0].path
    line.key(path)
    line.begin()
    for endpoint in endpoints {
      line.key(endpoint.method.lowercased())
      line.begin()
      line.member(
        "operationId", endpoint.name + (prefix.hasSuffix("}") ? "OfWorkspace" : ""))
      line.member("summary", endpoint.summary)
      tellParameters(endpoint, path, &line)
      if endpoint.takesEvents {
        line.name("requestBody")
        line.raw(Array(Self.eventsBody.utf8))
      }
      tellAnswers(endpoint, path, &line)
      line.end()
    }
    line.end()
  }

  private func tellParameters(_ endpoint: Endpoint, _ path: String, _ line: inout JSONLine) {
    line.name("parameters")
    line.begin("[")
    for part in path.split(separator: "/") where part.hasPrefix("{") {
      line.begin()
      line.member("name", String(part.dropFirst().dropLast()))
      line.member("in", "path")
      line.member("required", true)
      line.name("schema")
      line.raw(
        part == "{workspace}"
          ? Schemas.words(workspaces) : Array(#"{"type":"string","minLength":1}"#.utf8))
      line.end()
    }
    for parameter in endpoint.parameters {
      line.begin()
      line.member("name", parameter.name)
      line.member("in", "query")
      line.member("description", parameter.summary)
      line.name("schema")
      line.raw(
        Array(
          (parameter.isNumber
            ? #"{"type":"integer","minimum":0,"maximum":\#(Int64.max)}"# : #"{"type":"string"}"#)
            .utf8))
      line.end()
    }
    if endpoint.takesEvents {
      line.begin()
      line.member("name", "Idempotency-Key")
      line.member("in", "header")
      line.member("description", "Sent again with the same body, nothing is done twice")
      line.name("schema")
      line.raw(Schemas.key)
      line.end()
    }
    line.end("]")
  }

  private func tellAnswers(_ endpoint: Endpoint, _ path: String, _ line: inout JSONLine) {
    line.name("responses")
    line.begin()
    line.name("200")
    line.begin()
    line.member("description", "As asked")
    line.name("content")
    line.begin()
    line.key(endpoint.contentType)
    line.raw(
      Array("{\"schema\":{\"$ref\":\"#/components/schemas/\(endpoint.answer)\"}}".utf8))
    line.end()
    line.end()
    for (status, words) in Self.problems(endpoint, path).sorted(by: { $0.0 < $1.0 }) {
      line.key("\(status)")
      line.begin()
      line.member("description", words)
      // A busy journal is told so by the answer that also says it of a good one.
      let isHealth = endpoint.answer == "Health" && status == 503
      line.name("content")
      line.raw(Array((isHealth ? Self.unwell : Self.problemBody).utf8))
      line.end()
    }
    line.end()
  }

  private static let problemBody =
    ##"{"application/json":{"schema":{"$ref":"#/components/schemas/Error"}},"##
    + ##""application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}"##
  private static let unwell =
    ##"{"application/json":{"schema":{"$ref":"#/components/schemas/Health"}},"##
    + ##""application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}"##

  /// What can come instead of a good answer.
  private static func problems(_ endpoint: Endpoint, _ path: String) -> [(Int, String)] {
    var problems = [
      (400, "It cannot be read"), (401, "The token is missing or wrong"),
      (403, "A page of another host asks"), (413, "The body is too large"),
      (421, "Another host is named"), (429, "Too many requests"),
      (503, "Busy, or shutting down, or the journal cannot be used"),
    ]
    if path.contains("{") { problems.append((404, "There is nothing of this name")) }
    if endpoint.takesEvents {
      problems += [
        (415, "It is not JSON"),
        (422, "It can be read and makes no sense, or its key was used with another body"),
        (507, "The journal has no room"),
      ]
    }
    return problems
  }
}
