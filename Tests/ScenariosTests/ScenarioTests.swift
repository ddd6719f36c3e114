import Engine
import Measurement
import Sampling
import Testing

@testable import Scenarios

/// The example of the format, every key in it.
let example = """
  name: Support desk, Monday
  description: Which way of assigning answers customers sooner?
  seed: 20261123
  start: 2026-11-23 09:00
  time_zone: UTC
  duration: 8 h
  warmup: 30 min
  replications: 30

  parameters: {logic: round_robin, agents: 12, online_only: true, volume: 100%}
  strategies:
    round robin: {logic: round_robin}
    least open:  {logic: least_open}

  channels:
    whatsapp: {kind: whatsapp, delivery: {lognormal: {median: 600 ms, p95: 3 s}}, failure: 0.5%, throughput: 80 per second}
    web:      {kind: website_chat}

  services:
    crm: {latency: {lognormal: {median: 200 ms, p95: 2 s}}, failure: 1%, answers: {customerType: $contact.customer_type, seconds: {exponential: 15 min}}}

  contacts:
    everyday:
      arrivals: {poisson: 90 per hour}
      volume: $volume
      channels: {whatsapp: 80%, web: 20%}
      questions: {geometric: 2.5}
      think_time: {lognormal: {median: 40 s, p90: 4 min}}
      patience: {exponential: 40 min}
      patience_until: start
      giving_up: closes
      known: {share: 35%, assigned: 0%}
      returns: {chance: 10%, after: {exponential: 1 d}}
      fields: {email: 60%, customer_type: {VIP: 5%, regular: 95%}}
      answers: {valid: 85%, after: {exponential: 30 s}, never: 3%}
      spam: {share: 4%, recognition: {exponential: 15 s}, blocked: 50%, category: junk}
      second_channel: {share: 8%, channel: web, after: {exponential: 10 min}, noticed: 70%}

  broadcasts:
    winter sale: {recipients: 4000, population: everyday, channel: whatsapp, at: 1 h, repeats: never, pace: 30 per second, reads: 45%, replies: {share: 12%, after: {lognormal: {median: 10 min, p90: 3 h}}}}

  teams:
    support:
      agents: $agents
      attention: serial
      reply_time: {lognormal: {median: 50 s, p90: 2 min}}
      wrap_up: 20 s
      greets: false
      picks: nothing
      shift: {days: mon-fri, hours: ["09:00-13:00", "14:00-18:00"]}
      away: {after: {exponential: 50 min}, for: {exponential: 8 min}}
      leaving: finish_first
      forgets_to_close: 0%
      finishes_anyway: false
      cost: 24 per hour
      grabs: {chance: 30%, after: {exponential: 5 s}}
    sales:
      agents: [zoe, {name: yan, limit: 3, weight: 2, attention: {shared: [1, 1.7]}}]
      reply_time: 1 min
      attention: {parallel: 4}

  users:
    maria: {reply_time: {exponential: 3 min}, role: manager, sees: own, supervises: {every: {exponential: 10 min}, waiting: 15 min, away: true, overloaded: 6, unassigned: false, at_most: 5, to: support}}

  workspace:
    unassign_on_close: false
    auto_close: off
    inactivity: off
    limits: {jumps: 10, steps: 100, wait: 7 d, branches: 9, conditions: 10}
    policies: {last_outgoing_counts: users}

  workflows:
    assignment:
      trigger: {conversation_opened: {source: contact}}
      steps:
        - send_message: Hello! We will be with you shortly.
        - assign_to: {team: support, logic: $logic, only_online: $online_only, fewer_than: 6, timeout: 2 h}
        - wait: 15 min
        - branch:
            - name: Not answered yet
              when: {all: [conversation_status = open, time_since_last_outgoing_message does not exist]}
              steps:
                - assign_to: {team: support, logic: least_open, only_online: true, exclude_current: true}
                - add_comment: Moved after 15 minutes without an answer.

  goals:
    - first_response.within(5 min) >= 80%
    - first_response.p90 <= 10 min
    - reassigned <= 5%
  """

/// The shortest scenario that runs, with lines of one's own.
func small(_ more: String = "", contacts: String = "", team: String = "") -> String {
  """
  name: x
  duration: 8 h
  contacts: {all: {arrivals: {poisson: 9 per hour}\(contacts)}}
  teams: {support: {agents: 2, reply_time: 1 min\(team)}}
  \(more)
  """
}

/// A scenario, or its problems as `line:column: message; hint`.
func scenario(
  _ text: String, _ overrides: [Override] = []
) -> (scenario: Scenario?, problems: [String]) {
  do throws(Diagnostics) {
    return (try Scenario.read(SourceFile(name: "s", text: text), overrides: overrides), [])
  } catch {
    return (
      nil,
      error.all.map { problem in
        let file = problem.file == "s" ? "" : problem.file + ":"
        return "\(file)\(problem.line ?? 0):\(problem.column ?? 0): \(problem.message)"
          + (problem.hint.map { "; \($0)" } ?? "")
      }
    )
  }
}

@Suite struct `Scenario files` {
  @Test func `the example of the format is read whole`() throws {
    let result = scenario(example)
    #expect(result.problems.isEmpty)
    let found = try #require(result.scenario)
    #expect(found.name == "Support desk, Monday")
    #expect(found.seed == 20_261_123)
    #expect(found.epoch == 1_795_424_400)
    #expect(found.duration == .hours(8))
    #expect(found.warmup == .fixed(.minutes(30)))
    #expect(found.replications == .fixed(30))
    #expect(found.goals.map(\.text).last == "reassigned <= 5%")
    #expect(found.strategies.map(\.name) == ["round robin", "least open"])
    #expect(found.standard.name == "default")
    #expect(
      found.strategies[1].parameters.map(\.name) == ["logic", "agents", "online_only", "volume"])
    #expect(found.strategies[1].parameters.map(\.value) == ["least_open", "12", "true", "100%"])
    #expect(found.warnings.all.isEmpty)

    let model = found.strategies[1].model
    #expect(model.channels.map(\.name) == ["whatsapp", "web"])
    #expect(model.channels[0].throughput == Rate(80, perSeconds: 1))
    #expect(model.channels[0].window == .hours(24))
    #expect(model.channels[0].templates)
    #expect(model.channels[1].throughput == nil)
    // Where a template goes out instead, the engine need not hold anything back.
    #expect(model.settings.channels.map(\.window) == [nil, nil])
    #expect(model.services[0].failure == 0.01)
    #expect(model.services[0].answers.map(\.name) == ["customerType", "seconds"])
    let everyday = model.populations[0]
    #expect(everyday.channels == [ChannelID(0), ChannelID(1)])
    #expect(everyday.channelShares[0] == 0.8)
    #expect(everyday.patience == (try? .exponential(mean: 2_400)))
    #expect(everyday.knownShare == 0.35)
    #expect(everyday.returns?.chance == 0.1)
    #expect(everyday.fields.map(\.values) == [["someone@example.com", nil], ["VIP", "regular"]])
    #expect(everyday.answers.valid == 0.85)
    #expect(model.teams.map(\.members) == [0..<12, 12..<14])
    #expect(model.agents.map(\.name).suffix(4) == ["support-12", "zoe", "yan", "maria"])
    #expect(model.agents[13].limit == 3)
    #expect(model.agents[13].weight == 2)
    #expect(model.style(of: model.agents[12]).attention == .parallel(4))
    #expect(model.style(of: model.agents[13]).attention == .shared([1, 1.7]))
    #expect(model.style(of: model.agents[13]).attention.speed(of: 2) == 0.85)
    #expect(model.agents[14].team == nil)
    #expect(model.agents[14].role == .manager)
    #expect(model.agents[14].sees == .own)
    let support = model.style(of: model.agents[0])
    #expect(support.cost == Rate(24, perSeconds: 3_600))
    #expect(support.shifts[0].days.count == 5)
    #expect(support.away?.length == (try? .exponential(mean: 480)))
    // All twelve share one style, zoe has the team's, yan and maria their own.
    #expect(model.styles.count == 4)
    #expect(model.settings.policies.lastOutgoingCounts == .users)
    guard case .assignTo(let assign) = model.workflows[0].steps[1].action else {
      Issue.record("the second step assigns nothing")
      return
    }
    #expect(assign.logic == .leastOpen)
    #expect(assign.onlyOnline)
  }

  @Test func `a short scenario has all the defaults of the format`() throws {
    let found = try #require(scenario(small()).scenario)
    #expect(found.seed == 1)
    #expect(found.warmup == .fixed(.zero))
    #expect(found.replications == .fixed(30))
    #expect(found.timeZone.name == "UTC")
    #expect(found.strategies.isEmpty)
    let model = found.standard.model
    #expect(model.channels.map(\.name) == ["direct"])
    #expect(model.channels[0].delivery.mean == 0)
    #expect(model.channels[0].window == nil)
    let population = model.populations[0]
    #expect(population.questions.mean == 1)
    #expect(population.thinkTime.mean == 0)
    #expect(population.patience == nil)
    #expect(population.patienceUntil == .start)
    #expect(population.givingUp == .closes)
    #expect(population.knownShare == 0)
    #expect(population.returns == nil)
    #expect(population.answers.valid == 1)
    let style = model.style(of: model.agents[0])
    #expect(style.attention == .serial)
    #expect(style.wrapUp.mean == 0)
    #expect(style.shifts.isEmpty && style.away == nil && style.cost == nil)
    #expect(style.leaving == .finishFirst && style.picks == .nothing)
    #expect(model.settings.policies == Policies())
    #expect(model.settings.limits == Limits())
  }

  @Test func `the other forms of run, precision and attention are read`() throws {
    let found = try #require(
      scenario(
        small(
          "warmup: auto\nprecision: {metric: first_response.mean, within: 2%, at_most: 99}\n"
            + "office_hours: {days: mon-fri, hours: 09:00-17:00}\ntime_zone: Europe/Lisbon",
          contacts: ", channels: direct, fields: {age: 50%}", team: ", attention: {parallel: 3}")
      ).scenario)
    #expect(found.warmup == .automatic)
    guard case .precision(let precision) = found.replications else {
      Issue.record("precision was not read")
      return
    }
    #expect(precision.within == 0.02 && precision.atMost == 99)
    #expect(found.officeHours?.first?.days.count == 5)
    #expect(found.timeZone.name == "Europe/Lisbon")
    #expect(found.standard.model.style(of: found.standard.model.agents[0]).attention.slots == 3)
  }

  @Test func `the command line changes parameters and anything at a path`() throws {
    let found = try #require(
      scenario(
        example,
        [
          Override("agents", "3"), Override("logic", "random"),
          Override("seed", "7", option: "--seed"),
          Override("teams.sales.attention", "{parallel: 2}"),
          Override("contacts.everyday.patience", "off"),
          Override("goals.1", "first_response.p90 <= 5 min"),
        ]
      ).scenario)
    #expect(found.seed == 7)
    let model = found.strategies[1].model
    #expect(model.teams[0].members.count == 3)
    // The command line's word is the last one, for every strategy.
    #expect(found.strategies.map { $0.parameters[0].value } == ["random", "random"])
    #expect(model.style(of: model.agents[3]).attention == .parallel(2))
    #expect(model.populations[0].patience == nil)
    #expect(found.goals[1].text == "first_response.p90 <= 5 min")
  }

  @Test(arguments: [
    (Override("agnets", "3"), "--set:1:1: unknown parameter 'agnets'; did you mean 'agents'?"),
    (Override("agents", "three"), "--set agents:1:1: expected a number of agents, found 'three'"),
    (
      Override("teams.suport.agents", "3"),
      "--set:1:1: unknown key 'suport'; did you mean 'support'?"
    ),
    (
      Override("teams.support.agent", "3"),
      "--set teams.support.agent:1:1: unknown key 'agent' in a team; did you mean 'agents'?"
    ),
    (Override("seed", "x", option: "--seed"), "--seed:1:1: expected the seed, found 'x'"),
    (
      Override("duration", "[", option: "--duration"),
      "--duration:1:1: this is not YAML: did not find expected node content while parsing a flow node; "
        + "this bracket is not closed"
    ),
    (Override("goals.9", "x"), "--set:1:1: '9' is no position in a list of 3, counted from 0"),
    (
      Override("name.x", "y"),
      "--set:1:1: there is nothing below 'Support desk, Monday' in the scenario: 'x'"
    ),
  ])
  func `a mistake on the command line names the option`(override: Override, problem: String) {
    let problems = scenario(example, [override]).problems
    #expect(problems.contains(problem), "\(problems)")
  }

  @Test func `the resolved scenario reads back as the same scenario and resolves to itself`() throws
  {
    for text in [example, small(), small(contacts: ", patience: {exponential: 5 min}")] {
      let first = try #require(scenario(text, [Override("seed", "5")]).scenario)
      let again = scenario(first.resolved)
      #expect(again.problems.isEmpty)
      let second = try #require(again.scenario)
      #expect(second.resolved == first.resolved)
      #expect(second.seed == 5)
      #expect("\(second.standard.model.workflows)" == "\(first.standard.model.workflows)")
      #expect(second.standard.model.settings == first.standard.model.settings)
      #expect("\(second.standard.model.populations)" == "\(first.standard.model.populations)")
      #expect("\(second.standard.model.styles)" == "\(first.standard.model.styles)")
      #expect("\(second.standard.model.channels)" == "\(first.standard.model.channels)")
      #expect(second.goals == first.goals)
    }
  }

  @Test(arguments: [
    "no", "on", "1:30", "09:00", "$x", "a: b", "a # b", "- x", "", " x", "x ", "'", "\"", "\\", "~",
    "null", "true", "0x1F", "012", "1_000", "2026-11-23", "é😀", "a\nb\tc",
    "\u{85}\u{2028}\u{FEFF}\u{7}",
    "{a}", "[a]", "!x", "&x", "*x", "%x", "@x", "`x", "|", ">", "?", ", x",
    String(repeating: "x", count: 200),
  ])
  func `any text is written so that it reads back`(text: String) {
    let start = SourcePosition(line: 1, column: 1)
    let span = SourceSpan(source: SourceFile(name: "", text: ""), start: start, end: start)
    let node = Node(
      .mapping([Node.Entry(key: text, keySpan: span, value: Node(text: text, at: span))]), at: span)
    for written in [YAMLText.block(node), YAMLText.flow(node)] {
      let back = tree(written)
      #expect(back.problems.isEmpty)
      #expect(back.root?.value(of: text).map(plain) == text)
    }
  }

  @Test func `a wrong parameter is shown where it is set and where it is used`() {
    do throws(Diagnostics) {
      _ = try Scenario.read(
        SourceFile(name: "s", text: small("parameters: {n: many}", team: ", limit: $n")))
      Issue.record("nothing was found")
    } catch {
      #expect(
        error.rendered() == """
          s:5:17: error: expected limit, found 'many'
              5 | parameters: {n: many}
                |                 ^^^^
                used as $n in line 4
          """)
      #expect(error.summary == "1 error in 1 file")
    }
  }

  @Test func `three mistakes are shown at once, each with what helps`() {
    let broken = example.replacing(
      "least open:  {logic: least_open}", with: "least open: {logic: least-open}"
    )
    .replacing("think_time: {lognormal: {median: 40 s, p90: 4 min}}", with: "think_time: 40")
    .replacing("first_response.p90 <=", with: "first_answer.p90 <=")
    do throws(Diagnostics) {
      _ = try Scenario.read(SourceFile(name: "Scenarios/support-desk.yaml", text: broken))
      Issue.record("nothing was found")
    } catch {
      #expect(
        error.rendered(width: 80) == """
          Scenarios/support-desk.yaml:13:23: error: unknown logic 'least-open'
             13 |   least open: {logic: least-open}
                |                       ^^^^^^^^^^ did you mean 'least_open'?
                known: round_robin, least_open, random, power_of_two, longest_idle, ...

          Scenarios/support-desk.yaml:28:17: error: a duration needs a unit
             28 |     think_time: 40
                |                 ^^ write '40 s' or '40 min'

          Scenarios/support-desk.yaml:88:5: error: unknown metric 'first_answer'
             88 |   - first_answer.p90 <= 10 min
                |     ^^^^^^^^^^^^ did you mean 'first_response'?
          """)
      #expect(error.summary == "3 errors in 1 file")
    }
  }

  @Test func `what nobody sets and what nobody uses is remarked upon`() throws {
    let found = try #require(
      scenario(
        small(
          """
          parameters: {unused: 5}
          workflows:
            w:
              trigger: conversation_opened
              steps: [{branch: [{when: {all: [contact.emial exists]}, steps: [{wait: 1 s}]}]}]
          """, team: ", picks: oldest")
      ).scenario)
    #expect(
      found.warnings.all.map(\.description) == [
        "s:5:14: warning: nothing uses the parameter 'unused'",
        "s:9:37: warning: nothing sets the field 'emial', so it is always empty, did you mean 'email'?",
      ])
  }

  @Test func `damaged scenarios never stop the reader`() {
    // Cuts, doublings and single-character damage of the example: a trap would end the process.
    var numbers = TestNumbers(5)
    let sound = Array(example.utf8)
    let alphabet = Array("{}[]:,-$'\"#\n ab10%@.=&*!".utf8)
    for _ in 0..<60 {
      var bytes = sound
      for _ in 0...Int.random(in: 0...3, using: &numbers) {
        let index = Int.random(in: 0..<bytes.count, using: &numbers)
        switch Int.random(in: 0...2, using: &numbers) {
        case 0: bytes[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)]
        case 1:
          bytes.removeSubrange(
            index..<min(bytes.count, index + Int.random(in: 1...40, using: &numbers)))
        default:
          bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &numbers)], at: index)
        }
      }
      do throws(Diagnostics) {
        let found = try Scenario.read(SourceFile(name: "s", bytes: bytes))
        #expect(!found.resolved.isEmpty)
      } catch {
        #expect(!error.errors.isEmpty)
        #expect(error.all.allSatisfy { $0.span != nil })
      }
    }
  }

  @Test func `agents of a count share one style, and a million is the limit`() throws {
    let model = try #require(
      scenario(small(), [Override("teams.support.agents", "1e5")]).scenario?.standard.model)
    #expect(model.agents.count == 100_000)
    #expect(model.agents.last?.name == "support-100000")
    #expect(model.styles.count == 1)
    #expect(ScenarioKeys.maximalAgents == 1_000_000)
    #expect(scenario(small(), [Override("teams.support.agents", "1000001")]).scenario == nil)
  }
}
