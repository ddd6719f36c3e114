import Engine
import Foundation
import Scenarios
import Testing
import VirtualTime

@testable import World

/// Programs that decide, good ones and bad ones.
@Suite struct `Foreign engines` {
  /// What a run with a program ended with; empty where it went well.
  private func failure(
    _ shell: String, within: String = "10 s", step: String = ""
  ) throws -> EngineFailure {
    let result = try ForeignWorld().run(shell: shell, within: within, step: step)
    return try #require(result.engineFailure, "\(result.ending)")
  }

  /// The end of the sentence about the program, which itself is quoted first.
  private func words(_ failure: EngineFailure) -> String {
    failure.what.components(separatedBy: "' ").last ?? ""
  }

  /// The first question's run has the number 0: it is the first place of the table, used for the first time.
  private let giveFirst = #"echo "{\"line\":$n,\"decisions\":[{\"assign\":0,\"to\":1}]}""#
  private let nothing = #"echo "{\"line\":$n,\"decisions\":[]}""#

  @Test func `what a program says is done`() throws {
    // The next question has the number 4294967296: the same place of the table, used the second time.
    let each = """
      case $n in 2) r=0 ;; 3) r=4294967296 ;; *) r=8589934592 ;; esac; \
      echo "{\\"line\\":$n,\\"decisions\\":[{\\"assign\\":$r,\\"to\\":$((n%2))}]}"
      """
    let result = try ForeignWorld().run(
      shell: ForeignWorld.polite(each).replacing(
        "\"decisions\":[]", with: "\"wants\":[],\"decisions\":[]"))
    #expect(result.engineFailure == nil, "\(result.engineFailure?.what ?? "")")
    #expect(result.violations == [] && result.refusedCount == 0)
    let assignments = try #require(result.ledger).assignments
    #expect(assignments.map(\.entry.to) == [UserID(0), UserID(1), UserID(0)])
    #expect(assignments.map(\.at.nanoseconds) == [60, 120, 180].map { $0 * 1_000_000_000 })
    #expect(assignments.allSatisfy { $0.entry.source == .workflow && $0.entry.reason == .logic })
  }

  @Test func `who decides nothing leaves everybody waiting, and is told that they do`() throws {
    let world = try ForeignWorld()
    let result = try world.run(
      shell: ForeignWorld.polite(nothing).replacing(
        "while read -r line; do",
        with:
          "while read -r line; do echo \"$line\" >> heard;"))
    #expect(result.engineFailure == nil)
    #expect(result.ledger?.assignments.isEmpty == true)
    let heard = world.read("heard")
    #expect(heard.contains(#"{"event":"hello","at":0,"protocol":1,"replication":1,"#))
    #expect(
      heard.contains(
        #"{"user":1,"name":"support-2","team":0,"weight":1,"limit":null,"status":"online"}"#))
    #expect(heard.contains(#"{"event":"message_in","at":60000000000,"contact":0}"#))
    #expect(
      heard.contains(
        #"{"event":"opened","at":60000000000,"contact":0,"conversation":1,"assignee":null,"source":"contact"}"#
      ))
    #expect(
      heard.contains(
        #"{"event":"ask","at":60000000000,"run":0,"contact":0,"team":0,"logic":"round_robin","only_online":true,"fewer_than":2,"exclude":null,"current":null,"only_if_sooner":false,"last_assignee":null}"#
      ), "\(heard)")
    // What a program was asked once, it is not asked again.
    #expect(heard.split(separator: #""event":"ask""#).count == 4)
  }

  @Test func `a program is woken when it asked for it`() throws {
    let world = try ForeignWorld()
    // At the first question, the one at a minute, it wants to be woken at 100 s, and assigns then.
    let each = """
      case "$line" in *timer*) echo "{\\"line\\":$n,\\"decisions\\":[{\\"assign\\":0,\\"to\\":0}]}" ;; \
      *) if [ $n = 2 ]; then w='{"wake_at":100000000000}'; else w=; fi; \
      echo "{\\"line\\":$n,\\"decisions\\":[$w]}" ;; esac
      """
    let result = try world.run(shell: ForeignWorld.polite(each))
    #expect(result.engineFailure == nil, "\(result.engineFailure?.what ?? "")")
    let assignments = try #require(result.ledger).assignments
    #expect(assignments.map(\.at.nanoseconds) == [100_000_000_000])
    #expect(assignments.first?.entry.reason == .queue)
  }

  @Test func `one that is not there is told`() throws {
    let result = try ForeignWorld().run(["no-such-engine"])
    let failure = try #require(result.engineFailure)
    #expect(
      failure.what
        == "the engine 'no-such-engine' cannot be started: No such file or directory")
    #expect(!result.ending.isOrderly)
  }

  @Test func `one that ends is told with how, and with its last lines`() throws {
    let failure = try failure("read line; echo one >&2; echo 'two: it broke' >&2; exit 3")
    #expect(words(failure) == "ended by itself with the exit code 3")
    #expect(failure.lastLines == ["one", "two: it broke"])
    #expect(try words(self.failure("read line; kill -9 $$")) == "was ended by signal 9")
  }

  @Test func `one that hangs is given up after the time that was allowed`() throws {
    let start = Date()
    let failure = try failure("echo thinking >&2; sleep 1000", within: "300 ms")
    #expect(words(failure) == "gave no answer within 0.3 s")
    #expect(failure.lastLines == ["thinking"])
    // Far less than its thousand seconds: it was ended and not waited for.
    #expect(Date().timeIntervalSince(start) < 60)
  }

  @Test func `one that babbles is told what was expected`() throws {
    #expect(
      try words(failure("read line; echo good morning"))
        == "wrote what is no answer (expected an object, found 'good morning'): good morning")
    #expect(
      try words(failure("read line; echo '{\"line\":9,\"decisions\":[]}'"))
        == "answers line 9, expected an answer to line 1")
    #expect(
      try words(failure("read line; echo '{\"line\":1,\"decisions\":[]}'"))
        == "does not say which protocol it speaks: answer the hello with \"protocol\":1")
    #expect(
      try words(failure("read line; echo '{\"line\":1,\"protocol\":2,\"decisions\":[]}'"))
        == "speaks protocol 2, expected 1")
    #expect(
      try words(failure("cat /dev/zero"))
        == "wrote a line of more than \(ChildProcess.longestLine) bytes")
    let unknown = try failure(
      "read line; echo '{\"line\":1,\"protocol\":1,\"wants\":[\"opend\"],\"decisions\":[]}'")
    #expect(
      unknown.what.contains("wants to hear of 'opend', which no event is called; known: opened,"))
  }

  @Test func `one that answers to nothing is told`() throws {
    // Two lines for one: the second is read instead of the answer to the next.
    let twice = ForeignWorld.polite(nothing).replacing(
      "\"decisions\":[]}'; else", with: "\"decisions\":[]}'; echo '{\"line\":1}'; sleep 0.2; else")
    let said = try words(failure(twice))
    #expect(
      said == "wrote a line that answers nothing: {\"line\":1}"
        || said == "answers line 1, expected an answer to line 2")
  }

  @Test func `what the platform refuses ends the run and says why`() throws {
    func said(_ decision: String, step: String = "") throws -> String {
      let failure = try failure(
        ForeignWorld.polite(#"echo "{\"line\":$n,\"decisions\":["# + decision + #"]}""#),
        step: step)
      return failure.what.components(separatedBy: "done' ").last ?? ""
    }
    #expect(
      try said(#"{\"assign\":0,\"to\":7}"#)
        == "assigns run 0 to user 7, which the platform refuses: there is no user-7 in the workspace"
    )
    #expect(
      try said(#"{\"assign\":5,\"to\":1}"#) == "assigns run 5, which does not wait for anybody")
    #expect(
      try said(#"{\"wake_at\":5}"#) == "wants to be woken at 5, and it is 60000000000 already")
    #expect(
      try said(#"{\"assign\":0,\"to\":99999999999}"#)
        == "assigns run 0 to user 99999999999, who is not there")
    // The same twice: the second is about a run that does not wait any more.
    #expect(
      try said(#"{\"assign\":0,\"to\":1},{\"assign\":0,\"to\":1}"#)
        == "assigns run 0, which does not wait for anybody")
  }

  @Test func `a limit holds whoever decides`() throws {
    // All three to the same agent, who takes two at a time.
    let each = """
      case $n in 2) r=0 ;; 3) r=4294967296 ;; *) r=8589934592 ;; esac; \
      echo "{\\"line\\":$n,\\"decisions\\":[{\\"assign\\":$r,\\"to\\":0}]}"
      """
    let failure = try failure(
      ForeignWorld.polite(each).replacing(
        "\"decisions\":[]}'", with: "\"wants\":[],\"decisions\":[]}'"))
    #expect(
      failure.what.hasSuffix(
        "which the platform refuses: user-0 cannot get contact-2: has 2 open contacts, and at most 1 "
          + "are allowed before another"), "\(failure.what)")
  }

  @Test func `nothing is left behind`() throws {
    let world = try ForeignWorld()
    // It starts a child of its own and says both numbers.
    _ = try world.run(
      shell: "sleep 1000 & echo $! > child; echo $$ > own; " + ForeignWorld.polite(nothing))
    for name in ["own", "child"] {
      let number = try #require(
        pid_t(world.read(name).trimmingCharacters(in: .whitespacesAndNewlines)))
      // A grandchild is its new parent's to wait for, so it may be a zombie for a moment.
      var isThere = true
      for _ in 0..<200 where isThere {
        let state = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
        isThere = !state.isEmpty && !(name == "child" && state.contains(") Z "))
        if isThere { usleep(10_000) }
      }
      #expect(!isThere, "\(name) \(number)")
    }
  }
}
