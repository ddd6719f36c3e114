import Glibc

/// A word that nobody guesses: tokens, and names of what only their owner may ask for.
public enum Secret {
  /// A word of letters and digits with so many bits of the system's own randomness; nil where it gives none.
  public static func word(bytes count: Int = 16) -> String? {
    let source = unsafe open("/dev/urandom", O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { return nil }
    defer { close(source) }
    var bytes = [UInt8](repeating: 0, count: count)
    guard unsafe read(source, &bytes, count) == count else { return nil }
    return bytes.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
