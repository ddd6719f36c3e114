import Testing

@testable import Engine

/// The containers that check nothing but a position: copies go apart, growth loses nothing.
@Suite struct TableTests {
  private struct Row: Codable {
    var number = 0
  }

  @Test func `a table uses the row that was freed last first`() {
    var table = RawTable<Row>()
    for number in 0..<20 { table.append(Row(number: number)) }
    table.release(3)
    table.release(7)
    #expect(table.liveCount == 18 && table.nextSlot == 7 && table.freedSlot == 7)
    let taken = [
      table.take(orAppend: Row()), table.take(orAppend: Row()),
      table.take(orAppend: Row(number: 20)),
    ]
    #expect(taken == [7, 3, 20])
    #expect(table.list.map(\.number) == Array(0...20))
  }

  @Test func `a freed row is taken by its number only when its turn is now`() {
    var table = RawTable(repeatElement(Row(), count: 3))
    let early = table.take(2)
    table.release(0)
    table.release(2)
    let wrong = table.take(0)
    let right = table.take(2)
    #expect(!early && !wrong && right)
    #expect(table.liveCount == 2 && table.nextSlot == 0)
  }

  @Test func `a table that separated is another table`() {
    var table = RawTable([Row(number: 1), Row(number: 2)])
    table.release(1)
    var copy = table
    copy.separate()
    copy[0].number = 10
    table.handle(1).row.number = 20
    #expect(table.list.map(\.number) == [1, 20])
    #expect(copy.list.map(\.number) == [10, 2])
    let taken = copy.take(orAppend: Row())
    #expect(taken == 1 && copy.liveCount == 2 && table.liveCount == 1)
  }

  @Test func `a handle changes the row where it stands`() {
    var table = RawTable(repeatElement(Row(), count: 3))
    let handle = table.handle(2)
    handle.row.number = 5
    table[2].number += 1
    #expect(handle.row.number == 6)
    #expect(table[1].number == 0)
  }

  #if DEBUG
    @Test func `a handle that outlived its table's growth is noticed`() async {
      await #expect(processExitsWith: .failure) {
        var table = RawTable(repeatElement(Int64(0), count: 8))
        let handle = table.handle(0)
        table.append(1)
        handle.row = 2
      }
    }
  #endif

  private final class Counter: @unchecked Sendable {
    var alive = 0
  }

  private final class Thing: @unchecked Sendable {
    let counter: Counter
    var number: Int
    init(_ counter: Counter, _ number: Int) {
      self.counter = counter
      self.number = number
      counter.alive += 1
    }
    deinit { counter.alive -= 1 }
  }

  @Test func `an owned table keeps its elements while it grows and lets each go once`() {
    let counter = Counter()
    do {
      var table = OwnedTable<Thing>()
      for number in 0..<30 { table.append(Thing(counter, number)) }
      #expect(table.indices.map { table[$0].number } == Array(0..<30))
      #expect(counter.alive == 30)
      var copy = table
      copy.separate { $0 = Thing(counter, -$0.number) }
      #expect(copy[29].number == -29 && table[29].number == 29)
      #expect(counter.alive == 60)
    }
    #expect(counter.alive == 0)
  }

  @Test func `a desk and its copy decide apart`() {
    var desk = AssignmentDesk(policies: Policies(), policySeed: 1)
    let users = (0..<3).map { UserID(index: $0) }
    for user in users { desk.addUser(user, status: .online) }
    let request = AssignmentRequest(pool: .workspace, logic: .roundRobin, contact: ContactID(0))
    var chosen = [desk.choose(request, decision: 1)]
    var copy = desk
    copy.changeOpenContacts(users[1], by: 4)
    chosen += [copy.choose(request, decision: 2), copy.choose(request, decision: 3)]
    copy.removeUser(users[1])
    #expect(desk.openContacts(users[1]) == 0 && desk.memberCount(of: .workspace) == 3)
    chosen.append(desk.choose(request, decision: 2))
    #expect(chosen == [users[0], users[1], users[2], users[1]])
  }
}
