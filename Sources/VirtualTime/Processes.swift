/// The tasks of a run that have not ended, in the order in which they were spawned.
struct Processes {
  private var places: [(name: String, task: Task<Void, Never>?)?] = []
  private var free: [Int] = []

  var isEmpty: Bool { free.count == places.count }

  mutating func begin(_ name: String) -> Int {
    if let number = free.popLast() {
      places[number] = (name, nil)
      return number
    }
    places.append((name, nil))
    return places.count - 1
  }

  mutating func attach(_ task: Task<Void, Never>, to number: Int) {
    places[number]?.task = task
  }

  mutating func end(_ number: Int) {
    places[number] = nil
    free.append(number)
  }

  var unfinished: [String] { places.compactMap { $0?.name } }

  var tasks: [Task<Void, Never>] { places.compactMap { $0?.task } }
}
