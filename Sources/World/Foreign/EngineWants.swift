/// Which events an engine wants to hear of, besides those that are always told.
struct EngineWants: OptionSet {
  let rawValue: UInt8

  static let opened = EngineWants(rawValue: 1)
  static let closed = EngineWants(rawValue: 2)
  static let assigned = EngineWants(rawValue: 4)
  static let unassigned = EngineWants(rawValue: 8)
  static let status = EngineWants(rawValue: 16)
  static let messageIn = EngineWants(rawValue: 32)
  static let messageOut = EngineWants(rawValue: 64)
  static let leftQueue = EngineWants(rawValue: 128)

  static let all = EngineWants(rawValue: .max)

  /// The names in the order of the bits.
  static let names = [
    "opened", "closed", "assigned", "unassigned", "status", "message_in", "message_out",
    "left_queue",
  ]
}

extension EngineWants {
  /// Reads a name.
  init?(name: String) {
    guard let place = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: 1 << UInt8(place))
  }
}
