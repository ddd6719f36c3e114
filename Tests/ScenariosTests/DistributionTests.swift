import Glibc
import Sampling
import Testing

@testable import Scenarios

@Suite struct `Distributions in files` {
  private static var noFiles: DataFolder { DataFolder(folder: nil) }

  private static func duration(_ text: String) -> (value: Distribution?, problems: [String]) {
    read(text) { $0.distribution("work", .duration, noFiles) }
  }

  @Test(arguments: [
    ("40 s", try Distribution.constant(40)),
    ("{exponential: 40 min}", try Distribution.exponential(mean: 2_400)),
    ("{exponential: {mean: 40 min}}", try Distribution.exponential(mean: 2_400)),
    ("{gamma: {mean: 10 s, cv: 0.5}}", try Distribution.gamma(mean: 10, cv: 0.5)),
    ("{gamma: {shape: 4, scale: 2.5 s}}", try Distribution.gamma(shape: 4, scale: 2.5)),
    ("{erlang: {k: 3, mean: 6 min}}", try Distribution.erlang(k: 3, mean: 360)),
    ("{lognormal: {median: 40 s, p90: 4 min}}", try Distribution.lognormal(median: 40, p90: 240)),
    ("{lognormal: {p95: 3 s, median: 600 ms}}", try Distribution.lognormal(median: 0.6, p95: 3)),
    ("{lognormal: {mean: 1 min, cv: 1}}", try Distribution.lognormal(mean: 60, cv: 1)),
    ("{lognormal: {mu: 3, sigma: 0.7}}", try Distribution.lognormal(mu: 3, sigma: 0.7)),
    ("{weibull: {shape: 2, scale: 1 h}}", try Distribution.weibull(shape: 2, scale: 3_600)),
    ("{weibull: {shape: 2, mean: 1 h}}", try Distribution.weibull(shape: 2, mean: 3_600)),
    ("{pareto: {minimum: 1 s, shape: 2.5}}", try Distribution.pareto(minimum: 1, shape: 2.5)),
    ("{uniform: {from: 1 s, to: 3 s}}", try Distribution.uniform(from: 1, to: 3)),
    (
      "{triangular: {from: 1 s, mode: 2 s, to: 4 s}}",
      try Distribution.triangular(from: 1, mode: 2, to: 4)
    ),
    (
      "{hyperexponential: {mean: 1 min, cv: 2}}", try Distribution.hyperexponential(mean: 60, cv: 2)
    ),
    (
      "{hyperexponential: {p: 20%, mean1: 5 min, mean2: 10 s}}",
      try Distribution.hyperexponential(p: 0.2, mean1: 300, mean2: 10)
    ),
    (
      "{beta: {a: 2, b: 3, from: 0 s, to: 1 min}}",
      try Distribution.beta(a: 2, b: 3, from: 0, to: 60)
    ),
    (
      "{mixture: [{share: 30%, of: 1 s}, {share: 70%, of: {exponential: 2 s}}]}",
      try Distribution.mixture([(0.3, .constant(1)), (0.7, .exponential(mean: 2))])
    ),
  ])
  func `each name and each set of parameters is read`(text: String, expected: Distribution) {
    let result = Self.duration(text)
    #expect(result.problems.isEmpty)
    #expect(result.value == expected)
  }

  @Test func `every form that sampling offers can be written`() {
    // Reads each form from its own list of parameters, so that a new one cannot be forgotten.
    for form in DistributionForm.allCases {
      let parameters = form.parameters.enumerated().map { index, parameter in
        switch parameter.kind {
        case .value: "\(parameter.name): \(index + 1) s"
        case .number: "\(parameter.name): \(index + 2)"
        case .count: "\(parameter.name): 3"
        case .share: "\(parameter.name): 40%"
        }
      }
      let text = "{\(form.family): {\(parameters.joined(separator: ", "))}}"
      let result = Self.duration(text)
      #expect(result.value != nil, "\(text): \(result.problems)")
    }
  }

  @Test(arguments: [
    ("{exponential: 40}", "15: a duration needs a unit; write '40 s' or '40 min'"),
    ("{exponentail: 40 s}", "2: unknown distribution 'exponentail'; did you mean 'exponential'?"),
    (
      "{lognormal: 40 s}",
      "13: expected a map for lognormal: median and p90, or median and p95, or mean and cv, or mu and sigma, found '40 s'"
    ),
    (
      "{lognormal: {median: 40 s}}",
      "13: lognormal takes median and p90, or median and p95, or mean and cv, or mu and sigma, found median"
    ),
    (
      "{lognormal: {median: 40 s, p99: 2 min}}",
      "28: unknown key 'p99' in lognormal; did you mean 'p90'?"
    ),
    (
      "{lognormal: {median: 40 s, p90: 30 s}}",
      "33: p90 must be greater than the median (40 s), got 30 s"
    ),
    ("{gamma: {mean: 10 s, cv: -1}}", "26: cv must be at least 0, got -1"),
    ("{erlang: {k: 2.5, mean: 1 s}}", "14: k must be a whole number, not 2.5"),
    ("{uniform: {from: 3 s, to: 1 s}}", "27: to must be greater than from (3 s), got 1 s"),
    (
      "{mixture: [{share: 30%, of: 1 s}, {share: 60%, of: 2 s}]}",
      "11: the shares add up to 90%, expected 100%"
    ),
    (
      "{exponential: 1 s, gamma: 2 s}",
      "20: a distribution has one key; 'exponential' stands here already"
    ),
    ("{}", "1: expected a distribution, found a map"),
    (
      "[1 s]",
      "1: expected work: a value or a distribution, found a list; for example '40 s' or '{exponential: 40 s}'"
    ),
    (
      "{empirical: {file: a.csv, column: b}}",
      "20: files can be named only by a scenario that is a file itself"
    ),
  ])
  func `an impossible distribution is refused at the value that makes it so`(
    text: String, problem: String
  ) {
    #expect(Self.duration(text).problems == [problem])
  }

  @Test func `plain numbers and seconds are told apart by what is expected`() {
    let factor = read("{gamma: {mean: 1, cv: 0.2}}") {
      $0.distribution("busyness", .number, Self.noFiles)
    }
    #expect(factor.value == (try? .gamma(mean: 1, cv: 0.2)))
    #expect(
      read("{gamma: {mean: 1 s, cv: 0.2}}") {
        $0.distribution("busyness", .number, Self.noFiles)
      }.problems == ["16: expected mean, found '1 s'"])
    let either = read("{exponential: 15 min}") {
      $0.distribution("an answer", .either, Self.noFiles)
    }
    #expect(either.value == (try? .exponential(mean: 900)))
  }

  @Test(arguments: [
    ("3", try CountDistribution.constant(3)), ("{geometric: 2.5}", try .geometric(mean: 2.5)),
    ("{geometric: {mean: 2.5}}", try .geometric(mean: 2.5)),
    ("{poisson: 4}", try .poisson(mean: 4)),
    ("{uniform: {from: 1, to: 5}}", try .uniform(from: 1, to: 5)),
  ])
  func `counts have their own forms`(text: String, expected: CountDistribution) {
    #expect(read(text) { $0.count("questions") }.value == expected)
  }

  @Test(arguments: [
    ("1.5", "1: questions must be a whole number, not 1.5"),
    ("{geometric: 0.5}", "13: mean must be from 1 to 1000000000, got 0.5"),
    ("{uniform: {from: 5, to: 1}}", "25: to must be from 5 to 1000000000, got 1"),
    ("{binomial: 3}", "2: unknown count 'binomial'"),
  ])
  func `an impossible count says why`(text: String, problem: String) {
    #expect(read(text) { $0.count("questions") }.problems == [problem])
  }
}

@Suite struct `Arrivals in files` {
  private func arrivals(_ text: String) -> (value: ArrivalProcess?, problems: [String]) {
    read(text) { $0.arrivals(DataFolder(folder: nil)) }
  }

  @Test(arguments: [
    ("{poisson: 90 per hour}", 90.0), ("{renewal: {exponential: 40 s}}", 90),
    ("{profile: {\"00:00\": 30 per hour, \"12:00\": 60 per hour}}", 30),
    ("{profile: {\"00:00\": 30 per hour, \"12:00\": 60 per hour}, shape: linear}", 31.25),
    ("{weekly: {mon-fri: {\"00:00\": 40 per hour}, sat: {\"00:00\": 1 per hour}}}", 40),
    ("{mmpp: [{rate: 0 per hour, stay: 1 h}, {rate: 60 per hour, stay: 1 h}]}", 30),
    ("{batch: {of: {poisson: 10 per hour}, size: {geometric: 3}}}", 30),
    ("{hawkes: {rate: 10 per hour, jump: 1 per hour, decay: 2 per hour}}", 20),
    ("{poisson: 90 per hour, busyness: {gamma: {mean: 1, cv: 0.2}}}", 90),
  ])
  func `each process is read`(text: String, perHour: Double) throws {
    // The expected number in the first hour of a Monday tells the parameters apart.
    let result = arrivals(text)
    #expect(result.problems.isEmpty)
    let process = try #require(result.value)
    #expect((process.expectedCount(from: 0, to: 3_600) - perHour).magnitude < 1e-9)
  }

  @Test(arguments: [
    ("90 per hour", "1: expected a map for arrivals, found '90 per hour'"),
    ("{poisson: 90}", "11: a rate needs a time; write '90 per hour'"),
    ("{poison: 90 per hour}", "2: unknown key 'poison' in arrivals; did you mean 'poisson'?"),
    (
      "{poisson: 9 per hour, renewal: 1 s}",
      "23: arrivals takes either 'poisson' or 'renewal', not both"
    ),
    (
      "{poisson: 9 per hour, shape: step}",
      "23: 'shape' goes with profile and weekly only, not 'poisson'"
    ),
    (
      "{profile: {\"25:00\": 9 per hour}}",
      "12: there is no time of day '25:00'; from 00:00 to 23:59"
    ),
    (
      "{profile: {\"08:00\": 0 per hour}}",
      "11: at least one rate of the profile must be greater than 0"
    ),
    (
      "{weekly: {mon-fri: {\"08:00\": 1 per h}, fri: {\"08:00\": 1 per h}}}",
      "40: a day that is listed twice"
    ),
    (
      "{mmpp: [{rate: 1 per hour, stay: 1 h}]}", "8: the number of states must be at least 2, got 1"
    ),
    (
      "{hawkes: {rate: 1 per h, jump: 3 per h, decay: 2 per h}}",
      "32: jump must be less than the decay (2 per hour), got 3 per hour"
    ),
    (
      "{poisson: 9 per h, busyness: {gamma: {mean: 2, cv: 1}}}",
      "30: the mean of busyness must be 1 (volume multiplies the arrivals), got 2"
    ),
  ])
  func `impossible arrivals say why`(text: String, problem: String) {
    #expect(arrivals(text).problems.contains(problem))
  }
}

@Suite struct `Files beside a scenario` {
  /// A folder with some files that is gone when the test ends.
  private final class Folder {
    let path = "/tmp/switchboard-files-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"
    private var made: [String] = []
    init() { mkdir(path, 0o700) }
    func write(_ name: String, _ text: String) {
      let file = fopen(path + "/" + name, "w")
      fputs(text, file)
      fclose(file)
      made.append(name)
    }
    func link(_ name: String, to target: String) {
      symlink(target, path + "/" + name)
      made.append(name)
    }
    deinit {
      for name in made { unlink(path + "/" + name) }
      rmdir(path)
    }
  }

  private func column(_ folder: Folder, _ file: String, _ column: String) -> (
    value: Distribution?, problems: [String]
  ) {
    read("{empirical: {file: '\(file)', column: '\(column)'}}") {
      $0.distribution("work", .duration, DataFolder(folder: folder.path))
    }
  }

  @Test func `a column is found by its header, quotes and line ends of any kind`() {
    let folder = Folder()
    folder.write(
      "calls.csv",
      "\u{FEFF}\"id\",\"service, s\",\"a \"\"b\"\"\"\r\n1,10,\"x\ny\"\r\n2,\"20\",\r\n3,,\n4,1 min,z"
    )
    #expect(column(folder, "calls.csv", "service, s").value == (try? .empirical([10, 20, 60])))
    #expect(column(folder, "calls.csv", "id").value == (try? .empirical([1, 2, 3, 4])))
  }

  @Test func `what is wrong with a file is said at its name`() {
    let folder = Folder()
    folder.write("calls.csv", "id,service\n1,ten\n")
    folder.write("empty.csv", "")
    folder.write("none.csv", "id\n")
    folder.link("out.csv", to: "/etc/passwd")
    folder.link("loop.csv", to: "loop.csv")
    #expect(
      column(folder, "calls.csv", "service").problems
        == ["41: 'calls.csv' has 'ten' in line 2, expected a number, a duration or a date"])
    #expect(
      column(folder, "calls.csv", "servcie").problems
        == ["41: unknown column 'servcie'; did you mean 'service'?"])
    #expect(column(folder, "empty.csv", "id").problems == ["20: 'empty.csv' is empty"])
    #expect(column(folder, "none.csv", "id").problems == ["40: the column 'id' has no values"])
    #expect(
      column(folder, "no.csv", "id").problems
        == ["20: there is no file 'no.csv' in the scenario's folder"])
    for outside in ["out.csv", "../etc", "/etc/passwd"] {
      #expect(column(folder, outside, "id").value == nil)
      #expect(column(folder, outside, "id").problems.count == 1)
    }
    #expect(
      column(folder, "out.csv", "id").problems
        == ["20: 'out.csv' must lie in the scenario's own folder"])
    #expect(
      column(folder, "loop.csv", "id").problems
        == ["20: there is no file 'loop.csv' in the scenario's folder"])
    #expect(column(folder, ".", "id").problems == ["20: '.' must lie in the scenario's own folder"])
  }

  @Test func `recorded dates count from the start, those before it are left out`() {
    let folder = Folder()
    folder.write(
      "opened.csv", "at\n2026-11-23 08:59:59\n2026-11-23 09:00\n2026-11-23 10:00:30\n")
    let files = DataFolder(folder: folder.path)
    files.start = (try? parseLocalTime("2026-11-23 09:00")) ?? files.start
    let result = read("{replay: {file: opened.csv, column: at}}") { $0.arrivals(files) }
    #expect(result.value == (try? .replay([0, 3_630])))
  }
}
