import Experiments

extension Arguments {
  /// How many threads are to work: as many as `--threads` says, else as there are cores.
  var threads: Int { integer(.threads).map { Int($0) } ?? Replications.hardwareThreads }
}
