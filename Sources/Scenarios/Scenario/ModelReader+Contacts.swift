import Engine
import Sampling

extension ModelReader {
  func population(_ name: Name, _ value: ValueReader) -> Population? {
    guard let mapping = value.mapping(ScenarioKeys.population) else { return nil }
    let arrivals = self.arrivals(mapping)
    let channels = channelShares(mapping["channels"], name)
    let questions = mapping.optional("questions", else: .one) { self.questions($0) }
    let thinkTime = mapping.optional("think_time", else: .none) { distribution($0, "think_time") }
    let patience = mapping.optional("patience") { value -> Distribution?? in
      if value.scalarText == "off" { return .some(nil) }
      return distribution(value, "patience").map { .some($0) }
    }
    var choices = Choices()
    mapping.set(choice: "patience_until", &choices, \.until)
    mapping.set(choice: "giving_up", &choices, \.givingUp)
    let known = mapping["known"].flatMap { $0.mapping(ScenarioKeys.known) }
    let knownShare = known?.optional("share", else: 0) { $0.share() } ?? 0
    let assignedShare = known?.optional("assigned", else: 0) { $0.share() } ?? 0
    let returns = mapping.optional("returns") { self.returns($0) }
    let fields = mapping.optional("fields", else: []) { self.fields($0) }
    let answers = mapping.optional("answers", else: .valid) { self.answers($0) }
    let spam = mapping.optional("spam") { self.spam($0) }
    let secondChannel = mapping.optional("second_channel") {
      self.secondChannel($0, beside: channels?.ids)
    }
    let opening = mapping.optional("opened_by", else: nil) { self.opening($0, of: name) }
    let ratings = mapping.optional("csat") { self.ratings($0) }
    guard let arrivals, let channels, let questions, let thinkTime, let patience, let returns,
      let fields, let answers, let spam, let secondChannel, let opening, let ratings
    else { return nil }
    checkOpening(opening, mapping, at: name)
    if let opening, !opening.contactBegins {
      for channel in channels.ids {
        warnOfWindow(
          channel.index, "nobody of '\(name.text)' can be written to first",
          at: mapping["channels"]?.span ?? name.span)
      }
    }
    return Population(
      name: name.text, arrivals: arrivals, channels: channels.ids, channelShares: channels.shares,
      questions: questions, thinkTime: thinkTime, patience: patience ?? nil,
      patienceUntil: choices.until, givingUp: choices.givingUp, knownShare: knownShare,
      assignedShare: assignedShare, returns: returns, fields: fields, answers: answers,
      spam: spam, secondChannel: secondChannel, opening: opening,
      ratings: ratings)
  }

  private struct Choices {
    var until = Population.PatienceEnd.start
    var givingUp = Population.GivingUp.closes
  }

  func distribution(_ value: ValueReader, _ what: String) -> Distribution? {
    value.distribution(what, .duration, files)
  }

  private func arrivals(_ mapping: Mapping) -> ArrivalProcess? {
    let volume = mapping.optional("volume", else: 1) { $0.multiple("volume") }
    guard let process = mapping["arrivals"]?.arrivals(files), let volume else { return nil }
    return (mapping["volume"] ?? mapping["arrivals"])?.possible(.number) {
      () throws(ImpossibleParameter) in try process.scaled(volume: volume)
    }
  }

  /// A conversation has at least the question that opens it.
  private func questions(_ value: ValueReader) -> CountDistribution? {
    guard let count = value.count("questions") else { return nil }
    guard count.mean > 0 else {
      value.error("a conversation has at least one question")
      return nil
    }
    return count
  }

  private func channelShares(
    _ value: ValueReader?, _ population: Name
  ) -> (ids: [ChannelID], shares: Shares)? {
    guard let value else {
      guard names.channels.count == 1 else {
        reading.problems.error(
          population.span,
          "the population '\(population.text)' needs the key 'channels': there are several",
          note: "known: " + names.channels.names.joined(separator: ", "))
        return nil
      }
      return one(ChannelID(0))
    }
    guard value.isMapping else {
      return names.position(of: value, "channel", \.channels).flatMap { one(ChannelID(UInt32($0))) }
    }
    guard let mapping = value.anyMapping("channels") else { return nil }
    var ids: [ChannelID] = []
    var shares: [Double] = []
    for entry in mapping.entries {
      let key = ValueReader(unresolved: Node(text: entry.key, at: entry.keySpan), reading)
      let id = names.position(of: key, "channel", \.channels)
      let share = ValueReader(entry.value, reading).share()
      guard let id, let share else { continue }
      ids.append(ChannelID(UInt32(id)))
      shares.append(share)
    }
    guard ids.count == mapping.entries.count else { return nil }
    return value.shares(shares).map { (ids, $0) }
  }

  private func one(_ channel: ChannelID) -> (ids: [ChannelID], shares: Shares)? {
    (try? Shares([1])).map { ([channel], $0) }
  }

  private func returns(_ value: ValueReader) -> Population.Returns? {
    guard let mapping = value.mapping(ScenarioKeys.returns) else { return nil }
    let chance = mapping["chance"].flatMap { $0.share("chance") }
    let after = mapping["after"].flatMap { distribution($0, "after") }
    guard let chance, let after else { return nil }
    return Population.Returns(chance: chance, after: after)
  }

  private func answers(_ value: ValueReader) -> Population.Answers? {
    guard let mapping = value.mapping(ScenarioKeys.answers) else { return nil }
    let valid = mapping.optional("valid", else: 1) { $0.share("valid") }
    let after = mapping.optional("after", else: .none) { distribution($0, "after") }
    let never = mapping.optional("never", else: 0) { $0.share("never") }
    guard let valid, let after, let never else { return nil }
    return Population.Answers(valid: valid, after: after, never: never)
  }

  /// `{email: 60%}`: so many have it; `{customer_type: {VIP: 5%, regular: 95%}}`: one of these.
  private func fields(_ value: ValueReader) -> [Population.Field]? {
    guard let entries = value.named("a field") else { return nil }
    let fields = entries.compactMap { name, value -> Population.Field? in
      names.setFields.insert(name.text)
      let field = names.field(name.text)
      guard value.isMapping else {
        guard let share = value.share(), let shares = try? Shares([share, 1 - share]) else {
          return nil
        }
        let value = names.kind(of: name.text).sample ?? name.text
        return Population.Field(field: field, values: [value, nil], shares: shares)
      }
      guard let mapping = value.anyMapping("values") else { return nil }
      checkKind(of: name.text, mapping)
      let shares = mapping.entries.compactMap { ValueReader($0.value, reading).share() }
      guard shares.count == mapping.entries.count else { return nil }
      return value.shares(shares).map {
        Population.Field(field: field, values: mapping.entries.map(\.key), shares: $0)
      }
    }
    return fields.count == entries.count ? fields : nil
  }

  /// The engine takes into a field only what is of its kind.
  private func checkKind(of field: String, _ values: Mapping) {
    let kind = names.kind(of: field)
    for entry in values.entries where kind.accept(.text(entry.key)) == nil {
      reading.problems.error(
        entry.keySpan, "the field '\(field)' is of the kind \(kind), which '\(entry.key)' is not")
    }
  }
}

extension FieldDefinition.Kind {
  /// Some value of the kind, for contacts of whom only matters that they have one; nil where any text does.
  fileprivate var sample: String? {
    switch self {
    case .text, .list: nil
    case .checkbox: "true"
    case .email: "someone@example.com"
    case .number: "1"
    case .url: "https://example.com"
    case .date: "2026-01-01"
    case .time: "09:00"
    case .phone: "+100000000"
    }
  }
}

extension ValueReader {
  /// Shares that must make 100%.
  func shares(_ shares: [Double]) -> Shares? {
    if shares.isEmpty {
      error("expected shares, found nothing")
      return nil
    }
    guard addUp(shares) else { return nil }
    return possible(.number) { () throws(ImpossibleParameter) in try Shares(shares) }
  }
}

extension Distribution {
  /// No time at all.
  static let none: Distribution = {
    guard let none = try? Distribution.constant(0) else {
      preconditionFailure("the constant 0 is a distribution")
    }
    return none
  }()
}

extension CountDistribution {
  /// Always one.
  static let one: CountDistribution = {
    guard let one = try? CountDistribution.constant(1) else {
      preconditionFailure("the constant 1 is a count")
    }
    return one
  }()
}

extension Population.Answers {
  /// Always, at once, and right.
  static let valid = Population.Answers(valid: 1, after: .none, never: 0)
}
