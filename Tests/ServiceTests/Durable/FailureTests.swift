import Foundation
import Testing

@testable import Service

@Suite struct `A disk that takes nothing` {
  /// Lets a workspace's journal grow no more, or again.
  private func limit(_ workspace: LiveWorkspace, to pages: Int) {
    workspace.doOnThread { host in try? host.store.limit(pages: pages) }
  }

  @Test func `is told, nothing is applied, and all goes on when there is room`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    _ = workspace.send("[\(writes("a")),\(writes("b"))]")
    let state = workspace.ask(.state).text
    limit(workspace, to: 1)
    let long = String(repeating: "x", count: 1_500)
    let batch = "[" + (0..<200).map { writes("c\($0)", long) }.joined(separator: ",") + "]"
    for _ in 0..<3 {
      let reply = workspace.send(batch)
      #expect(
        reply.status == 507 && reply.text.contains("nothing of this was applied"), "\(reply.text)")
      #expect(workspace.ask(.state).text == state)
    }
    #expect(workspace.send(#"{"type":"nothing"}"#).status == 422)
    #expect(!workspace.metrics.isWritable && workspace.metrics.failedCommits >= 3)
    limit(workspace, to: 1_000_000)
    let reply = workspace.send(batch)
    #expect(reply.status == 200 && reply.text.hasPrefix(#"[{"sequence":3,"#))
    #expect(workspace.metrics.isWritable)
    #expect(workspace.ask(.check).text == #"{"holds":true,"violations":[]}"#)
    workspace.shutDown()
    let again = try desk.open()
    #expect(again.restoration.events == 202)
    again.shutDown()
  }

  @Test func `fails all that came together, and those who made no sense are told so`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    limit(workspace, to: 1)
    let long = String(repeating: "y", count: 1_900)
    let gate = DispatchSemaphore(value: 0)
    workspace.onThread { _ in gate.wait() }
    let answers = (0..<300).map { index in
      let answer = Answer()
      let body = index % 10 == 0 ? #"{"type":"acts","user":"nobody"}"# : writes("c\(index)", long)
      workspace.post(body, key: nil) { answer.set($0) }
      return answer
    }
    gate.signal()
    for (index, answer) in answers.enumerated() {
      let status = answer.wait().status
      #expect(status == 507 || index % 10 == 0 && status == 422, "\(index): \(status)")
    }
    #expect(workspace.ask(.state).text.contains(#""sequence":0,"#))
    workspace.shutDown()
    let again = try desk.open()
    #expect(again.restoration.events == 0)
    again.shutDown()
  }

  @Test func `leaves timers armed until it takes something again`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    _ = workspace.send(writes("a"))
    workspace.doOnThread { host in try? host.store.database.run("PRAGMA query_only = ON") }
    desk.clock.advance(seconds: 400)
    let before = workspace.ask(.state).text
    #expect(before.contains(#""sequence":1,"#) && before.contains(#""timers":1"#))
    let reply = workspace.send(writes("b"))
    #expect(reply.status == 503 && reply.text.contains("journal_unwritable"), "\(reply.text)")
    #expect(workspace.ask(.contact("b")).status == 404)
    workspace.doOnThread { host in try? host.store.database.run("PRAGMA query_only = OFF") }
    #expect(workspace.send(writes("b")).status == 200)
    #expect(workspace.ask(.audit(after: 1, limit: 9)).text.contains("timer_fires"))
    workspace.shutDown()
  }

  @Test func `or nothing to those who are not its owner, is refused at once`() throws {
    // The owner of all files may write anything.
    guard geteuid() != 0 else { return }
    let desk = try TestDesk()
    try desk.open().shutDown()
    chmod(desk.journal, 0o444)
    #expect(desk.problem()?.kind == .cannotWrite)
  }

  @Test func `whose journal cannot even be read back answers nothing until it can`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    _ = workspace.send(writes("a"))
    let state = workspace.ask(.state).text
    workspace.doOnThread { host in
      try? host.store.database.run("UPDATE events SET chain = chain + 1; PRAGMA query_only = ON")
    }
    #expect(workspace.send(writes("b")).status == 503)
    #expect(workspace.send(writes("b")).status == 503)
    #expect(workspace.ask(.state).status == 503)
    workspace.doOnThread { host in
      try? host.store.database.run("PRAGMA query_only = OFF; UPDATE events SET chain = chain - 1")
    }
    #expect(workspace.ask(.state).text == state)
    #expect(workspace.send(writes("b")).status == 200)
    workspace.shutDown()
  }

  @Test func `and too many who wait are sent away`() throws {
    let desk = try TestDesk()
    var options = desk.options()
    options.inboxLimit = 10
    let workspace = try LiveWorkspace(
      name: "desk", opening: desk.opening, journal: desk.journal, sync: .off, options: options)
    let gate = DispatchSemaphore(value: 0)
    let isThere = DispatchSemaphore(value: 0)
    workspace.onThread { _ in
      isThere.signal()
      gate.wait()
    }
    isThere.wait()
    let answers = (0..<40).map { index in
      let answer = Answer()
      workspace.post(writes("c\(index)"), key: nil) { answer.set($0) }
      return answer
    }
    gate.signal()
    let statuses = answers.map { $0.wait().status }
    #expect(statuses.count { $0 == 200 } == 10 && statuses.count { $0 == 503 } == 30)
    #expect(workspace.ask(.state).text.contains("\"sequence\":\(statuses.count { $0 == 200 }),"))
    workspace.shutDown()
  }
}
