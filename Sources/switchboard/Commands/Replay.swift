import Engine
import Experiments
import FoundationEssentials
import Measurement
import Reporting
import Scenarios
import Service
import Verification
import World

extension OptionSpec {
  static let conversation = OptionSpec(
    name: "conversation", placeholder: "ID", value: .integer(1...UInt64.max),
    help: "Tell the story of one conversation: who was considered, why it went as it did")
  static let moment = OptionSpec(
    name: "at", placeholder: "T", value: .text,
    help: "Show the workspace at an instant: a time after the start ('90 min') or of day ('10:30')")
  static let strategy = OptionSpec(
    name: "strategy", placeholder: "NAME", value: .text,
    help: "Whose run is told, of a result (default: the first strategy)")
  static let replication = OptionSpec(
    name: "replication", placeholder: "N", value: .integer(1...1_000_000),
    help: "Which run of it, from 1 on (default: 1)")
}

extension Command {
  /// `switchboard replay`, which does a saved run again and looks whether it comes out the same.
  static let replay = Command(
    name: "replay",
    summary: "Do a saved run or a journal again, prove it equal, and tell what happened",
    operands: "RESULT|JOURNAL", operandCount: 1...1,
    options: [.conversation, .moment, .strategy, .replication, .threads, .allowCommand],
    details: """
      A RESULT is a folder that run or compare wrote, or its result.json: its resolved scenario runs
      again and must give the same fingerprint and the same result.json, byte for byte. A JOURNAL is a file of
      'run --journal FILE': its events go through the engine again, and the same effects must come of
      each. One that was cut off is played up to its last whole record, and that is said. The journal of a
      workspace that was served is a JOURNAL too: every event must have the result that was answered.

      Exit code 0 if all is the same, 3 if the file is invalid, 5 if something differs: the first
      difference is shown.
      """,
    example: "switchboard replay Reports/support-desk --conversation 17"
  ) { arguments, terminal in
    let path = arguments.positionals[0]
    if let bytes = try? Data(contentsOf: URL(filePath: path), options: .mappedIfSafe) {
      if SQLiteJournal.isDatabase(bytes) { return replay(database: path, arguments) }
      let text = String(decoding: bytes, as: UTF8.self)
      if JournalFile.isJournal(text) { return replay(journal: text, at: path, arguments) }
    }
    let saved: SavedResult
    let document: ResultDocument
    do {
      saved = try SavedResult(at: path)
      if let study = saved.studyCommand {
        complain(
          "switchboard: error: \(printable(path)) is the result of '\(printable(study))'; replay takes "
            + "those of run and compare, and journals of 'run --journal FILE'")
        return .invalidInput
      }
      document = try saved.document()
    } catch {
      complain("switchboard: error: \(error)")
      return .invalidInput
    }
    return replay(saved, document, arguments, terminal)
  }

  // MARK: Results

  private static func replay(
    _ saved: SavedResult, _ document: ResultDocument, _ arguments: Arguments, _ terminal: Terminal
  ) -> ExitCode {
    guard let rerun = Rerun(saved, document, arguments, terminal) else { return .invalidInput }
    guard let chosen = rerun.chosen(arguments) else { return .usage }
    var progress = Progress(terminal, title: "replay")
    let again: (document: ResultDocument, exports: [ReportFile])
    do {
      defer { progress.clear() }
      again = try rerun.result { done, total in progress.show(done, of: total) }
    } catch let failure as Campaign.Failure {
      complain("switchboard: error: \(SimulationCommand.text(failure))")
      return .failed
    } catch {
      complain("switchboard: error: \(error)")
      return .failed
    }
    let difference = RerunDifference(saved, document, again.document, again.exports)
    say(difference.text)
    guard difference.isEqual else { return .notReproducible }
    guard arguments.has(.conversation) || arguments.has(.moment) else { return .done }
    let title = "run \(chosen.replication + 1) of '\(printable(chosen.strategy))'"
    guard
      let run = try? JournaledRun(
        chosen.plan, seed: document.seed, replication: chosen.replication, atMost: .max)
    else {
      complain("switchboard: error: \(SimulationCommand.text(.tooManyReplications))")
      return .usage
    }
    return tell(EngineRecording(run), title, arguments) { time in
      try? WorldMoment(
        chosen.plan, seed: document.seed, replication: chosen.replication, at: time
      ).hands
    }
  }

  // MARK: Journals

  private static func replay(journal text: String, at path: String, _ arguments: Arguments)
    -> ExitCode
  {
    guard !arguments.has(.strategy), !arguments.has(.replication) else {
      complain(
        "switchboard: error: a journal is of one run; --strategy and --replication are for results")
      return .usage
    }
    let file: JournalFile
    do {
      file = try JournalFile(text: text)
    } catch {
      complain("\(printable(path)): error: \(printable("\(error)"))")
      return .invalidInput
    }
    if let loss = file.loss { complain("\(printable(path)): warning: \(loss)") }
    let header = file.header
    let title = "run \(header.replication) of '\(printable(header.strategy))'"
    let proof = JournalProof(file)
    say(
      "\(printable(header.scenario)), \(title), seed \(header.seed), written by \(printable(header.version))"
    )
    guard proof.difference.isEmpty else {
      say(
        "NOT THE SAME: the first \(proof.events - 1) events have the effects of the journal, then:\n"
          + proof.difference.map { "  " + printable($0) }.joined(separator: "\n"))
      return .notReproducible
    }
    say(
      "THE SAME: all \(proof.events) events have the effects of the journal, \(proof.decisions) decisions "
        + "among them; effects \(DocumentBuilder.text(fingerprint: proof.hash))")
    return tell(file.recording, title, arguments) { _ in nil }
  }

  /// The journal of a workspace that was served.
  private static func replay(database path: String, _ arguments: Arguments) -> ExitCode {
    guard !arguments.has(.strategy), !arguments.has(.replication) else {
      complain(
        "switchboard: error: a journal is of one workspace; --strategy and --replication are for results"
      )
      return .usage
    }
    let read: SQLiteJournal
    do throws(JournalProblem) {
      read = try SQLiteJournal(path: path)
    } catch {
      complain("switchboard: error: \(printable(error.description))")
      return .invalidInput
    }
    let count = read.journal.entries.count
    say("\(printable(read.opening.name)), served; \(count) events")
    if let difference = read.difference {
      say(
        "NOT THE SAME: the first \(count - 1) events have the results of the journal, then:\n  "
          + printable(difference))
      return .notReproducible
    }
    say(
      "THE SAME: all \(count) events have the results of the journal, \(read.decisions) decisions among "
        + "them; rows \(DocumentBuilder.text(fingerprint: read.checksum))")
    let recording = EngineRecording(
      settings: read.opening.settings, opening: read.opening.events, journal: read.journal)
    let title = "the workspace '\(printable(read.opening.name))'"
    return tell(recording, title, arguments) { _ in nil }
  }

  // MARK: Telling

  /// Tells a conversation, or the workspace at an instant, as the options ask.
  private static func tell(
    _ recording: EngineRecording, _ title: String, _ arguments: Arguments,
    hands: (EngineTime) -> [WorldMoment.Hands]?
  ) -> ExitCode {
    if let asked = arguments.integer(.conversation) {
      let number = ConversationExport.conversation(asked)
      let story = RunStory(of: ConversationID(number), in: recording)
      guard let lines = story.lines else {
        complain(
          "switchboard: error: \(title) has \(story.conversations) conversations, numbered from 1; "
            + "there is no \(number)")
        return .usage
      }
      say("\nconversation \(number) in \(title)\n")
      say(lines.map { printable($0) }.joined(separator: "\n"))
    }
    if let text = arguments.text(.moment) {
      guard let time = RunMoment.time(text, of: recording) else {
        complain(
          "switchboard: error: --at takes a time after the start such as '90 min', or one of day such "
            + "as '10:30' or '10:30:15', got '\(printable(text))'")
        return .usage
      }
      say("\n\(title)")
      let moment = RunMoment(recording, at: time, hands: hands(time))
      say(moment.lines.map { printable($0) }.joined(separator: "\n"))
    }
    return .done
  }
}
