import Foundation
import Measurement

@testable import Reporting

extension ClaimReader {
  /// The sentences above, in and beside the page's figures.
  mutating func readCaptions() {
    let context = PageContext(document)
    for figure in WaitFigures(context: context).figures.flatMap(\.self) { waits(figure) }
    for figure in DayFigure(context: context).figures { day(figure) }
    for figure in AgentFigures(context: context).figures.flatMap(\.self)
    where figure.id.hasSuffix("a") {
      agents(figure)
    }
    if let figure = MovesFigure(context: context).figure {
      moved(figure, SentenceScanner(MovesFigure(context: context).words))
    }
    lanes(SentenceScanner(Findings(context: context).lanes))
    world(Page(of: document).html)
  }

  private func named(_ scanner: inout SentenceScanner, _ context: PageContext) -> Int? {
    let places = document.strategies.indices.sorted {
      context.name($0).count > context.name($1).count
    }
    return places.first { scanner.take(context.name($0)) != nil }
  }

  /// `A: 37 % after 5 min; B: 30 % after 5 min.` and `A: 1 in 10 waits longer than 12 s, ...`.
  private mutating func waits(_ figure: Figure) {
    let context = PageContext(document)
    var scanner = SentenceScanner(figure.description)
    expect(
      scanner.upTo("logarithmic time axis. ") != nil
        || scanner.upTo("both axes logarithmic. ") != nil, figure.description)
    for (name, mark) in [("first_response.p90", "90th"), ("first_response.p99", "99th")]
    where figure.id.hasSuffix("b") {
      expect(figure.reading.contains(mark) == (metric(name) != nil), figure.reading)
    }
    // The tail has no words where no quantile was asked for.
    if scanner.isAtEnd {
      expect(!figure.reading.contains("Marks"), figure.reading)
      return
    }
    repeat {
      guard let strategy = named(&scanner, context), scanner.take(": ") != nil else {
        problems.append("whose? \(scanner.rest) of \(figure.description)")
        return
      }
      if scanner.rest.hasPrefix("1 in 1") {
        repeat {
          let metric = scanner.take("1 in 100", "1 in 10") == "1 in 10" ? "p90" : "p99"
          expect(scanner.take(" waits longer than ") != nil, figure.description)
          let value = document.strategies[strategy].values.first {
            $0.metric == "first_response." + metric
          }?.mean
          if scanner.take("unknown") != nil {
            expect(value == nil, figure.description)
          } else {
            let printed = scanner.number()
            let units = ["ms": 1e3, "s": 1, "min": 1.0 / 60, "h": 1.0 / 3600, "d": 1.0 / 86_400]
            _ = scanner.take(" ", "\u{A0}")
            let unit = scanner.take("ms", "min", "s", "h", "d") ?? ""
            let shown = (value ?? .nan) * (units[unit] ?? .nan)
            expect(printed?.shows(shown) == true, "\(figure.description): \(shown)")
          }
        } while scanner.take(", ") != nil
      } else {
        let share = scanner.number()
        expect(scanner.take(" % after ") != nil, figure.description)
        var length = scanner.rest.prefix { $0 != ";" }
        if length.last == "." { length = length.dropLast() }
        _ = scanner.take(String(length))
        let points = document.strategies[strategy].waits?.unanswered ?? []
        // The point of the curve that stands at that time, where one does.
        if let point = points.first(where: { spokenDuration($0.time) == length }) {
          expect(share?.shows(100 * point.share) == true, "\(figure.description): \(point.share)")
        }
      }
    } while scanner.take("; ") != nil
    expect(scanner.take(".") != nil && scanner.isAtEnd, "unread: \(scanner.rest)")
  }

  private mutating func day(_ figure: Figure) {
    var scanner = SentenceScanner(figure.reading)
    expect(scanner.take("Lines: mean of ") != nil, figure.reading)
    expect(scanner.number()?.value == Double(document.replications), figure.reading)
    expect(
      scanner.take(" runs.", " run.") == (document.replications == 1 ? " run." : " runs."),
      figure.reading)
    let bands = scanner.take(" Bands: 95 % intervals.") != nil
    expect(bands == (document.replications > 1), figure.reading)
    let arrivals = document.strategies.map { $0.timeline.map(\.arrivals.mean) }
    let same = arrivals.count > 1 && arrivals.allSatisfy { $0 == arrivals[0] }
    expect(
      (scanner.take(" Arrivals are the same for every strategy.") != nil) == same, figure.reading)
    let isHatched =
      scanner.take(
        " Hatched: the run ends before the fate of half of those who arrived then is known.") != nil
    let half = document.strategies.contains { $0.timeline.contains { ($0.known ?? 1) < 0.5 } }
    if isHatched { expect(half, figure.reading) }
    expect(scanner.isAtEnd, "unread: \(scanner.rest)")
  }

  /// `Dots for each agent and strategy. A: 12 to 30; B: 10 to 31.`.
  private mutating func agents(_ figure: Figure) {
    let context = PageContext(document)
    var scanner = SentenceScanner(figure.description)
    expect(scanner.take("Dots for each agent and strategy. ") != nil, figure.description)
    repeat {
      guard let strategy = named(&scanner, context), scanner.take(": ") != nil else {
        problems.append("whose? \(scanner.rest) of \(figure.description)")
        return
      }
      let loads = document.strategies[strategy].agents.map(\.conversations)
      expect(scanner.number()?.shows(loads.min() ?? 0) == true, figure.description)
      expect(scanner.take(" to ") != nil, figure.description)
      expect(scanner.number()?.shows(loads.max() ?? 0) == true, figure.description)
    } while scanner.take("; ") != nil
    expect(scanner.take(".") != nil && scanner.isAtEnd, "unread: \(scanner.rest)")
  }

  /// `Of the moves under A 40 %, under B 3 % brought a sooner answer.` and what the bars say.
  private mutating func moved(_ figure: Figure, _ words: SentenceScanner) {
    var scanner = words
    let text = String(scanner.rest)
    if scanner.take("Of the moves under ") != nil {
      repeat {
        guard let strategy = scanner.strategy(), let moves = document.strategies[strategy].moves
        else {
          problems.append("whose? \(text)")
          return
        }
        _ = scanner.take(" ")
        let share = 100 * (moves.helped.mean ?? 0) / moves.total
        expect(scanner.number()?.shows(share) == true, "\(text): \(share)")
        expect(scanner.take(" %") != nil, text)
      } while scanner.take(", under ") != nil
      expect(scanner.take(" brought a sooner answer.") != nil, text)
    }
    expect(scanner.isAtEnd, "unread: \(scanner.rest)")
    let context = PageContext(document)
    scanner = SentenceScanner(figure.description)
    expect(scanner.take("Diverging bars of moves per hundred conversations: ") != nil, text)
    repeat {
      guard let strategy = named(&scanner, context), let moves = document.strategies[strategy].moves
      else {
        problems.append("whose? \(figure.description)")
        return
      }
      _ = scanner.take(" ")
      for (estimate, end) in [
        (moves.helped, " sooner, "), (moves.noSooner, " no sooner, "),
        (moves.pingPong, " came back"),
      ] {
        let isShown = scanner.number()?.shows(100 * (estimate.mean ?? 0)) == true
        expect(isShown, "\(figure.description): \(estimate.mean ?? 0)")
        expect(scanner.take(end) != nil, figure.description)
      }
    } while scanner.take("; ") != nil
  }

  /// `What it looks like: 5 transfers in 45 minutes of A, 3 in the same minutes of B`.
  private mutating func lanes(_ words: SentenceScanner) {
    var scanner = words
    let text = String(scanner.rest)
    let windows = PageContext(document).lanes
    guard let first = windows.first else { return }
    expect(scanner.take("What it looks like: ") != nil, text)
    guard let count = scanner.number().map({ Int($0.value) }) else {
      problems.append("no number: \(text)")
      return
    }
    let minutes = (first.to - first.from) / 60
    if scanner.take(" minutes without a transfer") != nil {
      expect(Double(count) == minutes.rounded(), text)
      expect(windows.allSatisfy(\.transfers.isEmpty) && scanner.isAtEnd, text)
      return
    }
    var counts = [count]
    expect(
      scanner.take(" transfers in ", " transfer in ")
        == (count == 1 ? " transfer in " : " transfers in "), text)
    expect(scanner.number()?.shows(minutes) == true, text)
    expect(scanner.take(" minutes of ") != nil, text)
    var names = [scanner.strategy()]
    while scanner.take(", ") != nil {
      counts.append(scanner.number().map { Int($0.value) } ?? -1)
      _ = scanner.take(" in the same minutes of ", " of ")
      names.append(scanner.strategy())
    }
    expect(counts == windows.map(\.transfers.count), "\(text): \(windows.map(\.transfers.count))")
    expect(names.map { $0.map { document.strategies[$0].name } } == windows.map(\.strategy), text)
    expect(scanner.isAtEnd, "unread: \(scanner.rest)")
  }

  /// The sentence below the title.
  private mutating func world(_ html: String) {
    guard let start = html.range(of: " simulated") else {
      problems.append("no sentence of the world")
      return
    }
    let scenario = document.scenario
    let sentence = html[start.upperBound...].prefix(400)
    var scanner = SentenceScanner(String(sentence))
    _ = scanner.upTo(", ")
    expect(scanner.number()?.value == Double(scenario.agentCount), "\(sentence): agents")
    _ = scanner.upTo(" on ")
    expect(scanner.number()?.value == Double(scenario.channels.count), "\(sentence): channels")
    _ = scanner.upTo(", about ")
    expect(
      scanner.number()?.shows(scenario.conversationsPerRun) == true, "\(sentence): conversations")
    expect(scanner.take(" conversations a run. ") != nil, "\(sentence)")
    let lower = SentenceScanner(scanner.rest.prefix(1).lowercased() + scanner.rest.dropFirst())
    scanner = lower
    expect(scanner.count() == document.strategies.count, "\(sentence): strategies")
    let isPaired = document.comparison?.isPaired == true
    if scanner.take(" strategies met exactly the same customers in ") != nil {
      expect(isPaired, "\(sentence): the same customers")
    } else if scanner.take(" strategies met customers of their own in ") != nil {
      expect(document.comparison != nil && !isPaired, "\(sentence): customers of their own")
    } else {
      _ = scanner.take(" strategy, ", " strategies, ")
    }
    expect(scanner.number()?.value == Double(document.replications), "\(sentence): runs")
    let isCut = html.contains(" of each run are not counted.")
    expect(isCut == (scenario.warmup > 0), "\(sentence): warm-up")
  }
}
