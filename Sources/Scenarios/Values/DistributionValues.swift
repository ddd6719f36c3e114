import Engine
import Measurement
import Sampling

/// What the numbers of a distribution are.
enum DrawnQuantity {
  /// Times: every value carries a unit.
  case duration
  /// Plain numbers.
  case number
  /// Either; a service may answer both.
  case either

  fileprivate var sample: String {
    self == .number
      ? "for example '1.5' or '{gamma: {mean: 1, cv: 0.2}}'"
      : "for example '40 s' or '{exponential: 40 s}'"
  }
}

extension ValueReader {
  /// A bare value, or a map with the name of a distribution.
  func distribution(
    _ what: String, _ quantity: DrawnQuantity = .duration, _ files: DataFolder
  ) -> Distribution? {
    guard isMapping else {
      if isList {
        expected("\(what): a value or a distribution", hint: quantity.sample)
        return nil
      }
      return drawnValue(what, quantity).flatMap { value in
        possible(quantity) { () throws(ImpossibleParameter) in try .constant(value) }
      }
    }
    guard let (name, nameSpan, value) = single("a distribution") else { return nil }
    switch name {
    case "empirical": return value.empirical(quantity, files)
    case "mixture": return value.mixture(quantity, files)
    default: break
    }
    let forms = DistributionForm.allCases.filter { $0.family == name }
    guard !forms.isEmpty else {
      reading.problems.unknownName(
        "distribution", name, at: nameSpan, known: Self.distributionNames)
      return nil
    }
    return value.parametric(name, forms, quantity)
  }

  /// Every name of a distribution.
  static let distributionNames: [String] = {
    var names: [String] = []
    for form in DistributionForm.allCases where !names.contains(form.family) {
      names.append(form.family)
    }
    return names + ["empirical", "mixture"]
  }()

  /// One number of a distribution: seconds for a time.
  private func drawnValue(_ what: String, _ quantity: DrawnQuantity) -> Double? {
    switch quantity {
    case .duration: return duration(what)?.inSeconds
    case .number: return number(what)
    case .either:
      if let text = scalarText, let number = parseNumber(text) { return number }
      return duration(what)?.inSeconds
    }
  }

  private func parametric(
    _ family: String, _ forms: [DistributionForm], _ quantity: DrawnQuantity
  ) -> Distribution? {
    if !isMapping {
      // `{exponential: 40 min}`: a form with one parameter takes it bare.
      guard let form = forms.first(where: { $0.parameters.count == 1 }) else {
        expected("a map for \(family): \(Self.ways(forms))")
        return nil
      }
      return value(of: form.parameters[0], quantity).flatMap { value in
        possible(quantity) { () throws(ImpossibleParameter) in try form.distribution([value]) }
      }
    }
    guard let mapping = anyMapping(family) else { return nil }
    let known = forms.flatMap(\.parameters).map(\.name)
    var isSound = true
    for entry in mapping.entries where !known.contains(entry.key) {
      isSound = false
      reading.problems.error(
        entry.keySpan, "unknown key \(quoted(entry.key)) in \(family)",
        hint: nearestName(to: entry.key, in: known).map { "did you mean '\($0)'?" },
        note: "\(family) takes \(Self.ways(forms))")
    }
    guard isSound else { return nil }
    let keys = Set(mapping.entries.map(\.key))
    guard let form = forms.first(where: { Set($0.parameters.map(\.name)) == keys }) else {
      let found =
        mapping.entries.isEmpty ? "nothing" : mapping.entries.map(\.key).joined(separator: ", ")
      reading.problems.error(span, "\(family) takes \(Self.ways(forms)), found \(found)")
      return nil
    }
    let values = form.parameters.map { parameter in
      mapping[parameter.name].flatMap { $0.value(of: parameter, quantity) }
    }
    guard !values.contains(where: { $0 == nil }) else { return nil }
    return possible(quantity, mapping) { () throws(ImpossibleParameter) in
      try form.distribution(values.compactMap(\.self))
    }
  }

  private func value(
    of parameter: DistributionForm.Parameter, _ quantity: DrawnQuantity
  ) -> Double? {
    switch parameter.kind {
    case .value: drawnValue(parameter.name, quantity)
    case .number: number(parameter.name)
    case .count: whole(parameter.name, in: 1...1_000_000).map(Double.init)
    case .share: share(parameter.name)
    }
  }

  static func ways(_ forms: [DistributionForm]) -> String {
    forms.map { form in
      let names = form.parameters.map(\.name)
      return names.count == 1
        ? names[0] : names.dropLast().joined(separator: ", ") + " and " + names[names.count - 1]
    }.joined(separator: ", or ")
  }

  /// What Sampling makes of the numbers, or its constraint at the number that breaks it.
  func possible<T>(
    _ quantity: DrawnQuantity, _ mapping: Mapping? = nil,
    _ body: () throws(ImpossibleParameter) -> T
  ) -> T? {
    do throws(ImpossibleParameter) {
      return try body()
    } catch {
      let place = mapping?[error.parameter] ?? self
      place.error((quantity == .number ? error.withoutUnits : error).description)
      return nil
    }
  }

  private func empirical(_ quantity: DrawnQuantity, _ files: DataFolder) -> Distribution? {
    guard let column = column(), let values = files.numbers(column, self) else { return nil }
    return possible(quantity) { () throws(ImpossibleParameter) in try .empirical(values) }
  }

  static let columnKeys = KeyTable(
    "recorded values",
    [
      .required("file", .text, about: "A CSV file in the scenario's folder."),
      .required("column", .text, about: "The column in it."),
    ])

  /// `{file: calls.csv, column: service_s}`.
  func column() -> ColumnReference? {
    guard let mapping = mapping(Self.columnKeys), let file = mapping["file"],
      let column = mapping["column"], let fileName = file.filledText("the name of a file"),
      let columnName = column.filledText("the name of a column")
    else { return nil }
    return ColumnReference(
      name: ColumnName(file: fileName, column: columnName), file: file, column: column)
  }

  static let mixtureKeys = KeyTable(
    "a part of a mixture",
    [
      .required("share", .reference("share"), about: "The share of this part."),
      .required("of", .reference("distribution"), about: "What is drawn then."),
    ])

  private func mixture(_ quantity: DrawnQuantity, _ files: DataFolder) -> Distribution? {
    guard let items = list(of: "parts") else { return nil }
    var parts: [(Double, Distribution)] = []
    for item in items {
      guard let mapping = item.mapping(Self.mixtureKeys) else { continue }
      let share = mapping["share"].flatMap { $0.share() }
      let of = mapping["of"].flatMap { $0.distribution("a part", quantity, files) }
      if let share, let of { parts.append((share, of)) }
    }
    guard parts.count == items.count else { return nil }
    guard addUp(parts.map(\.0)) else { return nil }
    return possible(quantity) { () throws(ImpossibleParameter) in try .mixture(parts) }
  }

  /// Whether shares make 100%, but for rounding in the last digit of percentages.
  func addUp(_ shares: [Double]) -> Bool {
    let sum = shares.reduce(0, +)
    if (sum - 1).magnitude <= 1e-9 { return true }
    error("the shares add up to \(percent(sum)), expected 100%")
    return false
  }
}

/// A share as a person writes it, with at most four decimals.
func percent(_ share: Double) -> String {
  let scaled = (share * 1e6).rounded() / 1e4
  return scaled == scaled.rounded() && scaled.magnitude < 1e15
    ? "\(Int64(scaled))%" : "\(scaled)%"
}
