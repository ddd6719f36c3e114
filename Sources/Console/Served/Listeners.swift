import Web

/// The pages that follow a sitting; each is sent what changed since it was last told.
struct Listeners {
  private struct Listener {
    let stream: EventStream
    var told: [String: String] = [:]
  }

  private var all: [Listener] = []

  var count: Int { all.count(where: \.stream.isOpen) }

  mutating func add(_ stream: EventStream) {
    all.removeAll { !$0.stream.isOpen }
    all.append(Listener(stream: stream))
  }

  /// Tells everybody.
  mutating func send(_ event: PageEvent) {
    for place in all.indices { Self.send(event, to: &all[place]) }
    all.removeAll { !$0.stream.isOpen }
  }

  /// Tells the one who came last.
  mutating func sendToNewest(_ event: PageEvent) {
    guard !all.isEmpty else { return }
    Self.send(event, to: &all[all.count - 1])
  }

  private static func send(_ event: PageEvent, to listener: inout Listener) {
    var event = event
    if let html = event.html {
      event.html = html.filter { listener.told[$0.key] != $0.value }
      listener.told.merge(html) { _, new in new }
    }
    listener.stream.send("data: " + Wire.text(event) + "\n\n")
  }
}
