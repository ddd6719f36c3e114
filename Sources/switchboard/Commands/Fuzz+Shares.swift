import Experiments
import Reporting
import Verification

extension Fuzzing {
  /// What the words ask for of stories that machines share; `key` tells the program and what it tells stories about.
  func sharing(_ key: String) -> (sharing: Sharing?, end: ExitCode?) {
    Sharing.read(
      arguments,
      PartialFile.Origin(
        version: Program.version, words: words(seeds), scenario: key, seed: seeds.lowerBound,
        libm: "", gsl: "", timeZone: ""),
      noun: "block")
  }

  /// Tells a share of the stretches and writes what was found.
  func share(_ fuzz: Fuzz, _ sharing: Sharing) -> ExitCode {
    CrashNotice.start()
    return sharing.make("fuzz", terminal) { progress in
      let stretches = stretches
      let range = try sharing.runs.share(of: stretches.count) {
        (piece, sample) throws(Campaign.Failure) in
        var telling = Stretch(stretches.dropFirst(piece).first ?? seeds, known: [])
        guard telling.tell(fuzz, threads: 1, interruption) else {
          throw .shared(.interrupted)
        }
        sample.bytes += (try? SharedRuns.packed(telling.found).count) ?? 0
        return true
      }
      guard let range else { return }
      var made: [(piece: Int, bytes: [UInt8])] = []
      var reached: Set<String> = []
      for (number, seeds) in stretches.enumerated() where range.contains(number) {
        var telling = Stretch(seeds, known: reached)
        let isWhole = telling.tell(fuzz, threads: threads, interruption)
        guard isWhole || telling.bad != nil else { throw Campaign.Failure.shared(.interrupted) }
        made.append((number, try SharedRuns.packed(telling.found)))
        reached.formUnion(telling.reached)
        progress(made.count, range.count)
        // Nobody asks for what comes after a story that goes wrong.
        if telling.bad != nil { break }
      }
      throw Campaign.Failure.shared(
        .made(SharedRuns.Share(pieces: stretches.count, range: range, made: made)))
    }
  }

  /// What another machine found in a stretch; nil where none told it.
  func shared(_ number: Int, _ sharing: Sharing) -> Stretch.Found? {
    sharing.set.bytes(1, number).flatMap { SharedRuns.unpacked(Stretch.Found.self, $0) }
  }
}
