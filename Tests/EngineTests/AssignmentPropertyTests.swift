import Engine
import Testing

/// What must hold of automatic assignment whatever happens (issue of fairness, filters, limits and order).
@Suite struct AssignmentPropertyTests {
  @Test func `with a constant pool and no filters round robin stays within one`() throws {
    for form in RoundRobinForm.allCases {
      for members in 1...4 {
        var workspace = Workspace(members: members) { $0.policies.roundRobinForm = form }
        workspace.publish(
          Flows.onOpening("assignment", Step(.assignTo(AssignTo(.team(Workspace.support))))))
        var counts = [Int](repeating: 0, count: 4)
        for _ in 0..<50 {
          let contact = workspace.newcomer()
          counts[try #require(workspace.core.assignee(of: contact)).index] += 1
          let members = counts[..<members]
          #expect((members.max() ?? 0) - (members.min() ?? 0) <= 1)
        }
      }
    }
  }

  @Test func `nobody offline is chosen, no limit exceeded, nobody overtaken`() {
    // One workflow with both filters and no exclusions, users coming and going, random logic: an entry is
    // served only when no older one waits, for whoever serves the younger would serve the older.
    let limit: Int32 = 3
    for seed in 0..<UInt64(200) {
      var dice = Dice(seed)
      let logic = dice.pick([Logic.roundRobin, .leastOpen, Logic(.random)])
      var workspace = Workspace(members: 4) { $0.policySeed = seed }
      workspace.publish(
        Flows.onOpening(
          "assignment",
          Step(
            .assignTo(
              AssignTo(
                .team(Workspace.support), logic: logic, onlyOnline: true, fewerThan: limit)))))
      var contacts: [ContactID] = []
      for _ in 0..<80 {
        let waiting = workspace.core.waiting(in: .team(Workspace.support))
        let user = UserID(UInt32(dice.below(4)))
        let effects: [EngineEffect]
        switch dice.below(6) {
        case 0: effects = workspace.send(.choosesStatus(user, dice.pick([.online, .busy])))
        case 1: effects = workspace.send(dice.chance(50) ? .logsIn(user) : .logsOut(user))
        case 2 where !contacts.isEmpty:
          effects = workspace.send(
            .closes(dice.pick(contacts), by: .user(user), note: nil))
        default:
          contacts.append(workspace.core.nextContact)
          effects = workspace.send(
            .contactWrites(contacts[contacts.count - 1], on: Workspace.direct, text: "hi"))
        }
        var served: [ContactID] = []
        for case .assigneeChanged(let entry) in effects where entry.isAutomatic {
          if let to = entry.to {
            #expect(workspace.core.status(of: to) == .online, "seed \(seed)")
            #expect(workspace.core.openContacts(of: to) <= limit, "seed \(seed)")
          }
          if entry.reason == .queue { served.append(entry.contact) }
        }
        #expect(served == Array(waiting.prefix(served.count)), "seed \(seed)")
      }
    }
  }
}
