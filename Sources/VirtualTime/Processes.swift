/// The tasks of a run that have not ended, by name, in the order in which they were spawned.
struct Processes {
  private var names: [String?] = []
  private var free: [Int] = []

  mutating func begin(_ name: String) -> Int {
    if let number = free.popLast() {
      names[number] = name
      return number
    }
    names.append(name)
    return names.count - 1
  }

  mutating func end(_ number: Int) {
    names[number] = nil
    free.append(number)
  }

  var unfinished: [String] { names.compactMap { $0 } }
}
