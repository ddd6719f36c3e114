import FoundationEssentials

/// A workspace's memory as bytes and back.
enum SnapshotText {
  static func encode(_ memory: WorkspaceMemory) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return Array(try encoder.encode(memory))
  }

  static func decode(_ bytes: [UInt8]) throws -> WorkspaceMemory {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(WorkspaceMemory.self, from: Data(bytes))
  }
}
