import Measurement

extension Fixture {
  /// A comparison with everything that has to be asked for.
  static func extended() -> Document {
    var document = comparison()
    let metric = "first_response.p90"
    let rows = document.comparison?.differences.filter { $0.metric == metric } ?? []
    var pair = rows[1]
    pair.baseline = "least open"
    pair.change = -9
    pair.low = -15
    pair.high = -3
    pair.baselineMean = 344
    document.comparison?.allPairs = rows + [pair]
    document.comparison?.best = .init(
      metric: metric, indifference: 30, chosen: "look first",
      guarantee: "Rinott's procedure: with probability 0.95 the chosen strategy is the best or "
        + "within the indifference of it.",
      rows: names.enumerated().map { place, name in
        .init(
          strategy: name, replications: 30 + place * 12, mean: [387, 344, 335][place],
          low: [40, 0, -20][place], high: [64, 18, 0][place], isDropped: place == 0)
      })
    document.comparison?.robustness = .init(
      metric: metric,
      rows: ["load -10 %", "load +10 %", "work cv 0.3", "work cv 1", "work cv 1.5"].map { world in
        .init(world: world, differences: rows)
      })
    document.precision = .init(
      metric: "first_response.mean", within: 0.02, reached: 0.0187, isReached: true)
    return document
  }

  /// A comparison of so many strategies, copies of the third one.
  static func wide(strategies count: Int) -> Document {
    var document = comparison()
    for number in 3..<max(3, count) {
      let name = "variant \(number)"
      var strategy = document.strategies[2]
      strategy.name = name
      document.strategies.append(strategy)
      let rows = document.comparison?.differences.filter { $0.strategy == "look first" } ?? []
      document.comparison?.differences += rows.map { row in
        var row = row
        row.strategy = name
        return row
      }
    }
    document.runs = 30 * document.strategies.count
    return document
  }

  /// Names that try to break out of whatever shows them.
  static let hostileNames = [
    "<script>alert(1)</script>", "\"quoted\" & 'single' <b>", "\u{202E}txt.exe שלום",
    "\u{1b}[31mred\u{7}\r\nnext", String(repeating: "long name ", count: 30),
    "=HYPERLINK(\"http://evil.example\",\"click\")", "@SUM(A1:A9)", "客服中心轮询策略", "-->]]></style>",
  ]

  /// A comparison in which everything that has a name has a hostile one.
  static func hostile() -> Document {
    var document = wide(strategies: hostileNames.count)
    document.scenario.name = hostileNames[0] + hostileNames[3]
    document.scenario.description = hostileNames[5]
    document.scenario.channels = hostileNames
    document.scenario.inputs = hostileNames.map { .init(title: $0, text: $0) }
    document.scenario.source = hostileNames.joined(separator: "\n")
    document.repeatedBy[2] = "it's \"a\" $file\u{1b}.yaml"
    let old = document.strategies.map(\.name)
    func renamed(_ name: String) -> String {
      old.firstIndex(of: name).map { hostileNames[$0] } ?? name
    }
    for place in document.strategies.indices {
      document.strategies[place].name = hostileNames[place]
      document.strategies[place].description = hostileNames[place]
      document.strategies[place].parameters = hostileNames
      document.strategies[place].overload = ResultDocument.Overload(places: [
        .init(team: hostileNames[place], from: 0, to: 3_600, offered: 3, available: 2, enough: 3)
      ])
      for row in document.strategies[place].agents.indices {
        document.strategies[place].agents[row].agent = hostileNames[row % hostileNames.count]
        document.strategies[place].agents[row].team = hostileNames[0]
      }
    }
    document.comparison?.baseline = renamed("round robin")
    document.comparison?.renameStrategies(renamed)
    for place in document.lanes.indices {
      document.lanes[place].strategy = renamed(document.lanes[place].strategy)
      document.lanes[place].agents = document.lanes[place].agents.indices.map {
        hostileNames[$0 % hostileNames.count]
      }
    }
    for place in 0..<(document.sanity?.convergence?.curves.count ?? 0) {
      let name = renamed(document.sanity?.convergence?.curves[place].strategy ?? "")
      document.sanity?.convergence?.curves[place].strategy = name
    }
    document.sanity?.formulas[0].name = hostileNames[0]
    document.sanity?.formulas[0].explanation = hostileNames[3]
    return document
  }
}

extension Fixture {
  /// The comparison with a goal that nearly is the baseline's value.
  static func close() -> Document {
    var document = comparison()
    document.goals[0].limit = 0.768
    return document
  }
}

extension Fixture {
  /// The comparison with other names for its strategies.
  static func named(_ names: [String]) -> Document {
    var document = comparison()
    func renamed(_ name: String) -> String {
      Fixture.names.firstIndex(of: name).map { names[$0] } ?? name
    }
    for place in document.strategies.indices { document.strategies[place].name = names[place] }
    document.comparison?.baseline = names[0]
    document.comparison?.renameStrategies(renamed)
    for place in document.lanes.indices {
      document.lanes[place].strategy = renamed(document.lanes[place].strategy)
    }
    for place in 0..<(document.sanity?.convergence?.curves.count ?? 0) {
      let name = document.sanity?.convergence?.curves[place].strategy ?? ""
      document.sanity?.convergence?.curves[place].strategy = renamed(name)
    }
    return document
  }

  /// A comparison whose second metric is also told for each of some kinds of customers.
  static func scoped(_ kinds: [String] = ["regular", "vip"]) -> Document {
    var document = comparison()
    let plain = "first_response.mean"
    guard let metric = document.metrics.first(where: { $0.name == plain }) else { return document }
    let old = document.comparison?.differences ?? []
    for kind in kinds {
      var metric = metric
      metric.name = "population \(kind): \(plain)"
      metric.label = "population \(kind): \(metric.label)"
      metric.scope = .init(.population, kind)
      document.metrics.append(metric)
      for place in document.strategies.indices {
        guard var value = document.strategies[place].values.first(where: { $0.metric == plain })
        else { continue }
        value.metric = metric.name
        document.strategies[place].values.append(value)
      }
      document.comparison?.differences += old.filter { $0.metric == plain }.map { row in
        var row = row
        row.metric = metric.name
        return row
      }
    }
    return document
  }

  /// A comparison with numbers and nothing to draw.
  static func bare() -> Document {
    var document = comparison()
    for place in document.strategies.indices {
      document.strategies[place].agents = []
      document.strategies[place].timeline = []
      document.strategies[place].waits = nil
      document.strategies[place].moves = nil
    }
    document.timeline = nil
    document.lanes = []
    document.sanity = nil
    document.scenario.inputs = []
    document.scenario.source = ""
    return document
  }
}

extension ResultDocument.Comparison {
  /// Gives the strategies of all differences other names.
  fileprivate mutating func renameStrategies(_ renamed: (String) -> String) {
    for place in differences.indices {
      differences[place].baseline = renamed(differences[place].baseline)
      differences[place].strategy = renamed(differences[place].strategy)
    }
  }
}
