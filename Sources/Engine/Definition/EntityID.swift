/// The number of one kind of thing in a workspace, so that an agent is never mistaken for a contact.
///
/// Ids are handed out once and never again: what a thing was called stays true in every record.
public protocol EntityID: Hashable, Sendable, Codable, Comparable, BitwiseCopyable,
  CustomStringConvertible
{
  /// The number behind the id.
  associatedtype Raw: FixedWidthInteger & UnsignedInteger & Codable & Sendable
  /// The number itself; dense, counted from zero.
  var raw: Raw { get }
  /// Makes the id of the thing with a number.
  init(_ raw: Raw)
  /// What the thing is called in print: `user` makes `user-7`.
  static var noun: String { get }
}

extension EntityID {
  /// The position of the thing in a dense table.
  @inlinable public var index: Int { Int(truncatingIfNeeded: raw) }

  /// Makes the id of the thing at a position of a dense table.
  @inlinable public init(index: Int) { self.init(Raw(truncatingIfNeeded: index)) }

  /// The noun and the number, such as `user-7`.
  public var description: String { "\(Self.noun)-\(raw)" }

  /// Orders ids by age.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }

  /// Reads the bare number.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Raw.self))
  }

  /// Writes the bare number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(raw)
  }
}
