/// The answers of the fixture as a terminal shows them.
enum ExpectedText {
  /// `compare` in 100 columns.
  static let comparison100 = """
    Support desk, Monday   8 h, 12 agents, 2 channels, about 1,020 conversations a run
                           3 strategies, 30 runs each on the same customers, no warm-up dropped

    GOALS                                           round robin          least open          look first
      first_response.within(5 min) >= 80%    ✗   76.4  ±2.2 %    ✓   83.1  ±2.3 %    ✓   83.0  ±2.3 %
      first_response.p90 <= 6 min            ✗    6.5  ±0.3 min  ?    5.7  ±0.4 min  ✓    5.6  ±0.3 min
      reassigned <= 5%                       ✗   14.1  ±1.4 %    ✗    6.2  ±1.0 %    ✓    3.6  ±0.6 %
      ✓ met   ✗ missed   ? inconclusive: the 95 % interval contains the limit

                                     round robin      least open                  look first
                                        baseline    value   change   ±95 %      value   change   ±95 %
      Answering
        first response in 5 min  %         76.4     83.1     +6.7    ±0.7  +    83.0     +6.6    ±0.7  +
        first response, mean     s        197.2    170.5    -26.7    ±3.1  +   167.4    -29.8    ±3.1  +
        first response, p90      s        387      344      -43      ±8    +   335      -52      ±7    +
        first response, p99      s        672      653      -19     ±24    ?   584      -88     ±27    +
        abandoned                %          4.52     3.40    -1.12   ±0.23 +     3.24    -1.28   ±0.16 +
        resolution, mean         min       12.1     10.9     -1.2    ±0.1  +    10.9     -1.2    ±0.1  +
      Changing hands
        reassigned               %         14.1      6.2     -7.9    ±0.6  +     3.6    -10.5    ±0.9  +
        moves that did not help  /100       8.1      4.0     -4.1    ±0.7  +     1.1     -7.0    ±1.2  +
      Agents
        busy                     %         81.4     82.3     +0.9    ±0.2  .    82.4     +1.0    ±0.3  .
        open contacts, most                 7.1      5.2     -1.9    ±0.3  +     5.3     -1.8    ±0.4  +
        workload, Gini x 100                6.0      6.2     +0.2    ±0.6  ?     6.5     +0.5    ±0.6  ?

    VERDICT  look first is the only strategy that meets all three goals: 6.6 ± 0.7 points more of
             the customers answered within 5 minutes than round robin, with about a quarter of the
             moves. Nothing is shown to be worse than under round robin.

    + better   - worse   ~ no difference   . differs, neither way better   ? inconclusive
    Intervals are paired by run; signs are Holm-corrected over 22 comparisons.
    About 90 more runs of each strategy should settle all three differences marked ?.

    90 runs, 1.2 million events in 0.3 s on 2 threads
    Reports/support-desk/  index.html  comparison.csv  summary.csv  goals.csv  agents.csv  manifest.json
    seed 20261123   fingerprint 7c1f-09ae-5d20
    repeat: switchboard compare Scenarios/support-desk.yaml --seed 20261123
    in a browser: switchboard ui Scenarios/support-desk.yaml

    """

  /// `compare` in 80 columns.
  static let comparison80 = """
    Support desk, Monday   8 h, 12 agents, 2 channels, about 1,020 conversations
                           3 strategies, 30 runs each on the same customers

    GOALS                                     round robin   least open   look first
      first_response.within(5 min) >= 80%     ✗  76.4 %    ✓  83.1 %    ✓  83.0 %
      first_response.p90 <= 6 min             ✗   6.5 min  ?   5.7 min  ✓   5.6 min
      reassigned <= 5%                        ✗  14.1 %    ✗   6.2 %    ✓   3.6 %
      ✓ met   ✗ missed   ? inconclusive: the 95 % interval contains the limit

                           round robin    least open             look first
                              baseline  value change  ±95 %    value change  ±95 %
    Answering
      response in 5 min    %     76.4   83.1   +6.7   ±0.7  +  83.0   +6.6   ±0.7  +
      first response, mean s    197.2  170.5  -26.7   ±3.1  + 167.4  -29.8   ±3.1  +
      first response, p90  s    387    344    -43     ±8    + 335    -52     ±7    +
      first response, p99  s    672    653    -19    ±24    ? 584    -88    ±27    +
      abandoned            %      4.52   3.40  -1.12  ±0.23 +   3.24  -1.28  ±0.16 +
      resolution, mean     min   12.1   10.9   -1.2   ±0.1  +  10.9   -1.2   ±0.1  +
    Changing hands
      reassigned           %     14.1    6.2   -7.9   ±0.6  +   3.6  -10.5   ±0.9  +
      unhelpful moves      /100   8.1    4.0   -4.1   ±0.7  +   1.1   -7.0   ±1.2  +
    Agents
      busy                 %     81.4   82.3   +0.9   ±0.2  .  82.4   +1.0   ±0.3  .
      open contacts, most         7.1    5.2   -1.9   ±0.3  +   5.3   -1.8   ±0.4  +
      workload, Gini x 100        6.0    6.2   +0.2   ±0.6  ?   6.5   +0.5   ±0.6  ?

    VERDICT  look first is the only strategy that meets all three goals: 6.6 ± 0.7
             points more of the customers answered within 5 minutes than round
             robin, with about a quarter of the moves. Nothing is shown to be worse
             than under round robin.

    + better   - worse   ~ no difference   . differs   ? inconclusive
    Intervals are paired by run; signs are Holm-corrected over 22 comparisons.
    About 90 more runs of each strategy should settle all three differences marked
    ?.

    90 runs, 1.2 million events in 0.3 s on 2 threads
    Reports/support-desk/  index.html  comparison.csv  summary.csv  manifest.json
    seed 20261123   fingerprint 7c1f-09ae-5d20
    repeat: switchboard compare Scenarios/support-desk.yaml --seed 20261123
    in a browser: switchboard ui Scenarios/support-desk.yaml

    """

  /// `run` in 80 columns.
  static let run80 = """
    Support desk, Monday   8 h, 12 agents, 2 channels, about 1,020 conversations
                           look first, 30 runs

    GOALS                                       value   ±95 %
      first_response.within(5 min) >= 80%       83.0     ±2.3  %    ✓ met
      first_response.p90 <= 6 min                5.6     ±0.3  min  ✓ met
      reassigned <= 5%                           3.6     ±0.6  %    ✓ met

                                                value   ±95 %
    Answering
      first response in 5 min                   83.0     ±2.3  %
      first response, mean                     167.4     ±9.6  s
      first response, p90                      335      ±17    s
      first response, p99                      584      ±27    s
      abandoned                                  3.24    ±0.45 %
      resolution, mean                          10.9     ±0.5  min
    Changing hands
      reassigned                                 3.6     ±0.6  %
    Agents
      busy                                      82.4     ±1.8  %
      open contacts, most                        5.3     ±0.4

    VERDICT  all three goals are met; the closest is “Answered within 5 minutes” at
             83.0 ± 2.3 %, where the goal is 80 % or more.

    30 runs, 0.4 million events in 0.3 s on 2 threads
    Reports/support-desk-run/  index.html  summary.csv  goals.csv  manifest.json
    seed 20261123   fingerprint 51d3-e0a7-1b9c
    repeat: switchboard run Scenarios/support-desk.yaml --strategies "look first" \\
            --seed 20261123
    in a browser: switchboard ui Scenarios/support-desk.yaml

    """
}
