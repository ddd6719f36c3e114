/// Where recorded values come from: a column of a file that somebody else reads.
public struct ColumnName: Hashable, Sendable, Codable {
  /// The file, as the scenario names it.
  public let file: String
  /// The column, as the file's header names it.
  public let column: String

  /// Names a column of a file.
  public init(file: String, column: String) {
    self.file = file
    self.column = column
  }
}

/// A distribution as it was written: it can be shown, stored and written again.
public indirect enum DistributionSpec: Hashable, Sendable, Codable {
  /// A bare value.
  case constant(Double)
  /// A named distribution and its values, in the order of `DistributionForm.parameters`.
  case parametric(DistributionForm, [Double])
  /// Recorded values.
  case empirical(ColumnName)
  /// Several distributions with their shares.
  case mixture([Part])

  /// A part of a mixture.
  public struct Part: Hashable, Sendable, Codable {
    /// How often this part is drawn, from 0 to 1.
    public let share: Double
    /// The part's distribution.
    public let of: DistributionSpec

    /// A distribution and its share.
    public init(share: Double, of: DistributionSpec) {
      self.share = share
      self.of = of
    }
  }

  /// Checks and solves the parameters; `column` supplies recorded values, Sampling reads no files.
  ///
  /// Throws `ImpossibleParameter`, or what `column` throws.
  public func distribution(
    column: (ColumnName) throws -> [Double]
  ) throws -> Distribution {
    switch self {
    case .constant(let value): return try .constant(value)
    case .parametric(let form, let values): return try form.distribution(values)
    case .empirical(let name): return try .empirical(column(name))
    case .mixture(let parts):
      return try .mixture(parts.map { ($0.share, try $0.of.distribution(column: column)) })
    }
  }

  /// Every column that the distribution needs, in order of appearance.
  public var columns: [ColumnName] {
    switch self {
    case .constant, .parametric: []
    case .empirical(let name): [name]
    case .mixture(let parts): parts.flatMap(\.of.columns)
    }
  }
}
