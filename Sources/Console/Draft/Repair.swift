import Scenarios

extension Diagnostic {
  /// What stands in the text and what to write there instead, where the problem says so.
  var repair: String? {
    guard let hint, hint.hasPrefix(Self.guessStart), hint.hasSuffix(Self.guessEnd) else {
      return nil
    }
    return String(hint.dropFirst(Self.guessStart.count).dropLast(Self.guessEnd.count))
  }

  private static let guessStart = "did you mean '"
  private static let guessEnd = "'?"
}
