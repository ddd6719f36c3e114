import Engine

/// What is expected of a contact's past, and of the calls to a service.
extension CaseReader {
  /// Who was named in comments, which tags came and went, what fields held.
  func past(_ key: String, _ value: ValueReader, _ contact: Int) -> [CaseFile.Claim] {
    switch key {
    case "mentioned":
      return list(value, "users") { user($0) }.map { [.mentioned(contact, $0)] } ?? []
    case "tag_history":
      return list(value, "changes of tags") { tagChange($0) }
        .map { [.tagHistory(contact, $0)] } ?? []
    default:
      return (value.named("a field") ?? []).compactMap { name, value in
        let field = names.field(name.text)
        let values = list(value, "values") { item -> Value?? in
          if item.scalarText == "" { return .some(nil) }
          return fieldValue(item, name.text).map { .some($0) }
        }
        return values.map { .fieldHistory(contact, field, $0) }
      }
    }
  }

  /// `+vip` came, `-vip` went.
  private func tagChange(_ value: ValueReader) -> CaseFile.TagChange? {
    guard let text = value.filledText("a tag that came or went") else { return nil }
    guard let sign = text.first, sign == "+" || sign == "-", text.count > 1 else {
      value.error("expected a tag that came or went", hint: "write +\(text) or -\(text)")
      return nil
    }
    return CaseFile.TagChange(
      tag: names.tag(String(text.dropFirst())), action: sign == "+" ? .added : .removed)
  }

  /// A part of the latest call to a service.
  func call(_ key: String, _ value: ValueReader, _ service: ServiceID) -> [CaseFile.Claim] {
    switch key {
    case "headers":
      return (value.anyMapping("headers")?.entries ?? []).compactMap { entry in
        pattern(ValueReader(entry.value, reading)).map {
          .call(service, .header(entry.key), $0)
        }
      }
    case "method": return pattern(value).map { [.call(service, .method, $0)] } ?? []
    case "url": return pattern(value).map { [.call(service, .url, $0)] } ?? []
    default: return pattern(value).map { [.call(service, .body, $0)] } ?? []
    }
  }

  /// A text; three dots at its end stand for any more.
  func pattern(_ value: ValueReader) -> CaseFile.TextPattern? {
    value.text("a text").map { text in
      let isBeginning = text.hasSuffix("...")
      return CaseFile.TextPattern(
        text: isBeginning ? trimmed(text.dropLast(3)) : text, isBeginning: isBeginning)
    }
  }
}
