/// The tasks of a run that have not ended, in the order in which they were spawned.
struct Processes {
  private struct Place {
    let name: String
    var task: Task<Void, Never>?
    /// The task's job, the same one each time that it is enqueued.
    var job: UnownedJob?
  }

  private var places: [Place?] = []
  private var free: [Int] = []

  var isEmpty: Bool { free.count == places.count }

  mutating func begin(_ name: String) -> Int {
    if let number = free.popLast() {
      places[number] = Place(name: name, task: nil, job: nil)
      return number
    }
    places.append(Place(name: name, task: nil, job: nil))
    return places.count - 1
  }

  mutating func attach(_ task: Task<Void, Never>, _ job: UnownedJob?, to number: Int) {
    places[number]?.task = task
    places[number]?.job = job
  }

  /// The name of the process that a job belongs to.
  func name(of job: UnownedJob) -> String? {
    places.first { $0?.job.map { isSame($0, job) } ?? false }??.name
  }

  mutating func end(_ number: Int) {
    places[number] = nil
    free.append(number)
  }

  var unfinished: [String] { places.compactMap { $0?.name } }

  var tasks: [Task<Void, Never>] { places.compactMap { $0?.task } }
}
