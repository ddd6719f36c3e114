import Engine
import Measurement
import Sampling
import Scenarios

/// What was assumed, in plain words: for people who will never open the scenario file.
struct PlainInputs {
  let inputs: [ResultDocument.Input]

  init(_ scenario: Scenario) {
    let model = (scenario.strategies.first ?? scenario.standard).model
    var inputs: [ResultDocument.Input] = []
    let start = WeekTime(
      dayOfWeek: Int(scenario.start.weekday.rawValue), second: Double(scenario.start.secondOfDay))
    let changes =
      model.settings.timeZones.first?.clockChanges(after: model.settings.epoch) ?? []
    for population in model.populations {
      inputs.append(
        ResultDocument.Input(
          title: "Customers, \(population.name)",
          text: Self.customers(
            population, seconds: scenario.duration.inSeconds, start: start,
            changes: changes)))
    }
    for part in model.imports {
      inputs.append(
        ResultDocument.Input(
          title: "Import \(part.name)",
          text:
            "\(Self.number(Double(part.count))) contacts, \(Self.time(part.at.inSeconds)) after the start"
        ))
    }
    for broadcast in model.broadcasts {
      inputs.append(
        ResultDocument.Input(
          title: "Broadcast \(broadcast.name)", text: Self.broadcast(broadcast, model)))
    }
    for team in model.teams {
      inputs.append(
        ResultDocument.Input(title: "Team \(team.name)", text: Self.team(team, model)))
    }
    let others = model.agents.filter { $0.team == nil }
    if !others.isEmpty {
      inputs.append(
        ResultDocument.Input(
          title: "Outside the teams", text: others.map(\.name).joined(separator: ", ")))
    }
    for supervisor in model.supervisors {
      inputs.append(
        ResultDocument.Input(
          title: "Manager \(model.agents[supervisor.agent].name)",
          text:
            "looks every \(Self.time(supervisor.every.mean)) and gives to others by hand what has "
            + "waited for \(Self.time(supervisor.waiting.inSeconds))"))
    }
    for channel in model.channels {
      inputs.append(
        ResultDocument.Input(title: "Channel \(channel.name)", text: Self.channel(channel)))
    }
    for webhook in model.webhooks {
      inputs.append(
        ResultDocument.Input(title: "Webhook \(webhook.name)", text: Self.webhook(webhook)))
    }
    if let limit = model.apiLimit {
      inputs.append(
        ResultDocument.Input(
          title: "Developer API",
          text:
            "\(Self.number(limit.count)) calls of a method in \(Self.time(limit.seconds)) at most"))
    }
    if !model.workflows.isEmpty {
      inputs.append(
        ResultDocument.Input(
          title: "Workflows", text: model.workflows.map(\.name).joined(separator: ", ")))
    }
    self.inputs = inputs
  }

  private static func customers(
    _ population: Population, seconds: Double, start: WeekTime, changes: [ClockChange]
  ) -> String {
    let count = population.arrivals.expectedCount(
      from: 0, to: seconds, start: start, changes: changes)
    let first = population.returns == nil ? "" : ", those of customers who return not counted"
    var parts = ["about \(number(count)) conversations a run" + first]
    if let opening = population.opening { parts.append(Self.opening(opening)) }
    parts.append("\(number(population.questions.mean)) questions each on average")
    if population.thinkTime.mean > 0 {
      parts.append("\(time(population.thinkTime.mean)) of thought between them")
    }
    if let patience = population.patience {
      let until = population.patienceUntil == .start ? "an agent to start" : "the answer"
      parts.append("wait \(time(patience.mean)) on average for \(until) before they give up")
    } else {
      parts.append("wait as long as it takes")
    }
    if let returns = population.returns {
      parts.append("\(number(returns.chance * 100)) % write again later")
    }
    if let spam = population.spam { parts.append("\(number(spam.share * 100)) % are junk") }
    if let second = population.secondChannel {
      parts.append(
        "\(number(second.share * 100)) % write on a second channel too, after "
          + "\(time(second.after.mean)) without an answer")
    }
    return parts.joined(separator: "; ")
  }

  private static func opening(_ opening: Population.Opening) -> String {
    let way: String
    switch opening.way {
    case .ad(let ad): way = "begun by a click on the ad \(ad)"
    case .widget: way = "begun at a growth widget"
    case .webhook(let name, _): way = "brought by the webhook \(name)"
    case .program(let source): way = "opened by \(source)"
    case .user: way = "begun by an agent who writes first"
    }
    return way + ", \(number(opening.writing * 100)) % of the contacts then write"
  }

  private static func broadcast(_ broadcast: BroadcastSettings, _ model: Model) -> String {
    let whom =
      broadcast.segment == nil
      ? "\(number(Double(broadcast.recipients))) contacts" : "a segment of the address book"
    var parts = ["to \(whom) on " + model.channels[broadcast.channel.index].name]
    parts.append("\(time(broadcast.at.inSeconds)) after the start")
    if broadcast.repeats != .never { parts.append(broadcast.repeats.rawValue) }
    if let pace = broadcast.pace { parts.append("at most \(number(pace.perSecond * 60)) a minute") }
    parts.append(
      "\(number(broadcast.replyShare * 100)) % write back, "
        + "\(time(broadcast.replyDelay.mean)) later on average")
    return parts.joined(separator: "; ")
  }

  private static func team(_ team: TeamSettings, _ model: Model) -> String {
    guard let first = team.members.first else { return "nobody" }
    let style = model.style(of: model.agents[first])
    var parts = ["\(team.members.count) agent\(team.members.count == 1 ? "" : "s")"]
    switch style.attention {
    case .serial: parts.append("one conversation at a time")
    case .parallel(let slots): parts.append("\(slots) conversations at once")
    case .shared(let speeds):
      parts.append("up to \(speeds.count) conversations at once, sharing their attention")
    }
    parts.append("\(time(style.meanReplyTime)) of work an answer on average")
    if !style.inbox.isEmpty {
      parts.append(
        "an inbox of \(style.inbox.count) view\(style.inbox.count == 1 ? "" : "s") says what is taken first"
      )
    }
    for assist in style.assists {
      parts.append(
        "\(number(assist.share * 100)) % of answers with \(assist.name), which take "
          + "\(number(assist.factor)) times the work")
    }
    if style.wrapUp.mean > 0 { parts.append("\(time(style.wrapUp.mean)) to wrap up") }
    if let away = style.away {
      parts.append("away for \(time(away.length.mean)) after every \(time(away.after.mean))")
    }
    if !style.shifts.isEmpty { parts.append("on shift part of the day") }
    if let grabs = style.grabs {
      parts.append(
        "each takes \(number(grabs.chance * 100)) % of new conversations for himself, whoever has "
          + "them")
    }
    return parts.joined(separator: "; ")
  }

  private static func webhook(_ webhook: WebhookSettings) -> String {
    var parts = ["is told of " + webhook.events.map(\.rawValue).joined(separator: ", ")]
    parts.append("answers after \(time(webhook.latency.mean)) on average")
    if webhook.failure > 0 {
      parts.append("\(number(webhook.failure * 100)) % of the answers are not 200")
    }
    if let most = webhook.disabledAfter {
      parts.append("is disabled after \(most) of these in a row")
    }
    return parts.joined(separator: "; ")
  }

  private static func channel(_ channel: ChannelSettings) -> String {
    var parts: [String] = []
    let delay = channel.delivery.mean
    parts.append(delay > 0 ? "messages take \(time(delay)) on average" : "messages arrive at once")
    if channel.failure > 0 { parts.append("\(number(channel.failure * 100)) % are lost") }
    if let throughput = channel.throughput {
      parts.append("at most \(number(throughput.perSecond)) a second")
    }
    parts += extras(channel.extras)
    return parts.joined(separator: "; ")
  }

  private static func extras(_ extras: ChannelExtras) -> [String] {
    var parts: [String] = []
    if let duplicates = extras.duplicates {
      parts.append("\(number(duplicates.share * 100)) % of contacts' messages come twice")
    }
    if let late = extras.late {
      parts.append(
        "\(number(late.share * 100)) % of contacts' messages come \(time(late.delay.mean)) late on average"
      )
    }
    if let session = extras.session {
      parts.append("visitors leave the page after \(time(session.mean)) on average")
    }
    if let limit = extras.pairLimit {
      parts.append(
        "one message every \(time(limit.every.inSeconds)) to one person, \(limit.burst) in a burst")
    }
    if let tier = extras.tier {
      parts.append("the business writes first to \(number(Double(tier))) persons a day at most")
    }
    if let approval = extras.approvedAfter {
      parts.append("templates are approved \(time(approval.inSeconds)) after the start")
    }
    if let price = extras.price {
      parts.append(
        "a conversation of 24 h costs \(number(price.contact)), or \(number(price.business)) where the "
          + "business wrote first")
    }
    return parts
  }

  /// A number as people write it: no more than three digits that mean something.
  private static func number(_ value: Double) -> String {
    guard value.isFinite else { return "unlimited" }
    if value >= 100 || value == value.rounded() { return "\(Int(min(value, 9e15).rounded()))" }
    if value < 0.1 { return "\((value * 1_000).rounded() / 1_000)" }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }

  private static func time(_ seconds: Double) -> String {
    guard seconds.isFinite else { return "for ever" }
    if seconds < 1 { return "\(number(seconds * 1_000)) ms" }
    if seconds < 120 { return "\(number(seconds)) s" }
    if seconds < 7_200 { return "\(number(seconds / 60)) min" }
    if seconds < 172_800 { return "\(number(seconds / 3_600)) h" }
    return "\(number(seconds / 86_400)) d"
  }
}
