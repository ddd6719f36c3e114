import FoundationEssentials
public import Measurement

/// `result.json`: the document as text and back.
public enum ResultJSON {
  /// The name of the file.
  public static let fileName = "result.json"

  /// The document as text; equal documents give equal bytes.
  public static func text(of document: ResultDocument) throws(ResultJSONError) -> String {
    try text(encoding: document)
  }

  /// A value as text; equal values give equal bytes.
  static func text(
    encoding value: some Encodable, isPretty: Bool = false
  ) throws(ResultJSONError) -> String {
    do {
      let bytes = try CompactEncoder.bytes(of: value, end: isPretty ? "" : "\n")
      return printableJSON(
        String(decoding: isPretty ? JSONLines.laidOut(bytes) : bytes, as: UTF8.self))
    } catch {
      throw .notFinite
    }
  }

  /// The document in a text that this or an earlier version wrote.
  public static func document(in text: String) throws(ResultJSONError) -> ResultDocument {
    guard let head = try? decoder().decode(Head.self, from: Data(text.utf8)) else {
      throw .notAResult
    }
    guard head.format == ResultDocument.currentFormat else {
      throw .unknownFormat(head.format, known: ResultDocument.currentFormat)
    }
    let document = try value(ResultDocument.self, in: text)
    if let place = ResultCheck(document).problem { throw .impossible(at: place) }
    return document
  }

  /// A value in a text that `text(encoding:)` made.
  static func value<Value: Decodable>(
    _ type: Value.Type, in text: String
  ) throws(ResultJSONError) -> Value {
    do {
      return try decoder().decode(type, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw .damaged(at: place(of: error))
    } catch {
      throw .notAResult
    }
  }

  /// The command whose study a text is; nil if it is none.
  static func studyCommand(in text: String) -> String? {
    struct Mark: Decodable {
      var head: Inner
      struct Inner: Decodable {
        var command: String
      }
    }
    return (try? decoder().decode(Mark.self, from: Data(text.utf8)))?.head.command
  }

  private static func decoder() -> JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  private struct Head: Decodable {
    var format: Int
  }

  private static func place(of error: DecodingError) -> String {
    let path: [any CodingKey]
    switch error {
    case .keyNotFound(let key, let context): path = context.codingPath + [key]
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
      path = context.codingPath
    @unknown default: path = []
    }
    return path.map { key in key.intValue.map { "[\($0)]" } ?? key.stringValue }
      .joined(separator: ".")
  }
}

/// Why a text is not a result, or a result not a text.
public enum ResultJSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// It is not the JSON of a result.
  case notAResult
  /// It was written in a layout that this version does not know.
  case unknownFormat(Int, known: Int)
  /// Something in it is missing or of another kind.
  case damaged(at: String)
  /// A number in it cannot be.
  case impossible(at: String)
  /// A number of the document is infinite or not a number.
  case notFinite

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .notAResult:
      return "this is not a result: expected a result.json that switchboard has written"
    case .unknownFormat(let found, let known):
      let advice = found > known ? "use a newer switchboard" : "repeat the command"
      return "the result has format \(found), this version reads format \(known); \(advice)"
    case .damaged(let place):
      return "the result is damaged at '\(printable(place))'; repeat the command that made it"
    case .impossible(let place):
      return "the result has a number at '\(printable(place))' that no run can have; "
        + "repeat the command that made it"
    case .notFinite:
      return "the result holds a number that is infinite or not a number and cannot be written"
    }
  }
}
