/// Why a result could not be written; what was there before is untouched.
public enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The folder exists and is not one of ours.
  case notOurs(path: String, holds: String)
  /// Something that is not a folder has the name.
  case notAFolder(path: String)
  /// A volume is mounted at the name, so that no folder can take its place.
  case mountPoint(path: String)
  /// The disk or the quota is full.
  case full(path: String)
  /// We may not write there.
  case notAllowed(path: String, reason: String)
  /// Anything else that the system said.
  case failed(path: String, reason: String)

  /// What is wrong, what was expected and what to do.
  public var description: String {
    switch self {
    case .notOurs(let path, let holds):
      let shown = cut(printable(holds), to: 60)
      return
        "the folder '\(printable(path))' holds '\(shown)' and no manifest.json of switchboard; "
        + "it is left alone. Choose another --output or remove it"
    case .notAFolder(let path):
      return "'\(printable(path))' exists and is not a folder; choose another --output"
    case .mountPoint(let path):
      let shown = printable(path)
      return "a volume is mounted at '\(shown)', and its name cannot be given to a new folder; "
        + "choose a folder in it, such as '\(shown)/result'"
    case .full(let path):
      return "no space left while writing '\(printable(path))'; nothing there was changed. "
        + "Free some space or choose another --output"
    case .notAllowed(let path, let reason):
      return "cannot write to '\(printable(path))': \(reason). Choose another --output"
    case .failed(let path, let reason):
      return "cannot write '\(printable(path))': \(reason). Choose another --output"
    }
  }
}
