import Synchronization

/// The hidden name of what is being written: it tells which process of which machine writes it.
struct DraftName: Equatable {
  private static let start = ".switchboard-"

  var process: Int32
  var number: Int
  var machine: String

  /// A name for this process.
  init(_ number: Int) {
    process = FileSystem.processNumber
    self.number = number
    machine = FileSystem.machine
  }

  /// A name as it stands in a folder; nil for what is none.
  ///
  /// An older result that was moved aside is named after its draft.
  init?(_ text: String) {
    guard text.hasPrefix(Self.start) else { return nil }
    var parts = text.dropFirst(Self.start.count).split(
      separator: "-", omittingEmptySubsequences: false)
    if parts.last == "old" { parts.removeLast() }
    guard parts.count == 2 || parts.count == 3, let process = Int32(parts[0]), process > 0,
      let number = Int(parts[1]), number >= 0
    else { return nil }
    self.process = process
    self.number = number
    // Earlier versions did not name the machine.
    machine = parts.count == 3 ? String(parts[2]) : FileSystem.machine
  }

  private static let count = Atomic<Int>(0)

  /// A name that nothing has that this process writes at the same time.
  static func next() -> DraftName { DraftName(count.wrappingAdd(1, ordering: .relaxed).oldValue) }

  var text: String { "\(Self.start)\(process)-\(number)-\(machine)" }

  /// Whether nobody writes it any more.
  private var isAbandoned: Bool {
    machine == FileSystem.machine && !FileSystem.isRunning(process)
  }

  /// Removes what runs of this machine left behind when they were killed.
  ///
  /// A folder with a manifest may be an older result on its way out: what others put there stays.
  static func removeAbandoned(in folder: String) {
    // The folder may be full of other things, which need not be put in order.
    let drafts = try? FileSystem.entries(of: folder) { DraftName($0)?.isAbandoned == true }
    for name in drafts ?? [] {
      let place = folder + "/" + name
      if (try? FileSystem.kind(of: place)) == .other {
        FileSystem.removeFile(place)
      } else if (try? FileSystem.kind(of: place + "/" + Manifest.fileName)) == .nothing {
        FileSystem.removeTree(place)
      } else {
        OlderResult(at: place).removeOwnFiles(in: place)
      }
    }
  }
}
