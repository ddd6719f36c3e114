import Synchronization
import VirtualTime

/// What is brought to a workspace's thread.
enum WorkspaceErrand: Sendable {
  case post(Post)
  case question(Question, @Sendable (Reply) -> Void)
  case follow(Follower.Order)
  case leave(UInt64)
  /// A snapshot that was written down elsewhere; nil where that did not work.
  case snapshot(SnapshotPieces?)
  /// Something that a test does on the workspace's thread.
  case work(@Sendable (WorkspaceHost) -> Void)
  case stop
}

/// Events that came together.
struct Post: Sendable {
  let drafts: [EventDraft]
  let isList: Bool
  /// The key of the whole request.
  let key: String?
  let done: @Sendable (Reply) -> Void
}

/// Where other threads leave errands for a workspace's thread.
final class WorkspaceInbox: Sendable {
  private struct Contents {
    var errands: [WorkspaceErrand] = []
    var isClosed = false
  }

  /// How a delivery ends.
  enum Delivery {
    case taken, full, closed
  }

  private let contents = Mutex(Contents())
  private let alarm = Alarm()
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// Leaves an errand; a post or a question only if there is room.
  func put(_ errand: WorkspaceErrand) -> Delivery {
    let delivery: Delivery = contents.withLock { contents in
      if contents.isClosed { return .closed }
      if contents.errands.count >= limit {
        switch errand {
        case .post, .question: return .full
        default: break
        }
      }
      contents.errands.append(errand)
      return .taken
    }
    if delivery == .taken { alarm.ring() }
    return delivery
  }

  /// Takes everything, in the order in which it came.
  func take() -> [WorkspaceErrand] {
    contents.withLock { contents in
      let taken = contents.errands
      contents.errands = []
      return taken
    }
  }

  /// Takes what is left, and nothing from then on.
  func close() -> [WorkspaceErrand] {
    contents.withLock { contents in
      contents.isClosed = true
      let taken = contents.errands
      contents.errands = []
      return taken
    }
  }

  /// Waits until something is here, or so many nanoseconds have passed.
  func wait(nanoseconds: Int64?) { alarm.wait(nanoseconds: nanoseconds) }
}
