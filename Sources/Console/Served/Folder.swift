import Glibc
import Reporting
import Scenarios

/// The scenarios of the folder that the page was opened for: nothing outside it is read or written.
struct Folder: Sendable {
  /// Its path, links resolved.
  let path: String

  init?(_ path: String) {
    guard let found = resolvedPath(path) else { return nil }
    self.path = found
  }

  /// Where the files are that a scenario names beside itself.
  func place(of file: String) -> String {
    let below = file.split(separator: "/").dropLast().joined(separator: "/")
    return below.isEmpty ? path : path + "/" + below
  }

  /// So many files are listed, and folders so deep are looked into.
  private static let mostFiles = 500
  private static let depth = 3
  /// The greatest file that is opened.
  static let greatestFile = 1 << 20

  /// Why a file is not read or written.
  enum Refusal: Error {
    case outside
    case gone
    case unreadable(String)
    case changedOnDisk
    case taken
    case unwritable(String)
  }

  /// The YAML files of the folder and those below it, by name, as paths from here.
  func files() -> [String] {
    var found: [String] = []
    collect("", Self.depth, &found)
    return found.sorted()
  }

  private func collect(_ below: String, _ depth: Int, _ found: inout [String]) {
    let place = below.isEmpty ? path : path + "/" + below
    guard let directory = unsafe opendir(place) else { return }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      let name = unsafe withUnsafePointer(to: entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    unsafe closedir(directory)
    // A folder of results holds copies of scenarios, which are nobody's to go on with.
    guard !names.contains("manifest.json") else { return }
    for name in names.sorted() where found.count < Self.mostFiles {
      let relative = below.isEmpty ? name : below + "/" + name
      if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
        if kind(relative) == S_IFREG { found.append(relative) }
      } else if depth > 0, kind(relative) == S_IFDIR {
        collect(relative, depth - 1, &found)
      }
    }
  }

  private func kind(_ relative: String) -> mode_t {
    var facts = stat()
    // A link may lead out of the folder: it is not followed.
    return unsafe lstat(path + "/" + relative, &facts) == 0 ? facts.st_mode & S_IFMT : 0
  }

  /// The path of a file of the folder; nil where the name leads out of it.
  func place(of relative: String) -> String? {
    let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
    guard !relative.utf8.contains(0), !parts.isEmpty,
      parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." && !$0.hasPrefix(".") }),
      relative.hasSuffix(".yaml") || relative.hasSuffix(".yml")
    else { return nil }
    let folder = parts.dropLast().joined(separator: "/")
    guard let resolved = resolvedPath(folder.isEmpty ? path : path + "/" + folder),
      resolved == path || resolved.hasPrefix(path + "/"), let name = parts.last
    else { return nil }
    return resolved + "/" + name
  }

  /// The text of a file.
  func read(_ relative: String) throws(Refusal) -> String {
    guard let place = place(of: relative) else { throw .outside }
    let bytes: [UInt8]
    do throws(FileProblem) {
      // A link may lead out of the folder.
      bytes = try readRegularFile(place, limit: Self.greatestFile, followsLinks: false)
    } catch {
      switch error {
      case .missing: throw .gone
      case .cannotOpen(let why): throw .unreadable(why)
      case .notRegular: throw .unreadable("it is no file")
      case .tooLarge: throw .unreadable("it is larger than 1 MB")
      }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .unreadable("it is no text in UTF-8")
    }
    return text
  }

  /// Writes a file as a whole or not at all; `known` is what it holds as far as the writer knows, nil for a new one.
  func write(_ relative: String, _ text: String, known: String?, anyway: Bool) throws(Refusal) {
    guard let place = place(of: relative) else { throw .outside }
    if !anyway {
      do throws(Refusal) {
        let now = try read(relative)
        guard let known else { throw Refusal.taken }
        guard now.utf8.elementsEqual(known.utf8) else { throw Refusal.changedOnDisk }
      } catch .gone {
        if known != nil { throw .gone }
      }
    }
    do throws(WholeFile.Failure) { try WholeFile.write(text, to: place) } catch {
      throw .unwritable(error.reason)
    }
  }
}
