/// An agent by number, counted from 0, or nobody.
///
/// Four bytes, where an optional number would take eight: conversations keep several of them.
@frozen public struct AgentNumber: Hashable, Comparable, Sendable, BitwiseCopyable {
  @usableFromInline let raw: Int32

  @inlinable init(raw: Int32) { self.raw = raw }

  /// The agent at a place of the table of agents.
  @inlinable public init(_ index: Int) { self.init(raw: Int32(truncatingIfNeeded: index)) }

  /// No agent: what nobody has, whoever nobody is.
  @inlinable public static var nobody: Self { Self(raw: -1) }

  /// Whether it is an agent.
  @inlinable public var isSomebody: Bool { raw >= 0 }

  /// The agent's place in the table of agents; of nobody there is none, and a table traps.
  @inlinable public var index: Int { Int(raw) }

  /// Orders agents by number; nobody comes first.
  @inlinable public static func < (left: Self, right: Self) -> Bool { left.raw < right.raw }
}
