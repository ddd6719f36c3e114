/// A scenario's text while it is edited: what it was, what may be undone, what is on the disk.
struct Draft: Sendable {
  /// The text as it stands.
  private(set) var text: String
  /// Counts changes; whoever changes the text says which one they saw.
  private(set) var revision = 1
  /// The text that is on the disk, as far as we know; nil for one that was never saved.
  private(set) var saved: String?
  private var past: [String] = []
  private var future: [String] = []
  /// What the last change was about and when: one more of the same kind soon after is the same step.
  private var last: (subject: String, at: Int64)?

  /// So many steps can be undone.
  private static let mostSteps = 200
  /// Changes of one value within this time are one step: a line that is dragged.
  private static let together: Int64 = 1_000_000_000

  init(text: String, saved: String?) {
    self.text = text
    self.saved = saved
  }

  var canUndo: Bool { !past.isEmpty }
  var canRedo: Bool { !future.isEmpty }
  var isSaved: Bool { saved.map(holds) ?? false }

  /// Whether a text is the one that stands here, byte by byte: letters that only look alike differ.
  func holds(_ other: String) -> Bool { other.utf8.elementsEqual(text.utf8) }

  /// Puts another text in place; false if it is the same.
  @discardableResult
  mutating func change(to new: String, subject: String = "", at now: Int64 = 0) -> Bool {
    guard !holds(new) else { return false }
    let isSameStep =
      last.map { !subject.isEmpty && $0.subject == subject && now - $0.at < Self.together } ?? false
    if !isSameStep || past.isEmpty {
      past.append(text)
      if past.count > Self.mostSteps { past.removeFirst() }
    }
    future = []
    last = (subject, now)
    text = new
    revision += 1
    return true
  }

  mutating func undo() {
    guard let before = past.popLast() else { return }
    future.append(text)
    put(before)
  }

  mutating func redo() {
    guard let after = future.popLast() else { return }
    past.append(text)
    put(after)
  }

  private mutating func put(_ text: String) {
    self.text = text
    last = nil
    revision += 1
  }

  /// The text was written to the disk.
  mutating func wasSaved() { saved = text }

  /// The disk has something else now, which is taken in.
  mutating func takes(fromDisk text: String) {
    change(to: text)
    saved = text
  }
}
