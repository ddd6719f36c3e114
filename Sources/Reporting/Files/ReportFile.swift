/// A file of a result folder before it is written.
public struct ReportFile: Sendable, Equatable {
  /// Its name inside the folder, with `/` between parts.
  public var name: String
  /// What it says.
  public var contents: String

  /// A file with its contents.
  public init(_ name: String, _ contents: String) {
    self.name = name
    self.contents = contents
  }
}
