import Glibc
import Synchronization

/// Where the answer goes: what the terminal can show, and the two ways to it.
struct Terminal: Sendable {
  /// Whether standard output may carry colour.
  var hasColor: Bool
  /// Whether standard error may carry a progress bar.
  var hasProgress: Bool
  /// Whether the locale can show more than ASCII.
  var isUTF8: Bool
  /// How many columns the answer may take.
  var columns: Int

  /// Reads the environment once, at the start.
  init(isQuiet: Bool = false, noColor: Bool = false) {
    let outIsTerminal = isatty(STDOUT_FILENO) == 1
    let refusesColor = noColor || !(environment("NO_COLOR") ?? "").isEmpty
    hasColor = outIsTerminal && !refusesColor && environment("TERM") != "dumb"
    hasProgress = !isQuiet && isatty(STDERR_FILENO) == 1
    let locale =
      ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { name in environment(name).flatMap { $0.isEmpty ? nil : $0 } }.first ?? ""
    // `de_DE.UTF-8@euro`; without any locale set (as in CI and containers) UTF-8 is what is there.
    let letters = locale.uppercased().utf8.prefix { $0 != UInt8(ascii: "@") }
    isUTF8 =
      locale.isEmpty
      || letters.filter { $0 != UInt8(ascii: "-") }.suffix(4).elementsEqual("UTF8".utf8)
    columns = Self.width(outIsTerminal: outIsTerminal)
  }

  /// `COLUMNS` decides, then the terminal itself, then 80.
  private static func width(outIsTerminal: Bool) -> Int {
    if let text = environment("COLUMNS"), let columns = Int(text), columns > 0 {
      return min(columns, widest)
    }
    guard outIsTerminal else { return 80 }
    var size = winsize()
    let answered = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0
    return answered && size.ws_col > 0 ? min(Int(size.ws_col), widest) : 80
  }

  /// No answer needs more columns, whatever the environment says.
  private static let widest = 1_000
}

/// A variable of the environment.
func environment(_ name: String) -> String? {
  guard let value = unsafe getenv(name) else { return nil }
  return unsafe String(cString: value)
}

/// Whether standard output could not take something: the program then must not end as if it had.
let outputIsLost = Atomic(false)

/// Opens what the caller closed: else a file of ours would get the number of a standard stream.
///
/// What is written to a closed standard output is refused, as it should be.
func openStandardStreams() {
  for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
  where fcntl(descriptor, F_GETFD) < 0 { _ = unsafe open("/dev/null", O_RDONLY) }
}

/// Results go to standard output.
func say(_ text: String) { put(text + "\n", to: STDOUT_FILENO) }

/// Progress and diagnostics go to standard error.
func complain(_ text: String) { put(text + "\n", to: STDERR_FILENO) }

/// Tells at once that an interruption was heard, whatever the program is about.
let sayHeard: @Sendable () -> Void = {
  complain(
    "switchboard: interrupted: ending with the runs that are complete; once more ends at once")
}

/// Writes all of a text; false if the system could not take it.
///
/// A reader that went away is not an error of ours.
@discardableResult
func put(_ text: String, to descriptor: Int32) -> Bool {
  let bytes = Array(text.utf8)
  var sent = 0
  while sent < bytes.count {
    let written = unsafe bytes.withUnsafeBytes { all in
      unsafe write(descriptor, all.baseAddress.map { unsafe $0 + sent }, all.count - sent)
    }
    if written < 0, errno == EINTR { continue }
    guard written > 0 else {
      if errno == EPIPE { return true }
      if descriptor == STDOUT_FILENO { outputIsLost.store(true, ordering: .relaxed) }
      return false
    }
    sent += written
  }
  return true
}
