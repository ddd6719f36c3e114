import Engine
import Sampling

extension WorkflowReader {
  func httpRequest(_ value: ValueReader) -> HTTPRequest? {
    guard let mapping = value.mapping(Self.requestKeys) else { return nil }
    let service = mapping["service"].flatMap { known($0, "service", \.services) }
    let method = mapping.optional("method", else: "GET") { self.method($0) }
    let url = mapping.optional("url", else: "") { $0.template("an address", scope) }
    let body = mapping.optional("body", else: "") { $0.template("a body", scope) }
    let headers = mapping.optional("headers", else: []) { self.headers($0) }
    let save = mapping.optional("save", else: []) { mappings($0) }
    let status = mapping.optional("status") { $0.filledText("a variable") }
    guard let service, let method, let url, let body, let headers, let save, let status else {
      return nil
    }
    return HTTPRequest(
      service: ServiceID(service), method: method, url: url, headers: headers, body: body,
      save: save, status: status)
  }

  private func method(_ value: ValueReader) -> String? {
    guard let text = value.filledText("a method") else { return nil }
    if Self.methods.contains(text) { return text }
    reading.problems.unknownName("method", text, at: value.span, known: Self.methods)
    return nil
  }

  private func headers(_ value: ValueReader) -> [HTTPRequest.Header]? {
    guard let mapping = value.anyMapping("headers") else { return nil }
    let headers = mapping.entries.compactMap { entry in
      ValueReader(entry.value, reading).template("a header", scope).map {
        HTTPRequest.Header(entry.key, $0)
      }
    }
    return headers.count == mapping.entries.count ? headers : nil
  }

  private func mappings(_ value: ValueReader) -> [HTTPRequest.Mapping]? {
    guard let mapping = value.anyMapping("what is saved of an answer") else { return nil }
    var found: [HTTPRequest.Mapping] = []
    for entry in mapping.entries {
      let reader = ValueReader(unresolved: entry.value, reading)
      guard let text = reader.filledText("a path such as $.customerType") else { continue }
      guard text.hasPrefix("$."), let path = JSONPath(text) else {
        reader.error(
          "expected a path into the answer, found \(quoted(text))",
          hint: "for example '$.customerType'")
        continue
      }
      found.append(HTTPRequest.Mapping(entry.key, path))
    }
    return found.count == mapping.entries.count ? found : nil
  }

  func addSheetRow(_ value: ValueReader) -> StepAction? {
    guard let mapping = value.mapping(Self.sheetKeys) else { return nil }
    let service = mapping["service"].flatMap { known($0, "service", \.services) }
    guard let values = mapping["values"]?.anyMapping("the values of a row") else { return nil }
    let cells = values.entries.compactMap { entry in
      ValueReader(entry.value, reading).template("a value", scope).map { SheetCell(entry.key, $0) }
    }
    guard let service, cells.count == values.entries.count else { return nil }
    return .addSheetRow(service: ServiceID(service), values: cells)
  }

  func aiAgent(_ value: ValueReader, ways: ValueReader?) -> AIAgent? {
    guard let mapping = value.mapping(Self.agentKeys) else { return nil }
    let idle = mapping.optional("idle", else: .minutes(60)) { limited($0, "idle") }
    let ways = ways.map { self.ways($0) } ?? .some([])
    let latency = mapping.optional("latency", else: .none) {
      $0.distribution("latency", .duration, files)
    }
    let outcomes = mapping.optional("outcomes", else: [(.success, 1)]) { self.outcomes($0) }
    guard let idle, let ways, let latency, let outcomes,
      let shares = (mapping["outcomes"] ?? value).shares(outcomes.map(\.share))
    else { return nil }
    let settings = AIAgentSettings(
      outcomes: outcomes.map(\.outcome), shares: shares, latency: latency)
    return AIAgent(outcomes: ways, idle: idle, key: aiAgents.add(settings))
  }

  private func outcomes(_ value: ValueReader) -> [(outcome: AIAgent.Outcome, share: Double)]? {
    guard let mapping = value.mapping(Self.outcomeKeys) else { return nil }
    var isSound = true
    let found = AIAgent.Outcome.allCases.compactMap { outcome -> (AIAgent.Outcome, Double)? in
      guard let written = mapping[outcome.rawValue] else { return nil }
      guard let share = written.share() else {
        isSound = false
        return nil
      }
      return (outcome, share)
    }
    return isSound ? found.map { (outcome: $0.0, share: $0.1) } : nil
  }

  private func ways(_ value: ValueReader) -> [AIAgent.Way]? {
    guard let mapping = value.mapping(Self.agentOutcomes) else { return nil }
    var ways: [AIAgent.Way] = []
    var isSound = true
    for outcome in AIAgent.Outcome.allCases {
      guard let list = mapping[outcome.rawValue] else { continue }
      if let steps = steps(list) {
        ways.append(AIAgent.Way(outcome, steps: steps))
      } else {
        isSound = false
      }
    }
    return isSound ? ways : nil
  }
}
