/// All workflows by their numbers, compiled, and which of them wait for what.
///
/// Nothing here changes between publications: a publication makes the table anew, so copies of a workspace
/// (the replications of a scenario) share one compiled form. Rows are read where they stand, through a
/// handle, because a step that copied its workflow would count a reference for each of its tables.
struct Workflows: Sendable {
  private var rows = OwnedTable<WorkflowRow>()
  private(set) var listeners = Listeners()

  var count: Int { rows.count }
  var indices: Range<Int> { rows.indices }
  /// The id that the next new workflow will have.
  var next: WorkflowID { WorkflowID(index: rows.count) }

  subscript(index: Int) -> WorkflowRow {
    @inline(__always) _read { yield rows[index] }
  }

  /// A workflow where it stands: good until the next publication.
  @inline(__always)
  func handle(_ index: Int) -> ElementHandle<WorkflowRow> { rows.handle(index) }

  /// The step that contacts who just arrived only pass through; nil where there is no such workflow.
  @inline(__always) var passedStep: RowHandle<AssignInstruction>? {
    guard listeners.passedStep >= 0 else { return nil }
    let workflow = rows.handle(Int(listeners.arrivalWorkflow))
    return workflow.element.program.assigns.handle(Int(listeners.passedStep))
  }

  /// The definitions, each with the status that it has now.
  var definitions: [WorkflowDefinition] {
    rows.indices.map { index in
      var definition = rows[index].definition
      definition.status = rows[index].status
      return definition
    }
  }

  /// Whether a published workflow is so.
  func anyPublished(_ isMeant: (Program) -> Bool) -> Bool {
    rows.indices.contains { rows[$0].status == .published && isMeant(rows[$0].program) }
  }

  /// Whether one of these workflows has such a trigger.
  func anyTrigger(of workflows: [Int32], is trigger: Trigger) -> Bool {
    workflows.contains { rows[Int($0)].definition.trigger == trigger }
  }

  // MARK: Publishing

  /// Takes workflows with their programs in; each is new or replaces one that is not published.
  mutating func publish(_ publications: [Publication], _ programs: [Program], mayPass: Bool) {
    var list = rows.list
    for (publication, program) in zip(publications, programs) {
      var row = WorkflowRow(publication.definition, program)
      if publication.id.index < list.count {
        row.version = list[publication.id.index].version &+ 1
        list[publication.id.index] = row
      } else {
        list.append(row)
      }
    }
    rows = OwnedTable(list)
    listen(mayPass: mayPass)
  }

  /// Marks a workflow as stopped.
  mutating func stop(_ index: Int, mayPass: Bool) {
    var list = rows.list
    list[index].status = .stopped
    rows = OwnedTable(list)
    listen(mayPass: mayPass)
  }

  /// Notes which published workflows wait for what.
  ///
  /// - Parameter mayPass: Whether a contact may be in a workflow at all, by the loop guard.
  private mutating func listen(mayPass: Bool) {
    listeners = Listeners()
    listeners.readsWords = anyPublished(\.readsWords)
    listeners.readsOutgoing = anyPublished(\.readsOutgoing)
    for index in rows.indices where rows[index].status == .published {
      let number = Int32(truncatingIfNeeded: index)
      let needsMemory = rows[index].program.needsMemory
      listeners.add(number, rows[index].definition.trigger, needsMemory: needsMemory)
    }
    noteArrivals(mayPass: mayPass)
  }

  /// Notes the one workflow that contacts come to on their arrival, if there is one.
  private mutating func noteArrivals(mayPass: Bool) {
    guard listeners.opened.count == 1, let listener = listeners.opened.first,
      listener.accepts(.contact), !listener.needsMemory
    else { return }
    listeners.arrivalWorkflow = listener.workflow
    let workflow = rows[Int(listener.workflow)]
    guard mayPass, !workflow.needsEquipment, workflow.soleAssign >= 0,
      workflow.program.assigns[Int(workflow.soleAssign)].asksForAnybody
    else { return }
    listeners.passedStep = workflow.soleAssign
  }
}

extension Workflows: Codable {
  private enum Part: CodingKey { case rows, listeners }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Part.self)
    rows = OwnedTable(try container.decode([WorkflowRow].self, forKey: .rows))
    listeners = try container.decode(Listeners.self, forKey: .listeners)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Part.self)
    try container.encode(rows.list, forKey: .rows)
    try container.encode(listeners, forKey: .listeners)
  }
}

/// A workflow as the table holds it.
struct WorkflowRow: Sendable, Codable {
  let definition: WorkflowDefinition
  let program: Program
  var status: WorkflowDefinition.Status
  /// How often it was published again.
  var version: UInt32 = 0
  /// Whether a run is given something to remember.
  let needsEquipment: Bool
  let oncePerContact: Bool
  /// Its only step, where that is an Assign To step, or -1: the most frequent workflow of all.
  let soleAssign: Int32

  init(_ definition: WorkflowDefinition, _ program: Program) {
    self.definition = definition
    self.program = program
    status = definition.status
    needsEquipment = program.needsMemory || program.readsContactFields
    oncePerContact = definition.oncePerContact
    soleAssign = program.soleAssign
  }
}
