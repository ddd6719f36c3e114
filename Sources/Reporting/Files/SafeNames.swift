/// Names that are safe as parts of file names, one for each text, all different.
///
/// Letters, digits, `.`, `-` and `_` of ASCII stay; a run of anything else becomes one `-`.
public func safeFileNames(for texts: [String]) -> [String] {
  var taken: Set<String> = []
  return texts.map { text in
    let plain = safeFileName(for: text)
    var name = plain
    var number = 2
    while !taken.insert(name).inserted {
      name = "\(plain)-\(number)"
      number += 1
    }
    return name
  }
}

private func safeFileName(for text: String) -> String {
  var name = ""
  for scalar in text.unicodeScalars {
    let isPlain =
      scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
    if isPlain || scalar == "_" || (scalar == "." && !name.isEmpty) {
      name.unicodeScalars.append(scalar)
    } else if !name.isEmpty, !name.hasSuffix("-") {
      name += "-"
    }
    if name.utf8.count >= 60 { break }
  }
  while name.hasSuffix("-") || name.hasSuffix(".") { name.removeLast() }
  // File systems that ignore case must not make two of them one.
  return name.isEmpty ? "unnamed" : name.lowercased()
}
