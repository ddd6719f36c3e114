import Testing

@testable import VirtualTime

/// Each of these is a bug of the caller, and stops the program with a message that names the rule.
@Suite struct `The owner of a kernel` {
  @Test func `a call from a foreign thread stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let kernel = Kernel()
      _ = inParallel(count: 1, threads: 1) { _ in kernel.now }
    }
    #expect(text(result).contains("a kernel belongs to one thread"))
  }

  @Test func `arming a timer from a foreign thread stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let bench = Bench()
      let (kernel, event) = (bench.kernel, bench.event(1))
      _ = inParallel(count: 1, threads: 1) { _ in kernel.arm(event, afterNanoseconds: 1) }
    }
    #expect(text(result).contains("a kernel belongs to one thread"))
  }

  @Test func `an actor that is entered from a foreign thread stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let bench = Bench()
      let log = bench.log
      _ = inParallel(count: 1, threads: 1) { _ in log.assumeIsolated { $0.seen.count } }
    }
    #expect(!text(result).isEmpty)
  }

  @Test func `a door into another replication stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let (one, other) = (Bench(), Bench())
      _ = Near(other.log, of: one.kernel)
    }
    #expect(text(result).contains("never into another replication"))
  }

  @Test func `a target in another replication stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let (one, other) = (Bench(), Bench())
      _ = one.kernel.register(other.log)
    }
    #expect(text(result).contains("never into another replication"))
  }

  @Test func `a door that is used on a foreign thread stops a debug build`() async throws {
    #if DEBUG
      let result = try await #require(
        processExitsWith: .failure, observing: [\.standardErrorContent]
      ) {
        let bench = Bench()
        let smuggled = Smuggled(door: Near(bench.log, of: bench.kernel))
        _ = inParallel(count: 1, threads: 1) { _ in smuggled.door { $0.seen.count } }
      }
      #expect(text(result).contains("a door is used only on its own kernel's thread"))
    #endif
  }

  @Test func `an event for nobody stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let kernel = Kernel()
      kernel.arm(Event(to: .nobody, kind: 0), at: .start)
      kernel.run()
    }
    #expect(text(result).contains("never registered"))
  }

  @Test func `a run inside a run stops the program`() async throws {
    let result = try await #require(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let bench = Bench { kernel, _ in kernel.run() }
      bench.kernel.arm(bench.event(1), at: .start)
      bench.kernel.run()
    }
    #expect(text(result).contains("from inside a run"))
  }

  @Test func `a kernel may be handed over to another thread between runs`() {
    let bench = Bench()
    let kernel = bench.kernel
    kernel.arm(bench.event(1), at: .seconds(1))
    let there = inParallel(count: 1, threads: 1) { _ in
      kernel.adopt()
      return kernel.run().events
    }
    kernel.adopt()
    #expect(there == [1] && bench.subjects == [1])
  }

  private func text(_ result: ExitTest.Result) -> String {
    String(decoding: result.standardErrorContent, as: UTF8.self)
  }
}

/// What no honest caller does: a door is not `Sendable`.
private struct Smuggled: @unchecked Sendable {
  let door: Near<Log>
}
