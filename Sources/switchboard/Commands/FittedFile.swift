import Fitting
import Glibc

/// The file that the fitted scenario is written to, if one is named.
struct FittedFile {
  /// Its name in the folder of the results.
  static let name = "scenario.yaml"

  /// Where it goes; nil if only the folder has it.
  let path: String?

  init(_ path: String?) { self.path = path }

  /// Why nothing can be written there; nil if it can.
  ///
  /// A file that is there is written over only if `fit` has written it.
  var problem: String? {
    guard let path else { return nil }
    var status = stat()
    guard unsafe stat(path, &status) == 0 else {
      let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        .joined(separator: "/")
      let parent = folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
      guard unsafe stat(parent, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        return "--output: there is no folder '\(printable(parent))'"
      }
      return nil
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      return "--output: '\(printable(path))' is no file"
    }
    guard status.st_size == 0 || isOurs(path) else {
      return "--output: '\(printable(path))' was not written by fit and is not written over; "
        + "name another file or remove it"
    }
    return nil
  }

  private func isOurs(_ path: String) -> Bool {
    guard let file = unsafe fopen(path, "rb") else { return false }
    defer { unsafe fclose(file) }
    var bytes = [UInt8](repeating: 0, count: ScenarioText.mark.utf8.count)
    let count = unsafe fread(&bytes, 1, bytes.count, file)
    return count == bytes.count && bytes.elementsEqual(ScenarioText.mark.utf8)
  }

  /// Writes the text beside its place and moves it there; a reason if that fails.
  func write(_ text: String) -> String? {
    guard let path else { return nil }
    let draft = path + ".draft"
    guard let file = unsafe fopen(draft, "wb") else {
      return "--output: '\(printable(path))' cannot be written"
    }
    let bytes = Array(text.utf8)
    let isWhole = unsafe fwrite(bytes, 1, bytes.count, file) == bytes.count
    let isClosed = unsafe fclose(file) == 0
    guard isWhole, isClosed, unsafe rename(draft, path) == 0 else {
      unsafe remove(draft)
      return "--output: '\(printable(path))' cannot be written"
    }
    return nil
  }
}
