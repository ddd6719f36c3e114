public import Measurement

extension LoadDocument: Study {
  /// `load.csv`, second by second; `load_rates.csv`, a row for each measurement; `goals.csv`, where there
  /// are goals.
  public var tables: [ReportFile] { LoadFiles(LoadIndex(self)).all }

  /// The answer in one paragraph.
  public var verdict: String { LoadWords(LoadIndex(self)).text }

  /// The page.
  public var page: StudyPage { LoadPage(LoadIndex(self)).page }

  /// The answer for a terminal.
  public func blocks(_ style: TerminalStyle) -> [[String]] {
    LoadTable(LoadIndex(self), style).blocks
  }

  /// The first number that cannot be.
  public var problem: String? { LoadCheck(self).problem }
}
