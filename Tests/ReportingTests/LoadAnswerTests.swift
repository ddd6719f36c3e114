import Measurement
import Testing

@testable import Reporting

@Suite struct `The answer of load for a terminal` {
  @Test(
    arguments: LoadFixture.all.map(\.name),
    [(80, true), (80, false), (100, true), (100, false), (66, true), (200, true)])
  func `keeps its width and steers nothing`(name: String, style: (columns: Int, isUTF8: Bool))
    throws
  {
    let document = try #require(LoadFixture.all.first { $0.name == name }?.document)
    let lines = document.blocks(
      TerminalStyle(columns: style.columns, isUTF8: style.isUTF8)
    ).joined()
    for line in lines {
      #expect(style.columns < 80 || displayWidth(line) <= min(100, style.columns), "\(line)")
      #expect(style.isUTF8 || line.utf8.allSatisfy { $0 < 0x80 }, "\(line)")
      #expect(!line.contains("\u{1B}") && !line.contains("\u{202E}") && !line.contains("\u{A0}"))
      #expect(!line.contains("decision"), "\(line)")
      #expect(line.last != " ", "'\(line)'")
    }
  }

  @Test func `of one rate in 80 columns`() {
    let text = StudyAnswer(of: LoadFixture.single(), style: TerminalStyle(columns: 80)).text
    #expect(text == Self.single80)
  }

  @Test func `of a search in 100 columns`() {
    let text = StudyAnswer(of: LoadFixture.limit(), style: TerminalStyle(columns: 100)).text
    #expect(text == Self.limit100)
  }

  @Test func `warnings stand before goals and numbers`() throws {
    let text = StudyAnswer(of: LoadFixture.several(), style: TerminalStyle(columns: 80)).text
    let places = ["WARNING  The engine broke", "GOALS", "LATENCY", "RATES", "VERDICT"].map { word in
      text.indices.first { text[$0...].hasPrefix(word) }
    }
    let known = places.compactMap(\.self)
    #expect(known.count == places.count && known == known.sorted())
  }

  @Test func `marks have colours where the terminal has`() {
    let style = TerminalStyle(columns: 100, hasColor: true)
    let text = StudyAnswer(of: LoadFixture.limit(), style: style).text
    #expect(
      text.contains("\u{1B}[32m✓\u{1B}[0m met") && text.contains("\u{1B}[31m✗\u{1B}[0m missed"))
  }

  private static let single80 = """
    Support desk, Monday   the engine in this process, least open, 10,000 agents
                           open loop: events are sent when they are due, 2 cores
                           65,000 events a second for 10 s, the first 2 s not
                           counted

    GOALS
      latency.p999 <= 1 ms   714 µs   ✓ met
      achieved >= 99.9%     99.98 %   ✓ met

    LATENCY, from when an event was due until it was carried out
      operation      events      p50      p90      p99   p99.9   p99.99  longest
      all           519,896   150 µs   245 µs   391 µs  714 µs  1.22 ms  2.50 ms
      message in    310,020   160 µs   255 µs   405 µs  740 µs  1.25 ms  2.50 ms
      reply         150,400   120 µs   190 µs   310 µs  560 µs   980 µs  1.50 ms
      status          9,476  60.0 µs  92.0 µs   140 µs  230 µs            400 µs
      close          40,000   110 µs   170 µs   280 µs  490 µs   870 µs   910 µs
      assign         10,000  90.0 µs   140 µs   220 µs  400 µs   700 µs   700 µs
      timer           5,210   210 µs   330 µs   540 µs  970 µs           1.70 ms
      service only  519,896  28.0 µs  41.0 µs  90.0 µs  212 µs   640 µs  1.90 ms
      an empty cell: fewer than one event is above it
      service only: from when the engine took an event up. A client that sends only
      after each answer would have seen 99.9 % of the events within 212 µs instead
      of 714 µs: while the engine stands still it does not send, and so does not
      meet those who wait (coordinated omission).

    The generator sent 99 % of its events at most 80.0 µs late, the latest 140 µs
    late. At most 120 events waited at once.

    PREDICTIONS, what virtual time foretold and what the clock on the wall saw
                                foretold     95 % interval      seen
      time to assignment, mean    12.4 s    11.9 to 12.9 s    12.6 s  inside
      first response, p90       5.58 min  5.30 to 5.87 min  6.02 min   above
      waiting                       41.2                        39.9

    VERDICT  The engine holds 65,000 events a second and meets both goals, with
             99.9 % carried out within 714 µs. One in 100,000 took longer than
             1.77 ms, the slowest 2.50 ms.

    Times differ from run to run and from machine to machine; seed and fingerprint
    are those of what arrived.

    1 run, 0.5 million events
    seed 20261123   fingerprint f2c8-6b04-91e3
    repeat: switchboard load Scenarios/support-desk.yaml --seed 20261123

    """

  private static let limit100 = """
    Support desk, Monday   the engine in this process, least open, 10,000 agents
                           open loop: events are sent when they are due, 2 cores
                           10 measurements at 10,000 to 80,000 events a second, 10 s each, the first 2 s
                           not counted

    WARNING  The engine did not keep up at 80,000 events a second: 73,504 were carried out.

    GOALS at 65,000 events a second
      latency.p999 <= 1 ms   714 µs   ✓ met
      achieved >= 99.9%     99.98 %   ✓ met
      lateness.p99 <= 1 ms  80.0 µs   ✓ met

    LATENCY at 65,000 events a second, from when an event was due until it was carried out
      operation   events  p50, µs  p90, µs  p99, µs  p99.9, µs  p99.99, ms  longest, ms
      all        519,896      150      245      391        714        1.22         2.50

    RATES, events a second
      asked for     due  carried out      p50     p90      p99    p99.9   p99.99  p99.999
         10,000  10,000        9,998   113 µs  144 µs   173 µs   203 µs   733 µs           ✓ met
         20,000  20,000       19,996   115 µs  146 µs   177 µs   211 µs   789 µs  1.37 ms  ✓ met
         40,000  40,000       39,992   120 µs  156 µs   196 µs   248 µs   917 µs  1.52 ms  ✓ met
         56,569  56,569       56,557   130 µs  181 µs   248 µs   367 µs   911 µs  1.39 ms  ✓ met
         65,000  65,000       64,987   150 µs  245 µs   391 µs   714 µs  1.22 ms  1.77 ms  ✓ met
         65,000  65,000       64,987   149 µs  244 µs   388 µs   702 µs  1.20 ms  1.70 ms  ✓ met
         68,000  68,000       67,986   170 µs  310 µs   520 µs  1.08 ms  1.30 ms  1.80 ms  ✗ missed
         68,000  68,000       67,986   172 µs  314 µs   540 µs  1.11 ms  1.29 ms  1.79 ms  ✗ missed
         72,000  72,000       71,986   243 µs  561 µs  1.06 ms  2.06 ms  2.38 ms  2.52 ms  ✗ missed
         80,000  80,000       73,504  88.0 ms  310 ms   420 ms   455 ms   470 ms   480 ms  ✗ behind
      an empty cell: fewer than one event is above it

    The generator sent 99 % of its events at most 80.0 µs late, the latest 140 µs late. At most 120
    events waited at once.

    VERDICT  The engine holds 65,000 events a second, with 99.9 % carried out within 714 µs. One in
             100,000 took longer than 1.77 ms, the slowest 2.50 ms. It did not hold 68,000 events a
             second.

    Times differ from run to run and from machine to machine; seed and fingerprint are those of what
    arrived.

    10 runs, 4.3 million events
    seed 20261123   fingerprint f2c8-6b04-91e3
    repeat: switchboard load Scenarios/support-desk.yaml --seed 20261123

    """
}
