import Measurement
import Statistics

@testable import Reporting

extension ClaimReader {
  /// Which strategies meet the goals, and what supports it.
  mutating func claim(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    let all = document.strategies.indices.map { results($0) }
    let meeting = all.indices.filter { all[$0].allSatisfy { $0 == .met } }
    var said: Set<Int>?
    if scanner.take("both strategies meet ", "all strategies meet ") != nil {
      said = Set(all.indices)
      goals(&scanner)
    } else if let degree = scanner.take("no strategy meets ", "no strategy is shown to meet ") {
      said = []
      goals(&scanner)
      if degree == "no strategy meets " {
        expect(all.allSatisfy { $0.contains(.missed) }, "\(text): not all of them miss")
      }
      if scanner.take("; ") != nil, let leader = scanner.strategy() {
        expect(scanner.take(" is shown to meet the most, ") != nil, text)
        let count = scanner.count()
        let most = all.map { $0.count { $0 == .met } }
        expect(count == most[leader], "\(text): it meets \(most[leader])")
        expect(most.indices.allSatisfy { $0 == leader || most[$0] < most[leader] }, text)
        expect(scanner.take(" of ") != nil && scanner.count() == document.goals.count, text)
      }
    } else if document.goals.isEmpty {
      if scanner.take("the scenario sets no goals") != nil { return }
      support(&scanner)
      return
    } else if let list = scanner.strategies() {
      said = Set(list)
      expect((scanner.take(", the baseline,") != nil) == (list == [baseline]), text)
      if let degree = scanner.take(
        " is the only strategy that meets ", " is the only strategy shown to meet ")
      {
        expect(list.count == 1, text)
        if degree.hasSuffix("that meets ") {
          let others = all.indices.filter { $0 != list[0] }
          expect(others.allSatisfy { all[$0].contains(.missed) }, "\(text): not all others miss")
        }
      } else {
        expect(scanner.take(" meet ") != nil, text)
      }
      goals(&scanner)
      shortfalls(&scanner, all)
    }
    expect(said == Set(meeting), "\(text): \(meeting) meet the goals")
    if scanner.take(": ") != nil { support(&scanner) }
    moves(&scanner)
  }

  private mutating func goals(_ scanner: inout SentenceScanner) {
    let count = document.goals.count
    if scanner.take("the goal") != nil {
      expect(count == 1, "the goal of \(count)")
    } else if scanner.take("both goals") != nil {
      expect(count == 2, "both of \(count)")
    } else {
      expect(scanner.take("all ") != nil && scanner.count() == count, "all of \(count)")
      expect(scanner.take(" goals") != nil, "goals")
    }
  }

  /// `, {1} misses it, {2} is not shown to meet both`.
  private mutating func shortfalls(
    _ scanner: inout SentenceScanner, _ all: [[Goal.Outcome]]
  ) {
    var ahead = scanner
    while ahead.take(", ") != nil, let strategy = ahead.strategy() {
      let text = String(ahead.rest)
      let misses = ahead.take(" misses ") != nil
      expect(misses || ahead.take(" is not shown to meet ") != nil, text)
      let count = all[strategy].count { $0 == (misses ? .missed : .inconclusive) }
      expect(count > 0, "\(text): none")
      switch ahead.take("it", "both", "all of them") {
      case "it": expect(count == 1 && document.goals.count == 1, text)
      case "both": expect(count == 2 && document.goals.count == 2, text)
      case "all of them": expect(count == document.goals.count && count > 2, text)
      default:
        let said = ahead.count()
        expect(said == count && count < document.goals.count, "\(text): \(count)")
      }
      scanner = ahead
    }
  }

  /// What the deciding metric shows.
  private mutating func support(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    var ahead = scanner
    if let only = claimedAlone, ahead.strategies() == nil,
      !text.hasPrefix("no difference between")
    {
      noun(&scanner, only[0])
      return
    }
    var metric: ResultDocument.Metric?
    repeat {
      if scanner.take("no difference between ") != nil {
        expect(scanner.strategy() == baseline && scanner.take(" and ") != nil, text)
        let list = scanner.strategies() ?? []
        expect(scanner.take(" is shown") != nil, text)
        if scanner.take(" in ") != nil { metric = self.metric(in: &scanner) }
        group(list, metric, [.inconclusive], text)
        if scanner.take(": ") != nil { sizes(&scanner, list, metric) }
        continue
      }
      guard let list = scanner.strategies() else {
        problems.append("no strategies at '\(scanner.rest)' of '\(text)'")
        return
      }
      if scanner.take(" does as ", " do as ") != nil {
        expect(scanner.strategy() == baseline && scanner.take(" does") != nil, text)
        if scanner.take(" in ") != nil { metric = self.metric(in: &scanner) }
        group(list, metric, [.noDifference], text)
        continue
      }
      let verdict = scanner.take(
        " is better than ", " are better than ", " is worse than ", " are worse than ",
        " is different from ", " are different from ")
      expect(scanner.strategy() == baseline && scanner.take(" in ") != nil, text)
      metric = self.metric(in: &scanner)
      expect(scanner.take(", by ", ": ") != nil, text)
      sizes(&scanner, list, metric)
      let kind: Verdict =
        verdict?.contains("better") == true
        ? .better : verdict?.contains("worse") == true ? .worse : .differs
      group(list, metric, [kind], text)
    } while hasMore(&scanner)
  }

  /// Takes what separates a group of strategies from the next one, if one follows.
  private func hasMore(_ scanner: inout SentenceScanner) -> Bool {
    var ahead = scanner
    guard ahead.take(", ", "; ") != nil,
      ahead.rest.hasPrefix("{") || ahead.rest.hasPrefix("no difference")
    else { return false }
    scanner = ahead
    return true
  }

  /// The strategy that alone meets all goals.
  private var claimedAlone: [Int]? {
    let meeting = document.strategies.indices.filter { results($0).allSatisfy { $0 == .met } }
    return meeting.count == 1 && !document.goals.isEmpty ? meeting : nil
  }

  /// That exactly these strategies have one of these verdicts; one whose digits vanish has none.
  private mutating func group(
    _ list: [Int], _ metric: ResultDocument.Metric?, _ verdicts: Set<Verdict>,
    _ text: String
  ) {
    guard let metric else {
      problems.append("no metric in '\(text)'")
      return
    }
    expect(
      metric.name
        == (document.goals.first?.metric ?? document.metrics.first { $0.isShown }?.name
          ?? document.metrics.first?.name),
      text)
    for strategy in list {
      guard let row = difference(strategy, metric.name) else {
        problems.append("\(text): no difference")
        continue
      }
      let isTold = verdicts.contains(row.verdict) || verdicts == [.noDifference] && isTiny(row)
      expect(isTold, "\(text): {\(strategy)} is \(row.verdict)")
    }
  }

  private mutating func sizes(
    _ scanner: inout SentenceScanner, _ list: [Int], _ metric: ResultDocument.Metric?
  ) {
    guard let metric else { return }
    for (place, strategy) in list.enumerated() {
      if place > 0 { _ = scanner.take(" and ", ", ") }
      guard let row = difference(strategy, metric.name) else { continue }
      size(&scanner, row, metric, isPlainScaled: isScaled(metric))
    }
  }

  /// Whether sentences show a plain number times the factor of tables: unless a goal asks for it.
  func isScaled(_ metric: ResultDocument.Metric) -> Bool {
    !document.goals.contains { $0.metric == metric.name }
  }

  /// `6.6 ± 0.7 points more of the customers answered within 5 minutes than {0}`.
  private mutating func noun(_ scanner: inout SentenceScanner, _ strategy: Int) {
    let text = String(scanner.rest)
    let within = document.metrics.first { $0.name.hasPrefix("first_response.within(") }
    let metric = scanner.rest.first?.isNumber == true ? within : self.metric(in: &scanner)
    _ = scanner.take(" ")
    guard let metric, let row = difference(strategy, metric.name) else {
      problems.append("no metric in '\(text)'")
      return
    }
    expect(row.verdict == .better, "\(text): \(row.verdict)")
    expect(document.goals.contains { $0.metric == metric.name }, "\(text): not a goal")
    size(&scanner, row, metric, isPlainScaled: isScaled(metric))
    let isMore = (row.change ?? 0) > 0
    let word = scanner.take(
      " more of the customers answered within ", " fewer of the customers answered within ",
      " higher than under ", " lower than under ", " longer than under ", " shorter than under ")
    if word?.contains("customers") == true {
      let minutes = scanner.number()?.value ?? 0
      expect(metric.name == "first_response.within(\(Int(minutes)) min)", text)
      expect(scanner.take(" minutes than ") != nil, text)
    }
    let up = ["more", "higher", "longer"].contains { word?.hasPrefix(" \($0)") == true }
    expect(word != nil && up == isMore, "\(text): \(row.change ?? .nan)")
    expect(scanner.strategy() == baseline, text)
  }

  /// `, with about a quarter of the moves`.
  private mutating func moves(_ scanner: inout SentenceScanner) {
    guard scanner.take(", with about ") != nil, let strategy = claimedAlone?.first else { return }
    let fractions: [(String, Double)] = [
      ("a tenth of", 0.1), ("a fifth of", 0.2), ("a quarter of", 0.25), ("a third of", 1.0 / 3),
      ("half", 0.5), ("two thirds of", 2.0 / 3), ("three quarters of", 0.75), ("twice", 2),
      ("three times", 3), ("four times", 4),
    ]
    let text = String(scanner.rest)
    let fraction = fractions.first { text.hasPrefix($0.0 + " the ") }
    _ = fraction.map { scanner.take($0.0 + " the ") }
    let name =
      scanner.take("moves", "conversations moved") == "moves" ? "reassignments" : "reassigned"
    guard let fraction, let row = difference(strategy, name), let base = row.baselineMean,
      let low = row.low, let high = row.high
    else {
      problems.append("no fraction in '\(text)'")
      return
    }
    expect((base + low) / base <= fraction.1 && fraction.1 <= (base + high) / base, text)
  }

  // MARK: - What goes with it

  mutating func detail(_ scanner: inout SentenceScanner, previous: [String]) {
    let text = String(scanner.rest)
    if scanner.take("One run gives no interval, so no difference is shown") != nil {
      expect(!(document.comparison?.differences.contains { $0.low != nil } ?? false), text)
    } else if scanner.take("Its price: ") != nil {
      guard let strategy = claimedAlone?.first ?? onlyBetter else {
        problems.append("whose? \(text)")
        return
      }
      steps(&scanner, strategy, .worse)
      noLater(&scanner, strategy)
    } else if scanner.take("Nothing is shown to be worse than under ") != nil {
      expect(scanner.strategy() == baseline, text)
      guard let strategy = claimedAlone?.first ?? onlyBetter else { return }
      nothing([.worse], strategy, text)
      noLater(&scanner, strategy)
    } else if scanner.take("In ") != nil {
      kindsOrWorlds(&scanner)
    } else if scanner.take("Of the other pairs, ") != nil {
      pairs(&scanner)
    } else if let strategy = scanner.strategy() {
      trade(&scanner, strategy, previous)
    }
  }

  /// The one strategy that is better on the deciding metric, about which `its` speaks.
  private var onlyBetter: Int? {
    let metric =
      document.goals.first?.metric ?? document.metrics.first { $0.isShown }?.name ?? ""
    let better = document.strategies.indices.filter {
      $0 != baseline && difference($0, metric)?.verdict == .better
    }
    return better.count == 1 ? better[0] : nil
  }

  private mutating func trade(
    _ scanner: inout SentenceScanner, _ strategy: Int, _ previous: [String]
  ) {
    let text = String(scanner.rest)
    if scanner.take(" improves ") != nil {
      steps(&scanner, strategy, .better)
      if scanner.take(", at the price of ") != nil {
        steps(&scanner, strategy, .worse)
      } else if scanner.take(", and nothing is shown to be worse than under ") != nil {
        expect(scanner.strategy() == baseline, text)
        nothing([.worse], strategy, text)
      }
    } else if scanner.take(" is worse in ") != nil {
      steps(&scanner, strategy, .worse)
    } else if scanner.take(" is not shown to be better or worse than ") != nil {
      expect(scanner.strategy() == baseline && scanner.take(" in anything shown") != nil, text)
      nothing([.better, .worse], strategy, text)
    } else if scanner.take(" does the same") != nil {
      // Said of the strategy before it, it must be so of this one.
      let said = previous.last { $0.hasPrefix("{") && !$0.hasSuffix("does the same") } ?? ""
      var other = SentenceScanner(said)
      _ = other.strategy()
      trade(&other, strategy, [])
      return
    }
    noLater(&scanner, strategy)
  }

  /// No metric that is shown has one of these verdicts, as far as its digits tell.
  private mutating func nothing(
    _ verdicts: Set<Verdict>, _ strategy: Int, _ text: String
  ) {
    for metric in document.metrics where metric.isShown {
      guard let row = difference(strategy, metric.name), verdicts.contains(row.verdict) else {
        continue
      }
      expect(isTiny(row), "\(text): \(metric.name) is \(row.verdict)")
    }
  }

  private mutating func noLater(_ scanner: inout SentenceScanner, _ strategy: Int) {
    let text = String(scanner.rest)
    guard scanner.take(", with no difference in the first response (") != nil,
      let inside = scanner.upTo(")")
    else { return }
    for name in inside.replacing(" and ", with: ", ").split(separator: ",") {
      let trimmed = name.drop { $0 == " " }
      let row = difference(strategy, "first_response.\(trimmed)")
      let isTold = row.map { $0.verdict == .noDifference || isTiny($0) } ?? false
      expect(isTold, "\(text): \(trimmed)")
    }
    let others = document.metrics.filter {
      $0.isShown && $0.scope == nil && $0.name.hasPrefix("first_response.")
        && !$0.name.contains("within")
    }
    for metric in others {
      let row = difference(strategy, metric.name)
      expect(row.map { $0.verdict != .worse || isTiny($0) } ?? true, "\(text): \(metric.name)")
    }
  }

  private mutating func kindsOrWorlds(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    guard let metric = metric(in: &scanner) else {
      problems.append("no metric in '\(text)'")
      return
    }
    if scanner.take(", who gains under ") != nil, let list = scanner.strategies() {
      expect(scanner.take(": ") != nil, text)
      // Of several the kinds must be so of each.
      var end = scanner
      for strategy in list {
        end = scanner
        kinds(&end, metric, strategy, .better)
        expect(end.take("; who pays: ") != nil, text)
        kinds(&end, metric, strategy, .worse)
      }
      scanner = end
      return
    }
    _ = scanner.take(" the verdict on ")
    guard let rows = document.comparison?.robustness?.rows else { return }
    repeat {
      guard let strategy = scanner.strategy() else {
        problems.append("no strategy in '\(text)'")
        return
      }
      func verdict(_ row: ResultDocument.RobustRow) -> Verdict? {
        let row = row.differences.first { $0.strategy == document.strategies[strategy].name }
        return row.map(ResultIndex(document).verdict)
      }
      let turned = rows.dropFirst().filter { verdict($0) != verdict(rows[0]) }.map(\.world)
      if scanner.take(" is the same in all ") != nil {
        expect(turned.isEmpty && scanner.count() == rows.count - 1, text)
        expect(scanner.take(" other worlds tried") != nil, text)
      } else {
        expect(!turned.isEmpty && scanner.take(" is another with " + listed(turned)) != nil, text)
      }
    } while scanner.take("; that on ") != nil
  }

  private mutating func kinds(
    _ scanner: inout SentenceScanner, _ metric: ResultDocument.Metric, _ strategy: Int,
    _ verdict: Verdict
  ) {
    let scoped = document.metrics.filter {
      $0.scope?.kind == .population && $0.name.hasSuffix(": \(metric.name)")
    }
    var found: [String] = []
    if scanner.take("nobody is shown to") == nil {
      repeat {
        guard
          let kind = scoped.first(where: {
            scanner.rest.hasPrefix($0.scope?.name ?? "-")
          })
        else {
          problems.append("no kind of customers at '\(scanner.rest)'")
          return
        }
        _ = scanner.take(kind.scope?.name ?? "-")
        found.append(kind.name)
        // Where all fare alike the numbers stand in the tables.
        if scanner.rest.hasPrefix(" from ") {
          step(&scanner, strategy, kind, verdict, isPlainScaled: isScaled(kind))
        }
      } while scanner.take(" and ", ", ") != nil
    }
    let all = scoped.filter { metric in
      difference(strategy, metric.name).map { $0.verdict == verdict && !isTiny($0) } ?? false
    }.map(\.name)
    expect(found == all, "\(found) for \(all)")
  }

  private mutating func pairs(_ scanner: inout SentenceScanner) {
    let text = String(scanner.rest)
    var read: [(Int, String, Int, SentenceScanner)] = []
    repeat {
      guard let one = scanner.strategy(),
        let word = scanner.take(" is better than ", " is worse than "),
        let other = scanner.strategy(), scanner.take(" by ") != nil
      else {
        problems.append("no pair in '\(text)'")
        return
      }
      read.append((one, word, other, scanner))
      _ = scanner.number()
      if scanner.take(" ± ") != nil { _ = scanner.number() }
      _ = scanner.take(" points", " %", " /100", " min", " ms", " s", " h", " d")
    } while scanner.take(", ") != nil
    guard scanner.take(" in ") != nil, let metric = metric(in: &scanner) else {
      problems.append("no metric in '\(text)'")
      return
    }
    for (one, word, other, place) in read {
      let row = document.comparison?.allPairs.first {
        $0.strategy == document.strategies[one].name
          && $0.baseline == document.strategies[other].name && $0.metric == metric.name
      }
      guard let row else {
        problems.append("no such pair: \(text)")
        continue
      }
      expect(row.verdict == (word.contains("better") ? .better : .worse), text)
      var place = place
      size(&place, row, metric, isPlainScaled: isScaled(metric))
    }
  }
}
