import Foundation
import Synchronization
import Testing

@testable import Service

/// What somebody who follows was told.
private final class Ear: Sendable {
  private let told = Mutex<[(UInt64, String)]>([])
  private let limit: Int

  init(limit: Int = .max) { self.limit = limit }

  func hear(_ sequence: UInt64, _ json: String) -> Bool {
    told.withLock {
      $0.append((sequence, json))
      return $0.count < limit
    }
  }

  var sequences: [UInt64] { told.withLock { $0.map(\.0) } }
  var last: String { told.withLock { $0.last?.1 ?? "" } }
}

@Suite struct `Whoever follows` {
  @Test func `is told the journal and what comes, each event once`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    for index in 0..<700 { workspace.post(writes("c\(index)"), key: nil) { _ in } }
    let fromStart = Ear()
    let fromMiddle = Ear()
    let now = Ear()
    _ = workspace.ask(.state)
    let subscriptions = [
      workspace.follow(from: 0, fromStart.hear), workspace.follow(from: 350, fromMiddle.hear),
      workspace.follow(from: nil, now.hear),
    ]
    for index in 0..<600 { workspace.post(writes("d\(index)"), key: nil) { _ in } }
    let last = workspace.send(writes("last")).text
    while fromStart.sequences.count < 1_301 { _ = workspace.ask(.state) }
    #expect(fromStart.sequences == Array(1...1_301))
    #expect(fromMiddle.sequences == Array(351...1_301))
    #expect(now.sequences == Array(701...1_301))
    #expect(now.last == last)
    #expect(workspace.metrics.followers == 3)
    for subscription in subscriptions { subscription.cancel() }
    _ = workspace.send(writes("later"))
    _ = workspace.ask(.state)
    #expect(now.sequences.count == 601 && workspace.metrics.followers == 0)
    workspace.shutDown()
  }

  @Test func `goes on where it stopped, over a restart too`() throws {
    let desk = try TestDesk()
    var heard: [UInt64] = []
    for turn in 0..<6 {
      let workspace = try desk.open()
      let ear = Ear(limit: turn % 2 == 0 ? 17 : .max)
      let subscription = workspace.follow(from: heard.last ?? 0, ear.hear)
      for index in 0..<40 { workspace.post(writes("c\(index)"), key: nil) { _ in } }
      for _ in 0..<20 { _ = workspace.ask(.state) }
      desk.clock.advance(seconds: 100)
      heard += ear.sequences
      subscription.cancel()
      workspace.shutDown()
    }
    #expect(heard.count > 100)
    #expect(heard == Array(1...UInt64(heard.count)))
  }

  @Test func `is told nothing that was not committed`() throws {
    let desk = try TestDesk()
    let workspace = try desk.open()
    let ear = Ear()
    let subscription = workspace.follow(from: 0, ear.hear)
    _ = workspace.send(writes("a"))
    workspace.doOnThread { host in try? host.store.database.run("PRAGMA query_only = ON") }
    #expect(workspace.send(writes("b")).status == 503)
    workspace.doOnThread { host in try? host.store.database.run("PRAGMA query_only = OFF") }
    let third = workspace.send(writes("c")).text
    _ = workspace.ask(.state)
    #expect(ear.sequences == [1, 2] && ear.last == third)
    subscription.cancel()
    workspace.shutDown()
  }
}
