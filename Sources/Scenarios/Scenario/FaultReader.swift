import Engine
import Sampling

/// Reads what goes wrong.
struct FaultReader {
  let reading: Reading
  let names: WorkspaceNames
  let files: DataFolder

  /// The faults in the order of the file.
  func faults(_ value: ValueReader?) -> [FaultSettings] {
    (value?.named("a fault") ?? []).compactMap { name, value in
      value.mapping(ScenarioKeys.fault).flatMap { fault(name, $0) }
    }
  }

  private func fault(_ name: Name, _ mapping: Mapping) -> FaultSettings? {
    let kinds = ScenarioKeys.faultKinds
    guard let (key, value) = mapping.only(of: kinds.map(\.key), subject: "a fault") else {
      // A kind that was misspelled has been told already.
      guard mapping.entries.allSatisfy({ ScenarioKeys.fault.names.contains($0.key) }) else {
        return nil
      }
      reading.problems.error(
        name.span, "the fault '\(name.text)' does not say what goes wrong",
        note: "one of " + kinds.map(\.key).joined(separator: ", "))
      return nil
    }
    let table = kinds.first { $0.key == key }?.table
    let kind = table.flatMap { value.mapping($0) }.flatMap { self.kind(key, $0) }
    let at = mapping.optional("at") { $0.duration("at") }
    let every = mapping.optional("every") { self.every($0) }
    let length = mapping.optional("for") { $0.distribution("for", .duration, files) }
    guard let kind, let at, let every, let length else { return nil }
    let fault = FaultSettings(name: name.text, kind: kind, at: at, every: every, length: length)
    return check(fault, name, mapping) ? fault : nil
  }

  private func every(_ value: ValueReader) -> Distribution? {
    guard let every = value.distribution("every", .duration, files) else { return nil }
    guard every.mean > 0 else {
      value.error("a fault that comes again without any time between never ends")
      return nil
    }
    return every
  }

  /// Whether the times go with what happens.
  private func check(_ fault: FaultSettings, _ name: Name, _ mapping: Mapping) -> Bool {
    if fault.isMomentary, fault.at == nil, fault.every == nil {
      reading.problems.error(
        name.span, "the fault '\(name.text)' does not say when",
        hint: "for example 'at: 2 h', or 'every: {exponential: 1 h}'")
      return false
    }
    if case .logIn = fault.kind, let value = mapping["for"] {
      value.error("who logs in stays: 'log_in' takes no 'for'")
      return false
    }
    if !fault.isMomentary, fault.every != nil, fault.length == nil {
      reading.problems.error(
        mapping.keySpan("every") ?? name.span,
        "the fault '\(name.text)' never ends, so it cannot come again",
        hint: "say how long it lasts: 'for: 10 min'")
      return false
    }
    return true
  }

  private func kind(_ key: String, _ mapping: Mapping) -> FaultSettings.Kind? {
    switch key {
    case "channel_down": return channel(mapping).map { .channelDown($0) }
    case "duplicate_messages":
      let after = mapping.optional("after", else: .none) {
        $0.distribution("after", .duration, files)
      }
      guard let channel = channel(mapping), let share = share(mapping, nil), let after else {
        return nil
      }
      return .duplicateMessages(channel, share: share, after: after)
    case "late_messages":
      let by = mapping["by"].flatMap { $0.distribution("by", .duration, files) }
      guard let channel = channel(mapping), let share = share(mapping, nil), let by else {
        return nil
      }
      return .lateMessages(channel, share: share, by: by)
    case "agents_drop":
      guard let team = team(mapping), let share = share(mapping, 1) else { return nil }
      return .agentsDrop(team, share: share)
    case "log_out": return team(mapping).map { .logOut($0) }
    case "log_in": return team(mapping).map { .logIn($0) }
    case "engine_restarts": return .engineRestarts
    default: return kindOfService(key, mapping)
    }
  }

  private func kindOfService(_ key: String, _ mapping: Mapping) -> FaultSettings.Kind? {
    guard let service = only("service", mapping, \.services).map({ ServiceID(UInt32($0)) }) else {
      return nil
    }
    switch key {
    case "service_down": return .serviceDown(service)
    case "service_redirects": return .serviceRedirects(service)
    case "service_garbage": return share(mapping, 1).map { .serviceGarbage(service, share: $0) }
    default: return slowness(mapping).map { .serviceSlow(service, $0) }
    }
  }

  private func slowness(_ mapping: Mapping) -> FaultSettings.Slowness? {
    guard let (key, value) = mapping.only(of: ["times", "latency"], subject: "service_slow") else {
      reading.problems.error(
        mapping.span, "service_slow needs the key 'times' or 'latency'",
        hint: "for example 'times: 10', or 'latency: {exponential: 20 s}'")
      return nil
    }
    if key == "latency" {
      return value.distribution("latency", .duration, files).map { .latency($0) }
    }
    guard let times = value.number("times") else { return nil }
    guard times >= 1, times <= 1e6 else {
      value.error("a slow service takes 1 to 1,000,000 times its latency")
      return nil
    }
    return .times(times)
  }

  // MARK: - What it concerns

  private func channel(_ mapping: Mapping) -> ChannelID? {
    only("channel", mapping, \.channels).map { ChannelID(UInt32($0)) }
  }

  /// The team, nil within for all agents.
  private func team(_ mapping: Mapping) -> TeamID?? {
    mapping.optional("team") { value in
      names.position(of: value, "team", \.teams).map { TeamID(UInt32($0)) }
    }
  }

  private func share(_ mapping: Mapping, _ standard: Double?) -> Double? {
    mapping["share"].map { $0.share("share") } ?? standard
  }

  /// The position of what a key names; the key may be left out where there is only one.
  private func only(
    _ key: String, _ mapping: Mapping, _ table: ReferenceWritableKeyPath<WorkspaceNames, NameTable>
  ) -> Int? {
    if let value = mapping[key] { return names.position(of: value, key, table) }
    let known = names[keyPath: table].names
    if known.count == 1 { return 0 }
    reading.problems.error(
      mapping.span,
      known.isEmpty
        ? "the scenario has no \(key) that could fail"
        : "the fault needs the key '\(key)': there are several",
      note: known.isEmpty ? nil : "known: " + known.joined(separator: ", "))
    return nil
  }
}

extension FaultSettings {
  /// Whether it is over as soon as it has come, as far as the fault goes: what follows takes its course.
  var isMomentary: Bool {
    switch kind {
    case .agentsDrop, .logOut, .logIn, .engineRestarts: true
    default: false
    }
  }

  /// The channel that it concerns.
  var channel: ChannelID? {
    switch kind {
    case .channelDown(let channel), .duplicateMessages(let channel, _, _),
      .lateMessages(let channel, _, _):
      channel
    default: nil
    }
  }
}

extension [ChannelSettings] {
  /// Tells the channels what may happen to their messages.
  mutating func note(_ faults: [FaultSettings]) {
    for fault in faults {
      if case .engineRestarts = fault.kind, let length = fault.length, length.mean > 0 {
        // What comes while nobody is there to take it must wait on its way.
        for index in indices { self[index].isDisturbed = true }
      }
      guard let index = fault.channel?.index, indices.contains(index) else { continue }
      self[index].isDisturbed = true
      if case .channelDown = fault.kind { self[index].hasOutages = true }
    }
  }
}
