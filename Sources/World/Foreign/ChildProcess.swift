import Glibc
import Synchronization

/// Why a child process gives no answer.
struct ChildFailure: Error {
  /// What happened, as the end of a sentence about the engine.
  let what: String
}

/// A program of somebody else's at the other end of three pipes: lines go in, lines come out, and what it
/// complains of is kept.
///
/// The clock of the wall is asked for one thing only: whether an answer took too long. Whatever it says
/// ends a run or changes nothing. The program is alone in a process group, so that whatever it started
/// goes with it, and it hears no Ctrl-C of the terminal: who started it ends it.
@safe final class ChildProcess {
  /// The longest line that an engine may write.
  static let longestLine = 4 << 20
  private static let longestComplaint = 8 << 10

  private let pid: pid_t
  private let input: Int32
  private let output: Int32
  private let complaints: Int32
  private var isOver = false
  private var received: [UInt8] = []
  private var complained: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 64 << 10)

  /// Starts a program in a folder.
  init(_ command: [String], folder: String?) throws(ChildFailure) {
    // A write to a program that is gone must fail, not end this one; only this thread writes.
    Self.blockPipeSignal()
    // One at a time: no other program may inherit a pipe between its making and its marking.
    let started = Self.running.withLock { running -> Result<(pid_t, Pipes), ChildFailure> in
      do throws(ChildFailure) {
        let pipes = try Pipes()
        let pid = try Self.spawn(command, folder, pipes)
        running.insert(pid)
        return .success((pid, pipes))
      } catch {
        return .failure(error)
      }
    }
    let (pid, pipes) = try started.get()
    self.pid = pid
    input = pipes.input.write
    output = pipes.output.read
    complaints = pipes.complaints.read
    for end in [input, output, complaints] { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
  }

  private static func spawn(
    _ command: [String], _ folder: String?, _ pipes: Pipes
  ) throws(ChildFailure) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes.input.read, STDIN_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes.output.write, STDOUT_FILENO)
    unsafe posix_spawn_file_actions_adddup2(&actions, pipes.complaints.write, STDERR_FILENO)
    if let folder { try unsafe changeFolder(&actions, to: folder) }
    var attributes = posix_spawnattr_t()
    prepare(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var arguments = unsafe command.map { unsafe strdup($0) }
    unsafe arguments.append(nil)
    defer { for place in unsafe arguments.indices { unsafe free(arguments[place]) } }
    var pid: pid_t = 0
    let status = unsafe posix_spawnp(
      &pid, command[0], &actions, &attributes, arguments, environ)
    for end in [pipes.input.read, pipes.output.write, pipes.complaints.write] { close(end) }
    guard status == 0 else {
      for end in [pipes.input.write, pipes.output.read, pipes.complaints.read] { close(end) }
      throw ChildFailure(what: "cannot be started: \(unsafe String(cString: strerror(status)))")
    }
    return pid
  }

  /// Lets the program begin in a folder: a call of the C library that its plain headers do not show.
  private static func changeFolder(
    _ actions: inout posix_spawn_file_actions_t, to folder: String
  ) throws(ChildFailure) {
    typealias Change =
      @convention(c) (
        UnsafeMutablePointer<posix_spawn_file_actions_t>, UnsafePointer<CChar>
      ) -> Int32
    guard let symbol = unsafe dlsym(nil, "posix_spawn_file_actions_addchdir_np") else {
      throw ChildFailure(what: "cannot be started in another folder on this system")
    }
    let change = unsafe unsafeBitCast(symbol, to: Change.self)
    _ = unsafe change(&actions, folder)
  }

  deinit { end(atOnce: true) }

  // MARK: Lines

  /// Sends a line and waits for one in return.
  ///
  /// `isUnwanted` is asked ten times a second: once it is true, nil is returned.
  func exchange(
    _ line: [UInt8], within nanoseconds: Int64, isUnwanted: () -> Bool
  ) throws(ChildFailure) -> ArraySlice<UInt8>? {
    if let end = received.firstIndex(of: UInt8(ascii: "\n")) {
      throw ChildFailure(what: "wrote a line that answers nothing: \(Self.words(received[..<end]))")
    }
    var sent = 0
    let start = Self.clock()
    var seen = 0
    while true {
      if sent < line.count { sent += try send(line[sent...]) }
      try wait(sent < line.count, start, nanoseconds)
      listen()
      try receive()
      if let end = received[seen...].firstIndex(of: UInt8(ascii: "\n")) {
        guard sent == line.count else {
          throw ChildFailure(what: "answered before it had read the line")
        }
        return take(upTo: end)
      }
      seen = received.count
      guard seen < Self.longestLine else {
        throw ChildFailure(what: "wrote a line of more than \(Self.longestLine) bytes")
      }
      if isUnwanted() { return nil }
    }
  }

  private func take(upTo end: Int) -> ArraySlice<UInt8> {
    let line = received[..<end]
    received = Array(received[(end + 1)...])
    return line
  }

  private func send(_ bytes: ArraySlice<UInt8>) throws(ChildFailure) -> Int {
    let count = unsafe bytes.withUnsafeBytes { unsafe write(input, $0.baseAddress, $0.count) }
    if count >= 0 { return count }
    guard errno == EAGAIN || errno == EINTR else { throw goneFailure() }
    return 0
  }

  /// Takes what has come.
  private func receive() throws(ChildFailure) {
    let count = unsafe buffer.withUnsafeMutableBytes {
      unsafe read(output, $0.baseAddress, $0.count)
    }
    if count > 0 {
      received.append(contentsOf: buffer[..<count])
    } else if count == 0 || errno != EAGAIN && errno != EINTR {
      throw goneFailure()
    }
  }

  /// Waits until something can be read or written, a tenth of a second at most.
  private func wait(
    _ hasMore: Bool, _ start: Int64, _ limit: Int64
  ) throws(ChildFailure) {
    let left = limit - (Self.clock() - start)
    guard left > 0 else {
      throw ChildFailure(what: "gave no answer within \(Double(limit) / 1e9) s")
    }
    var ends = [
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
      pollfd(fd: complaints, events: Int16(POLLIN), revents: 0),
    ]
    if hasMore { ends.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
    // A program that closed its complaints would wake us for ever.
    if areComplaintsOver { ends[1].fd = -1 }
    _ = unsafe poll(&ends, nfds_t(ends.count), Int32(min(100, left / 1_000_000 + 1)))
    hasComplaints = ends[1].revents != 0
  }

  private var hasComplaints = false
  private var areComplaintsOver = false

  /// Keeps the last of what the program complains of.
  private func listen() {
    guard hasComplaints else { return }
    hasComplaints = false
    while !areComplaintsOver {
      let count = unsafe buffer.withUnsafeMutableBytes {
        unsafe read(complaints, $0.baseAddress, $0.count)
      }
      if count == 0 { areComplaintsOver = true }
      guard count > 0 else { return }
      complained.append(contentsOf: buffer[..<count])
      if complained.count > Self.longestComplaint {
        complained.removeFirst(complained.count - Self.longestComplaint)
      }
    }
  }

  /// The last lines that it complained of, the newest at the end.
  func lastComplaints(_ count: Int = 5) -> [String] {
    hasComplaints = true
    listen()
    return complained.split(separator: UInt8(ascii: "\n")).suffix(count).map { Self.words($0) }
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix(200), as: UTF8.self) + (bytes.count > 200 ? "..." : "")
  }

  // MARK: The end

  /// The program closed a pipe: how it ended, if it did.
  private func goneFailure() -> ChildFailure {
    guard let status = waitForEnd(milliseconds: 1_000) else {
      return ChildFailure(what: "closed its pipes without ending")
    }
    let signal = status & 0x7F
    return ChildFailure(
      what: signal == 0
        ? "ended by itself with the exit code \(status >> 8 & 0xFF)"
        : "was ended by signal \(signal)")
  }

  /// Ends the program: `atOnce`, or after a moment in which it may end by itself.
  func end(atOnce: Bool) {
    guard !isOver else { return }
    isOver = true
    close(input)
    if !atOnce { _ = waitForEnd(milliseconds: 500) }
    // Not waited for yet, so the number still belongs to it, and the group to whatever it started.
    kill(-pid, SIGKILL)
    kill(pid, SIGKILL)
    var status: Int32 = 0
    while unsafe waitpid(pid, &status, 0) < 0, errno == EINTR {}
    Self.running.withLock { _ = $0.remove(pid) }
    close(output)
    close(complaints)
  }

  /// How the program ended, which it keeps until it is waited for; nil where it goes on.
  private func waitForEnd(milliseconds: Int) -> Int32? {
    for attempt in 0...milliseconds {
      if attempt > 0 { usleep(1_000) }
      var facts = unsafe siginfo_t()
      let flags = WEXITED | WNOHANG | WNOWAIT
      guard unsafe waitid(P_PID, id_t(pid), &facts, flags) == 0 else { return nil }
      guard unsafe facts.si_signo == SIGCHLD else { continue }
      let status = unsafe facts._sifields._sigchld.si_status
      return unsafe facts.si_code == Int32(CLD_EXITED) ? status << 8 : status
    }
    return nil
  }

  /// Every program that runs now: who leaves in a hurry leaves none behind.
  private static let running = Mutex<Set<pid_t>>([])

  /// Ends every program at once, from whichever thread.
  static func endAll() {
    // In no order that could be seen: all of them go.
    running.withLock { for pid in $0.sorted() { kill(-pid, SIGKILL) } }
  }

  // MARK: The system

  private static func clock() -> Int64 {
    var time = timespec()
    unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  private static func blockPipeSignal() {
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// A group of its own, and signals as a shell would give them: ours are blocked in many threads.
  private static func prepare(_ attributes: inout posix_spawnattr_t) {
    unsafe posix_spawnattr_init(&attributes)
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  /// Three pipes that no other program inherits.
  private struct Pipes {
    var input = (read: Int32(-1), write: Int32(-1))
    var output = (read: Int32(-1), write: Int32(-1))
    var complaints = (read: Int32(-1), write: Int32(-1))

    init() throws(ChildFailure) {
      var made: [Int32] = []
      for _ in 0..<3 {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else {
          let why = unsafe String(cString: strerror(errno))
          for end in made { close(end) }
          throw ChildFailure(what: "cannot be started: \(why)")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        made += ends
      }
      input = (made[0], made[1])
      output = (made[2], made[3])
      complaints = (made[4], made[5])
    }
  }
}

/// What the program does about other people's engines when it leaves in a hurry.
public enum ForeignEngines {
  /// Ends every one that runs, at once, from whichever thread.
  public static func endAll() { ChildProcess.endAll() }
}
