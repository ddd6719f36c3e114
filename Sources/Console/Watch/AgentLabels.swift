/// What agents are called: by number alone where all are numbered alike.
struct AgentLabels {
  /// For the head of a row.
  let short: [String]
  /// For a sentence.
  let spoken: [String]

  init(_ names: [String]) {
    let numbers = names.map { String($0.reversed().prefix { ("0"..."9").contains($0) }.reversed()) }
    let stems = zip(names, numbers).map { $0.dropLast($1.count) }
    let isNumbered =
      !names.isEmpty && numbers.allSatisfy { !$0.isEmpty } && stems.allSatisfy { $0 == stems[0] }
    short = isNumbered ? numbers : names
    spoken = isNumbered ? numbers.map { "agent " + $0 } : names
  }

  func spoken(_ agent: Int) -> String {
    spoken.indices.contains(agent) ? spoken[agent] : "agent \(agent + 1)"
  }

  func short(_ agent: Int) -> String {
    short.indices.contains(agent) ? short[agent] : "\(agent + 1)"
  }
}
