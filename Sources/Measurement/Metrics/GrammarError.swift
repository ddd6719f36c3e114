/// What is wrong with a duration, a metric or a goal as it was written, and where.
public struct GrammarError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what was expected, in a sentence without its end.
  public var message: String

  /// The nearest thing that would have been right, if there is one.
  public var suggestion: String?

  /// Where: offsets of UTF-8 bytes in the text as it was given.
  public var range: Range<Int>

  /// Describes a mistake.
  public init(_ message: String, suggestion: String? = nil, range: Range<Int>) {
    self.message = message
    self.suggestion = suggestion
    self.range = range
  }

  /// The message with its suggestion.
  public var description: String {
    guard let suggestion else { return message }
    return "\(message); did you mean '\(suggestion)'?"
  }

  /// Reads what is saved as the text that people write; a text that is none is damaged data.
  static func read<Value>(
    _ decoder: any Decoder, _ parse: (String) throws(GrammarError) -> Value
  ) throws -> Value {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(GrammarError) {
      return try parse(text)
    } catch {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)': \(error)")
    }
  }

  /// The same mistake in a text that begins `offset` bytes earlier.
  func moved(by offset: Int) -> GrammarError {
    GrammarError(
      message, suggestion: suggestion,
      range: range.lowerBound + offset..<range.upperBound + offset)
  }
}
