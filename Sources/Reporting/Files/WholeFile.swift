import Glibc

/// A file of somebody's that is written as a whole or not at all.
public enum WholeFile {
  /// Why it was not written.
  public struct Failure: Error {
    /// In words.
    public let reason: String
  }

  /// Puts a text in the place of what is there, or where nothing is; permissions stay.
  public static func write(_ text: String, to path: String) throws(Failure) {
    var facts = stat()
    let permissions = unsafe lstat(path, &facts) == 0 ? facts.st_mode & 0o777 : nil
    // Putting another in its place would not ask.
    if let permissions, permissions & 0o200 == 0 { throw Failure(reason: "it may not be changed") }
    do throws(FileSystem.Failure) {
      try FileSystem.replace(path, with: text.utf8, permissions: permissions)
    } catch {
      throw Failure(reason: error.reason)
    }
  }
}
