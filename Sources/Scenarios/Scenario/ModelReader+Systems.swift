import Engine
import Sampling

extension ModelReader {
  /// The channels; a scenario that names none has one without delay, failure or limit.
  func channels(_ value: ValueReader?) -> [ChannelSettings] {
    guard let value else {
      _ = names.channels.intern("direct")
      windows.append(nil)
      let nothing = ValueReader(Node(.mapping([]), at: topSpan), reading)
      return nothing.mapping(ScenarioKeys.channel).flatMap { channel("direct", $0) }.map { [$0] }
        ?? []
    }
    let entries = value.named("a channel") ?? []
    if entries.isEmpty, value.isMapping { value.error("a scenario needs at least one channel") }
    return entries.compactMap { name, value in
      _ = names.channels.intern(name.text)
      let settings = value.mapping(ScenarioKeys.channel).flatMap { channel(name.text, $0) }
      // Where a template goes out instead, the window keeps nothing back.
      windows.append(settings.flatMap { $0.templates ? nil : $0.window })
      return settings
    }
  }

  /// A place for what stands nowhere: the beginning of a text that is never shown.
  private var topSpan: SourceSpan {
    let start = SourcePosition(line: 1, column: 1)
    return SourceSpan(
      source: SourceFile(name: "defaults", text: ""), start: start, end: start)
  }

  private func channel(_ name: String, _ mapping: Mapping) -> ChannelSettings? {
    let kinds = ChannelKind.allCases.map(\.rawValue)
    let kind = mapping.optional("kind", else: ChannelKind.direct) { value in
      guard let text = value.filledText("a kind of channel") else { return nil }
      if let kind = ChannelKind(rawValue: text) { return kind }
      reading.problems.unknownName("kind of channel", text, at: value.span, known: kinds)
      return nil
    }
    guard let kind else { return nil }
    let delivery = setting("delivery", mapping, kind).flatMap { distribution($0, "delivery") }
    let failure = setting("failure", mapping, kind).flatMap { $0.share("failure") }
    let throughput = setting("throughput", mapping, kind).flatMap { value -> Rate?? in
      if value.scalarText == "off" { return .some(nil) }
      return value.rate("throughput").map { .some($0) }
    }
    let queue = setting("queue", mapping, kind).flatMap { offOrPositive($0, "queue") }
    let window = setting("window", mapping, kind).flatMap { offOrPositive($0, "window") }
    let templates = setting("templates", mapping, kind).flatMap {
      $0.isMapping ? true : $0.toggle()
    }
    let extras = channelExtras(mapping)
    guard let delivery, let failure, let throughput, let queue, let window, let templates,
      let extras
    else { return nil }
    return ChannelSettings(
      name: name, kind: kind, delivery: delivery, failure: failure, throughput: throughput,
      queue: queue, window: window, templates: templates, extras: extras,
      isDisturbed: !extras.isNothing)
  }

  /// A setting of the file, or what the channel's kind presets.
  private func setting(_ key: String, _ mapping: Mapping, _ kind: ChannelKind) -> ValueReader? {
    if let value = mapping[key] { return value }
    guard let preset = kind.presets.first(where: { $0.key == key })?.value else { return nil }
    return Node.read(SourceFile(name: "presets", text: preset), reading.problems).map {
      ValueReader($0, reading)
    }
  }

  private func offOrPositive(_ value: ValueReader, _ what: String) -> EngineDuration?? {
    if value.scalarText == "off" { return .some(nil) }
    return value.positiveDuration(what).map { .some($0) }
  }

  func services(_ value: ValueReader?) -> [ServiceSettings] {
    let entries = value?.named("a service") ?? []
    for entry in entries { _ = names.services.intern(entry.name.text) }
    return entries.compactMap { service($0.name, $0.value) }
  }

  private func service(_ name: Name, _ value: ValueReader) -> ServiceSettings? {
    guard let mapping = value.mapping(ScenarioKeys.service) else { return nil }
    let latency = mapping.optional("latency", else: .none) { distribution($0, "latency") }
    let failure = mapping.optional("failure", else: 0) { $0.share("failure") }
    let answers = mapping.optional("answers", else: []) { value -> [ServiceSettings.Answer]? in
      guard let members = value.anyMapping("answers") else { return nil }
      let found = members.entries.compactMap { entry in
        answer(ValueReader(entry.value, reading)).map {
          ServiceSettings.Answer(name: entry.key, value: $0)
        }
      }
      return found.count == members.entries.count ? found : nil
    }
    guard let latency, let failure, let answers else { return nil }
    return ServiceSettings(name: name.text, latency: latency, failure: failure, answers: answers)
  }

  private func answer(_ value: ValueReader) -> ServiceSettings.AnswerValue? {
    if value.isMapping { return value.distribution("an answer", .either, files).map { .drawn($0) } }
    guard let template = value.template("an answer", WorkflowScope(names: names)) else {
      return nil
    }
    for case .subject(let operand) in template.parts {
      switch operand {
      case .contactField, .contact: continue
      default:
        value.error("a service knows the contact only", hint: "for example '$contact.email'")
        return nil
      }
    }
    return .text(template)
  }
}
