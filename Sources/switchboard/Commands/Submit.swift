import Measurement
import Reporting

extension Command {
  /// `switchboard submit`: an experiment on a cluster.
  static let submit = Command(
    name: "submit",
    summary: "Share an experiment over the machines of a cluster and merge the result",
    operands: "COMMAND [OPERAND]", operandCount: 1...2,
    options: [
      .scheduler, .shards, .shares, .partition, .time, .cpus, .image, .claim, .dryRun, .noWait,
    ] + Submission.passedOn,
    details: """
      COMMAND is run, compare, sweep, plan or fuzz with all that it takes; what it would do here, N jobs do there,
      each a share, and one that waits for them merges the shares into --output. All that the machines must
      have in common is a folder and this program at the same place.

      slurm: writes the script of a job array and that of the job that merges, submits both with sbatch and
      watches until the result is there, which it then prints. A share that is there is not made again, one whose
      machine was taken away or that failed is put back into the queue up to three times. Where runs decide how
      many more are wanted, the merging job submits the next round. Ctrl-C ends the watching, not the jobs.

      kubernetes: prints an indexed Job; nothing is applied. Its pods need --image with this program in it, and a
      volume claim (--claim) with the scenario on it. Merge the shares yourself when it is done.

      With --dry-run the scripts are printed, and nothing is written. What it would cost tells 'COMMAND --estimate'.
      """,
    example:
      "switchboard submit compare Scenarios/support-desk.yaml --replications 1000 --shards 8 --dry-run"
  ) { arguments, terminal in
    guard let submission = Submission(arguments) else { return .usage }
    if submission.isKubernetes {
      say(KubernetesJob(submission).text)
      return .done
    }
    return SlurmJobs(submission, terminal).run()
  }
}

extension OptionSpec {
  static let scheduler = OptionSpec(
    name: "on", placeholder: "slurm|kubernetes", value: .choice(["slurm", "kubernetes"]),
    help: "Who gives the shares to machines (default: slurm)")
  static let shards = OptionSpec(
    name: "shards", placeholder: "N", value: .integer(1...1_000_000),
    help: "Into how many shares the runs are cut; some more than there are machines is best")
  static let shares = OptionSpec(
    name: "shares", placeholder: "DIR", value: .text,
    help: "The folder of the shares, which all machines see (default: OUTPUT.shares)")
  static let partition = OptionSpec(
    name: "partition", placeholder: "P", value: .text, help: "Slurm's partition (default: its own)")
  static let time = OptionSpec(
    name: "time", placeholder: "T", value: .text,
    help: "The most time of a job, as Slurm writes it: 2:00:00 (default: the partition's)")
  static let cpus = OptionSpec(
    name: "cpus", placeholder: "C", value: .integer(1...1024),
    help: "Cores, and threads, of each share (default: 1)")
  static let image = OptionSpec(
    name: "image", placeholder: "IMAGE", value: .text,
    help: "The container that has this program (kubernetes)")
  static let claim = OptionSpec(
    name: "claim", placeholder: "NAME", value: .text,
    help: "The persistent volume claim that all pods see (kubernetes)")
  static let dryRun = OptionSpec(
    name: "dry-run", placeholder: "", value: .none, help: "Print the scripts; submit nothing")
  static let noWait = OptionSpec(
    name: "no-wait", placeholder: "", value: .none,
    help: "Submit, and do not watch until it is done")
}

/// What is to be shared over machines.
struct Submission {
  /// The name of the command whose runs are shared.
  let command: String
  /// A name for people.
  let title: String
  /// Its words: operand and options, without where the result goes.
  let words: [String]
  let shards: Int
  let cpus: Int
  /// Where the result goes, and the shares.
  let output: String
  let shares: String
  let arguments: Arguments

  /// The commands that can make shares.
  private static var shared: [Command] {
    Program.shareable
  }

  /// Every option that such a command takes, but those that are given by whoever submits.
  static var passedOn: [OptionSpec] {
    var options: [OptionSpec] = []
    // What one machine alone can write makes no shares.
    let own = Set(
      (OptionSpec.sharing + [.threads, .conversations, .journal, .roster]).map(\.name))
    for option in shared.flatMap(\.options)
    where !own.contains(option.name) && !options.contains(where: { $0.name == option.name }) {
      options.append(option)
    }
    return options
  }

  var isKubernetes: Bool { arguments.text(.scheduler) == "kubernetes" }

  /// Nil, and told, where the words make no sense.
  init?(_ arguments: Arguments) {
    self.arguments = arguments
    let name = arguments.positionals[0]
    guard let command = Self.shared.first(where: { $0.name == name }) else {
      let known = Self.shared.map(\.name)
      let near = nearestName(to: name, in: known).map { ", did you mean '\($0)'?" } ?? ""
      complain(
        "switchboard: error: '\(printable(name))' cannot be shared\(near.isEmpty ? "; these can: \(known.joined(separator: ", "))" : near)"
      )
      return nil
    }
    let operands = Array(arguments.positionals.dropFirst())
    guard command.operandCount.contains(operands.count) else {
      complain("switchboard: error: \(name) needs \(command.operands)")
      return nil
    }
    var words = operands
    var isRight = true
    for option in Self.passedOn where arguments.has(option) && option.name != OptionSpec.output.name
    {
      guard command.options.contains(where: { $0.name == option.name }) else {
        complain("switchboard: error: \(name) takes no --\(option.name)")
        isRight = false
        continue
      }
      words += arguments.words(of: [option])
    }
    guard isRight else { return nil }
    guard let shards = arguments.integer(.shards) else {
      complain("switchboard: error: --shards N says into how many shares the runs are cut")
      return nil
    }
    let isKubernetes = arguments.text(.scheduler) == "kubernetes"
    for (option, isIts) in [
      (OptionSpec.partition, !isKubernetes), (.time, !isKubernetes), (.image, isKubernetes),
      (.claim, isKubernetes),
    ] where arguments.has(option) && !isIts {
      complain(
        "switchboard: error: --\(option.name) is for \(isKubernetes ? "slurm" : "kubernetes")")
      return nil
    }
    self.command = name
    self.words = words
    self.shards = Int(shards)
    cpus = arguments.integer(.cpus).map { Int($0) } ?? 1
    let stem = operands.first.map { ScenarioInput.stem(of: $0) }
    title = stem ?? name
    let usual =
      name == "fuzz"
      ? "Reports/" + (stem.map { "\($0)-" } ?? "") + "fuzz"
      : "Reports/" + (stem ?? name) + (name == "compare" ? "" : "-\(name)")
    output = arguments.text(.output) ?? usual
    shares = arguments.text(.shares) ?? output + ".shares"
  }
}
