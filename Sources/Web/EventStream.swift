import Synchronization

/// Events for a client that stays: sent from any thread, written as fast as the client reads.
public final class EventStream: Sendable {
  private struct State {
    var waiting: [UInt8] = []
    var isSuspended = false
    var isClosed = false
    /// Whether it was closed because too much waited.
    var isOverrun = false
    var hasLeft = false
    var resume: (@Sendable () -> Void)?
    var cut: (@Sendable () -> Void)?
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) { self.limit = limit }

  /// Whether the client is there and nobody closed the stream.
  public var isOpen: Bool { state.withLock { !$0.isClosed && !$0.hasLeft } }

  /// Sends a text as it is; false if the client is gone, or is cut off because it reads too slowly.
  @discardableResult
  public func send(_ text: String) -> Bool {
    state.withLock { state in
      guard !state.isClosed, !state.hasLeft else { return false }
      guard state.waiting.count + text.utf8.count <= limit else {
        state.isClosed = true
        state.isOverrun = true
        state.waiting = []
        state.cut?()
        goOn(&state)
        return false
      }
      state.waiting.append(contentsOf: text.utf8)
      goOn(&state)
      return true
    }
  }

  /// Sends an event with its number.
  @discardableResult
  public func send(event number: UInt64, _ json: String) -> Bool {
    send("id: \(number)\ndata: \(json)\n\n")
  }

  /// Ends the stream once what waits is written.
  public func close() {
    state.withLock { state in
      state.isClosed = true
      goOn(&state)
    }
  }

  private func goOn(_ state: inout State) {
    guard state.isSuspended, !state.hasLeft else { return }
    state.isSuspended = false
    state.resume?()
  }

  /// How the connection goes on, and how it is cut off.
  func attach(resume: @escaping @Sendable () -> Void, cut: @escaping @Sendable () -> Void) {
    state.withLock { state in
      state.resume = resume
      state.cut = cut
      // More came than may wait before anybody could be cut off.
      if state.isOverrun { cut() }
    }
  }

  /// What is done about a connection that would write.
  enum Portion {
    case bytes(Int)
    case nothing
    case end
  }

  /// Gives some bytes to be written; where there are none the connection is suspended.
  func take(atMost count: Int, into write: ([UInt8]) -> Void, suspend: () -> Void) -> Portion {
    state.withLock { state in
      if state.waiting.isEmpty {
        if state.isClosed { return .end }
        state.isSuspended = true
        suspend()
        return .nothing
      }
      let portion = Array(state.waiting.prefix(count))
      state.waiting.removeFirst(portion.count)
      write(portion)
      return .bytes(portion.count)
    }
  }

  /// The client is gone.
  func leave() {
    state.withLock { state in
      state.hasLeft = true
      state.isSuspended = false
      state.waiting = []
    }
  }
}
