/// Contacts that a row stands for: one, or a range such as `c1..c100`.
extension CaseReader {
  /// The names of the contacts that a value stands for, in order; nil if it cannot be read.
  func contactNames(in value: ValueReader) -> [Name]? {
    guard let name = value.name("a contact") else { return nil }
    guard name.text.contains("..") else { return [name] }
    guard let range = NumberedNames(name.text) else {
      value.error(
        "\(quoted(name.text)) is no range of contacts",
        hint: "write c1..c100, with at most \(NumberedNames.limit) contacts")
      return nil
    }
    return range.names.map { Name(text: $0, span: name.span) }
  }

  /// Contacts that have appeared before, or the reserved `unknown`; nil if one has not.
  func knownContacts(_ value: ValueReader) -> [Int]? {
    if value.scalarText == CaseFile.unknown { return [CaseFile.unknownContact] }
    guard let names = contactNames(in: value) else { return nil }
    var numbers: [Int] = []
    for name in names {
      guard let number = known(name) else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// What happens to each contact that a value stands for.
  func each(
    _ value: ValueReader, _ action: (CaseFile.ContactNumber) -> CaseFile.Action?
  ) -> [CaseFile.Action] {
    (knownContacts(value) ?? []).compactMap(action)
  }
}

/// A range of names that end in numbers: `c1..c100`.
struct NumberedNames {
  /// How many names a range may have.
  static let limit = 100_000

  let beginning: Substring
  let numbers: ClosedRange<Int>

  /// Reads a range; nil if the two names differ in more than the number at their ends.
  init?(_ text: String) {
    guard let dots = text.firstRange(of: "..") else { return nil }
    guard let first = Self.parts(text[..<dots.lowerBound]),
      let last = Self.parts(text[dots.upperBound...]), first.beginning == last.beginning,
      first.number <= last.number, last.number - first.number < Self.limit
    else { return nil }
    beginning = first.beginning
    numbers = first.number...last.number
  }

  var names: [String] { numbers.map { "\(beginning)\($0)" } }

  private static func parts(_ name: Substring) -> (beginning: Substring, number: Int)? {
    let digits = name.utf8.reversed().prefix { (0x30...0x39).contains($0) }.count
    let ending = name.suffix(digits)
    // A leading zero would be lost: `c01` is not `c1`.
    guard digits > 0, digits <= 9, digits == 1 || ending.first != "0", let number = Int(ending)
    else { return nil }
    return (name.dropLast(digits), number)
  }
}
