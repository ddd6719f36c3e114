public import Scenarios

/// The case files and scenarios that `check` was asked for, read and ready to be played.
public struct CheckSuite: Sendable {
  /// The cases of one folder.
  public struct Group: Sendable {
    /// The folder, as seen from the path that was asked for.
    public let name: String
    /// The cases in the order of their names.
    public internal(set) var cases: [Case]
  }

  /// A case and what it is called.
  public struct Case: Sendable {
    /// The folder and the file's name without its ending: `queue/polling`.
    public let label: String
    /// What to play.
    public let file: CaseFile

    /// Whether the label or the sentence contains a text, whatever its case.
    public func matches(_ text: String) -> Bool {
      let wanted = text.lowercased()
      return label.lowercased().contains(wanted) || file.name.lowercased().contains(wanted)
    }
  }

  /// The folders in the order in which they were found.
  public private(set) var groups: [Group] = []
  /// The scenarios in the order in which they were found.
  public private(set) var scenarios: [ScenarioCheck] = []

  /// How many cases there are.
  public var caseCount: Int { groups.reduce(0) { $0 + $1.cases.count } }

  /// Finds and reads the cases and scenarios of files and folders; everything wrong with any of them is thrown at once.
  ///
  /// - Parameter filter: only those whose label, sentence or name contains this.
  public init(_ paths: [String], filter: String? = nil) throws(Diagnostics) {
    var problems: [Diagnostic] = []
    var seen: Set<String> = []
    for path in paths {
      let isFolder = CaseFolder.isFolder(path)
      let folder = isFolder ? CaseFolder(path) : nil
      problems +=
        folder?.problems.map {
          Diagnostic(file: $0.path, "cannot read the folder: \($0.why)")
        } ?? []
      if let folder, folder.files.isEmpty, folder.problems.isEmpty {
        problems.append(
          Diagnostic(
            file: path, "there are no case files or scenarios here", hint: "both are *.yaml"))
      }
      for file in folder?.files ?? [path] where seen.insert(file).inserted {
        let place = Place(file, asked: isFolder ? path : nil, isOnly: paths.count == 1)
        do throws(Diagnostics) {
          switch try ScenarioFile.load(file) {
          case .caseFile(let found):
            add(Case(label: place.label, file: found), to: place.folder, filter)
          case .scenario(let found):
            let check = ScenarioCheck(label: place.label, path: file, scenario: found)
            if filter.map(check.matches) ?? true { scenarios.append(check) }
          }
        } catch {
          // What is not asked for need not be right.
          let isAsked = filter.map { place.label.lowercased().contains($0.lowercased()) } ?? true
          if isAsked { problems += error.all }
        }
      }
    }
    guard problems.isEmpty else { throw Diagnostics(problems) }
  }

  /// Takes out the scenarios that run programs of somebody else's, and names their files.
  public mutating func leaveOutForeign() -> [String] {
    let foreign = scenarios.filter { $0.strategies.contains(where: \.isForeign) }
    scenarios.removeAll { $0.strategies.contains(where: \.isForeign) }
    return foreign.map(\.path)
  }

  private mutating func add(_ found: Case, to folder: String, _ filter: String?) {
    if let filter, !found.matches(filter) { return }
    if let index = groups.lastIndex(where: { $0.name == folder }) {
      groups[index].cases.append(found)
    } else {
      groups.append(Group(name: folder, cases: [found]))
    }
  }
}

/// What a file and its folder are called: in short when one path was asked for, else in full.
private struct Place {
  let folder: String
  let label: String

  init(_ file: String, asked path: String?, isOnly: Bool) {
    let name = file.split(separator: "/").last.map { String($0) } ?? file
    let stem = name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    var folder = String(file.dropLast(name.count))
    while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
    if let path, isOnly {
      // Seen from the folder that was asked for; what lies in itself goes by its own name.
      let root = path.hasSuffix("/") ? String(path.dropLast()) : path
      let rest = folder.dropFirst(root.count).drop { $0 == "/" }
      folder = rest.isEmpty ? Place.lastName(of: root) : String(rest)
    } else if path == nil {
      folder = Place.lastName(of: folder)
    }
    self.folder = folder.isEmpty ? "." : folder
    label = folder.isEmpty ? stem : "\(folder)/\(stem)"
  }

  private static func lastName(of path: String) -> String {
    path.split(separator: "/").last.map { String($0) } ?? path
  }
}
