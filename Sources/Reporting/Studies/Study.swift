public import Measurement

/// The result of a command beyond `run` and `compare`, which its files and its answer are made from.
///
/// Its document is plain values (module Measurement); tables, page and words are made here, so that
/// `report` can make them again.
public protocol Study: Codable, Sendable {
  /// What was asked, of what, and how to repeat it; encoded under the key `head`.
  var head: StudyHead { get }
  /// The tables, such as `sweep.csv`.
  var tables: [ReportFile] { get }
  /// The page, without its frame.
  var page: StudyPage { get }
  /// The answer for a terminal, block after block, without the lines that every answer ends with.
  func blocks(_ style: TerminalStyle) -> [[String]]
  /// The answer in one paragraph, for programs.
  var verdict: String { get }
  /// The first number in the document that cannot be; nil if every number can.
  var problem: String? { get }
}

/// Every file that a study consists of, but for the manifest and what was recorded beside it.
public enum StudyFiles {
  /// Tables, page and the saved study itself.
  public static func all(of study: some Study) throws(ResultJSONError) -> [ReportFile] {
    study.tables + [
      ReportFile(ResultJSON.fileName, try ResultJSON.text(encoding: study)),
      ReportFile(Page.fileName, study.page.html(study.head)),
    ]
  }

  /// The study in a text that this version wrote.
  public static func read<S: Study>(
    _ type: S.Type, in text: String
  ) throws(ResultJSONError) -> S {
    let study = try ResultJSON.value(type, in: text)
    guard study.head.format == StudyHead.currentFormat else {
      throw .unknownFormat(study.head.format, known: StudyHead.currentFormat)
    }
    if let place = study.problem { throw .impossible(at: place) }
    return study
  }

  /// The command whose study a text is; nil if it is none.
  public static func command(in text: String) -> String? { ResultJSON.studyCommand(in: text) }
}
