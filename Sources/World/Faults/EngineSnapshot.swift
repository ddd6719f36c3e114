public import Engine
import FoundationEssentials

/// Everything that the engine knows, written down: what it goes on from after it was stopped.
public struct EngineSnapshot: Sendable {
  private let text: Data

  /// Writes an engine down.
  public init(of core: EngineCore) throws {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    text = try encoder.encode(core)
  }

  /// The engine as it was.
  public func read() throws -> EngineCore {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(EngineCore.self, from: text)
  }
}
