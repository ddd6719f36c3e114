/// A sentence whose strategy names can be told from its words, so that a page can colour them.
struct Phrase: Sendable, Equatable {
  enum Part: Sendable, Equatable {
    case words(String)
    case strategy(Int)
    /// A name at the beginning of a sentence.
    case leadingStrategy(Int)
  }

  private(set) var parts: [Part] = []

  init(_ words: String = "") {
    if !words.isEmpty { parts = [.words(words)] }
  }

  static func strategy(_ index: Int) -> Phrase {
    var phrase = Phrase()
    phrase.parts = [.strategy(index)]
    return phrase
  }

  /// A name at the beginning of a sentence, with a capital.
  static func leading(_ index: Int) -> Phrase {
    var phrase = Phrase()
    phrase.parts = [.leadingStrategy(index)]
    return phrase
  }

  static func + (left: Phrase, right: Phrase) -> Phrase {
    var phrase = left
    phrase.parts += right.parts
    return phrase
  }

  static func + (left: Phrase, right: String) -> Phrase { left + Phrase(right) }

  static func += (left: inout Phrase, right: Phrase) { left = left + right }

  static func += (left: inout Phrase, right: String) { left = left + Phrase(right) }

  var isEmpty: Bool { parts.isEmpty }

  /// The sentence as plain text, with names as they may be shown.
  func text(names: [String]) -> String {
    parts.map { part in
      switch part {
      case .words(let words): words
      case .strategy(let index): names[index]
      case .leadingStrategy(let index): names[index].capitalizedFirst
      }
    }.joined()
  }

  /// `A`, `A and B`, `A, B and C`; of more than five the first three are named.
  static func list(_ strategies: [Int]) -> Phrase {
    var phrase = Phrase()
    if strategies.count > 5 {
      for strategy in strategies.prefix(3) {
        if !phrase.isEmpty { phrase += ", " }
        phrase += .strategy(strategy)
      }
      return phrase + " and \(spokenCount(strategies.count - 3)) others"
    }
    for (place, strategy) in strategies.enumerated() {
      if place > 0 { phrase += place == strategies.count - 1 ? " and " : ", " }
      phrase += .strategy(strategy)
    }
    return phrase
  }
}

/// `a`, `a and b`, `a, b and c`.
func listed(_ words: [String]) -> String {
  guard let last = words.last else { return "" }
  return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " and " + last
}
